"""Origins: the populations that worlds begin with, generated once per recipe, seed and epoch, and never changed.

The rows of an origin are written in many short transactions under a scope of their own, so that a large population
blocks nobody; it is usable from the transaction that marks it complete.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import Table, bindparam, select

from emulator.world import instant, own, sql
from emulator.world.instant import RealTime
from emulator.world.population import Cast, Recipe, packed, populate
from emulator.world.projection import Project, Projected
from emulator.world.store import Statement, Store, Transaction
from emulator.world.tables import POPULATED, origins, tasks, worlds

Progress = Callable[[int, int], None]  # posts done, posts in all

_BATCH = 2_000
_SPARE = 4  # unused origins that are kept, as tests come back to the same few
_ABANDONED = instant.HOUR

_COMPLETE = Statement(
    select(origins.c.scope, origins.c.tasks, origins.c.next_due).where(
        origins.c.key == bindparam("key"), origins.c.complete == 1
    )
)
_UNUSED = Statement(
    select(origins.c.scope)
    .where(origins.c.complete == 1, origins.c.scope.not_in(select(worlds.c.origin)))
    .order_by(origins.c.used.desc())
)
_USED = Statement(select(worlds.c.name).where(worlds.c.origin == bindparam("scope")).limit(1))
_HALF_MADE = Statement(select(origins.c.scope).where(origins.c.complete == 0, origins.c.used < bindparam("before")))


@dataclass(frozen=True, slots=True)
class Origin:
    """`scope` finds its rows; `tasks` of them are waiting, the first at `next_due`."""

    scope: str
    tasks: int
    next_due: int | None


class Origins:
    """Makes, finds and drops origins."""

    def __init__(self, store: Store, projections: Sequence[Project], objects: own.Kinds, real_time: RealTime) -> None:
        self._store = store
        self._objects = objects
        self._projections = projections
        self._real_time = real_time
        self._one_at_a_time = threading.Lock()

    def get(self, recipe: Recipe, seed: int, epoch: datetime, progress: Progress | None = None) -> Origin:
        """The origin of these three, made now if there is none. Raises Dangling."""
        key = _key(recipe, seed, epoch)
        with self._one_at_a_time:
            found = self._find(key)
            if found is None:
                found = self._make(key, populate(recipe, seed, epoch), progress)
                self._drop_unused(keep=found)
            return found

    def _find(self, key: str) -> Origin | None:
        with self._store.read() as transaction:
            row = transaction.row(_COMPLETE, {"key": key})
            return None if row is None else Origin(*row)

    def _make(self, key: str, cast: Cast, progress: Progress | None) -> Origin:
        scope = f"#{uuid4().hex}"
        made = {"scope": scope, "key": key, "recipe": packed(cast.recipe), "complete": 0, "used": self._real_time()}
        made["tasks"] = 0
        with self._store.write() as transaction:
            transaction.change(_row(origins, made), made)
        rows = _Rows(self._store, scope)
        for projected in self._project(cast, progress):
            rows.add(projected)
        rows.flush()
        rows.replace(own.replaced(cast.recipe, self._objects), own.rows(cast.recipe, self._objects))
        self._hold_references(cast.recipe, scope)
        return self._complete(key, Origin(scope, rows.tasks, rows.next_due))

    def _hold_references(self, recipe: Recipe, scope: str) -> None:
        """Raises Dangling, with nothing left of the origin, for an object that refers to what is nowhere."""
        try:
            with self._store.read() as transaction:
                own.hold_references(recipe, self._objects, lambda each: _is_missing(transaction, scope, each))
        except own.Dangling:
            with self._store.write() as transaction:
                _drop(transaction, scope)
            raise

    def _project(self, cast: Cast, progress: Progress | None) -> Iterator[Projected]:
        views = [project(cast) for project in self._projections]
        for view in views:
            yield view.of_world()
        done = 0
        for creator in cast.creators:
            posts = cast.posts_of(creator)
            for view in views:
                yield view.of_creator(creator, posts)
            done += len(posts)
            if progress is not None:
                progress(done, cast.recipe.all_posts)

    def _complete(self, key: str, made: Origin) -> Origin:
        """Another process may have made the same one meanwhile; its rows are equal, the first one stays."""
        with self._store.write() as transaction:
            earlier = transaction.row(_COMPLETE, {"key": key})
            if earlier is not None:
                _drop(transaction, made.scope)
                return Origin(*earlier)
            done = {"complete": 1, "tasks": made.tasks, "next_due": made.next_due}
            transaction.change(sql.change(origins, ("scope",), tuple(done)), {"key_scope": made.scope, **done})
            return made

    def _drop_unused(self, keep: Origin) -> None:
        with self._store.read() as transaction:
            unused = [row[0] for row in transaction.rows(_UNUSED, {}) if row[0] != keep.scope][_SPARE:]
            unused += [row[0] for row in transaction.rows(_HALF_MADE, {"before": self._real_time() - _ABANDONED})]
        for scope in unused:
            with self._store.write() as transaction:
                if transaction.row(_USED, {"scope": scope}) is None:  # a world may have begun with it meanwhile
                    _drop(transaction, scope)


class _Rows:
    """Collects rows and writes them in batches."""

    def __init__(self, store: Store, scope: str) -> None:
        self._store = store
        self._scope = scope
        self._waiting: dict[Table, list[dict[str, Any]]] = {}
        self._count = 0
        self.tasks = 0
        self.next_due: int | None = None

    def add(self, rows: Projected) -> None:
        for table, values in rows:
            if table is tasks:
                self._number(values)
            self._waiting.setdefault(table, []).append({"world": self._scope, **values})
            self._count += 1
        if self._count >= _BATCH:
            self.flush()

    def flush(self) -> None:
        with self._store.write() as transaction:
            for table, rows in self._waiting.items():
                transaction.many(_row(table, rows[0]), rows)
        self._waiting, self._count = {}, 0

    def replace(self, gone: Projected, rows: Projected) -> None:
        """They take the place of those with which they share a key, and of those that are `gone`: tables with keys."""
        with self._store.write() as transaction:
            for table, named in gone:
                key = {"key_world": self._scope, **{f"key_{name}": value for name, value in named.items()}}
                transaction.change(sql.removal(table, "world", *named), key)
            for table, values in rows:
                row = {"world": self._scope, **values}
                for names in own.keys(table):
                    key = {f"key_{name}": row[name] for name in ("world", *names)}
                    transaction.change(sql.removal(table, "world", *names), key)
                transaction.change(_row(table, row), row)

    def _number(self, task: dict[str, Any]) -> None:
        self.tasks += 1
        task["id"] = self.tasks
        self.next_due = min(task["due"], self.next_due or task["due"])


def _key(recipe: Recipe, seed: int, epoch: datetime) -> str:
    return sha256(f"{recipe.digest} {seed} {epoch.isoformat()}".encode()).hexdigest()


def _is_missing(transaction: Transaction, scope: str, reference: own.Reference) -> bool:
    named = {"id": reference.id, f"scope_{reference.table.name}": scope}
    return transaction.row(sql.known(reference.table), named) is None


def _row(table: Table, values: dict[str, Any]) -> Statement:
    return sql.insertion(table, tuple(values))


def _drop(transaction: Transaction, scope: str) -> None:
    for table in (tasks, *POPULATED.values()):
        transaction.change(sql.removal(table, "world"), {"key_world": scope})
    transaction.change(sql.removal(origins, "scope"), {"key_scope": scope})
