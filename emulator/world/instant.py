"""Points in time.

An instant is an `int`: microseconds since the Unix epoch, UTC. Integers are exact, order well, and mean the same in
every database. The functions here are the only places that turn them into the forms that people and vendors read.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

EARLIEST = 0
LATEST = 253_402_300_799 * SECOND  # 9999-12-31T23:59:59Z, the last second that every vendor's format can show

_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)

RealTime = Callable[[], int]


def real_time() -> int:
    """The machine's own clock. Only running world clocks are derived from it; nothing else may ask for it."""
    return time.time_ns() // 1000


def from_datetime(moment: datetime) -> int:
    return (moment - _ORIGIN) // timedelta(microseconds=1)


def to_datetime(instant: int) -> datetime:
    return _ORIGIN + timedelta(microseconds=instant)


def naive(instant: int) -> str:
    """`2021-12-13T07:54:41.078254`: UTC without a zone, as InsightIQ writes times."""
    return to_datetime(instant).replace(tzinfo=None).isoformat(timespec="microseconds")


def rfc3339(instant: int) -> str:
    """`2026-01-01T00:00:00.000000Z`: how our own interfaces write times."""
    return naive(instant) + "Z"


def zulu(instant: int) -> str:
    """`2026-01-01T00:00:01Z`: whole seconds, as graphql-ruby writes ISO8601DateTime."""
    return to_datetime(instant).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def unix(instant: int) -> int:
    """Whole seconds, as Storyclash writes times."""
    return instant // SECOND


def start_of_day(instant: int) -> int:
    return instant - instant % DAY
