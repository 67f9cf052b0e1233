"""Each connected account is synced once a day."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support import TestWorld

DAY = timedelta(days=1)


def accounts(world: TestWorld) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = world.insightiq("GET", "/v1/accounts?limit=100").json()["data"]
    return shown


def is_connected(account: dict[str, Any]) -> bool:
    return bool(account["status"] == "CONNECTED")


def last_sync(account: dict[str, Any]) -> datetime:
    """The same for all products of an account, and for the audience of each."""
    products = account["data"].values()
    blocks = [*products, *(product["audience"] for product in products if "audience" in product)]
    (synced,) = {block["last_sync_at"] for block in blocks}
    return datetime.fromisoformat(synced).replace(tzinfo=UTC)


def syncs(account: dict[str, Any], until: datetime) -> list[datetime]:
    """When it will be synced from now on, up to that moment."""
    if not is_connected(account):
        return []
    first = last_sync(account) + DAY
    return [first + day * DAY for day in range(max(0, (until - first) // DAY + 1))]


def dues(ran: dict[str, Any]) -> list[datetime]:
    """When the tasks were due that an advance has run."""
    return [datetime.fromisoformat(task["due"]) for task in ran["ran"]]
