"""Points in time.

An instant is an `int`: microseconds since the Unix epoch, UTC. Integers are exact, order well, and mean the same in
every database. The functions here are the only places that turn them into the forms that people and vendors read.
"""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

EARLIEST = 0
LATEST = 253_402_300_799 * SECOND  # 9999-12-31T23:59:59Z, the last second that every vendor's format can show

_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)
_DURATION: Final = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_UNITS: Final = {"weeks": 7 * DAY, "days": DAY, "hours": HOUR, "minutes": MINUTE}

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


def duration(text: str) -> int:
    """Microseconds of an ISO 8601 duration, such as P1DT12H. Raises ValueError."""
    matched = _DURATION.fullmatch(text)
    if matched is None or text[-1] in "PT":
        raise ValueError(f"{text[:100]!r} is not a duration such as PT1H or P1DT12H")
    parts = matched.groupdict(default="0")
    seconds = Decimal(parts.pop("seconds"))
    return int(seconds * SECOND) + sum(int(parts[name]) * unit for name, unit in _UNITS.items())


def start_of_day(instant: int) -> int:
    return instant - instant % DAY
