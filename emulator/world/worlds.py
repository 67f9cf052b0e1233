"""Worlds: made, found by credential, listed, reset and deleted."""

import secrets
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, select

from emulator.world import instant, own, snapshots, sql
from emulator.world import record as records
from emulator.world.clock import Mode
from emulator.world.instant import RealTime
from emulator.world.life import Beginnings
from emulator.world.origins import Origin, Origins, Progress
from emulator.world.plan import Plan, first_row
from emulator.world.population import Recipe, RecipeError, load_recipe
from emulator.world.record import Choices, Limit, Record
from emulator.world.snapshots import Kept
from emulator.world.store import Opened, Statement, Store, Transaction
from emulator.world.tables import PER_WORLD, POPULATED, credentials, origins, tasks, worlds
from emulator.world.tasks import existing
from emulator.world.vendor import Vendor
from emulator.world.world import World

_CREDENTIAL = Statement(insert(credentials), ("vendor", "digest", "world"))
_ORIGIN = Statement(select(origins.c.scope).where(origins.c.scope == bindparam("scope")))


class WorldExists(ValueError):
    """A world of that name exists."""


class Behind(Exception):
    """Tasks of the world have to run before it can answer."""

    def __init__(self, world: str) -> None:
        super().__init__(world)
        self.world = world


