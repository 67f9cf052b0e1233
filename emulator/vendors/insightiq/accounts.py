"""Connected accounts: the object as it is sent, and what is asked of it before its data is shown or fetched."""

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

import orjson
from sqlalchemy import select

from emulator.vendors.insightiq.dialect import InsightIQError
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.tables import connect as tables
from emulator.world import instant
from emulator.world.world import World, own

ACCOUNTS: Final = Collection(tables.accounts, "account")
SYNC: Final = "insightiq.sync_account"
SYNC_EVERY: Final = instant.DAY

_NEVER: Final = "NOT_SYNCED"
_WINDOW: Final = 90 * instant.DAY


def find(world: World, id: str) -> dict[str, Any] | None:
    body = ACCOUNTS.find(world, id)
    return None if body is None else orjson.loads(body)


def get(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_account_id` for an unknown one."""
    account: dict[str, Any] = orjson.loads(ACCOUNTS.get(world, id))
    return account


def listed(world: World, handle: str | None, status: str | None, limit: int) -> list[dict[str, Any]]:
    """Those that changed last in front, as the vendor has them."""
    columns = tables.accounts.c
    wanted = select(columns.body).where(own(tables.accounts))
    if status is not None:
        wanted = wanted.where(columns.status == status)
    rows = world.query(wanted.order_by(columns.updated_at.desc(), columns.drawn.desc(), columns.id.desc()))
    found = (orjson.loads(row[0]) for row in rows)
    return list(islice((each for each in found if handle in (None, each["platform_username"])), limit))


def check(world: World, id: str, product: str) -> None:
    """404 `incorrect_account_id` for an unknown one; raises what `demand_synced` raises."""
    demand_synced(get(world, id), product)


def demand_synced(account: Mapping[str, Any], product: str) -> None:
    """403 before the product was synced for the first time (reported); the code is assumed."""
    if product in account["data"] and not synced(account, product):
        raise InsightIQError(403, "FORBIDDEN", "account_not_synced", "Account is not synced yet")


def synced(account: Mapping[str, Any], product: str) -> bool:
    """Whether a product of the account was synced at least once."""
    known: bool = account["data"][product]["status"] != _NEVER
    return known


def check_fetchable(world: World, id: str, product: str) -> None:
    """Whether a product of the account can be fetched anew.

    404 `incorrect_account_id` for an unknown one. 403 `account_disconnected` for one that is disconnected or whose
    session has expired: the code is reported for another operation, its use here is assumed. Raises what
    `demand_synced` raises.
    """
    account = get(world, id)
    if account["status"] != "CONNECTED":
        raise InsightIQError(403, "FORBIDDEN", "account_disconnected", "Account is already disconnected")
    demand_synced(account, product)


def save(world: World, account: Mapping[str, Any], **columns: Any) -> None:
    """Store the object, and the columns that changed with it."""
    columns["body"] = orjson.dumps(account)
    world.update(tables.accounts, {"id": account["id"]}, **columns)


def products(supported: Mapping[str, Any], synced: int | None) -> dict[str, Any]:
    """The `data` of an account whose products, the keys of `supported`, were last synced at that instant, or never.

    The audience, where a product has one, is synced with it. Both names of the monitoring field are sent: one is
    documented, the other observed.
    """
    return {name: _product(name, "audience" in block, synced) for name, block in supported.items()}


def _product(name: str, audience: bool, synced: int | None) -> dict[str, Any]:
    block: dict[str, Any] = {
        "status": _NEVER if synced is None else "SYNCED",
        "monitor_type": "STANDARD",
        "monitoring_type": "STANDARD",
        "last_sync_at": None if synced is None else instant.naive(synced),
    }
    if name == "engagement":
        since = None if synced is None else instant.naive(instant.start_of_day(synced) - _WINDOW)
        block |= {"refresh_since": since, "data_available_from": None}
    return {**block, "audience": dict(block)} if audience else block
