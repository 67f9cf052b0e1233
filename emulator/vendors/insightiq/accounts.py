"""Connected accounts: the object as it is sent, and the daily sync (facts/insightiq.md, 5.3 and 5.4)."""

from collections.abc import Mapping
from typing import Any, Final

import orjson

from emulator.vendors.insightiq import contents, profiles
from emulator.vendors.insightiq.dialect import InsightIQError
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.tables import connect as tables
from emulator.world import instant
from emulator.world.world import World

ACCOUNTS: Final = Collection(tables.accounts, "account")
SYNC: Final = "insightiq.sync_account"
SYNC_EVERY: Final = instant.DAY
_WINDOW: Final = 90 * instant.DAY


def find(world: World, id: str) -> dict[str, Any] | None:
    body = ACCOUNTS.find(world, id)
    return None if body is None else orjson.loads(body)


def check(world: World, id: str) -> None:
    """404 `incorrect_account_id` for an unknown one."""
    ACCOUNTS.get(world, id)


def get(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_account_id` for an unknown one."""
    account: dict[str, Any] = orjson.loads(ACCOUNTS.get(world, id))
    return account


def connected(world: World, id: str) -> dict[str, Any]:
    """The account, if the service has access to it.

    404 `incorrect_account_id` for an unknown one. 403 `account_disconnected` for one that is disconnected or whose
    session has expired: the code is reported for another operation, its use here is assumed.
    """
    account = get(world, id)
    if account["status"] != "CONNECTED":
        raise InsightIQError(403, "FORBIDDEN", "account_disconnected", "Account is already disconnected")
    return account


def save(world: World, account: Mapping[str, Any], **columns: Any) -> None:
    """Store the object, and the columns that changed with it."""
    columns["body"] = orjson.dumps(account)
    world.update(tables.accounts, {"id": account["id"]}, **columns)


def sync(world: World, payload: Mapping[str, Any]) -> None:
    """Task: fetch a connected account's data, once a day at the time of day that it was connected.

    `updated_at` stays as it is (observed). The task ends with the connection.
    """
    account = find(world, payload["account_id"])
    if account is None or account["status"] != "CONNECTED":
        return
    account["data"] = products(account["data"], world.now)
    save(world, account)
    profiles.fetch(world, account["id"])
    contents.sync(world, account)
    world.schedule(SYNC, world.now + SYNC_EVERY, payload)


def products(supported: Mapping[str, Any], synced: int) -> dict[str, Any]:
    """The `data` of an account whose products, the keys of `supported`, were last synced at that instant.

    The audience, where a product has one, is synced with it. Both names of the monitoring field are sent: one is
    documented, the other observed.
    """
    return {name: _product(name, "audience" in block, synced) for name, block in supported.items()}


def _product(name: str, audience: bool, synced: int) -> dict[str, Any]:
    block: dict[str, Any] = {
        "status": "SYNCED",
        "monitor_type": "STANDARD",
        "monitoring_type": "STANDARD",
        "last_sync_at": instant.naive(synced),
    }
    if name == "engagement":
        block["refresh_since"] = instant.naive(instant.start_of_day(synced) - _WINDOW)
        block["data_available_from"] = None
    return {**block, "audience": dict(block)} if audience else block
