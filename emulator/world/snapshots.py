"""Snapshots: what a world was at some moment, and worlds that go on from there.

Only what is the world's own is copied: its row, its rows in the tables of every world, and the tables that it no longer
shares with its origin. That takes milliseconds, however large its population is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Table, bindparam, func, select

from emulator.world import record as records
from emulator.world import sql
from emulator.world.record import Record
from emulator.world.store import Statement, Transaction
from emulator.world.tables import PER_WORLD, POPULATED, deliveries, snapshots, worlds

OWN = [column for column in worlds.c if column.name not in ("name", "incarnation")]
_STATE = Statement(select(*OWN).where(worlds.c.name == bindparam("name")))
_ALL = Statement(
    select(snapshots.c.name, snapshots.c.at).where(snapshots.c.world == bindparam("world")).order_by(snapshots.c.name)
)
_ONE = Statement(
    select(snapshots.c.scope, snapshots.c.state).where(
        snapshots.c.world == bindparam("world"), snapshots.c.name == bindparam("name")
    )
)
_UNDER_WAY = Statement(
    select(func.count()).where(deliveries.c.world == bindparam("world"), deliveries.c.state == "sending")
)

State = dict[str, Any]  # the columns of a world's row, without name and incarnation


class UnknownSnapshot(LookupError):
    """The world has no snapshot of that name."""


class Unsettled(Exception):
    """A webhook of the world is being delivered, and nobody knows yet how that ends."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A state, and the scope under which its rows are found."""

    scope: str
    state: State

    @property
    def tables(self) -> Sequence[Table]:
        """Those that have rows of its own."""
        return (*PER_WORLD, *(POPULATED[name] for name in self.state["forks"].split()))


def current(transaction: Transaction, record: Record, now: int) -> Kept:
    """The world as it is; a running clock is taken to stand at `now`. Raises Unsettled."""
    (under_way,) = transaction.row(_UNDER_WAY, {"world": record.name}) or (0,)
    if under_way:
        raise Unsettled(record.name)
    row = transaction.row(_STATE, {"name": record.name}) or ()
    state = dict(zip((str(column.name) for column in OWN), row, strict=True))
    return Kept(record.name, {**state, "clock_at": now, "clock_until": now})


def take(transaction: Transaction, record: Record, name: str, now: int) -> None:
    """Keep the world under a name, in place of an earlier snapshot of it. Raises Unsettled."""
    kept, scope = current(transaction, record, now), _scope(record.name, name)
    if name in dict(listed(transaction, record.name)):
        drop(transaction, record.name, name)
    _copy(transaction, kept, scope)
    row = {"world": record.name, "name": name, "scope": scope, "at": now, "state": orjson.dumps(kept.state)}
    transaction.change(sql.insertion(snapshots, tuple(row)), row)


def found(transaction: Transaction, world: str, name: str) -> Kept:
    """Raises UnknownSnapshot."""
    row = transaction.row(_ONE, {"world": world, "name": name})
    if row is None:
        raise UnknownSnapshot(name)
    return Kept(row[0], orjson.loads(row[1]))


def listed(transaction: Transaction, world: str) -> list[tuple[str, int]]:
    """Names, and the instants of the world at which they were taken."""
    return [(name, at) for name, at in transaction.rows(_ALL, {"world": world})]


def drop(transaction: Transaction, world: str, name: str) -> None:
    """Raises UnknownSnapshot."""
    kept = found(transaction, world, name)
    empty(transaction, kept.scope, kept.tables)
    transaction.change(sql.removal(snapshots, "world", "name"), {"key_world": world, "key_name": name})


def restore(transaction: Transaction, kept: Kept, name: str, fresh: Mapping[str, Any]) -> Record | None:
    """Put the rows under the name of an existing world that has none. `fresh` are columns that always begin anew."""
    _copy(transaction, kept, name)
    columns = {**kept.state, **fresh}
    transaction.change(sql.change(worlds, ("name",), tuple(columns)), {"key_name": name, **columns})
    return records.by_name(transaction, name)


def readdress(transaction: Transaction, kept: Kept, name: str, old: str, new: str) -> None:
    """Have what a copied world tells its vendors about its inbox lead to its own, not to that of the other world."""
    for table in (deliveries, *(POPULATED[fork] for fork in kept.state["forks"].split())):
        for column in sql.wordy(table):
            transaction.change(sql.rewording(table, column), {"key_world": name, "old": old, "new": new})


def empty(transaction: Transaction, scope: str, tables: Sequence[Table]) -> None:
    for table in tables:
        transaction.change(sql.removal(table, "world"), {"key_world": scope})


def _copy(transaction: Transaction, kept: Kept, scope: str) -> None:
    for table in kept.tables:
        transaction.change(sql.copy(table), {"origin": kept.scope, "to": scope})


def _scope(world: str, name: str) -> str:
    """One that no world can have as its name."""
    return "~" + sha256(f"{world}/{name}".encode()).hexdigest()[:40]
