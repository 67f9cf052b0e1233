"""The journal: every exchange with a world, bounded, with secrets redacted.

Exchanges wait in memory and are written together, since a transaction for each would cost more than answering. They are
written when enough are waiting, when somebody reads the journal, and at shutdown; a killed process loses those waiting,
but never any of the state that the exchanges were about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, bindparam, delete, select, update

from emulator import redaction
from emulator.exchange import Answer
from emulator.http import Request
from emulator.world import instant, sql
from emulator.world import record as records
from emulator.world.record import Record
from emulator.world.store import Statement, Store, Transaction
from emulator.world.tables import journal, worlds

KEPT: Final = 1_000  # exchanges a world
BODY: Final = 4_096  # bytes of a body that are kept
_WAITING: Final = 64

_INSERT = Statement(journal.insert(), [column.name for column in journal.c])
_FORGET = Statement(
    delete(journal).where(journal.c.world == bindparam("name"), journal.c.number <= bindparam("forgotten"))
)
_COUNT = Statement(update(worlds).where(worlds.c.name == bindparam("key_name")), ["exchanges"])


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; `microseconds` is how long the answer took in real time."""

    vendor: str
    request: Request
    answer: Answer
    microseconds: int


class Journal:
    """The journals of all worlds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[Record, Exchange]] = []
        self._counts: dict[str, tuple[int, int]] = {}  # by world: its incarnation, and requests since it began

    def next(self, world: Record | None) -> int:
        """The number of a request within its world."""
        name, incarnation, written = ("", 0, 0) if world is None else (world.name, world.incarnation, world.exchanges)
        known, count = self._counts.get(name, (incarnation, written))
        count = count + 1 if known == incarnation else written + 1
        self._counts[name] = (incarnation, count)
        return count

    def add(self, exchange: Exchange) -> None:
        if exchange.answer.world is not None:
            self._waiting.append((exchange.answer.world, exchange))
            if len(self._waiting) >= _WAITING:
                self.flush()

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        of_world: dict[str, list[tuple[Record, Exchange]]] = {}
        for record, exchange in waiting:
            of_world.setdefault(record.name, []).append((record, exchange))
        with self._store.write() as transaction:
            for name, exchanges in of_world.items():
                _write(transaction, name, exchanges)

    def list(self, world: str, wanted: Sequence[ColumnElement[bool]], limit: int) -> list[bytes]:
        """Exchanges as JSON, newest first."""
        self.flush()
        query = select(journal.c.body).where(journal.c.world == world, *wanted)
        with self._store.read() as transaction:
            rows = transaction.query(query.order_by(journal.c.number.desc()).limit(limit), {})
        return [row[0].encode() for row in rows]

    def clear(self, world: str) -> None:
        self.flush()
        with self._store.write() as transaction:
            transaction.change(sql.removal(journal, "world"), {"key_world": world})


def _write(transaction: Transaction, name: str, exchanges: list[tuple[Record, Exchange]]) -> None:
    """Exchanges with a world that was reset or deleted meanwhile are forgotten with it."""
    world = records.by_name(transaction, name)
    if world is None:
        return
    current = [exchange for record, exchange in exchanges if record.incarnation == world.incarnation]
    rows = [_row(name, number, exchange) for number, exchange in enumerate(current, world.exchanges + 1)]
    transaction.many(_INSERT, rows)
    last = world.exchanges + len(rows)
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
        "body": orjson.dumps({"number": number, **_shown(exchange)}).decode(),
    }


def _shown(exchange: Exchange) -> dict[str, Any]:
    request, answer = exchange.request, exchange.answer
    return {
        "at": instant.rfc3339(answer.at),
        "vendor": exchange.vendor,
        "operation": answer.operation,
        "request": {
            "method": request.method,
            "path": request.path,
            "query": redaction.query(request.query),
            "headers": redaction.headers(request.headers),
            **_kept(request.body),
        },
        "response": {
            "status": answer.response.status,
            "headers": redaction.headers({name: [value] for name, value in answer.response.headers}),
            **_kept(answer.response.body),
        },
        "milliseconds": exchange.microseconds / 1000,
    }


def _kept(body: bytes) -> dict[str, Any]:
    text = redaction.body(body[:BODY].decode(errors="replace")) if body else None
    return {"body": text, "truncated": len(body) > BODY}
