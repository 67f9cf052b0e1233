"""The rule that fields of the same name in an answer are the same field.

The library compares them two at a time, over and over; its default limit of time is one of comparisons here, so that it
falls at the same place every time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLField, GraphQLNamedType

from emulator.vendors.archive.ruby.limits import MAX_COMPARISONS
from emulator.vendors.archive.ruby.nodes import Field, Fragment, FragmentSpread, InlineFragment, Operation, Selection
from emulator.vendors.archive.ruby.printer import field_text, literal, serialized
from emulator.vendors.archive.ruby.scope import Scope
from emulator.vendors.archive.ruby.types import unwrapped

Types = tuple[GraphQLNamedType, ...]  # the conditions that lead to a field, the outermost first


class TooManyComparisons(Exception):
    """The document takes too long to validate."""


@dataclass(slots=True)
class _Chosen:
    """A field of a selection set, by itself or in inline fragments."""

    node: Field
    definition: GraphQLField | None
    parents: Types


@dataclass(slots=True)
class _Spread:
    name: str
    parents: Types


_Fields = dict[str, list[_Chosen]]


class Merging:
    """Fragments are compared once for the whole document, even where that overlooks a conflict, as in the library."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._types = scope.types
        self._visited: set[str] = set()
        self._compared: set[tuple[str, str, bool]] = set()
        self._conflicts: dict[tuple[str, str], _Conflict] = {}
        self._left = MAX_COMPARISONS

    def check(self, node: Field | Operation, type: GraphQLNamedType | None) -> None:
        """Of the selections of a node. Raises TooManyComparisons."""
        if type is None or not node.selections:
            return
        self._conflicts = {}
        self._within(node, type)
        for kind in ("field", "argument"):
            for (each, name), conflict in self._conflicts.items():
                if each == kind:
                    conflict.report(self._scope, kind, name)

    def _within(self, node: Field | Operation, type: GraphQLNamedType) -> None:
        fields, spreads = self._chosen(node, type, ())
        for key, several in fields.items():
            for at, one in enumerate(several):
                for other in several[at + 1 :]:
                    self._compare(key, one, other, exclusive=False)
        for at, spread in enumerate(spreads):
            self._fields_and_fragment(spread, fields, exclusive=self._exclusive(spread.parents, (type,)))
            for other_spread in spreads[at + 1 :]:
                exclusive = self._exclusive(spread.parents, other_spread.parents)
                self._fragments(spread, other_spread, exclusive=exclusive)

    def _fragments(self, one: _Spread, other: _Spread, *, exclusive: bool) -> None:
        low, high = sorted((one.name, other.name))
        if low == high or (low, high, exclusive) in self._compared:
            return
        self._compared.add((low, high, exclusive))
        self._count()
        (first, first_type), (second, second_type) = self._fragment(one.name), self._fragment(other.name)
        if first is None or second is None or first_type is None or second_type is None:
            return
        fields, spreads = self._chosen(first, first_type, (*one.parents, first_type))
        others, other_spreads = self._chosen(second, first_type, (*other.parents, second_type))
        self._between(fields, others, exclusive=exclusive)
        for spread in other_spreads:
            self._fragments(one, spread, exclusive=exclusive)
        for spread in spreads:
            self._fragments(other, spread, exclusive=exclusive)

    def _fields_and_fragment(self, spread: _Spread, fields: _Fields, *, exclusive: bool) -> None:
        if spread.name in self._visited:
            return
        self._visited.add(spread.name)
        fragment, kind = self._fragment(spread.name)
        if fragment is None or kind is None:
            return
        others, spreads = self._chosen(fragment, kind, (*spread.parents, kind))
        self._between(fields, others, exclusive=exclusive)
        for each in spreads:
            self._fields_and_fragment(each, fields, exclusive=exclusive)

    def _between(self, fields: _Fields, others: _Fields, *, exclusive: bool) -> None:
        for key, several in fields.items():
            for one in several:
                for other in others.get(key, ()):
                    self._compare(key, one, other, exclusive=exclusive)

    def _compare(self, key: str, one: _Chosen, other: _Chosen, *, exclusive: bool) -> None:
        self._count()
        exclusive = exclusive or self._exclusive(one.parents, other.parents)
        if not exclusive:
            if one.node.name != other.node.name:
                self._conflict("field", key).add(one.node, one.node.name, other.node, other.node.name)
            if not _same_arguments(one.node, other.node):
                self._conflict("argument", key).add(one.node, _arguments(one.node), other.node, _arguments(other.node))
        if one.node.selections or other.node.selections:
            self._below(one, other, exclusive=exclusive)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooManyComparisons

    def _below(self, one: _Chosen, other: _Chosen, *, exclusive: bool) -> None:
        if one.definition is None or other.definition is None:
            return
        kind, other_type = unwrapped(one.definition.type), unwrapped(other.definition.type)
        fields, spreads = self._chosen(one.node, kind, (kind,))
        others, other_spreads = self._chosen(other.node, other_type, (other_type,))
        self._between(fields, others, exclusive=exclusive)
        for spread in other_spreads:
            self._fields_and_fragment(spread, fields, exclusive=exclusive)
        for spread in spreads:
            self._fields_and_fragment(spread, others, exclusive=exclusive)
        for spread in spreads:
            for other_spread in other_spreads:
                self._fragments(spread, other_spread, exclusive=exclusive)

    def _chosen(
        self, node: Field | Operation | Fragment, owner: GraphQLNamedType, parents: Types
    ) -> tuple[_Fields, list[_Spread]]:
        found: list[_Chosen] = []
        spreads: list[_Spread] = []
        self._gather(node.selections, owner, parents, found, spreads)
        fields: _Fields = {}
        for each in found:
            fields.setdefault(each.node.key, []).append(each)
        once = {(each.name, each.parents): each for each in spreads}  # what is spread again changes nothing
        return {key: _distinct(several) for key, several in fields.items()}, list(once.values())

    def _gather(
        self,
        selections: Iterable[Selection],
        owner: GraphQLNamedType,
        parents: Types,
        found: list[_Chosen],
        spreads: list[_Spread],
    ) -> None:
        for node in selections:
            match node:
                case Field():
                    found.append(_Chosen(node, self._types.field(owner, node.name), parents))
                case FragmentSpread():
                    spreads.append(_Spread(node.name, parents))
                case InlineFragment():
                    kind = self._types.get(node.type) if node.type else owner
                    if kind is not None:
                        self._gather(node.selections, owner, (*parents, kind), found, spreads)

    def _fragment(self, name: str) -> tuple[Fragment | None, GraphQLNamedType | None]:
        fragment = self._scope.fragments.get(name)
        return fragment, None if fragment is None else self._types.get(fragment.type)

    def _exclusive(self, parents: Types, others: Types) -> bool:
        """Whether no object can be of both kinds; with conditions of different number the library thinks so, too."""
        if not parents or not others:
            return False
        return len(parents) != len(others) or any(
            one is not other and not self._types.possible(one) & self._types.possible(other)
            for one, other in zip(parents, others, strict=True)
        )

    def _conflict(self, kind: str, key: str) -> "_Conflict":
        return self._conflicts.setdefault((kind, key), _Conflict())


