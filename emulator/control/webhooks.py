"""Deliveries of webhooks over HTTP: their log, and how they are made."""

from collections.abc import Mapping
from typing import Any, Final

import orjson

from emulator import redaction
from emulator.control.control import Control, Problem, changing, secrets, visiting
from emulator.webhooks import log, outbox, schedules
from emulator.webhooks.faults import RULES, rule
from emulator.webhooks.log import Logged
from emulator.world import instant
from emulator.world.tables import deliveries
from emulator.world.vendor import Vendor, Webhooks
from emulator.world.world import World

_BODY: Final = 65_536  # characters of a body that are shown
_WAITING: Final = ("pending", "held")


def list_deliveries(
    control: Control,
    world: str,
    vendor: str | None,
    event: str | None,
    state: str | None,
    endpoint: str | None,
    limit: int,
    before: int | None,
) -> dict[str, Any]:
    wanted = _conditions({"vendor": vendor, "event": event, "state": state, "endpoint": endpoint})
    if before is not None:
        wanted.append(deliveries.c.id < before)
    with visiting(control, world) as visited:
        return _listed(control, visited, wanted, limit)


def get_delivery(control: Control, world: str, delivery: int) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return _one(control, visited, delivery)


def redeliver(control: Control, world: str, delivery: int) -> dict[str, Any]:
    with changing(control, world) as changed:
        again = outbox.redeliver(changed, _existing(changed, delivery).delivery)
    control.timeline.settle(world, errands=True)
    return get_delivery(control, world, again)


def redeliver_many(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    """The newest that match, in the order in which they were raised."""
    limit = int(body.pop("limit"))
    with changing(control, world) as changed:
        earlier = log.chosen(changed, _conditions(body), limit)
        again = [outbox.redeliver(changed, each) for each in reversed(earlier)]
    control.timeline.settle(world, errands=True)
    with visiting(control, world) as visited:
        return _listed(control, visited, [deliveries.c.id.in_(again)], limit)


def get_webhook_faults(control: Control, world: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return {"data": RULES.all(visited)}


def set_webhook_faults(control: Control, world: str, body: list[dict[str, Any]]) -> dict[str, Any]:
    with changing(control, world) as changed:
        RULES.replace(changed, [rule(given) for given in body])
    return get_webhook_faults(control, world)


def get_webhook_settings(control: Control, world: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return {name: _settings(visited, name, webhooks) for name, webhooks in _senders(control.vendors).items()}


def set_webhook_settings(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    with changing(control, world) as changed:
        for name in _senders(control.vendors):
            schedules.choose(changed, name, body.get(name, {}))
    return get_webhook_settings(control, world)


def _conditions(wanted: Mapping[str, str | None]) -> list[Any]:
    return [deliveries.c[name] == value for name, value in wanted.items() if value is not None]


def _existing(world: World, delivery: int) -> Logged:
    found = log.look(world, [deliveries.c.id == delivery], 1)
    if not found:
        raise Problem(404, f"There is no delivery {delivery} in the world '{world.name}'.")
    return found[0]


def _one(control: Control, world: World, delivery: int) -> dict[str, Any]:
    return _shown(control, world, _existing(world, delivery), secrets(control, world))


def _listed(control: Control, world: World, wanted: list[Any], limit: int) -> dict[str, Any]:
    hidden = secrets(control, world)
    return {"data": [_shown(control, world, each, hidden) for each in log.look(world, wanted, limit)]}


def _shown(control: Control, world: World, logged: Logged, hidden: tuple[str, ...]) -> dict[str, Any]:
    row = logged.delivery
    as_it_is = {name: row[name] for name in ("id", "vendor", "endpoint", "event", "event_id", "state")}
    return {
        **as_it_is,
        "url": redaction.url(row["url"], hidden),
        "raised_at": instant.rfc3339(row["raised_at"]),
        "due": instant.rfc3339(row["due"]) if row["state"] in _WAITING and row["due"] <= instant.LATEST else None,
        "reason": row["reason"],
        "redelivery_of": row["redelivery_of"],
        "verified": _verified(control, world, row),
        "request": {"headers": _headers(orjson.loads(row["headers"]).items(), hidden), **_body(row["body"], hidden)},
        "attempts": [_attempt(each, hidden) for each in logged.attempts],
    }


def _verified(control: Control, world: World, row: Mapping[str, Any]) -> bool | None:
    headers = {name.lower(): value for name, value in orjson.loads(row["headers"]).items()}
    return _senders(control.vendors)[row["vendor"]].verified(world.name, headers, row["body"])


def _attempt(row: Mapping[str, Any], hidden: tuple[str, ...]) -> dict[str, Any]:
    return {
        "number": row["number"],
        "at": instant.rfc3339(row["at"]),
        "milliseconds": row["microseconds"] / 1000,
        "status": row["status"],
        "error": row["error"],
        "headers": _headers(orjson.loads(row["headers"]), hidden),
        "body": _body(row["body"], hidden)["body"],
    }


def _headers(pairs: Any, hidden: tuple[str, ...]) -> dict[str, str]:
    """`pairs` of name and value, of which some may have the same name."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name.lower(), []).append(value)
    return redaction.headers(given, hidden)


def _body(body: bytes, hidden: tuple[str, ...]) -> dict[str, Any]:
    text = redaction.body(body.decode(errors="replace"), hidden)
    return {"body": text[:_BODY] if body else None, "truncated": len(text) > _BODY}


def _senders(vendors: tuple[Vendor, ...]) -> dict[str, Webhooks]:
    return {vendor.name: vendor.webhooks for vendor in vendors if vendor.webhooks}


def _settings(world: World, vendor: str, webhooks: Webhooks) -> dict[str, Any]:
    holding = schedules.schedule(world, vendor, webhooks.schedule)
    waits = [wait / instant.SECOND for wait in holding.retries]
    chosen = schedules.chosen(world, vendor)
    return {**webhooks.defaults, **chosen, "timeout_seconds": holding.timeout, "retry_seconds": waits}
