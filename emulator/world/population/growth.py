"""How an audience grows."""

import math
from typing import Final

_EVERYBODY: Final = 8_000_000_000


def followers_after(followers: int, monthly_growth: float, months: float) -> int:
    """`followers` counted so many months of 30 days ago, which may be negative; growth is relative and compounds.

    It ends with mankind.
    """
    try:
        return min(int(followers * math.pow(1 + monthly_growth, months)), _EVERYBODY)
    except OverflowError:
        return _EVERYBODY if followers else 0


def followers_before(followers: int, monthly_growth: float, months: float) -> int:
    """Those who become `followers` in so many months, to the nearest one."""
    try:
        return round(followers / math.pow(1 + monthly_growth, months))
    except (OverflowError, ZeroDivisionError):
        return 0
