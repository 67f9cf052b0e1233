"""A vendor's limit on requests in a short span, counted for each world on its own clock."""

from collections import deque
from typing import Final

from emulator.refusal import RateLimited
from emulator.world.world import World

OFF: Final = "off"


class RequestRate:
    """So many requests to a world in any `period` microseconds of its time.

    Counted in this process's memory, as every request counts, even one that only reads, and none for longer than the
    period. Several processes on one state therefore allow as many times the requests.
    """

    def __init__(self, period: int) -> None:
        self._period = period
        self._worlds: dict[str, tuple[int, deque[int]]] = {}

    def enforce(self, world: World, allowed: int) -> None:
        """Count a request; one that is refused is not counted. Raises RateLimited."""
        recent = self._recent(world, allowed)
        if len(recent) == allowed and world.now < recent[0] + self._period:
            raise RateLimited(recent[0] + self._period - world.now)
        recent.append(world.now)

    def _recent(self, world: World, allowed: int) -> deque[int]:
        """When the last requests came, oldest first; a world that was reset has none."""
        incarnation, recent = self._worlds.get(world.name, (None, deque()))
        if incarnation != world.record.incarnation:
            recent = deque[int](maxlen=allowed)
            self._worlds[world.name] = world.record.incarnation, recent
        return recent
