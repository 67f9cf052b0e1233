"""How the profiles of a platform are spread over ranges of a figure. Where the ranges end is assumed."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from statistics import median_low
from typing import Any, Final

from emulator.vendors.insightiq.crowd import KEPT, Crowd

_RATES: Final = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5, 10.0)  # percent
_SCORES: Final = (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@lru_cache(maxsize=KEPT)
def engagement_rates(crowd: Crowd) -> list[dict[str, Any]]:
    """All profiles that have a rate; the last range is open."""
    rates = [each.engagement_rate for each in crowd.members.values() if each.engagement_rate is not None]
    middle = _place(_RATES, median_low(rates)) if rates else None
    bands = [{**band, "is_median": place == middle} for place, band in enumerate(_bands(_RATES, rates))]
    return [{"engagement_rate_band": band} for band in bands]


@lru_cache(maxsize=KEPT)
def credibility(crowd: Crowd) -> list[dict[str, Any]]:
    """All profiles whose audience is known."""
    scores = [each.credibility for each in crowd.members.values() if each.credibility is not None]
    return [{**band, "max": 1.0 if band["max"] is None else band["max"]} for band in _bands(_SCORES, scores)]


def _bands(starts: tuple[float, ...], values: Iterable[float]) -> list[dict[str, Any]]:
    """A value where two ranges meet belongs to the upper one."""
    counts = [0] * len(starts)
    for value in values:
        counts[_place(starts, value)] += 1
    ends = (*starts[1:], None)
    return [
        {"min": start, "max": end, "total_profile_count": count}
        for start, end, count in zip(starts, ends, counts, strict=True)
    ]


def _place(starts: tuple[float, ...], value: float) -> int:
    return max(0, bisect_right(starts, value) - 1)
