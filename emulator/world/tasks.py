"""The one mover of time: tasks fall due in order and run at their exact instant, each in a transaction of its own.

A task may begin something that lies outside of the state, an errand, such as calling somebody's webhook. It is carried
out when the task's transaction is committed; `advance` does not let the world get ahead of what may come of it.

Whoever finds something due runs it: an `advance`, a request to a running world, the ticker, another process on the same
file. The task is deleted in the transaction that carries its effects, and writers follow one another, so it runs once.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

import orjson
from sqlalchemy import bindparam, select

from emulator.world import record as records
from emulator.world import sql
from emulator.world.clock import Mode
from emulator.world.instant import RealTime
from emulator.world.record import Record
from emulator.world.store import Statement, Store, Transaction
from emulator.world.tables import tasks, worlds
from emulator.world.world import World

TaskHandler = Callable[[World, dict[str, Any]], Any]  # what it returns is an errand, unless it is None

_log = logging.getLogger(__name__)

_NEXT = Statement(
    select(tasks.c.id, tasks.c.due, tasks.c.kind, tasks.c.payload)
    .where(tasks.c.world == bindparam("world"), tasks.c.due <= bindparam("target"))
    .order_by(tasks.c.due, tasks.c.id)
    .limit(1)
)


class Errands(Protocol):
    """Carries out what tasks begin."""

    def begin(self, errand: Any, /) -> None: ...

    def horizon(self, world: str) -> int | None:
        """The first instant of the world on which an errand under way may have an effect; None if there is none."""

    def wait(self, world: str) -> None:
        """Until an errand of the world has ended."""


class UnknownWorld(LookupError):
    """There is no world of that name."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A task that ran; `error` is what went wrong in it, its effects then being undone."""

    id: int
    kind: str
    due: int
    error: str | None = None


class _TaskFailed(Exception):
    def __init__(self, task: Ran, error: Exception) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.task = task


class Timeline:
    """Moves the clocks of all worlds."""

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, TaskHandler],
        errands: Errands,
        waiting: set[str],
        real_time: RealTime,
        base_url: str,
    ) -> None:
        self._store = store
        self._handlers = handlers
        self._errands = errands
        self._waiting = waiting
        self._driven: set[str] = set()  # worlds whose errands somebody waits for
        self._real_time = real_time
        self._base_url = base_url
        self._busy: dict[str, threading.Lock] = {}

    def advance(self, name: str, *, by: int | None = None, to: int | None = None) -> list[Ran]:
        """Move the clock by microseconds or to an instant, and run all that falls due on the way.

        Raises UnknownWorld, and ClockError for a target in the past.
        """
        with self._mover(name):
            with self._store.write() as transaction:
                clock = existing(transaction, name).clock.advanced(self._real_time(), by=by, to=to)
                _write_clock(transaction, name, at=clock.at, since=clock.since, until=clock.until)
            return self._run_all(name, clock.until)

    def change(self, name: str, *, mode: Mode | None = None, rate: float | None = None) -> Record:
        """Freeze, resume, or let the clock go at another rate. Raises UnknownWorld."""
        with self._mover(name), self._store.write() as transaction:
            clock = existing(transaction, name).clock.changed(self._real_time(), mode=mode, rate=rate)
            columns = {"mode": clock.mode, "rate": clock.rate, "at": clock.at, "since": clock.since}
            _write_clock(transaction, name, **columns, until=clock.until)
            return existing(transaction, name)

    def settle(self, name: str, *, errands: bool = False) -> list[Ran]:
        """Run what is due by now; on demand, wait for the errands too, and for what they lead to by now.

        Where somebody waits for all errands already, it is left to them: whoever they have called may be asking.
        """
        if name in self._waiting and name in self._driven:
            return []
        with self._mover(name):
            with self._store.read() as transaction:
                record = records.by_name(transaction, name)
            if record is None:
                return []
            run = self._run_all if errands else self._run_until
            return run(name, record.clock.target(self._real_time()))

    def moving(self, name: str) -> bool:
        """Whether this process is running tasks of the world."""
        return self._mover(name).locked()

    def _mover(self, name: str) -> threading.Lock:
        """One at a time, so that an `advance` itself runs, and lists, all that falls due on its way."""
        return self._busy.setdefault(name, threading.Lock())

    def _run_all(self, name: str, target: int) -> list[Ran]:
        """Errands included: time stands still where one under way may make a difference, until it has ended."""
        self._driven.add(name)
        try:
            return list(self._each_run(name, target))
        finally:
            self._driven.discard(name)

    def _each_run(self, name: str, target: int) -> Iterator[Ran]:
        while True:
            horizon = self._errands.horizon(name)
            if horizon is None:
                step = self._step(name, target)
            else:
                step = self._step(name, min(target, horizon - 1), arrive=False)
            if step is not None:
                yield step
            elif horizon is None:
                return
            else:
                self._wait(name)

    def _begin(self, name: str, errand: Any) -> None:
        with self._callable(name):
            self._errands.begin(errand)

    def _wait(self, name: str) -> None:
        with self._callable(name):
            self._errands.wait(name)

    @contextmanager
    def _callable(self, name: str) -> Iterator[None]:
        """Those who are called may call back, and are not to wait for what waits for them."""
        self._waiting.add(name)
        try:
            yield
        finally:
            self._waiting.discard(name)

    def _run_until(self, name: str, target: int) -> list[Ran]:
        ran = []
        while (step := self._step(name, target)) is not None:
            ran.append(step)
        return ran

    def _step(self, name: str, target: int, *, arrive: bool = True) -> Ran | None:
        try:
            with self._store.write() as transaction:
                record = records.by_name(transaction, name)
                row = transaction.row(_NEXT, {"world": name, "target": target})
                if record is None or row is None:
                    if arrive:
                        _arrive(transaction, record, target)
                    return None
                task = Ran(id=row[0], due=row[1], kind=row[2])
                errand = self._run(World(record, transaction, task.due, self._base_url), task, row[3])
        except _TaskFailed as failure:
            _log.exception("task failed", extra={"world": name, "task": failure.task.kind})
            return self._give_up(name, failure.task, str(failure))
        if errand is not None:
            self._begin(name, errand)
        return task

    def _run(self, world: World, task: Ran, payload: bytes) -> Any:
        try:
            errand = self._handlers[task.kind](world, orjson.loads(payload))
        except Exception as error:
            raise _TaskFailed(task, error) from error
        world.task_done(task.id)
        world.save()
        _arrive(world.transaction, world.record, task.due)
        return errand

    def _give_up(self, name: str, task: Ran, error: str) -> Ran:
        """A task that fails would fail again: it is dropped, so that the clock can go on, and reported."""
        with self._store.write() as transaction:
            record = existing(transaction, name)
            world = World(record, transaction, task.due, self._base_url)
            world.task_done(task.id)
            world.save()
            _arrive(transaction, record, task.due)
        return replace(task, error=error)


def existing(transaction: Transaction, name: str) -> Record:
    """Raises UnknownWorld."""
    record = records.by_name(transaction, name)
    if record is None:
        raise UnknownWorld(name)
    return record


def _arrive(transaction: Transaction, record: Record | None, instant: int) -> None:
    """A frozen clock stands where its last task put it; a running one is not written to."""
    if record is not None and record.clock.mode == "frozen" and record.clock.at < instant:
        _write_clock(transaction, record.name, at=instant)


def _write_clock(transaction: Transaction, name: str, **columns: Any) -> None:
    changed = {f"clock_{column}": value for column, value in columns.items()}
    transaction.change(sql.change(worlds, ("name",), tuple(changed)), {"key_name": name, **changed})
