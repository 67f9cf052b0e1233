"""Whether a literal is a value of a type."""

from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLScalarType

from emulator.vendors.archive.ruby.nodes import EnumValue, InputObject, Null, Variable
from emulator.vendors.archive.ruby.scope import Scope


def fits(scope: Scope, value: Any, type: Any) -> bool:
    """Variables fit everywhere but into scalars that are written as objects or lists. May raise Uncoercible."""
    if isinstance(value, Null):
        return not isinstance(type, GraphQLNonNull)
    match type:
        case GraphQLNonNull():
            return fits(scope, value, type.of_type)
        case GraphQLList():
            return all(fits(scope, item, type.of_type) for item in (value if isinstance(value, list) else [value]))
        case _ if isinstance(value, Variable):
            return True
        case GraphQLScalarType():
            return _is_constant(value) and scope.coercion(type.name)(value) is not None
        case GraphQLEnumType():
            return isinstance(value, EnumValue) and value.name in type.values
        case GraphQLInputObjectType():
            return isinstance(value, InputObject) and _is_complete(scope, value, type)
    return False


def _is_complete(scope: Scope, value: InputObject, type: GraphQLInputObjectType) -> bool:
    given = {each.name for each in value.arguments}
    missing = [name for name, field in type.fields.items() if isinstance(field.type, GraphQLNonNull)]
    known = all(each.name in type.fields for each in value.arguments)
    return (
        known
        and given.issuperset(missing)
        and all(fits(scope, each.value, type.fields[each.name].type) for each in value.arguments)
    )


def _is_constant(value: Any) -> bool:
    match value:
        case Variable():
            return False
        case list():
            return all(map(_is_constant, value))
        case InputObject():
            return all(_is_constant(each.value) for each in value.arguments)
    return True
