"""How the make-up of an audience shifts: a little every week, as a function of a stream and the week alone."""

import math
from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

from emulator.world import instant
from emulator.world.population.randomness import percentages, stream

Option = TypeVar("Option")

_SWAY: Final = 0.1  # how far the logarithm of an option's weight swings to either side
_PERIODS: Final = (20.0, 60.0)  # of the swing, in weeks


def weeks_since(since: int) -> int:
    """The week, of microseconds since the epoch: the one up to the epoch is week 0, so that its shares hold there."""
    return -(-since // (7 * instant.DAY))


def shares_later(
    seed: int, profile_id: int, name: str, shares: Sequence[tuple[Option, float]], weeks: int
) -> tuple[tuple[Option, float], ...]:
    """One of the lists of a profile's audience, the same for whoever shows it."""
    return drifted(stream(seed, "drift", profile_id, name), shares, weeks)


def drifted(source: Random, shares: Sequence[tuple[Option, float]], weeks: int) -> tuple[tuple[Option, float], ...]:
    """The same options so many weeks later, or earlier if that is negative: percent, two decimals, the largest first.

    What the shares leave over, as those of the larger cities do, drifts with them; shares of 100 in all stay so.
    """
    if not weeks:
        return tuple(shares)
    rest = (None, max(0.0, 100 - sum(share for _, share in shares)))
    later = percentages((option, share * math.exp(_swing(source, weeks))) for option, share in (*shares, rest))
    return tuple((option, share) for option, share in later if option is not None)


def _swing(source: Random, weeks: int) -> float:
    """0 in week 0."""
    period, phase = source.uniform(*_PERIODS), source.uniform(0, math.tau)
    return _SWAY * (math.sin(math.tau * weeks / period + phase) - math.sin(phase))
