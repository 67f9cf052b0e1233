"""The outbox: what is to be delivered, written in the transaction that caused it.

Nothing is sent from here. Each delivery has a task on the world's timeline, at which its next attempt begins, so that a
process that is killed at any moment leaves behind either nothing at all or a delivery that another one makes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.webhooks import retention
from emulator.webhooks.faults import KEEP, Fault, next_fault
from emulator.world import sql
from emulator.world.store import Row, Statement
from emulator.world.tables import deliveries
from emulator.world.world import World

ATTEMPT: Final = "webhooks.attempt"

_HELD: Final = Statement(
    select(deliveries.c.id, deliveries.c.attempts)
    .where(
        deliveries.c.world == bindparam("world"),
        deliveries.c.vendor == bindparam("vendor"),
        deliveries.c.endpoint == bindparam("endpoint"),
        deliveries.c.state == "held",
    )
    .order_by(deliveries.c.id)
)


@dataclass(frozen=True, slots=True)
class Notification:
    """What an endpoint is told. `id` is the event's, equal in all copies and attempts; `headers` are sent as given."""

    vendor: str
    endpoint: str
    url: str
    event: str
    id: str
    headers: Mapping[str, str]
    body: bytes


def put(world: World, notification: Notification) -> None:
    """Have it delivered as soon as the transaction is committed, unless a fault of the world says otherwise."""
    fault = next_fault(world, notification.vendor, notification.event, notification.url)
    held = [] if fault.action == "reorder" else world.transaction.rows(_HELD, _endpoint(world, notification))
    for _ in range(fault.copies):
        _put_one(world, notification, fault)
    for row in held:
        _release(world, row)


def redeliver(world: World, delivery: Mapping[str, Any]) -> int:
    """A further delivery of the same event, with attempts of its own; `delivery` is the row of the earlier one."""
    copied = ("vendor", "endpoint", "url", "event", "event_id", "headers", "body")
    return _insert(world, {name: delivery[name] for name in copied}, KEEP, redelivery_of=delivery["id"])


def _put_one(world: World, notification: Notification, fault: Fault) -> None:
    row = {
        "vendor": notification.vendor,
        "endpoint": notification.endpoint,
        "url": notification.url,
        "event": notification.event,
        "event_id": notification.id,
        "headers": orjson.dumps(dict(notification.headers)).decode(),
        "body": notification.body,
    }
    _insert(world, row, fault, redelivery_of=None)


def _insert(world: World, row: Mapping[str, Any], fault: Fault, redelivery_of: int | None) -> int:
    number, due = world.draw(), world.now + fault.delay
    progress = {"raised_at": world.now, "state": fault.state, "attempts": 0, "due": due, "lease": 0}
    why = {"reason": fault.reason, "redelivery_of": redelivery_of}
    values = {"world": world.name, "id": number, **row, **progress, **why}
    world.transaction.change(sql.insertion(deliveries, tuple(values)), values)
    if fault.action == "drop":
        retention.settled(world, number)
    else:
        world.schedule(ATTEMPT, due, {"delivery": number, "attempt": 1})
    return number


def _release(world: World, held: Row) -> None:
    """Let one go that had to wait for a later one: its other task will find that it is gone."""
    world.schedule(ATTEMPT, world.now, {"delivery": held[0], "attempt": held[1] + 1})


def _endpoint(world: World, notification: Notification) -> dict[str, str]:
    return {"world": world.name, "vendor": notification.vendor, "endpoint": notification.endpoint}
