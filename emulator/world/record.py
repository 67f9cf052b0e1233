"""The row that describes a world."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import bindparam, exists, select

from emulator.world.clock import Clock
from emulator.world.store import Row, Statement, Transaction
from emulator.world.tables import credentials, rules, worlds

Limit = str | int  # the name of a profile in the contract, or a number of requests
Choices = Mapping[str, Mapping[str, Any]]  # vendor -> what is chosen -> how


@dataclass(frozen=True, slots=True)
class Record:
    """A world as it is written down. `forks` are the tables that it no longer shares with its origin.

    `faults` says whether there are rules on what goes wrong with requests.
    """

    name: str
    origin: str
    recipe: str
    seed: int
    epoch: int
    limits: dict[str, Limit]
    choices: Choices
    clock: Clock
    next_due: int | None
    sequence: int
    forks: frozenset[str]
    initial: str
    exchanges: int
    incarnation: int
    faults: bool

    def behind(self, real: int) -> bool:
        """Whether something is due that has not run yet, or a clock was left on its way."""
        target = self.clock.target(real)
        return self.clock.now(real) < target or (self.next_due is not None and self.next_due <= target)


_COLUMNS = (
    worlds.c.name,
    worlds.c.origin,
    worlds.c.recipe,
    worlds.c.seed,
    worlds.c.epoch,
    worlds.c.limits,
    worlds.c.choices,
    worlds.c.clock_mode,
    worlds.c.clock_rate,
    worlds.c.clock_at,
    worlds.c.clock_since,
    worlds.c.clock_until,
    worlds.c.next_due,
    worlds.c.sequence,
    worlds.c.forks,
    worlds.c.initial,
    worlds.c.exchanges,
    worlds.c.incarnation,
    exists().where(rules.c.world == worlds.c.name, rules.c.kind == "fault").label("faults"),
)
_BY_NAME = Statement(select(*_COLUMNS).where(worlds.c.name == bindparam("name")))
_ALL = Statement(select(*_COLUMNS).order_by(worlds.c.name))
_BY_CREDENTIAL = Statement(
    select(*_COLUMNS)
    .join(credentials, credentials.c.world == worlds.c.name)
    .where(credentials.c.vendor == bindparam("vendor"), credentials.c.digest == bindparam("digest"))
)


def by_name(transaction: Transaction, name: str) -> Record | None:
    return _parsed(transaction.row(_BY_NAME, {"name": name}))


def by_credential(transaction: Transaction, vendor: str, digest: str) -> Record | None:
    return _parsed(transaction.row(_BY_CREDENTIAL, {"vendor": vendor, "digest": digest}))


def every(transaction: Transaction) -> list[Record]:
    return [_record(tuple(row)) for row in transaction.rows(_ALL, {})]


def _parsed(row: Row | None) -> Record | None:
    return None if row is None else _record(tuple(row))


@lru_cache(maxsize=256)
def _record(row: tuple[Any, ...]) -> Record:
    """Cached by the row itself, as most requests find the world as the last one left it."""
    name, origin, recipe, seed, epoch, limits, choices, mode, rate, at, since, until, *rest = row
    next_due, sequence, forks, initial, exchanges, incarnation, faults = rest
    clock = Clock(mode, rate, at, since, until)
    shared = (name, origin, recipe, seed, epoch, orjson.loads(limits), orjson.loads(choices), clock)
    return Record(*shared, next_due, sequence, frozenset(forks.split()), initial, exchanges, incarnation, bool(faults))
