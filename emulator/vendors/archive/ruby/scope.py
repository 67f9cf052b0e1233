"""Where a validation stands in a document, and what it has found so far."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLDirective, GraphQLField, GraphQLInputObjectType, GraphQLNamedType

from emulator.vendors.archive.ruby import nodes
from emulator.vendors.archive.ruby.nodes import Definition, Node
from emulator.vendors.archive.ruby.scalars import Coercion, coercion
from emulator.vendors.archive.ruby.types import Argument, Arguments, Types, unwrapped
from emulator.vendors.archive.ruby.version import Version

Owner = GraphQLField | GraphQLDirective | GraphQLInputObjectType  # of arguments


class Scope:
    """The stacks hold what surrounds the current node; the last is the innermost, None where it is unknown."""

    def __init__(
        self, types: Types, version: Version, definitions: Sequence[Definition], scalars: Mapping[str, Coercion]
    ) -> None:
        self.types = types
        self.version = version
        self.fragments = {each.name: each for each in definitions if isinstance(each, nodes.Fragment)}
        self.errors: list[dict[str, Any]] = []
        self.path: list[str | int] = []
        self.object_types: list[GraphQLNamedType | None] = []
        self.fields: list[GraphQLField | None] = []
        self.directives: list[GraphQLDirective | None] = []
        self.arguments: list[Argument | None] = []
        self._scalars = scalars
        self._erroneous: set[tuple[str | int, ...]] = set()

    def add(
        self, message: str, at: Sequence[Node], code: str, path: Sequence[str | int] | None = None, **extensions: Any
    ) -> None:
        """Errors lie at their nodes, on the current path unless another is given; extensions in the order given."""
        where = list(self.path if path is None else path)
        locations = [{"line": node.line, "column": node.column} for node in at]
        shown = {"code": code, **extensions}
        self.errors.append({"message": message, "locations": locations, "path": where, "extensions": shown})
        for end in range(len(where), 0, -1):
            if (begun := tuple(where[:end])) in self._erroneous:
                break
            self._erroneous.add(begun)

    @property
    def is_erroneous(self) -> bool:
        """Whether an error was found on the current path or below."""
        return tuple(self.path) in self._erroneous

    @property
    def enclosing_argument(self) -> Argument | None:
        """That in whose object the current one stands."""
        return self.arguments[-2] if len(self.arguments) > 1 else None

    def coercion(self, name: str) -> Coercion:
        return self._scalars.get(name) or coercion(name)

    def argument_at(self, name: str) -> Argument | None:
        """What an argument of this name is here."""
        if self.arguments and (outer := self.arguments[-1]) is not None:
            return arguments_of(input_object(outer)).get(name)
        owner = (self.directives and self.directives[-1]) or (self.fields and self.fields[-1])
        return arguments_of(owner or None).get(name)

    def owner(self, parent: Node) -> Owner | None:
        """Whose arguments stand in a field, directive or object."""
        match parent:
            case nodes.InputObject():
                outer = self.enclosing_argument
                return None if outer is None else input_object(outer)
            case nodes.Directive():
                return self.types.directives.get(parent.name)
            case _:
                return self.fields[-1]


def input_object(argument: Argument) -> GraphQLInputObjectType | None:
    kind = unwrapped(argument.type)
    return kind if isinstance(kind, GraphQLInputObjectType) else None


def arguments_of(owner: Owner | None) -> Arguments:
    if owner is None:
        return {}
    return owner.fields if isinstance(owner, GraphQLInputObjectType) else owner.args


def kind_of(parent: Node) -> str:
    return type(parent).__name__


def name_of(parent: Node, owner: Owner) -> str:
    """As messages call it."""
    if isinstance(parent, nodes.Field):
        return parent.key
    return parent.name if isinstance(parent, nodes.Argument | nodes.Directive) else str(getattr(owner, "name", ""))
