"""The forms in which Python says times and spans, and those of the control API."""

from datetime import datetime, timedelta
from typing import Any

from emulator.world import instant

Span = timedelta | float | str  # seconds, or a duration after ISO 8601 such as PT1H
Moment = datetime | str


def seconds(span: Span) -> float | str:
    return span.total_seconds() if isinstance(span, timedelta) else span


def length(span: Span) -> timedelta:
    """Raises ValueError for a text that is no duration."""
    match span:
        case timedelta():
            return span
        case str():
            return timedelta(microseconds=instant.duration(span))
    return timedelta(seconds=span)


def in_words(span: timedelta) -> str:
    """`1 day`, `2 days, 1:30:00`."""
    return str(span).removesuffix(", 0:00:00")


def written(moment: Moment) -> str:
    """Raises ValueError for a datetime without a zone, which names no moment."""
    if isinstance(moment, str):
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; give it one, such as datetime.UTC")
    return moment.isoformat()


def read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def given(**values: Any) -> dict[str, Any]:
    """Those that are not None, with moments and spans in the form of the control API."""
    return {name: _form(value) for name, value in values.items() if value is not None}


def _form(value: Any) -> Any:
    match value:
        case datetime():
            return written(value)
        case timedelta():
            return seconds(value)
        case _:
            return value
