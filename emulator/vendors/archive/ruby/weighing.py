"""How deep a document goes and how much it asks for, counted as graphql-ruby counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLNamedType, GraphQLObjectType

from emulator.vendors.archive.ruby.coercion import Values
from emulator.vendors.archive.ruby.limits import MAX_PAGE
from emulator.vendors.archive.ruby.nodes import Field, Fragment, FragmentSpread, Selection
from emulator.vendors.archive.ruby.plan import Planner, Step
from emulator.vendors.archive.ruby.types import unwrapped


class Depth:
    """Of fields within one another. Each fragment is measured once, as it may be spread very often."""

    def __init__(self, fragments: Mapping[str | None, Fragment]) -> None:
        self._fragments = fragments
        self._known: dict[str, int] = {}

    def of(self, selections: Sequence[Selection]) -> int:
        return max(map(self._of, selections), default=0)

    def _of(self, node: Selection) -> int:
        if isinstance(node, Field):
            return 1 + self.of(node.selections)
        if not isinstance(node, FragmentSpread):
            return self.of(node.selections)
        if node.name not in self._known:
            self._known[node.name] = self.of(self._fragments[node.name].selections)
        return self._known[node.name]


class Complexity:
    """Fields of the answer: those of a connection's items as often as there may be items on the page."""

    def __init__(self, planner: Planner, values: Values) -> None:
        self._planner = planner
        self._values = values

    def of(self, selections: Sequence[Selection], type: GraphQLNamedType) -> int:
        """Of a type that may be one of several, the most that it may be."""
        names = sorted(self._planner.types.possible(type))
        return max((self._of_object(selections, self._planner.types.get(name)) for name in names), default=0)

    def _of_object(self, selections: Sequence[Selection], type: Any) -> int:
        assert isinstance(type, GraphQLObjectType)
        return sum(map(self._of_step, self._planner.plan(selections, type).steps))

    def _of_step(self, step: Step) -> int:
        type = unwrapped(step.definition.type)
        below = self.of(step.below, type) if step.below else 0
        if not type.name.endswith("Connection") or not isinstance(type, GraphQLObjectType):
            return 1 + below
        aside = self._beside_the_items(self._planner.plan(step.below, type).steps)
        return 1 + self._rows(step) * (below - aside) + aside

    def _beside_the_items(self, steps: Sequence[Step]) -> int:
        info = [
            1 + len(self._planner.plan(each.below, _object(each)).steps) for each in steps if each.name == "pageInfo"
        ]
        counted = {each.name for each in steps} & {"totalCount", "edges", "nodes"}
        return max(info, default=0) + len(counted)

    def _rows(self, step: Step) -> int:
        """The library takes the page that is asked for, even if it gives a smaller one; here the smaller one counts."""
        arguments, _ = self._planner.arguments(step, self._values)
        sizes = [size for name in ("first", "last") if (size := arguments.get(name)) is not None]
        return max(0, min(max(sizes, default=MAX_PAGE), MAX_PAGE))


def _object(step: Step) -> GraphQLObjectType:
    type = unwrapped(step.definition.type)
    assert isinstance(type, GraphQLObjectType)
    return type
