"""The SDL of a contract, for JSON that comes from elsewhere than an answer: values, and objects in the parts selected.

A captured object has the fields that somebody asked for, so that none has to be there.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
)

from emulator import resources
from emulator.contract.component import Broken
from emulator.contract.wording import Place
from emulator.words import seen

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_INT: Final = range(-(2**31), 2**31)


@cache
def schema(folder: str, name: str) -> GraphQLSchema:
    """Of `contracts/<folder>/<name>.graphql`."""
    return build_schema((resources.contracts() / folder / f"{name}.graphql").read_text(), assume_valid=True)


def object_type(folder: str, name: str, type_: str) -> Callable[[Any], Broken]:
    """What an object type of an SDL has against a value: places and messages."""

    def broken(value: Any) -> Broken:
        return list(_broken(schema(folder, name).type_map[type_], value, (), f"{type_} in {name}.graphql"))

    return broken


def _broken(type_: Any, value: Any, place: Place, member: str) -> Iterator[tuple[Place, str]]:
    if value is None:
        if isinstance(type_, GraphQLNonNull):
            yield place, f"is null; {member} is never null"
        return
    type_ = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(type_, GraphQLList):
        if not isinstance(value, list):
            yield place, f"is {seen(value)}; {member} is a list"
            return
        for nth, each in enumerate(value):
            yield from _broken(type_.of_type, each, (*place, nth), member)
    elif isinstance(type_, GraphQLObjectType):
        yield from _members(type_, value, place, member)
    elif isinstance(type_, GraphQLScalarType | GraphQLEnumType) and not fits(type_, value):
        allowed = f" ({', '.join(type_.values)})" if isinstance(type_, GraphQLEnumType) else ""
        yield place, f"is {seen(value)}; {member} is of the type {type_.name}{allowed}"


def _members(type_: GraphQLObjectType, value: Any, place: Place, member: str) -> Iterator[tuple[Place, str]]:
    if not isinstance(value, dict):
        yield place, f"is {seen(value)}; {member} is an object of the type {type_.name}"
        return
    for key, each in value.items():
        if key in type_.fields:
            yield from _broken(type_.fields[key].type, each, (*place, key), f"{type_.name}.{key}")
        elif key != "__typename":
            yield (*place, key), f"is no field of {type_.name}, which has {', '.join(type_.fields)}"


def fits(type_: GraphQLScalarType | GraphQLEnumType, value: Any) -> bool:
    """Whether a value is one of the type, as answers have them."""
    if isinstance(type_, GraphQLEnumType):
        return isinstance(value, str) and value in type_.values
    match type_.name:
        case "Int":
            return type(value) is int and value in _INT
        case "Float":
            return type(value) in (int, float)
        case "Boolean":
            return type(value) is bool
        case "String" | "ID":
            return isinstance(value, str)
        case _:
            return _fits_own(type_.name, value)


def _fits_own(name: str, value: Any) -> bool:
    """Scalars that a schema defines itself, as far as their names tell what they hold."""
    if name == "BigInt":
        return isinstance(value, str) and re.fullmatch(r"-?\d+", value) is not None
    if "DateTime" in name:
        return isinstance(value, str) and _is_moment(value)
    if "Date" in name:
        return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    return True


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return _MOMENT.fullmatch(text) is not None
