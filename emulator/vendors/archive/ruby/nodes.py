"""What a document consists of. Literals are Python's own: int, float, str, bool, list."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, eq=False)
class Node:
    """Line and column are counted from 1, columns in bytes."""

    line: int
    column: int


@dataclass(slots=True, eq=False)
class EnumValue(Node):
    name: str


@dataclass(slots=True, eq=False)
class Null(Node):
    pass


@dataclass(slots=True, eq=False)
class Variable(Node):
    name: str


@dataclass(slots=True, eq=False)
class Argument(Node):
    """Of a field or directive; in an object, a key with its value."""

    name: str
    value: Any


@dataclass(slots=True, eq=False)
class InputObject(Node):
    arguments: list[Argument]


@dataclass(slots=True, eq=False)
class Directive(Node):
    name: str
    arguments: list[Argument]


@dataclass(slots=True, eq=False)
class NamedType:
    name: str


@dataclass(slots=True, eq=False)
class ListType:
    of: "TypeNode"


@dataclass(slots=True, eq=False)
class RequiredType:
    of: "TypeNode"


TypeNode = NamedType | ListType | RequiredType


@dataclass(slots=True, eq=False)
class Field(Node):
    name: str
    alias: str | None
    arguments: list[Argument]
    directives: list[Directive]
    selections: "list[Selection]"

    @property
    def key(self) -> str:
        return self.alias or self.name


@dataclass(slots=True, eq=False)
class FragmentSpread(Node):
    name: str
    directives: list[Directive]


@dataclass(slots=True, eq=False)
class InlineFragment(Node):
    type: str | None
    directives: list[Directive]
    selections: "list[Selection]"


Selection = Field | FragmentSpread | InlineFragment


@dataclass(slots=True, eq=False)
class VariableDefinition(Node):
    """`default` is None if there is none; a default of null is a Null."""

    name: str
    type: TypeNode
    default: Any


@dataclass(slots=True, eq=False)
class Operation(Node):
    """`kind`: query, mutation or subscription."""

    kind: str
    name: str | None
    variables: list[VariableDefinition]
    directives: list[Directive]
    selections: list[Selection]

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name}" if self.name else self.kind


@dataclass(slots=True, eq=False)
class Fragment(Node):
    name: str | None
    type: str
    directives: list[Directive]
    selections: list[Selection]


@dataclass(slots=True, eq=False)
class SchemaDefinition(Node):
    """What belongs into a schema and not into a query."""


Definition = Operation | Fragment | SchemaDefinition
