"""What is compared of a custom attribute's value, and of the value in a condition: alike, so that they can be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from emulator.vendors.archive.workspace.attributes.schemas import Attribute, option_id
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world import instant


@dataclass(frozen=True, slots=True)
class Reader:
    """Of one attribute. Called on a value, it gives what is compared, or None for what is not of the type."""

    workspace: Workspace
    attribute: Attribute

    def __call__(self, value: Any) -> Any:
        return _READ[self.attribute.element](self, value)


def of(workspace: Workspace, attribute: Attribute) -> Reader:
    return Reader(workspace, attribute)


def several(given: Any, read: Callable[[Any], Any]) -> list[Any] | None:
    """The elements of a list, or of one value. None if one of them is not of the type."""
    found = [read(each) for each in (given if isinstance(given, list) else [given])]
    return None if None in found else found


def ends(given: Any, read: Callable[[Any], Any]) -> tuple[Any, Any] | None:
    """Of a range: an array of two, or an object with `from` and `to`, as ranges are in the schema.

    An end is None if it is open; both cannot be.
    """
    if isinstance(given, dict) and set(given) <= {"from", "to"}:
        given = [given.get("from"), given.get("to")]
    if not isinstance(given, list) or len(given) != 2 or given == [None, None]:
        return None
    first, last = (None if each is None else read(each) for each in given)
    unread = any(each is not None and end is None for each, end in zip(given, (first, last), strict=True))
    return None if unread else (first, last)


def whole(value: Any) -> int | None:
    return value if type(value) is int else None


def days_from_today(value: date | datetime, workspace: Workspace) -> int:
    day = value.date() if isinstance(value, datetime) else value
    return (day - instant.to_datetime(workspace.world.now).date()).days


def _text(_: Reader, value: Any) -> str | None:
    return value.casefold() if isinstance(value, str) else None


def _address(_: Reader, value: Any) -> str | None:
    """Its parts after one another, of an object or as they are written."""
    if isinstance(value, dict):
        value = ", ".join(str(part) for part in value.values())
    return value.casefold() if isinstance(value, str) else None


def _choice(reader: Reader, value: Any) -> str | None:
    """The option's name, which its id may stand for."""
    if not isinstance(value, str):
        return None
    options = reader.attribute.options
    if value in options:
        return value.casefold()
    by_id = {option_id(reader.workspace, reader.attribute, each): each for each in options}
    return by_id.get(value.lower(), value).casefold()


def _number(_: Reader, value: Any) -> int | float | None:
    return value if type(value) in (int, float) else None


def _truth(_: Reader, value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(_: Reader, value: Any) -> date | None:
    """Written as `2026-01-31`."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.isoformat() == value else None


def _moment(reader: Reader, value: Any) -> datetime | None:
    """In UTC; a day stands for its beginning."""
    if (day := _day(reader, value)) is not None:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.utcoffset() == timedelta(0) else None


_READ: Final[dict[str, Callable[[Reader, Any], Any]]] = {
    "address": _address,
    "choice": _choice,
    "day": _day,
    "moment": _moment,
    "number": _number,
    "text": _text,
    "truth": _truth,
}
