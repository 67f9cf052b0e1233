"""The courier: carries attempts to their addresses, on a thread and an event loop of its own.

An address that answers promptly has answered before anything else happens in the world, so that its deliveries come one
after the other, and what it does in return is the same in every run. One that does not is waited for once; from then on
its deliveries are under way at the same time as others, until it answers promptly again.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Final
from weakref import WeakValueDictionary

from emulator.webhooks.delivery import Attempt, AttemptKey, Deliveries, Outcome
from emulator.webhooks.sending import Sender

PATIENCE: Final = 0.2  # seconds
AT_ONCE: Final = 16  # attempts at one address, so that a slow one is not overrun as well
MAX_UNDER_WAY: Final = 2_000  # attempts; the timeline waits for one to end before it begins a further one
_BATCH: Final = 200  # outcomes that are written down together

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _UnderWay:
    """The attempts of one world that have not ended; `ended` counts the others."""

    attempts: dict[AttemptKey, Attempt] = field(default_factory=dict)
    ended: int = 0

    def add(self, attempt: Attempt) -> None:
        self.attempts[attempt.key] = attempt

    def has(self, attempt: Attempt) -> bool:
        return attempt.key in self.attempts

    def end(self, attempt: Attempt) -> None:
        self.attempts.pop(attempt.key, None)
        self.ended += 1


class Courier:
    """Safe for threads. Nothing is started before the first attempt."""

    def __init__(self, deliveries: Deliveries, sender: Callable[[], Sender]) -> None:
        self._deliveries = deliveries
        self._make_sender = sender
        self._worlds: dict[str, _UnderWay] = {}
        self._slow: set[str] = set()
        self._changed = threading.Condition()
        self._outcomes: SimpleQueue[Outcome | None] = SimpleQueue()
        self._road: _Road | None = None
        self._log: threading.Thread | None = None

    def begin(self, attempt: Attempt) -> None:
        """Returns when it has ended, or when it is plain that this will take a while."""
        with self._changed:
            self._changed.wait_for(lambda: sum(len(each.attempts) for each in self._worlds.values()) < MAX_UNDER_WAY)
            under_way = self._worlds.setdefault(attempt.world, _UnderWay())
            under_way.add(attempt)
            self._started().take(attempt)
            if attempt.url in self._slow:
                return
            if not self._changed.wait_for(lambda: not under_way.has(attempt), PATIENCE):
                self._slow.add(attempt.url)

    def horizon(self, world: str) -> int | None:
        """Where the world's time may not get to before an attempt has ended; None if none is under way."""
        with self._changed:
            under_way = self._worlds.get(world)
            return min((each.horizon for each in under_way.attempts.values()), default=None) if under_way else None

    def wait(self, world: str) -> None:
        """Until one of the world's attempts has ended and is written down."""
        with self._changed:
            under_way = self._worlds.get(world)
            if under_way and under_way.attempts:
                before = under_way.ended
                self._changed.wait_for(lambda: under_way.ended > before)

    def close(self) -> None:
        """What is under way is left to whoever opens the state next."""
        if self._road is None or self._log is None:
            return
        self._road.close()
        self._outcomes.put(None)
        self._log.join()
        left = [attempt for under_way in self._worlds.values() for attempt in under_way.attempts.values()]
        self._deliveries.abandon(left)
        self._road = None

    def _started(self) -> "_Road":
        if self._road is None:
            self._road = _Road(self._make_sender, self._outcomes.put)
            self._log = threading.Thread(target=self._write_down, name="courier-log", daemon=True)
            self._log.start()
        return self._road

    def _write_down(self) -> None:
        while outcomes := self._next_outcomes():
            try:
                self._deliveries.record(outcomes)
            except Exception:  # noqa: BLE001 - such as a full disk: the attempts are made again when their lease ends
                _log.exception("deliveries could not be written down")
            self._end(outcomes)

    def _next_outcomes(self) -> list[Outcome]:
        """At least one; none when the courier closes."""
        outcomes = []
        outcome = self._outcomes.get()
        while outcome is not None:
            outcomes.append(outcome)
            if len(outcomes) == _BATCH:
                break
            try:
                outcome = self._outcomes.get_nowait()
            except Empty:
                break
        else:
            if outcomes:
                self._outcomes.put(None)
        return outcomes

    def _end(self, outcomes: list[Outcome]) -> None:
        with self._changed:
            for outcome in outcomes:
                self._worlds[outcome.attempt.world].end(outcome.attempt)
                if outcome.microseconds < PATIENCE * 1_000_000:
                    self._slow.discard(outcome.attempt.url)
            self._changed.notify_all()


class _Road:
    """The event loop that attempts are under way on, in its thread."""

    def __init__(self, sender: Callable[[], Sender], arrived: Callable[[Outcome], None]) -> None:
        self._arrived = arrived
        self._lanes: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()  # by address
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._make_sender = sender
        self._sender: Sender | None = None
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._thread.start()

    def take(self, attempt: Attempt) -> None:
        self._loop.call_soon_threadsafe(self._set_out, attempt)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._sender = self._make_sender()
        self._loop.run_forever()
        self._loop.run_until_complete(self._clear())
        self._loop.close()

    async def _clear(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._sender is not None:
            await self._sender.close()

    def _set_out(self, attempt: Attempt) -> None:
        lane = self._lanes.setdefault(attempt.url, asyncio.Semaphore(AT_ONCE))
        task = self._loop.create_task(self._carry(attempt, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, attempt: Attempt, lane: asyncio.Semaphore) -> None:
        assert self._sender is not None  # noqa: S101 - made before the loop runs
        async with lane:
            outcome = await self._sender.send(attempt)
        self._arrived(outcome)
