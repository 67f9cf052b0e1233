"""Events: what is told to webhooks when something happens (facts/insightiq.md, section 2)."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from emulator.contract.document import Node, load
from emulator.vendors.insightiq import subscriptions
from emulator.vendors.insightiq.tables.webhooks import webhooks
from emulator.world import instant
from emulator.world.world import World

ITEMS_AT_ONCE: Final = 100  # documented


def heard(world: World) -> bool:
    """Whether anybody may hear of an event: nothing has to be put together for nobody."""
    return world.has_own(webhooks)


def of_account(world: World, event: str, account: Mapping[str, Any], **about: Any) -> None:
    """An event on an account as it is sent. `about` are the keys of `data` beside those of every such event."""
    notify(world, event, {**_owner(account), **about, "last_updated_time": instant.naive(world.now)})


def of_items(world: World, event: str, account: Mapping[str, Any], ids: Sequence[str]) -> None:
    """One event for every hundred ids; none for none."""
    for start in range(0, len(ids), ITEMS_AT_ONCE):
        updated = {"last_updated_time": instant.naive(world.now)}
        notify(world, event, {**_owner(account), **updated, "items": list(ids[start : start + ITEMS_AT_ONCE])})


def of_job(world: World, event: str, job_id: str) -> None:
    notify(world, event, {"job_id": job_id})


def notify(world: World, event: str, data: Mapping[str, Any], name: str | None = None) -> None:
    """Tell the webhooks, if any. The body is a dump of Python's json, as older receivers verify such (observed)."""
    if not heard(world):
        return
    event_id = world.new_uuid("insightiq event")
    body = json.dumps({"event": event, "name": name or text(event), "id": event_id, "data": data}).encode()
    subscriptions.deliver(world, event, event_id, body)


def text(event: str) -> str:
    """The event in words, as the contract has it; where it has none, the event's own name (assumed)."""
    return _texts().get(event) or event.lower().replace(".", " ").replace("_", " ")


@cache
def _texts() -> dict[str, str]:
    schemas = load("insightiq")["components"]["schemas"]
    return {event: name for schema in schemas.values() for event, name in _pairs(schema)}


def _pairs(schema: Node) -> list[tuple[str, str]]:
    """Event and name, from the alternatives of an event's schema or from the only ones that it allows."""
    properties = schema.get("properties", {})
    if not {"event", "name", "data"} <= properties.keys():
        return []
    either = [alternative["properties"] for alternative in schema.get("oneOf", ())]
    tied = [(each["event"]["const"], each["name"]["const"]) for each in either if "name" in each]
    return tied or list(zip(properties["event"].get("enum", ()), properties["name"].get("enum", ()), strict=False))


def _owner(account: Mapping[str, Any]) -> dict[str, str]:
    return {"account_id": account["id"], "user_id": account["user"]["id"]}
