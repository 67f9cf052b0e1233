"""Attempts at a delivery: begun by a task at its exact time, carried out elsewhere, and written down when they end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.webhooks import retention, schedules
from emulator.webhooks.outbox import ATTEMPT
from emulator.world import instant, sql
from emulator.world import record as records
from emulator.world.instant import RealTime
from emulator.world.store import Statement, Store, Transaction
from emulator.world.tables import attempts, deliveries
from emulator.world.vendor import Schedule, Webhooks
from emulator.world.world import World

_GRACE: Final = 2 * instant.SECOND  # of real time, in which an attempt that has ended is written down
_PER_DELIVERY: Final = 64  # more than attempts at any
_FIRST_TASK: Final = -(2**62)  # numbers of tasks that nothing else has

_FOUND: Final = Statement(
    select(deliveries).where(deliveries.c.world == bindparam("world"), deliveries.c.id == bindparam("id"))
)
_LOST: Final = Statement(
    select(deliveries.c.world, deliveries.c.id, deliveries.c.attempts, deliveries.c.due, deliveries.c.lease).where(
        deliveries.c.state == "sending", deliveries.c.lease < bindparam("soon")
    )
)
_COLUMNS: Final = [column.name for column in deliveries.c]

AttemptKey = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. `horizon` is the first instant of the world at which its outcome may make a difference."""

    world: str
    incarnation: int
    delivery: int
    number: int
    at: int
    horizon: int
    timeout: float
    vendor: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def key(self) -> AttemptKey:
        """A world that was reset numbers its deliveries anew."""
        return self.world, self.incarnation, self.delivery, self.number


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended. `status` is absent if there was no answer; `refused` says that the address may not be called."""

    attempt: Attempt
    microseconds: int
    status: int | None = None
    error: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    refused: bool = False

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Deliveries:
    """What becomes of the rows of the outbox. `vendors` are those that send any."""

    def __init__(self, store: Store, vendors: Mapping[str, Webhooks], real_time: RealTime, base_url: str) -> None:
        self._store = store
        self._vendors = vendors
        self._real_time = real_time
        self._base_url = base_url
        self._ours: set[AttemptKey] = set()  # under way, or waiting for their turn, in this process

    def begin(self, world: World, payload: Mapping[str, Any]) -> Attempt | None:
        """Task: mark the delivery as being sent; None if nobody waits for this attempt any more."""
        row = found(world, payload["delivery"])
        if row is None or row["state"] not in ("pending", "held") or row["attempts"] != payload["attempt"] - 1:
            return None
        vendor = self._vendors[row["vendor"]]
        if not vendor.active(world, row["endpoint"]):
            _change(world, row["id"], state="dead", reason="the webhook is gone, or switched off")
            retention.settled(world, row["id"])
            return None
        schedule = schedules.schedule(world, row["vendor"], vendor.schedule)
        number = payload["attempt"]
        _change(world, row["id"], state="sending", attempts=number, due=world.now, lease=self._lease(schedule))
        attempt = _attempt(world, row, number, schedule)
        self._ours.add(attempt.key)
        return attempt

    def record(self, outcomes: Sequence[Outcome]) -> None:
        """Write down how attempts ended, and what follows from that."""
        try:
            with self._store.write() as transaction:
                for outcome in outcomes:
                    self._record(transaction, outcome)
        finally:
            self._ours.difference_update(outcome.attempt.key for outcome in outcomes)

    def abandon(self, left: Iterable[Attempt]) -> None:
        """Let others make these attempts again at once; they have not ended when this process does."""
        with self._store.write() as transaction:
            for attempt in left:
                key = {"key_world": attempt.world, "key_id": attempt.delivery}
                transaction.change(sql.change(deliveries, ("world", "id"), ("lease",)), {**key, "lease": 0})

    def recover(self) -> None:
        """Give attempts that nobody will ever hear of again another try: their process was killed.

        Those that wait in this process, as others are under way to their address, are not lost, however long it takes.
        """
        real = self._real_time()
        soon = {"soon": real + _GRACE}
        with self._store.read() as transaction:
            if not transaction.rows(_LOST, soon):
                return
        with self._store.write() as transaction:
            for name, delivery, number, due, lease in transaction.rows(_LOST, soon):
                world = self._world(transaction, name, due)
                if (name, world.record.incarnation, delivery, number) in self._ours:
                    _change(world, delivery, lease=real + 2 * _GRACE)
                elif lease < real:
                    _change(world, delivery, state="pending", attempts=number - 1, lease=0)
                    world.schedule(ATTEMPT, due, {"delivery": delivery, "attempt": number}, _task(delivery, number))
                    world.save()

    def _lease(self, schedule: Schedule) -> int:
        return self._real_time() + int(schedule.timeout * instant.SECOND) + _GRACE

    def _record(self, transaction: Transaction, outcome: Outcome) -> None:
        """Nothing, if the world was reset or deleted meanwhile, or the attempt is not the delivery's last."""
        record = records.by_name(transaction, outcome.attempt.world)
        if record is None or record.incarnation != outcome.attempt.incarnation:
            return
        world = World(record, transaction, outcome.attempt.at, self._base_url)
        row = found(world, outcome.attempt.delivery)
        if row is None or row["state"] != "sending" or row["attempts"] != outcome.attempt.number:
            return
        _log(world, outcome)
        self._settle(world, row, outcome)
        world.save()

    def _settle(self, world: World, row: Mapping[str, Any], outcome: Outcome) -> None:
        vendor, attempt = self._vendors[row["vendor"]], outcome.attempt
        retries = schedules.schedule(world, row["vendor"], vendor.schedule).retries
        if attempt.number <= len(retries) and not (outcome.succeeded or outcome.refused):
            due = attempt.at + retries[attempt.number - 1]
            _change(world, row["id"], state="pending", due=due)
            following = {"delivery": row["id"], "attempt": attempt.number + 1}
            world.schedule(ATTEMPT, due, following, _task(row["id"], attempt.number + 1))
            return
        if outcome.succeeded:
            _change(world, row["id"], state="delivered")
        elif outcome.refused:
            _change(world, row["id"], state="blocked", reason=outcome.error)
        else:
            _change(world, row["id"], state="dead", reason="the last attempt failed")
            vendor.exhausted(world, row["endpoint"])
        retention.settled(world, row["id"])

    def _world(self, transaction: Transaction, name: str, now: int) -> World:
        record = records.by_name(transaction, name)
        assert record is not None, "deliveries are removed with their world"  # noqa: S101
        return World(record, transaction, now, self._base_url)


