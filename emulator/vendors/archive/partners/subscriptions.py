"""Who wants to be told about which event."""

from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables, tracking
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.partners.webhooks import HISTORY_ADDED
from emulator.world.store import Statement
from emulator.world.world import World, own

_KEYS: Final = ("id", "event", "version", "callbackUrl")

_S = tables.webhook_subscriptions
_OF_SHOP = Statement(
    select(_S.c.id, _S.c.event, _S.c.version, _S.c.callback_url)
    .where(own(_S), _S.c.shop_id == bindparam("shop"))
    .order_by(_S.c.id)
)


def of_shop(world: World, shop: int, event: str | None = None) -> list[dict[str, Any]]:
    """In the order of their creation; all of them without an event."""
    subscriptions = [dict(zip(_KEYS, row, strict=True)) for row in world.rows(_OF_SHOP, shop=shop)]
    return [each for each in subscriptions if event is None or each["event"] == event]


def create(shop: Shop, version: str, event: str, callback_url: str) -> dict[str, Any]:
    """The one that is there already, if it is the same."""
    wanted = {"event": event, "version": version, "callbackUrl": callback_url}
    there = of_shop(shop.world, shop.id, event)
    for each in there:
        if each == {"id": each["id"], **wanted}:
            return each
    if event == HISTORY_ADDED and not there:
        tracking.watch(shop)
    number = shop.world.draw()
    columns = {"event": event, "version": version, "callback_url": callback_url}
    shop.world.insert(_S, shop_id=shop.id, id=number, **columns)
    return {"id": number, **wanted}


def delete(shop: Shop, event: str) -> bool:
    """Whether there was any."""
    there = of_shop(shop.world, shop.id, event)
    if there:
        shop.world.delete(_S, {"shop_id": shop.id, "event": event})
    if there and event == HISTORY_ADDED:
        tracking.unwatch(shop)
    return bool(there)
