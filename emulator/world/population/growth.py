"""How an audience grows."""

import math


def followers_after(followers: int, monthly_growth: float, months: float) -> int:
    """`followers` counted so many months of 30 days ago, which may be negative; growth is relative and compounds."""
    return int(followers * math.pow(1 + monthly_growth, months))
