"""A schema as graphql-ruby's rules look at it."""

from functools import cached_property
from typing import Any, Final, cast

from graphql import (
    GraphQLArgument,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    Undefined,
    value_from_ast,
)

from emulator.vendors.archive.ruby.nodes import ListType, NamedType, TypeNode
from emulator.vendors.archive.ruby.version import Version

Argument = GraphQLArgument | GraphQLInputField
Arguments = dict[str, Any]  # by name

COMPOSITE: Final = (GraphQLObjectType, GraphQLInterfaceType, GraphQLUnionType)
FIELDS: Final = (GraphQLObjectType, GraphQLInterfaceType)
LEAF: Final = (GraphQLScalarType, GraphQLEnumType)
INPUT: Final = (GraphQLScalarType, GraphQLEnumType, GraphQLInputObjectType)

_ENTRIES: Final = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


class Types:
    def __init__(self, schema: GraphQLSchema, version: Version, *, introspection: bool = True) -> None:
        self.schema = schema
        self.introspection = introspection
        self.directives: dict[str, GraphQLDirective] = {
            each.name: each for each in schema.directives if each.name in version.directives
        }

    def get(self, name: str) -> GraphQLNamedType | None:
        return self.schema.type_map.get(name)

    def root(self, kind: str) -> GraphQLObjectType | None:
        roots = {"query": self.schema.query_type, "mutation": self.schema.mutation_type}
        return roots.get(kind, self.schema.subscription_type)

    def root_of_valid(self, kind: str) -> GraphQLObjectType:
        """For an operation that was validated."""
        return cast("GraphQLObjectType", self.root(kind))

    def object(self, name: str) -> GraphQLObjectType:
        return cast("GraphQLObjectType", self.schema.type_map[name])

    def field(self, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
        if isinstance(parent, FIELDS) and name in parent.fields:
            found: GraphQLField = parent.fields[name]
            return found
        if name == "__typename":
            return TypeNameMetaFieldDef
        if parent is self.schema.query_type and self.introspection:
            return _ENTRIES.get(name)
        return None

    def of_node(self, node: TypeNode) -> Any:
        """None if its name is unknown."""
        if isinstance(node, NamedType):
            return self.get(node.name)
        inner = self.of_node(node.of)
        if inner is None:
            return None
        return GraphQLList(inner) if isinstance(node, ListType) else GraphQLNonNull(inner)

    def possible(self, type: GraphQLNamedType) -> set[str]:
        """Names of the object types that it may be."""
        if isinstance(type, GraphQLObjectType):
            return {type.name}
        return self._possible.get(type.name, set())

    @cached_property
    def _possible(self) -> dict[str, set[str]]:
        abstract = [kind for kind in self.schema.type_map.values() if isinstance(kind, COMPOSITE[1:])]
        return {kind.name: {each.name for each in self.schema.get_possible_types(kind)} for kind in abstract}


def unwrapped(kind: Any) -> GraphQLNamedType:
    while isinstance(kind, GraphQLList | GraphQLNonNull):
        kind = kind.of_type
    named: GraphQLNamedType = kind
    return named


def nullable(type: Any) -> Any:
    return type.of_type if isinstance(type, GraphQLNonNull) else type


def is_list(type: Any) -> bool:
    return isinstance(nullable(type), GraphQLList)


def has_default(argument: Argument) -> bool:
    return argument.default is not None or argument.default_value is not Undefined


def default_of(argument: Argument) -> Any:
    """Coerced. For an argument that has one."""
    if argument.default is None:
        return argument.default_value
    if argument.default.literal is None:
        return argument.default.value
    return value_from_ast(argument.default.literal, argument.type)
