"""Webhooks as they are delivered to: who gets an event, signed with what, and what becomes of one that fails."""

import hmac
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.contract.document import load
from emulator.vendors.insightiq.dialect import client_secret
from emulator.vendors.insightiq.tables.webhooks import webhooks
from emulator.webhooks import schedules
from emulator.webhooks.outbox import Notification, put
from emulator.world import instant
from emulator.world.store import Statement
from emulator.world.vendor import Webhooks
from emulator.world.world import World, own

VENDOR: Final = "insightiq"

_PROMISED: Final = load("insightiq")["x-delivery"]
_HEADERS: Final = ("Webhook-Signatures", "Phyllo-Signatures", "Phyllo-Signature")
_SPELLINGS: Final = {"CREATOR_SEARCH_EXPORT": "CREATORS_SEARCH_EXPORT"}  # both are documented

_ACTIVE: Final = Statement(
    select(webhooks.c.body).where(own(webhooks), webhooks.c.is_active == 1).order_by(webhooks.c.drawn)
)
_IS_ACTIVE: Final = Statement(select(webhooks.c.is_active).where(own(webhooks), webhooks.c.id == bindparam("id")))
_ONE: Final = Statement(select(webhooks.c.body).where(own(webhooks), webhooks.c.id == bindparam("id")))


def deliver(world: World, event: str, id: str, body: bytes) -> None:
    """Have an event sent to every active webhook that is subscribed to it."""
    for webhook in _subscribed(world, event):
        headers = {"content-type": "application/json", **_signed(world, body)}
        put(world, Notification(VENDOR, webhook["id"], webhook["url"], event, id, headers, body))


def save(world: World, webhook: Mapping[str, Any]) -> None:
    columns = {"is_active": int(webhook["is_active"]), "body": orjson.dumps(webhook)}
    world.update(webhooks, {"id": webhook["id"]}, **columns)


def signature(secret: str, body: bytes) -> str:
    """HMAC-SHA256 of the exact bytes, in lower-case hex (observed)."""
    return hmac.new(secret.encode(), body, "sha256").hexdigest()


def _subscribed(world: World, event: str) -> Iterator[dict[str, Any]]:
    family, _, ending = event.partition(".")
    names = {event, f"{_SPELLINGS.get(family, family)}.{ending}"}
    for row in world.rows(_ACTIVE):
        webhook = orjson.loads(row[0])
        if names & set(webhook["events"]):
            yield webhook


def _signed(world: World, body: bytes) -> dict[str, str]:
    """Under the header names that the world's user has chosen, as older clients read older ones."""
    names = schedules.chosen(world, VENDOR).get("signature_headers", _PROMISED["signature_headers"])
    return dict.fromkeys(names, signature(client_secret(world.name), body))


def _active(world: World, id: str) -> bool:
    row = world.row(_IS_ACTIVE, id=id)
    return row is not None and row[0] == 1


def _exhausted(world: World, id: str) -> None:
    """Switched off, until an update switches it on again (documented)."""
    row = world.row(_ONE, id=id)
    if row is not None:
        save(world, orjson.loads(row[0]) | {"is_active": False, "updated_at": instant.naive(world.now)})


def _verified(world: str, headers: Mapping[str, str], body: bytes) -> bool | None:
    """Any of the digests of any of the headers will do (observed)."""
    given = ",".join(headers[name.lower()] for name in _HEADERS if name.lower() in headers).split(",")
    if given == [""]:
        return None
    right = signature(client_secret(world), body)
    return any(hmac.compare_digest(each.strip().encode(), right.encode()) for each in given)


WEBHOOKS: Final = Webhooks(
    schedule=schedules.promised(_PROMISED),
    active=_active,
    exhausted=_exhausted,
    verified=_verified,
    defaults={"signature_headers": _PROMISED["signature_headers"]},
)
