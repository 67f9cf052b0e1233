"""The inbox: webhooks that came to the emulator's own addresses, for users who have no receiver."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, bindparam, delete, func, select

from emulator.world import sql
from emulator.world.store import Statement
from emulator.world.tables import inbox, inbox_answers
from emulator.world.world import World

PREFIX: Final = "/_inbox"
KEPT: Final = 1_000  # webhooks a world
BODY: Final = 65_536  # bytes of a body that are kept

_LAST: Final = Statement(select(func.max(inbox.c.number)).where(inbox.c.world == bindparam("world")))
_FORGET: Final = Statement(
    delete(inbox).where(inbox.c.world == bindparam("world"), inbox.c.number <= bindparam("forgotten"))
)
_ANSWER: Final = Statement(
    select(inbox_answers.c.status, inbox_answers.c.times, inbox_answers.c.delay).where(
        inbox_answers.c.world == bindparam("world"), inbox_answers.c.name == bindparam("name")
    )
)
_COLUMNS: Final = [column.name for column in inbox.c]


@dataclass(frozen=True, slots=True)
class Answering:
    """How an address answers; `times` is how often yet, None for always. `delay` is in seconds of real time."""

    status: int = 200
    times: int | None = None
    delay: float = 0


USUAL: Final = Answering()


def url(base_url: str, world: str, name: str = "default") -> str:
    return f"{base_url.rstrip('/')}{PREFIX}/{world}/{name}"


def take(world: World, name: str, headers: dict[str, str], body: bytes, verified: bool | None) -> Answering:
    """Write a webhook down; how it is to be answered."""
    answering = _next_answer(world, name)
    number = ((world.transaction.row(_LAST, {"world": world.name}) or [None])[0] or 0) + 1
    event, event_id = _event(body)
    row = {
        "world": world.name,
        "number": number,
        "name": name,
        "at": world.now,
        "event": event,
        "event_id": event_id,
        "verified": None if verified is None else int(verified),
        "status": answering.status,
        "headers": orjson.dumps(headers).decode(),
        "body": body[:BODY],
        "bytes": len(body),
    }
    world.transaction.change(sql.insertion(inbox, tuple(row)), row)
    world.transaction.change(_FORGET, {"world": world.name, "forgotten": number - KEPT})
    return answering


def taken(world: World, wanted: Sequence[ColumnElement[bool]], limit: int) -> list[dict[str, Any]]:
    """By columns, newest first."""
    query = select(inbox).where(inbox.c.world == world.name, *wanted).order_by(inbox.c.number.desc()).limit(limit)
    return [dict(zip(_COLUMNS, row, strict=True)) for row in world.transaction.query(query, {})]


def clear(world: World) -> None:
    world.transaction.change(sql.removal(inbox, "world"), {"key_world": world.name})


def answering(world: World, name: str) -> Answering:
    row = world.transaction.row(_ANSWER, {"world": world.name, "name": name})
    return USUAL if row is None else Answering(*row)


def answer_with(world: World, name: str, answering: Answering) -> None:
    key = {"key_world": world.name, "key_name": name}
    world.transaction.change(sql.removal(inbox_answers, "world", "name"), key)
    if answering != USUAL:
        row = {"world": world.name, "name": name, **asdict(answering)}
        world.transaction.change(sql.insertion(inbox_answers, tuple(row)), row)


def _next_answer(world: World, name: str) -> Answering:
    """What holds now; if it holds only so often, it then holds once less."""
    now = answering(world, name)
    if now.times is not None:
        left = now.times - 1
        answer_with(world, name, Answering(now.status, left, now.delay) if left else USUAL)
    return now


def _event(body: bytes) -> tuple[str | None, str | None]:
    """Name and id, where it is JSON that has them."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None, None
    if not isinstance(content, dict):
        return None, None
    event, event_id = content.get("event"), content.get("id")
    return _short(event, 80), _short(event_id, 64)


def _short(value: object, length: int) -> str | None:
    return value[:length] if isinstance(value, str) else None
