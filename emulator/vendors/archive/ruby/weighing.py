"""How deep a document goes and how much it asks for, counted as graphql-ruby counts."""

from collections.abc import Mapping, Sequence
from typing import cast

from graphql import GraphQLNamedType, GraphQLObjectType

from emulator.vendors.archive.ruby.coercion import Values
from emulator.vendors.archive.ruby.limits import MAX_NESTING, MAX_PAGE
from emulator.vendors.archive.ruby.nodes import Field, Fragment, FragmentSpread, Selection
from emulator.vendors.archive.ruby.plan import Planner, Step
from emulator.vendors.archive.ruby.types import unwrapped


class TooDeep(Exception):
    """Selections, by way of fragments, are so far within one another that nobody could recurse into them."""


class Depth:
    """Of fields within one another. Each fragment is measured once, as it may be spread very often."""

    def __init__(self, fragments: Mapping[str | None, Fragment]) -> None:
        self._fragments = fragments
        self._known: dict[str, int] = {}
        self._nesting = 0

    def of(self, selections: Sequence[Selection]) -> int:
        """Raises TooDeep."""
        self._nesting += 1
        if self._nesting > 2 * MAX_NESTING:
            raise TooDeep
        depth = max(map(self._of, selections), default=0)
        self._nesting -= 1
        return depth

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
        self._known: dict[tuple[str, tuple[int, ...]], int] = {}  # by the nodes, as fragments bring them up again

    def of(self, selections: Sequence[Selection], type: GraphQLNamedType) -> int:
        """Of a type that may be one of several, the most that it may be."""
        nodes = type.name, tuple(map(id, selections))
        if nodes not in self._known:
            names = sorted(self._planner.types.possible(type))
            each = (self._of_object(selections, self._planner.types.object(name)) for name in names)
            self._known[nodes] = max(each, default=0)
        return self._known[nodes]

    def _of_object(self, selections: Sequence[Selection], type: GraphQLObjectType) -> int:
        return sum(map(self._of_step, self._planner.plan(selections, type)))

    def _of_step(self, step: Step) -> int:
        kind = unwrapped(step.definition.type)
        below = self.of(step.below, kind) if step.below else 0
        if not kind.name.endswith("Connection") or not isinstance(kind, GraphQLObjectType):
            return 1 + below
        aside = self._beside_the_items(self._planner.plan(step.below, kind))
        return 1 + self._rows(step) * (below - aside) + aside

    def _beside_the_items(self, steps: Sequence[Step]) -> int:
        info = [1 + len(self._planner.plan(each.below, _object(each))) for each in steps if each.name == "pageInfo"]
        counted = {each.name for each in steps} & {"totalCount", "edges", "nodes"}
        return max(info, default=0) + len(counted)

    def _rows(self, step: Step) -> int:
        """The library takes the page that is asked for, even if it gives a smaller one; here the smaller one counts."""
        arguments, _ = self._planner.arguments(step, self._values)
        sizes = [size for name in ("first", "last") if (size := arguments.get(name)) is not None]
        return max(0, min(max(sizes, default=MAX_PAGE), MAX_PAGE))


def _object(step: Step) -> GraphQLObjectType:
    return cast("GraphQLObjectType", unwrapped(step.definition.type))
