"""Webhook management (facts/insightiq.md, section 1)."""

from typing import Any, Final

import orjson

from emulator.vendors.insightiq import events, subscriptions
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.pages import Listing
from emulator.vendors.insightiq.tables.webhooks import webhooks
from emulator.world import instant
from emulator.world.world import World

_WEBHOOKS: Final = Collection(webhooks, "webhook")
_LIST: Final = Listing(webhooks, webhooks.c.created_at.desc(), webhooks.c.drawn.desc())


def list_webhooks(world: World, limit: int, offset: int) -> dict[str, Any]:
    """Newest first (assumed). The metadata does not repeat what was asked for, as in all other lists (observed)."""
    page: dict[str, Any] = orjson.loads(_LIST.page(world, limit, offset))
    return {**page, "metadata": dict.fromkeys(page["metadata"])}


def create_webhook(world: World, body: dict[str, Any]) -> bytes:
    now = instant.naive(world.now)
    shown = _shown(body, world.new_uuid("insightiq webhook"), now, now)
    columns = {"id": shown["id"], "created_at": world.now, "drawn": world.draw(), "is_active": int(shown["is_active"])}
    stored = orjson.dumps(shown)
    world.insert(webhooks, **columns, body=stored)
    return stored


def get_webhook(world: World, id: str) -> bytes:
    return _WEBHOOKS.get(world, id)


def update_webhook(world: World, id: str, body: dict[str, Any]) -> dict[str, Any]:
    """Switches it on again, unless told otherwise (documented)."""
    before = orjson.loads(_WEBHOOKS.get(world, id))
    shown = _shown(body, id, before["created_at"], instant.naive(world.now))
    subscriptions.save(world, shown)
    return shown


def delete_webhook(world: World, id: str) -> bytes:
    """What waits for another attempt is not sent any more (assumed)."""
    _WEBHOOKS.get(world, id)
    world.delete(webhooks, {"id": id})
    return b""


def send_mock_event(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """Goes to every active webhook that is subscribed to the event (assumed), with an id; the answer has none."""
    given = body["payload"]
    name = given.get("name") or events.text(given["event"])
    events.notify(world, given["event"], given["data"], name)
    return {"event": given["event"], "name": name, "data": given["data"]}


def _shown(body: dict[str, Any], id: str, created: str, updated: str) -> dict[str, Any]:
    """The keys in the order of a real answer (observed)."""
    return {
        "name": body["name"].strip(),
        "url": body["url"],
        "id": id,
        "created_at": created,
        "updated_at": updated,
        "is_active": body["is_active"],
        "events": body["events"],
    }
