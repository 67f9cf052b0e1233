"""What a handler sees: one world inside one transaction, at one instant.

A world shares the rows of its population with its origin, and takes its own copy of a table when it first writes to it.
Making and resetting a world therefore costs a few small statements, however large the population is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, Table, bindparam, func, select

from emulator.world import ids, sql
from emulator.world.record import Record
from emulator.world.store import Row, Statement, Transaction
from emulator.world.tables import tasks, worlds

_SCOPE = "scope_"
_EARLIEST = Statement(select(func.min(tasks.c.due)).where(tasks.c.world == bindparam("world")))


def own(table: Table) -> ColumnElement[bool]:
    """The condition that every statement of a handler carries: rows of this world, its own or its origin's."""
    return table.c.world == bindparam(_SCOPE + table.name)


class World:
    """One world in one open transaction; `now` (an instant) does not move while the transaction lasts.

    `request_id` is that of the vendor's request that is being answered, if it is one that has an id.
    """

    __slots__ = (
        "_forks",
        "_next_due",
        "_sequence",
        "base_url",
        "name",
        "now",
        "record",
        "request_id",
        "seed",
        "transaction",
    )

    def __init__(self, record: Record, transaction: Transaction, now: int, base_url: str) -> None:
        self.record = record
        self.transaction = transaction
        self.now = now
        self.base_url = base_url
        self.name = record.name
        self.seed = record.seed
        self.request_id = ""
        self._forks = record.forks
        self._next_due = record.next_due
        self._sequence = record.sequence

    def rows(self, statement: Statement, **parameters: Any) -> list[Row]:
        return self.transaction.rows(statement, self._scoped(statement.parameters, parameters))

    def row(self, statement: Statement, **parameters: Any) -> Row | None:
        return self.transaction.row(statement, self._scoped(statement.parameters, parameters))

    def query(self, core: Select[Any], **parameters: Any) -> Sequence[Row]:
        """Like `rows`, for a select that is put together per request."""
        return self.transaction.query(core, self._scoped(core.compile().params, parameters))

    def insert(self, table: Table, **values: Any) -> None:
        self._fork(table)
        self.transaction.change(sql.insertion(table, ("world", *values)), {"world": self.name, **values})

    def update(self, table: Table, key: Mapping[str, Any], **values: Any) -> None:
        self._fork(table)
        keys = {f"key_{name}": value for name, value in key.items()}
        statement = sql.change(table, ("world", *key), tuple(values))
        self.transaction.change(statement, {"key_world": self.name, **keys, **values})

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        self._fork(table)
        keys = {f"key_{name}": value for name, value in key.items()}
        self.transaction.change(sql.removal(table, "world", *key), {"key_world": self.name, **keys})

    def has_own(self, table: Table) -> bool:
        """Whether the world's rows of a table are no longer those of its population."""
        return table.name in self._forks

    def new_uuid(self, kind: str) -> str:
        return ids.uuid(self.seed, kind, self.draw())

    def draw(self) -> int:
        """The next number of the world; it orders what happens at one instant of a clock that stands still."""
        self._sequence += 1
        return self._sequence

    def schedule(self, kind: str, due: int, payload: Mapping[str, Any], number: int | None = None) -> None:
        """Have the task `kind` run when the world's clock reaches `due`.

        Tasks of one instant run in the order of their numbers. What happens outside of the world, at a time that nobody
        can foresee, gives a `number` of its own (negative) instead of drawing one, so that nothing else depends on it.
        """
        task = {
            "id": self.draw() if number is None else number,
            "due": due,
            "kind": kind,
            "payload": orjson.dumps(payload),
        }
        self.transaction.change(sql.insertion(tasks, ("world", *task)), {"world": self.name, **task})
        self._next_due = due if self._next_due is None else min(due, self._next_due)

    @property
    def stirred(self) -> bool:
        """Whether a task is due right now."""
        return self._next_due is not None and self._next_due <= self.now

    def task_done(self, number: int) -> None:
        self.transaction.change(sql.removal(tasks, "world", "id"), {"key_world": self.name, "key_id": number})
        earliest = self.transaction.row(_EARLIEST, {"world": self.name})
        self._next_due = earliest[0] if earliest else None

    def save(self) -> None:
        """Write down what the transaction changed in the world's own row; called once, before the commit."""
        record = self.record
        if (self._sequence, self._next_due, self._forks) != (record.sequence, record.next_due, record.forks):
            changed = {"sequence": self._sequence, "next_due": self._next_due, "forks": " ".join(sorted(self._forks))}
            self.transaction.change(sql.change(worlds, ("name",), tuple(changed)), {"key_name": self.name, **changed})

    def _scoped(self, names: Mapping[str, Any] | frozenset[str], parameters: dict[str, Any]) -> dict[str, Any]:
        for name in names:
            if name.startswith(_SCOPE):
                forked = name.removeprefix(_SCOPE) in self._forks
                parameters[name] = self.name if forked else self.record.origin
        return parameters

    def _fork(self, table: Table) -> None:
        if table.name not in self._forks:
            self.transaction.change(sql.copy(table), {"origin": self.record.origin, "to": self.name})
            self._forks |= {table.name}
