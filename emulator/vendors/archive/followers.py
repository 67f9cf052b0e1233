"""Followers, who were counted at the epoch and come and go since."""

from typing import Final

from emulator.world import instant
from emulator.world.population.growth import followers_after
from emulator.world.world import World

_MONTH: Final = 30 * instant.DAY
_LONGEST: Final = 1_200  # months; beyond, no audience grows any more
_MAX_INT: Final = 2**31 - 1  # of GraphQL


def followers_now(world: World, at_epoch: int, monthly_growth: float) -> int:
    return followers_at(world, world.now, at_epoch, monthly_growth)


def followers_at(world: World, at: int, at_epoch: int, monthly_growth: float) -> int:
    months = min((at - world.record.epoch) / _MONTH, _LONGEST)
    return min(followers_after(at_epoch, monthly_growth, months), _MAX_INT)
