"""What somebody stored as the filters and the order of a view, read as the arguments of `items`.

It is JSON of no schema; of what does not fit only that part is ignored (assumed).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
)

from emulator import resources
from emulator.vendors.archive.ruby.scalars import Uncoercible, coercion
from emulator.vendors.archive.workspace.items.filters import problem
from emulator.vendors.archive.workspace.scalars import SCALARS

_UNFIT: Final = object()


def filters(settings: Mapping[str, Any], stored: Any) -> dict[str, Any]:
    """By the names of ItemFilterInput."""
    found = _fitting(stored, _type("ItemFilterInput"))
    known: dict[str, Any] = {} if found is _UNFIT else found
    return {name: value for name, value in known.items() if problem(settings, name, value) is None}


def sorting(stored: Any) -> Sequence[Mapping[str, str]]:
    """Entries of ItemSortingInput, of one that stands alone or of a list."""
    found = _fitting(stored, GraphQLList(_type("ItemSortingInput")))
    return [] if found is _UNFIT else cast("Sequence[Mapping[str, str]]", found)


def _fitting(value: Any, type: GraphQLInputType) -> Any:
    match type:
        case GraphQLNonNull():
            return _fitting(value, type.of_type)
        case GraphQLList():
            items = [_fitting(item, type.of_type) for item in (value if isinstance(value, list) else [value])]
            return [item for item in items if item is not _UNFIT]
        case GraphQLEnumType():
            return value if isinstance(value, str) and value in type.values else _UNFIT
        case GraphQLInputObjectType():
            return _object(value, type)
    return _scalar(value, type)


def _object(value: Any, type: GraphQLInputObjectType) -> Any:
    """Without one of its fields that has to be there, it does not fit as a whole."""
    given = value if isinstance(value, dict) else {}
    found = {name: _fitting(given[name], field.type) for name, field in type.fields.items() if name in given}
    fitting = {name: each for name, each in found.items() if each is not _UNFIT}
    required = {name for name, field in type.fields.items() if isinstance(field.type, GraphQLNonNull)}
    return fitting if isinstance(value, dict) and required <= fitting.keys() else _UNFIT


def _scalar(value: Any, type: GraphQLScalarType) -> Any:
    try:
        found = (SCALARS.get(type.name) or coercion(type.name))(value)
    except Uncoercible:
        return _UNFIT
    return _UNFIT if found is None else found


def _type(name: str) -> GraphQLInputObjectType:
    return cast("GraphQLInputObjectType", _schema().type_map[name])


@cache
def _schema() -> GraphQLSchema:
    return build_schema((resources.contracts() / "archive" / "workspace.graphql").read_text())
