"""What resolvers are given: arguments of a document, variables filled in, as Python values."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLScalarType

from emulator.vendors.archive.ruby.nodes import Argument, EnumValue, InputObject, Null, Variable
from emulator.vendors.archive.ruby.scalars import Coercion, coercion
from emulator.vendors.archive.ruby.types import Arguments, default_of, has_default

Values = Mapping[str, Any]  # of variables, as they were sent; a default is the literal

_ABSENT: Final = object()


class NullArgument(Exception):
    """A variable is null where its default would have been fitting."""


class Coercer:
    def __init__(self, scalars: Mapping[str, Coercion]) -> None:
        self._scalars = scalars

    def arguments(
        self, given: Sequence[Argument], defined: Arguments, values: Values
    ) -> tuple[dict[str, Any], list[str]]:
        """By the names of the contract, in its order, and what is wrong with them."""
        found = {each.name: value for each in given if (value := plain(each.value, values)) is not _ABSENT}
        coerced: dict[str, Any] = {}
        problems: list[str] = []
        for name, argument in defined.items():
            try:
                if name in found:
                    coerced[name] = self._coerced(found[name], argument.type)
                elif has_default(argument):
                    coerced[name] = default_of(argument)
            except NullArgument as null:
                problems.append(str(null))
        return coerced, problems

    def _coerced(self, value: Any, type: Any) -> Any:
        if isinstance(type, GraphQLNonNull):
            if value is None:
                raise NullArgument(
                    f"`null` is not a valid input for `{type}`, please provide a value for this argument."
                )
            return self._coerced(value, type.of_type)
        if value is None:
            return None
        match type:
            case GraphQLList():
                items = value if isinstance(value, list) else [value]
                return [None if item is None else self._coerced(item, type.of_type) for item in items]
            case GraphQLScalarType():
                return (self._scalars.get(type.name) or coercion(type.name))(value)
            case GraphQLEnumType():
                return value if value in type.values else None
        return self._object(value, type)

    def _object(self, value: dict[str, Any], type: GraphQLInputObjectType) -> dict[str, Any]:
        coerced: dict[str, Any] = {}
        for name, field in type.fields.items():
            if name in value:
                coerced[name] = self._coerced(value[name], field.type)
            elif has_default(field):
                coerced[name] = default_of(field)
        return coerced


def plain(value: Any, values: Values) -> Any:
    """As JSON would have it. A variable without a value makes its argument absent, and an item of a list null."""
    match value:
        case Variable():
            return plain(values[value.name], values) if value.name in values else _ABSENT
        case Null():
            return None
        case EnumValue():
            return value.name
        case list():
            items = [plain(item, values) for item in value]
            return [None if item is _ABSENT else item for item in items]
        case InputObject():
            fields = [(each.name, plain(each.value, values)) for each in value.arguments]
            return {name: each for name, each in fields if each is not _ABSENT}
    return value


def has_variables(value: Any) -> bool:
    match value:
        case Variable():
            return True
        case list():
            return any(map(has_variables, value))
        case InputObject():
            return any(has_variables(each.value) for each in value.arguments)
    return False
