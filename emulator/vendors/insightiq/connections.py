"""The connection of an account: how it begins, how it ends, and when that is noticed (facts/insightiq.md, 5.3 and 5.4).

An account may be connected several times. Each connection has a number, which its tasks carry: those of an earlier one
do nothing.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq import accounts, events, fetching
from emulator.vendors.insightiq.tables.connect import accounts as table
from emulator.world import instant
from emulator.world.store import Statement
from emulator.world.world import World, own

Source = Literal["DEVELOPER_API", "INTERNAL_API"]

SYNC_PRODUCT: Final = "insightiq.sync_product"

_STATE: Final = Statement(
    select(table.c.body, table.c.drawn, table.c.reachable).where(own(table), table.c.id == bindparam("id"))
)


def reached(world: World, payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """The account that a task is to fetch, as far as it is connected; that access has ended is noticed here.

    `payload["connection"]`, where there is one, is the connection that the task belongs to.
    """
    row = world.row(_STATE, id=payload["account_id"])
    if row is None:
        return None
    account: dict[str, Any] = orjson.loads(row[0])
    if account["status"] != "CONNECTED" or payload.get("connection", row[1]) != row[1]:
        return None
    if row[2]:
        return account
    expire(world, account)
    return None


def start(world: World, account: Mapping[str, Any], connection: int) -> None:
    """Tell that the account is connected, and have its data synced: each product soon, then all of it daily.

    The first daily sync comes a day after the connection, at the same time of day (observed).
    """
    events.of_account(world, "ACCOUNTS.CONNECTED", account)
    ours = {"account_id": account["id"], "connection": connection}
    platform = account["work_platform"]["name"]
    for product in account["data"]:
        due = fetching.first_done(world.seed, account["id"], platform, product, world.now)
        world.schedule(SYNC_PRODUCT, due, {**ours, "product": product})
    world.schedule(accounts.SYNC, world.now + accounts.SYNC_EVERY, ours)


def renew(world: World, account: dict[str, Any]) -> None:
    """Connect an account again that was disconnected or has expired; what is known of it stays."""
    start(world, account, _change(world, account, "CONNECTED"))


def disconnect(world: World, account: dict[str, Any], source: Source) -> None:
    """The `data` of the account stays (observed)."""
    _change(world, account, "NOT_CONNECTED", source)
    events.of_account(world, "ACCOUNTS.DISCONNECTED", account)


def lose(world: World, account: Mapping[str, Any]) -> None:
    """The platform gives no more access, which the next fetch will find."""
    world.update(table, {"id": account["id"]}, reachable=0)


def expire(world: World, account: dict[str, Any]) -> None:
    _change(world, account, "SESSION_EXPIRED")
    events.of_account(world, "SESSION.EXPIRED", account)


def _change(world: World, account: dict[str, Any], status: str, source: Source | None = None) -> int:
    number = world.draw()
    account |= {"updated_at": instant.naive(world.now), "status": status, "disconnection_source": source}
    reachable = int(status == "CONNECTED")
    accounts.save(world, account, status=status, updated_at=world.now, drawn=number, reachable=reachable)
    return number