class _Conflict:
    """Nodes that contradict one another; of those that read alike, the first."""

    def __init__(self) -> None:
        self._nodes: dict[str, tuple[Field, str]] = {}

    def add(self, one: Field, says: str, other: Field, contradicts: str) -> None:
        self._nodes.setdefault(field_text(one), (one, says))
        self._nodes.setdefault(field_text(other), (other, contradicts))

    def report(self, scope: Scope, kind: str, name: str) -> None:
        conflicts = " or ".join(says for _, says in self._nodes.values())
        article = "an" if kind == "argument" else "a"
        text = f"Field '{name}' has {article} {kind} conflict: {conflicts}?"
        nodes = [node for node, _ in self._nodes.values()]
        scope.add(text, nodes, "fieldConflict", [], fieldName=name, conflicts=conflicts)


def _distinct(several: list[_Chosen]) -> list[_Chosen]:
    """Without repetitions of a field that has nothing below, as they change nothing."""
    if len(several) == 1:
        return several
    seen: dict[Any, _Chosen] = {}
    for each in several:
        seen.setdefault(each.node if each.node.selections else (field_text(each.node), each.parents), each)
    return list(seen.values())


def _same_arguments(one: Field, other: Field) -> bool:
    if len(one.arguments) != len(other.arguments):
        return False
    first: dict[str, str] = {}
    for each in other.arguments:
        first.setdefault(each.name, literal(each.value))
    return all(first.get(each.name) == literal(each.value) for each in one.arguments)


def _arguments(node: Field) -> str:
    return serialized({each.name: literal(each.value) for each in node.arguments})