def found(world: World, id: int) -> dict[str, Any] | None:
    """The row of a delivery."""
    row = world.transaction.row(_FOUND, {"world": world.name, "id": id})
    return None if row is None else dict(zip(_COLUMNS, row, strict=True))


def _task(delivery: int, attempt: int) -> int:
    """The number of the task at which a further attempt begins: of one instant, the earlier delivery goes first."""
    return _FIRST_TASK + delivery * _PER_DELIVERY + attempt


def _attempt(world: World, row: Mapping[str, Any], number: int, schedule: Schedule) -> Attempt:
    wait = schedule.retries[number - 1] if number <= len(schedule.retries) else 0
    return Attempt(
        world=world.name,
        incarnation=world.record.incarnation,
        delivery=row["id"],
        number=number,
        at=world.now,
        horizon=world.now + wait,
        timeout=schedule.timeout,
        vendor=row["vendor"],
        url=row["url"],
        headers=orjson.loads(row["headers"]),
        body=row["body"],
    )


def _change(world: World, id: int, **columns: Any) -> None:
    statement = sql.change(deliveries, ("world", "id"), tuple(columns))
    world.transaction.change(statement, {"key_world": world.name, "key_id": id, **columns})


def _log(world: World, outcome: Outcome) -> None:
    row = {
        "world": world.name,
        "delivery": outcome.attempt.delivery,
        "number": outcome.attempt.number,
        "at": outcome.attempt.at,
        "microseconds": outcome.microseconds,
        "status": outcome.status,
        "error": outcome.error,
        "headers": orjson.dumps(outcome.headers).decode(),
        "body": outcome.body,
    }
    world.transaction.change(sql.insertion(attempts, tuple(row)), row)
