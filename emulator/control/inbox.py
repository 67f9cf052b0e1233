"""The inbox over HTTP."""

from collections.abc import Mapping
from typing import Any

import orjson

from emulator.control.control import Control, changing, secrets, visiting
from emulator.redaction import body as redacted
from emulator.webhooks import inbox
from emulator.webhooks.inbox import Answering
from emulator.world import instant, tables
from emulator.world.world import World


def list_inbox(
    control: Control, world: str, name: str | None, event: str | None, limit: int, before: int | None
) -> dict[str, Any]:
    wanted = [tables.inbox.c[key] == value for key, value in (("name", name), ("event", event)) if value is not None]
    if before is not None:
        wanted.append(tables.inbox.c.number < before)
    with visiting(control, world) as visited:
        hidden = secrets(control, visited)
        return {"data": [_shown(row, hidden) for row in inbox.taken(visited, wanted, limit)]}


def clear_inbox(control: Control, world: str) -> None:
    with changing(control, world) as changed:
        inbox.clear(changed)


def get_inbox_answer(control: Control, world: str, name: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return _answering(visited, name)


def set_inbox_answer(control: Control, world: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Whole numbers may come as 1.0."""
    times = None if body["times"] is None else int(body["times"])
    with changing(control, world) as changed:
        inbox.answer_with(changed, name, Answering(int(body["status"]), times, body["delay_seconds"]))
        return _answering(changed, name)


def _answering(world: World, name: str) -> dict[str, Any]:
    answering = inbox.answering(world, name)
    return {
        "name": name,
        "url": inbox.url(world.base_url, world.name, name),
        "status": answering.status,
        "times": answering.times,
        "delay_seconds": answering.delay,
    }


def _shown(row: Mapping[str, Any], hidden: tuple[str, ...]) -> dict[str, Any]:
    as_it_is = {key: row[key] for key in ("number", "name", "event", "event_id", "status")}
    return {
        **as_it_is,
        "at": instant.rfc3339(row["at"]),
        "verified": None if row["verified"] is None else bool(row["verified"]),
        "headers": orjson.loads(row["headers"]),
        "body": redacted(row["body"].decode(errors="replace"), hidden) if row["body"] else None,
        "truncated": row["bytes"] > len(row["body"]),
    }
