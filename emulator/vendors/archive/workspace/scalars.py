"""Scalars of version 2 (facts/archive-v2.md, sections 3 and 8). Resolvers are given instants and dates."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from emulator.vendors.archive.ruby.scalars import Coercion, Uncoercible
from emulator.world import instant


def date_time(value: Any) -> int:
    """An instant. Raises Uncoercible."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
        if moment is not None and moment.utcoffset() == timedelta(0):
            return instant.from_datetime(moment)
    except (ValueError, OverflowError):
        pass
    raise Uncoercible(
        f'Cannot coerce "{value}" to DateTime: must be in UTC (ending with Z, +00:00, or -00:00)',
        code="INTERNAL_SERVER_ERROR",
    )


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


SCALARS: Final[Mapping[str, Coercion]] = {"DateTime": date_time, "DateWithZone": _date}


def big(value: int | None) -> str | None:
    """BigInt: a string on the wire (reported)."""
    return None if value is None else str(value)
