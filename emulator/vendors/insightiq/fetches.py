"""Fetches that customers ask for: accepted at once, done some seconds later (tasks).

Nothing is fetched if the connection has ended by then, or the platform has no engagement (assumed).
"""

from collections.abc import Mapping
from typing import Any, Final

from emulator.vendors.insightiq import accounts, connections, contents, fetching
from emulator.vendors.insightiq.items import Items, midnight
from emulator.world import instant
from emulator.world.world import World

CONTENTS: Final = "insightiq.fetch_contents"
CONTENT_GROUPS: Final = "insightiq.fetch_content_groups"

_HISTORIC: Final = 90 * instant.SECOND  # assumed, as a client polls for that long (reported)


def refresh(world: World, kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Raises what `accounts.check_fetchable` raises. The answer is the request again."""
    delay = fetching.duration(world.seed, kind, body["account_id"], world.now)
    _schedule(world, kind, body["account_id"], None, delay)
    return {"account_id": body["account_id"]}


def fetch_historic(world: World, kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Raises what `accounts.check_fetchable` raises. The answer is the request again."""
    _schedule(world, kind, body["account_id"], midnight(body["from_date"]), _HISTORIC)
    return {"account_id": body["account_id"], "from_date": body["from_date"]}


def fetch_contents(world: World, payload: Mapping[str, Any]) -> None:
    """Task. A refresh is a sync of the account's engagement: its `last_sync_at` follows."""
    account = _connected(world, payload)
    if account is None:
        return
    if payload["since"] is None:
        account["data"] |= accounts.products({"engagement": account["data"]["engagement"]}, world.now)
        accounts.save(world, account)
    _fetch(world, account, payload, contents.CONTENTS, contents.PUBLICATIONS)


def fetch_content_groups(world: World, payload: Mapping[str, Any]) -> None:
    """Task."""
    account = _connected(world, payload)
    if account is not None:
        _fetch(world, account, payload, contents.GROUPS)


def _schedule(world: World, kind: str, account_id: str, since: int | None, delay: int) -> None:
    accounts.check_fetchable(world, account_id, "engagement")
    world.schedule(kind, world.now + delay, {"account_id": account_id, "since": since})


def _connected(world: World, payload: Mapping[str, Any]) -> dict[str, Any] | None:
    account = connections.reached(world, payload)
    return account if account is not None and "engagement" in account["data"] else None


def _fetch(world: World, account: Mapping[str, Any], payload: Mapping[str, Any], *kinds: Items) -> None:
    since = contents.refresh_since(account) if payload["since"] is None else payload["since"]
    contents.fetch(world, account, since or 0, *kinds)
