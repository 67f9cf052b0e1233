"""Conditions on custom attributes. How each operator compares is not known; all of this is assumed.

| what the value is | operators, beside IS_EMPTY and IS_NOT_EMPTY |
|---|---|
| a text, an address | EQUAL, NOT_EQUAL, CONTAINS, CONTAINS_ALL, DOES_NOT_CONTAIN, STARTS_WITH, ENDS_WITH |
| a number | EQUAL, NOT_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL, MORE_THAN, MORE_THAN_OR_EQUAL, BETWEEN |
| a day, a moment | those of a number, IS_RELATIVE_TO_TODAY |
| yes or no | EQUAL, NOT_EQUAL |
| a choice, a list | EQUAL, NOT_EQUAL (in any order), CONTAINS (any), CONTAINS_ALL, DOES_NOT_CONTAIN (none) |

IS is EQUAL and IS_NOT is NOT_EQUAL. Texts are compared in any case, options by name or id. What cannot be compared
never passes, negated or not: an operator of another row, a value of another type, an attribute without a value.
"""

import operator as compare
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from emulator.vendors.archive.workspace.attributes import readers
from emulator.vendors.archive.workspace.attributes.readers import Reader
from emulator.vendors.archive.workspace.attributes.schemas import Attribute, Element, Entity, attributes
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import failure

# Of the value of an attribute, what a condition gives, and how to read either; None if these cannot be compared.
Test = Callable[[Any, Any, Reader], bool | None]

_NEGATED: Final = {"NOT_EQUAL": "EQUAL", "IS_NOT": "EQUAL", "DOES_NOT_CONTAIN": "CONTAINS"}
_SYNONYMS: Final = {"IS": "EQUAL"}


def check(entity: Entity, conditions: Sequence[Mapping[str, Any]]) -> None:
    """Raises GraphQLError for what is no attribute of the entity, or not of the type that is said."""
    for each in conditions:
        attribute = attributes(entity).get(each["field"])
        if attribute is None:
            raise failure(f"Unknown custom attribute: {each['field']}")
        if each["type"] != attribute.type:
            raise failure(f"Custom attribute {attribute.key} is of type {attribute.type}, not {each['type']}")


def passes(
    workspace: Workspace, entity: Entity, values: Mapping[str, Any], conditions: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether all of them hold. Raises GraphQLError as `check` does."""
    check(entity, conditions)
    return all(
        _holds(workspace, attributes(entity)[each["field"]], values.get(each["field"]), each) for each in conditions
    )


def _holds(workspace: Workspace, attribute: Attribute, value: Any, condition: Mapping[str, Any]) -> bool:
    operator = condition["operator"]
    empty = value in (None, "", [])
    if operator in ("IS_EMPTY", "IS_NOT_EMPTY"):
        return empty is (operator == "IS_EMPTY")
    positive = _NEGATED.get(operator, _SYNONYMS.get(operator, operator))
    test = None if empty else _tests(attribute).get(positive)
    if test is None:
        return False
    found = test(value, condition.get("value"), readers.of(workspace, attribute))
    return found is not None and found is (operator not in _NEGATED)


def _tests(attribute: Attribute) -> Mapping[str, Test]:
    return _OF_MANY if attribute.several or attribute.element == "choice" else _OF_ONE[attribute.element]


def _ordered(test: Callable[[Any, Any], bool]) -> Test:
    def tested(value: Any, given: Any, read: Reader) -> bool | None:
        bound = read(given)
        return None if bound is None else test(read(value), bound)

    return tested


def _between(value: Any, given: Any, read: Reader) -> bool | None:
    """Both ends count. One of them may be left open."""
    ends = readers.ends(given, read)
    return None if ends is None else _within(read(value), *ends)


def _relative(value: Any, given: Any, read: Reader) -> bool | None:
    """Days from today on the world's clock, in UTC: one, or the first and the last; those in the past are negative."""
    ends = readers.ends([given, given] if isinstance(given, int) else given, readers.whole)
    return None if ends is None else _within(readers.days_from_today(read(value), read.workspace), *ends)


def _within(value: Any, least: Any, most: Any) -> bool:
    return (least is None or least <= value) and (most is None or value <= most)


def _parts(test: Callable[[Any], bool]) -> Test:
    """On a text: `test` is `any` or `all`."""

    def tested(value: Any, given: Any, read: Reader) -> bool | None:
        parts = readers.several(given, read)
        return None if not parts else test(part in read(value) for part in parts)

    return tested


def _members(test: Callable[[set[Any], set[Any]], Any]) -> Test:
    def tested(value: Any, given: Any, read: Reader) -> bool | None:
        wanted = readers.several(given, read)
        return None if not wanted else bool(test(set(readers.several(value, read) or ()), set(wanted)))

    return tested


_EQUAL: Final[Mapping[str, Test]] = {"EQUAL": _ordered(compare.eq)}
_TEXTS: Final[Mapping[str, Test]] = {
    **_EQUAL,
    "CONTAINS": _parts(any),
    "CONTAINS_ALL": _parts(all),
    "STARTS_WITH": _ordered(str.startswith),
    "ENDS_WITH": _ordered(str.endswith),
}
_NUMBERS: Final[Mapping[str, Test]] = {
    **_EQUAL,
    "LESS_THAN": _ordered(compare.lt),
    "LESS_THAN_OR_EQUAL": _ordered(compare.le),
    "MORE_THAN": _ordered(compare.gt),
    "MORE_THAN_OR_EQUAL": _ordered(compare.ge),
    "BETWEEN": _between,
}
_DATES: Final[Mapping[str, Test]] = {**_NUMBERS, "IS_RELATIVE_TO_TODAY": _relative}
_OF_ONE: Final[Mapping[Element, Mapping[str, Test]]] = {
    "address": _TEXTS,
    "day": _DATES,
    "moment": _DATES,
    "number": _NUMBERS,
    "text": _TEXTS,
    "truth": _EQUAL,
}
_OF_MANY: Final[Mapping[str, Test]] = {
    "EQUAL": _members(compare.eq),
    "CONTAINS": _members(compare.and_),
    "CONTAINS_ALL": _members(compare.ge),
}
