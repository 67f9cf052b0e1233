"""What faults have to know of GraphQL schemas: the names of root fields, and which fields are enums."""

from collections.abc import Iterator
from functools import cache

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, get_named_type, is_enum_type

from emulator import resources
from emulator.contract.sdl import schema


def root_fields() -> frozenset[str]:
    roots = (root for schema in _schemas() for root in (schema.query_type, schema.mutation_type) if root)
    return frozenset(name for root in roots for name in root.fields)


@cache
def enum_fields() -> frozenset[str]:
    """Names under which some object has a value of an enum."""
    objects = (each for schema in _schemas() for each in schema.type_map.values())
    return frozenset(name for each in objects for name in _enums(each))


def _enums(type: object) -> Iterator[str]:
    if isinstance(type, GraphQLObjectType | GraphQLInterfaceType):
        yield from (name for name, field in type.fields.items() if is_enum_type(get_named_type(field.type)))


def _schemas() -> tuple[GraphQLSchema, ...]:
    files = sorted((resources.contracts() / "archive").glob("*.graphql"))
    return tuple(schema("archive", file.stem) for file in files)
