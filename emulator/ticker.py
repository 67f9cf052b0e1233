"""Lets running clocks run: wakes up when something falls due in a world, and has it run."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from emulator.journal import Journal
from emulator.webhooks.delivery import Deliveries
from emulator.world.clock import Clock
from emulator.world.instant import SECOND, RealTime
from emulator.world.record import Record
from emulator.world.tasks import Timeline
from emulator.world.worlds import Worlds

_LOOK_AGAIN: Final = 1.0  # seconds; another process, or a request, may have scheduled something earlier

_log = logging.getLogger(__name__)


class Ticker:
    """One background task for all worlds. It also finishes what a killed process left undone."""

    def __init__(
        self, worlds: Worlds, timeline: Timeline, deliveries: Deliveries, journal: Journal, real_time: RealTime
    ) -> None:
        self._worlds = worlds
        self._timeline = timeline
        self._deliveries = deliveries
        self._journal = journal
        self._real_time = real_time
        self._on_the_way: dict[str, tuple[Clock, int | None]] = {}
        self._looking = ThreadPoolExecutor(1, "clocks")
        self._awake = ThreadPoolExecutor(1, "ticker")
        self._woken: set[str] = set()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                delay = await loop.run_in_executor(self._looking, self.tick)
            except Exception:  # noqa: BLE001 - whatever it is, clocks have to go on; it is logged
                _log.exception("ticker failed")
                delay = _LOOK_AGAIN
            await asyncio.sleep(delay)

    def wake(self, world: str) -> None:
        """Run what is due in a world at once; on a frozen clock too, whose own time has come then."""
        if world not in self._woken:
            self._woken.add(world)
            self._awake.submit(self._settle, world)

    def close(self) -> None:
        """When what is under way has ended; to be called in a thread that nothing of it waits for."""
        self._looking.shutdown(cancel_futures=True)
        self._awake.shutdown(cancel_futures=True)

    def _settle(self, world: str) -> None:
        self._woken.discard(world)
        try:
            self._timeline.settle(world)
        except Exception:  # noqa: BLE001 - the next look tries it again
            _log.exception("ticker failed")

    def tick(self) -> float:
        """Run what is due in all worlds and write the journal; seconds until the next look."""
        self._journal.flush()
        self._deliveries.recover()
        records = self._worlds.list()
        behind = [record for record in records if record.behind(self._real_time())]
        for record in behind:
            if not self._timeline.moving(record.name) and not self._driven(record):
                self._timeline.settle(record.name)
        self._on_the_way = {record.name: (record.clock, record.next_due) for record in behind}
        return min((self._wait(record) for record in records), default=_LOOK_AGAIN)

    def _driven(self, record: Record) -> bool:
        """A frozen clock on its way is left to whoever drives it, unless it has not moved since the last look."""
        return record.clock.mode == "frozen" and self._on_the_way.get(record.name) != (record.clock, record.next_due)

    def _wait(self, record: Record) -> float:
        if record.clock.mode == "frozen" or record.next_due is None:
            return _LOOK_AGAIN
        ahead = (record.next_due - record.clock.now(self._real_time())) / record.clock.rate / SECOND
        return min(max(ahead, 0.01), _LOOK_AGAIN)
