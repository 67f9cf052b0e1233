"""What users write into collections, groups and views: what speaks against it, and how it is kept.

The limits and the wording are our own, in the manner of Rails (assumed). All that is wrong is told at once.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson

from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import user_error

Errors = list[dict[str, Any]]

_LONGEST_NAME: Final = 255
_LARGEST: Final = 20_000  # bytes of JSON
_DEEPEST: Final = 50  # levels of it; an answer has to hold them too

# Of each part of a view: its column, what it has to be, and what is said if it is not.
_PARTS: Final[Mapping[str, tuple[str, type | tuple[type, ...], str]]] = {
    "filters": ("filters", dict, "Filters must be an object"),
    "sort": ("sort", (dict, list), "Sort must be an object or a list"),
    "customAttributeConditions": ("conditions", list, "Custom attribute conditions must be a list"),
}


def name_errors(workspace: Workspace, name: str, *field: str) -> Errors:
    """Of the argument `field`; without one it is the name of an input object."""
    about = field or ("input", "name")
    if not name.strip():
        return [user_error(workspace, "Name can't be blank", *about)]
    if len(name) > _LONGEST_NAME:
        return [user_error(workspace, f"Name is too long (maximum is {_LONGEST_NAME} characters)", *about)]
    return []


def view_columns(workspace: Workspace, input: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
    """The columns of what is given; null is as though it were not (assumed)."""
    given = {name: value for name, value in input.items() if value is not None}
    columns: dict[str, Any] = {}
    errors: Errors = []
    if "name" in given:
        columns["name"] = given["name"]
        errors += name_errors(workspace, given["name"])
    if "showReportingStats" in given:
        columns["reporting"] = int(given["showReportingStats"])
    for part in _PARTS.keys() & given.keys():
        column, _, _ = _PARTS[part]
        columns[column] = _written(given[part])
    errors += [error for part in _PARTS if part in given for error in _part_errors(workspace, part, given[part])]
    return columns, errors


def _part_errors(workspace: Workspace, part: str, value: Any) -> Errors:
    _, wanted, message = _PARTS[part]
    if not isinstance(value, wanted):
        return [user_error(workspace, message, "input", part)]
    if _written(value) is None:
        limits = f"at most {_LARGEST} bytes of JSON, {_DEEPEST} levels, and numbers of 64 bits"
        return [user_error(workspace, f"{message.partition(' must')[0]} cannot be stored ({limits})", "input", part)]
    return []


def _written(value: Any) -> bytes | None:
    """As JSON; None for what is too large."""
    try:
        text = orjson.dumps(value)
    except TypeError:  # of numbers beyond 64 bits, and of more than 254 levels
        return None
    return text if len(text) <= _LARGEST and _levels(value) <= _DEEPEST else None


def _levels(value: Any) -> int:
    match value:
        case dict():
            return 1 + max(map(_levels, value.values()), default=0)
        case list():
            return 1 + max(map(_levels, value), default=0)
    return 0
