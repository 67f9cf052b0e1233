"""A world's clock: one place where its time comes from.

A frozen clock stands at `at`. A running clock stood at `at` when the machine's clock showed `since`, and goes on at
`rate` world seconds a second. `until` is where a frozen clock is being driven to: it is written before the tasks on the
way are run, so that an `advance` that was cut off is finished by whoever opens the state next.
"""

from dataclasses import dataclass, replace
from typing import Literal

from emulator.world import instant

Mode = Literal["running", "frozen"]


class ClockError(ValueError):
    """The clock cannot do that; the message says what was asked and what is possible."""


@dataclass(frozen=True, slots=True)
class Clock:
    """All instants are microseconds since the Unix epoch; `since` is real time, the others are the world's."""

    mode: Mode
    rate: float
    at: int
    since: int
    until: int

    @classmethod
    def starting(cls, mode: Mode, rate: float, epoch: int, real: int) -> "Clock":
        return cls(mode, rate, at=epoch, since=real, until=epoch)

    def now(self, real: int) -> int:
        """Never earlier than `at`, even if the machine's clock is set back."""
        if self.mode == "frozen":
            return self.at
        return min(self.at + max(0, int((real - self.since) * self.rate)), instant.LATEST)

    def target(self, real: int) -> int:
        """Everything that is due up to here has to be run."""
        return self.until if self.mode == "frozen" else self.now(real)

    def changed(self, real: int, *, mode: Mode | None = None, rate: float | None = None) -> "Clock":
        """The same instant, going on in another way."""
        now = self.target(real)
        return Clock(mode or self.mode, rate or self.rate, at=now, since=real, until=now)

    def advanced(self, real: int, *, by: int | None = None, to: int | None = None) -> "Clock":
        """Raises ClockError for a target before now or beyond the year 9999."""
        start = self.target(real)
        target = to if to is not None else start + (by or 0)
        if target < start:
            raise ClockError(
                f"the clock is at {instant.rfc3339(start)} and cannot go back to {instant.rfc3339(target)}"
            )
        if target > instant.LATEST:
            raise ClockError(f"the clock cannot go beyond {instant.rfc3339(instant.LATEST)}")
        if self.mode == "frozen":
            return replace(self, until=target)
        return replace(self, at=target, since=real, until=target)
