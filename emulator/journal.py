"""The journal: every exchange with a world, bounded, with secrets redacted.

Only the last exchanges of a world are kept. They wait in memory, where older ones give way to newer at no cost, and are
written every second, when somebody reads the journal, and at shutdown. A killed process loses those of its last second,
but never any of the state that the exchanges were about.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, bindparam, delete, insert, select

from emulator import redaction
from emulator.exchange import Answer
from emulator.http import Request, Response
from emulator.world import instant, sql
from emulator.world import record as records
from emulator.world.record import Record
from emulator.world.store import Statement, Store, Transaction
from emulator.world.tables import journal, worlds

KEPT: Final = 1_000  # exchanges a world
BODY: Final = 4_096  # bytes of a body that are kept
_HELD: Final = BODY + redaction.LONGEST

_INSERT = Statement(insert(journal), [column.name for column in journal.c])
_FORGET = Statement(
    delete(journal).where(journal.c.world == bindparam("name"), journal.c.number <= bindparam("forgotten"))
)
_COUNT = sql.change(worlds, ("name",), ("exchanges",))


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; `microseconds` is how long the answer took in real time.

    `secrets` are those of the world, which are written down nowhere.
    """

    vendor: str
    request: Request
    answer: Answer
    microseconds: int
    secrets: tuple[str, ...] = ()


@dataclass(slots=True)
class _World:
    """What this process has seen of a world since creation or reset: `added` are the exchanges since the last write."""

    incarnation: int
    requests: int
    added: int = 0
    waiting: deque[Exchange] = field(default_factory=lambda: deque(maxlen=KEPT))

    def take(self) -> "_World":
        """What has to be written; afterwards nothing is waiting."""
        taken = replace(self)
        self.added, self.waiting = 0, deque(maxlen=KEPT)
        return taken


class Journal:
    """The journals of all worlds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._strangers = 0
        self._worlds: dict[str, _World] = {}
        self._lock = Lock()
        self._writing = Lock()

    def next(self, world: Record | None) -> int:
        """The number of a request within its world, or among those whose credential selected none."""
        if world is None:
            self._strangers += 1
            return self._strangers
        with self._lock:
            seen = self._seen(world)
            seen.requests += 1
            return seen.requests

    def add(self, exchange: Exchange) -> None:
        if exchange.answer.world is not None:
            with self._lock:
                seen = self._seen(exchange.answer.world)
                seen.added += 1
                seen.waiting.append(_cut(exchange))

    def flush(self) -> None:
        """Write what is waiting; whoever calls this meanwhile goes on when it is written."""
        with self._writing:
            with self._lock:
                taken = {name: seen.take() for name, seen in self._worlds.items() if seen.added}
            if taken:
                with self._store.write() as transaction:
                    for name, seen in taken.items():
                        _write(transaction, name, seen)

    def list(self, world: str, wanted: Sequence[ColumnElement[bool]], limit: int) -> list[bytes]:
        """Exchanges as JSON, newest first."""
        self.flush()
        query = select(journal.c.body).where(journal.c.world == world, *wanted)
        with self._store.read() as transaction:
            rows = transaction.query(query.order_by(journal.c.number.desc()).limit(limit), {})
        return [row[0] for row in rows]

    def clear(self, world: str) -> None:
        self.flush()
        with self._store.write() as transaction:
            transaction.change(sql.removal(journal, "world"), {"key_world": world})

    def _seen(self, world: Record) -> _World:
        seen = self._worlds.get(world.name)
        if seen is None or seen.incarnation != world.incarnation:
            seen = self._worlds[world.name] = _World(world.incarnation, world.exchanges)
        return seen


def _cut(exchange: Exchange) -> Exchange:
    """With somewhat more than is kept of a long body, so that secrets are seen whole, and it is known to be long."""
    request, answer = exchange.request, exchange.answer
    if len(request.body) > _HELD:
        exchange = replace(exchange, request=replace(request, body=request.body[:_HELD]))
    if len(answer.response.body) > _HELD:
        response = replace(answer.response, body=answer.response.body[:_HELD])
        exchange = replace(exchange, answer=replace(answer, response=response))
    return exchange


def _write(transaction: Transaction, name: str, seen: _World) -> None:
    """Exchanges with a world that was reset or deleted meanwhile are forgotten with it."""
    world = records.by_name(transaction, name)
    if world is None or world.incarnation != seen.incarnation:
        return
    last = world.exchanges + seen.added
    first = last - len(seen.waiting) + 1
    transaction.many(_INSERT, [_row(name, number, each) for number, each in enumerate(seen.waiting, first)])
    transaction.change(_FORGET, {"name": name, "forgotten": last - KEPT})
    transaction.change(_COUNT, {"key_name": name, "exchanges": last})


def _row(world: str, number: int, exchange: Exchange) -> dict[str, Any]:
    answer = exchange.answer
    return {
        "world": world,
        "number": number,
        "vendor": exchange.vendor,
        "operation": answer.operation,
        "status": answer.response.status,
        "body": orjson.dumps({"number": number, **_shown(exchange)}),
    }


def _shown(exchange: Exchange) -> dict[str, Any]:
    request, answer, secrets = exchange.request, exchange.answer, exchange.secrets
    return {
        "at": instant.rfc3339(answer.at),
        "vendor": exchange.vendor,
        "operation": answer.operation,
        "request": {
            "method": request.method,
            "path": redaction.without(request.path, secrets),
            "query": redaction.query(request.query, secrets),
            "headers": redaction.headers(request.headers, secrets),
            **_kept(request.body, secrets),
        },
        "response": _sent(answer.response, secrets) if answer.response.status else None,
        "fault": answer.fault,
        "milliseconds": exchange.microseconds / 1000,
    }


def _sent(response: Response, secrets: tuple[str, ...]) -> dict[str, Any]:
    return {
        "status": response.status,
        "headers": redaction.headers({name: [value] for name, value in response.headers}, secrets),
        **_kept(response.body, secrets),
    }


def _kept(body: bytes, secrets: tuple[str, ...]) -> dict[str, Any]:
    text = redaction.body(body.decode(errors="replace"), secrets)[:BODY] if body else None
    return {"body": text, "truncated": len(body) > BODY}
