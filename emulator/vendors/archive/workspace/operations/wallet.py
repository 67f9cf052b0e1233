"""The billing wallet of a workspace: credits of the month, and of packs that were bought (facts, section 5)."""

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.workspace.context import settings_of
from emulator.vendors.archive.workspace.terms import plan
from emulator.world import instant
from emulator.world.store import Statement
from emulator.world.world import own

_W = tables.wallets
_KEPT = Statement(
    select(_W.c.period, _W.c.spent, _W.c.bought, _W.c.rolled).where(own(_W), _W.c.shop_id == bindparam("shop"))
)


class Short(Exception):
    """The wallet has fewer credits than an action costs."""

    def __init__(self, cost: int, left: int) -> None:
        super().__init__(f"{cost} of {left}")
        self.cost = cost
        self.left = left


@dataclass(frozen=True, slots=True)
class Wallet:
    """`period` is the first instant of the month; of `monthly` credits so many are `spent`.

    Packs that were `bought` last for the period after theirs too, where they are `rolled`.
    """

    period: int
    monthly: int
    spent: int
    bought: int
    rolled: int

    @property
    def left(self) -> int:
        return max(0, self.monthly - self.spent) + self.rolled + self.bought


def wallet(shop: Shop) -> Wallet:
    """As of now."""
    settings, period = settings_of(shop.world), _month(shop.world.now)
    given = settings["monthly_credits"]
    monthly = plan(settings["plan"]).monthly_credits if given is None else given
    row = shop.world.row(_KEPT, shop=shop.id)
    if row is None:
        return Wallet(period, monthly, 0, 0, 0)
    since, spent, bought, rolled = row
    if since == period:
        return Wallet(period, monthly, spent, bought, rolled)
    return Wallet(period, monthly, 0, 0, bought if _month(period - 1) == since else 0)


def spend(shop: Shop, credits: int) -> None:
    """What expires first goes first. Raises Short, and then nothing is spent."""
    now = wallet(shop)
    if credits > now.left:
        raise Short(credits, now.left)
    monthly = min(credits, max(0, now.monthly - now.spent))
    rolled = min(credits - monthly, now.rolled)
    bought = credits - monthly - rolled
    _keep(shop, replace(now, spent=now.spent + monthly, rolled=now.rolled - rolled, bought=now.bought - bought))


def buy(shop: Shop, credits: int) -> None:
    now = wallet(shop)
    _keep(shop, replace(now, bought=now.bought + credits))


def _keep(shop: Shop, kept: Wallet) -> None:
    shop.world.delete(_W, {"shop_id": shop.id})
    columns = {"period": kept.period, "spent": kept.spent, "bought": kept.bought, "rolled": kept.rolled}
    shop.world.insert(_W, shop_id=shop.id, **columns)


def _month(now: int) -> int:
    """Its first instant, in UTC."""
    return instant.from_datetime(instant.to_datetime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0))