class Worlds:
    """All worlds of one store. `waiting` are those whose clock waits for somebody outside.

    `choices` are those of the server, for requests whose credential leads to no world.
    """

    def __init__(
        self,
        store: Store,
        vendors: Sequence[Vendor],
        waiting: Container[str],
        real_time: RealTime,
        base_url: str,
        choices: Choices,
    ) -> None:
        self._store = store
        self._waiting = waiting
        self._objects = {vendor.name: vendor.objects for vendor in vendors}
        projections = [*(vendor.project for vendor in vendors), Beginnings]
        self._origins = Origins(store, projections, self._objects, real_time)
        self._keys = {vendor.name: vendor.key for vendor in vendors}
        self._vendors = vendors
        self._real_time = real_time
        self._base_url = base_url
        self._choices = self._chosen(choices)

    def create(self, plan: Plan, progress: Progress | None = None) -> Record:
        """Raises WorldExists, RecipeError."""
        with self._store.read() as transaction:
            if records.by_name(transaction, plan.name):
                raise WorldExists(plan.name)
        recipe = load_recipe(plan.recipe)
        own.check(recipe, self._objects, plan.recipe)
        epoch = self._epoch(plan, recipe)
        limits = self._limits(plan.mode or recipe.clock) | dict(plan.limits)
        while True:  # another process may drop an origin between the two steps
            origin = self._origin(recipe, plan.seed, epoch, plan.recipe, progress)
            with self._store.write() as transaction:
                if transaction.row(_ORIGIN, {"scope": origin.scope}):
                    chosen: dict[str, Mapping[str, Any]] = {"limits": limits, "choices": self._chosen(plan.choices)}
                    self._insert(transaction, plan, first_row(plan, recipe, origin, epoch, chosen))
                    return existing(transaction, plan.name)

    def choose(self, name: str, choices: Choices) -> Record:
        """Choose anew; what is left out is as usual. Raises UnknownWorld."""
        with self._store.write() as transaction:
            existing(transaction, name)
            chosen = orjson.dumps(self._chosen(choices)).decode()
            transaction.change(sql.change(worlds, ("name",), ("choices",)), {"key_name": name, "choices": chosen})
            return existing(transaction, name)

    def chosen(self, record: Record | None, vendor: str, name: str) -> Any:
        """What holds in a world, or for strangers."""
        return (self._choices if record is None else record.choices)[vendor][name]

    def list(self) -> list[Record]:
        with self._store.read() as transaction:
            return records.every(transaction)

    def get(self, name: str) -> Record:
        """Raises UnknownWorld."""
        with self._store.read() as transaction:
            return existing(transaction, name)

    def reset(self, name: str) -> Record:
        """Back to what creation gave, in one transaction. Raises UnknownWorld."""
        with self._store.write() as transaction:
            record = existing(transaction, name)
            _empty(transaction, record)
            self._begin(transaction, record.name, orjson.loads(record.initial), update=True)
            return existing(transaction, name)

    def delete(self, name: str) -> None:
        """Raises UnknownWorld."""
        with self._store.write() as transaction:
            record = existing(transaction, name)
            _empty(transaction, record)
            for snapshot, _ in snapshots.listed(transaction, name):
                snapshots.drop(transaction, name, snapshot)
            transaction.change(sql.removal(credentials, "world"), {"key_world": name})
            transaction.change(sql.removal(worlds, "name"), {"key_name": name})

    def restore(self, name: str, kept: Kept, transaction: Transaction) -> Record:
        """Back to what was kept of the world. Raises UnknownWorld."""
        _empty(transaction, existing(transaction, name))
        snapshots.restore(transaction, kept, name, self._fresh())
        return existing(transaction, name)

    def adopt(self, name: str, kept: Kept, transaction: Transaction) -> Record:
        """A new world that goes on from what was kept of another one. Raises WorldExists."""
        if records.by_name(transaction, name):
            raise WorldExists(name)
        columns = {"name": name, **kept.state, **self._fresh()}
        transaction.change(sql.insertion(worlds, tuple(columns)), columns)
        snapshots.restore(transaction, kept, name, self._fresh())
        self._insert_credentials(transaction, name)
        return existing(transaction, name)

    def now(self, record: Record) -> int:
        return record.clock.now(self._real_time())

    def origin_of(self, recipe: Recipe, seed: int, epoch: int) -> str:
        """The scope of what a world begins with that has these three; the recipe is no file. Raises RecipeError."""
        own.check(recipe, self._objects)
        return self._origin(recipe, seed, epoch).scope

    def transaction(self, *, write: bool) -> Opened:
        return self._store.write() if write else self._store.read()

    def enter(self, transaction: Transaction, vendor: str, credential: str) -> World | None:
        """The world that a vendor's credential selects; None for an unknown one.

        Credentials are found by digest, so the time that this takes tells nothing about them.
        Raises Behind while tasks are waiting that are due, unless these wait for the outside, which may be asking.
        """
        record = records.by_credential(transaction, vendor, _digest(credential))
        if record is None:
            return None
        real = self._real_time()
        if record.clock.mode == "running" and record.behind(real) and record.name not in self._waiting:
            raise Behind(record.name)
        return World(record, transaction, record.clock.now(real), self._base_url)

    @contextmanager
    def change(self, name: str) -> Iterator[World]:
        """The world of that name, to be changed; what falls due by that is not run yet. Raises UnknownWorld."""
        with self._store.write() as transaction:
            record = existing(transaction, name)
            world = World(record, transaction, record.clock.now(self._real_time()), self._base_url)
            yield world
            world.save()

    @contextmanager
    def visit(self, name: str) -> Iterator[World]:
        """The world of that name, to be read. Raises UnknownWorld."""
        with self._store.read() as transaction:
            record = existing(transaction, name)
            yield World(record, transaction, record.clock.now(self._real_time()), self._base_url)

    def _origin(
        self, recipe: Recipe, seed: int, epoch: int, source: object = None, progress: Progress | None = None
    ) -> Origin:
        try:
            return self._origins.get(recipe, seed, instant.to_datetime(epoch), progress)
        except own.Dangling as error:
            raise own.refusal(source, error.place, error.message) from None
        except OverflowError:
            begun, end = instant.rfc3339(epoch), instant.rfc3339(instant.LATEST)
            raise RecipeError(f"a world of the recipe {recipe.name} from {begun} on goes beyond {end}") from None

    def _epoch(self, plan: Plan, recipe: Recipe) -> int:
        if plan.epoch is not None:
            return plan.epoch
        return instant.from_datetime(recipe.epoch) if recipe.epoch else instant.start_of_day(self._real_time())

    def _limits(self, mode: Mode) -> dict[str, Limit]:
        return {vendor.name: vendor.limit(mode) for vendor in self._vendors if vendor.limit is not None}

    def _chosen(self, choices: Choices) -> dict[str, dict[str, Any]]:
        return {each.name: {**each.choices, **choices.get(each.name, {})} for each in self._vendors if each.choices}

    def _insert(self, transaction: Transaction, plan: Plan, initial: dict[str, Any]) -> None:
        if records.by_name(transaction, plan.name):
            raise WorldExists(plan.name)
        self._begin(transaction, plan.name, initial, update=False)
        self._insert_credentials(transaction, plan.name)

    def _insert_credentials(self, transaction: Transaction, name: str) -> None:
        for vendor, key in self._keys.items():
            shown = {"vendor": vendor, "digest": _digest(key(name)), "world": name}
            transaction.change(_CREDENTIAL, shown)

    def _fresh(self) -> dict[str, int]:
        """Columns that begin anew whenever a world does: a running clock goes on from now."""
        return {"clock_since": self._real_time(), "incarnation": secrets.randbits(62)}

    def _begin(self, transaction: Transaction, name: str, initial: dict[str, Any], *, update: bool) -> None:
        """Write the world's row and its first tasks: all that creation and reset have in common."""
        columns = {**initial, **self._fresh(), "exchanges": 0, "forks": ""}
        columns["initial"] = orjson.dumps(initial).decode()
        if update:
            transaction.change(sql.change(worlds, ("name",), tuple(columns)), {"key_name": name, **columns})
        else:
            transaction.change(sql.insertion(worlds, ("name", *columns)), {"name": name, **columns})
        transaction.change(sql.copy(tasks), {"origin": initial["origin"], "to": name})


def _empty(transaction: Transaction, record: Record) -> None:
    for table in (*PER_WORLD, *(POPULATED[fork] for fork in record.forks)):
        transaction.change(sql.removal(table, "world"), {"key_world": record.name})


@lru_cache(maxsize=1024)
def _digest(credential: str) -> str:
    return sha256(credential.encode()).hexdigest()
