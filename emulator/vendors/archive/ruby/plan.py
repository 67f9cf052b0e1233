"""A selection set made ready for execution: which fields of a type, in which order, with which conditions decided."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType

from emulator.vendors.archive.ruby.coercion import Coercer, Values, has_variables
from emulator.vendors.archive.ruby.nodes import Directive, Field, Fragment, FragmentSpread, Selection
from emulator.vendors.archive.ruby.types import Types

Decide = Callable[[Directive], bool]  # whether a node with this directive is to be included
Arguments = tuple[dict[str, Any], list[str]]

_NONE: Final[Arguments] = ({}, [])


@dataclass(slots=True)
class Step:
    """One field of the answer: the first of its nodes tells arguments and place, all of them what lies below."""

    key: str
    node: Field
    owner: GraphQLObjectType
    definition: GraphQLField
    required: bool
    below: list[Selection]
    fixed: Arguments | None  # arguments, unless they depend on variables

    @property
    def name(self) -> str:
        return self.node.name


class Planner:
    """For one document, with its conditions decided."""

    def __init__(
        self, types: Types, fragments: Mapping[str | None, Fragment], coercer: Coercer, decide: Decide
    ) -> None:
        self.types = types
        self._fragments = fragments
        self._coercer = coercer
        self._decide = decide

    def plan(self, selections: Sequence[Selection], type: GraphQLObjectType) -> list[Step]:
        chosen: dict[str, list[Field]] = {}
        self._gather(selections, type, chosen, set())
        return [self._step(key, nodes, type) for key, nodes in chosen.items()]

    def arguments(self, step: Step, values: Values) -> Arguments:
        if step.fixed is not None:
            return step.fixed
        return self._coercer.arguments(step.node.arguments, step.definition.args, values)

    def below(self, step: Step) -> set[str]:
        """Names of the fields that are selected anywhere below one, whatever their types."""
        waiting, found, spread = list(step.below), set[str](), set[str]()
        while waiting:
            node = waiting.pop()
            if isinstance(node, FragmentSpread):
                if node.name not in spread:
                    spread.add(node.name)
                    waiting += self._fragments[node.name].selections
                continue
            if isinstance(node, Field):
                found.add(node.name)
            waiting += node.selections
        return found

    def _step(self, key: str, nodes: list[Field], type: GraphQLObjectType) -> Step:
        node = nodes[0]
        definition = cast("GraphQLField", self.types.field(type, node.name))  # the document is valid
        below = node.selections if len(nodes) == 1 else [each for one in nodes for each in one.selections]
        fixed: Arguments | None = _NONE
        if definition.args:
            variable = any(has_variables(each.value) for each in node.arguments)
            fixed = None if variable else self._coercer.arguments(node.arguments, definition.args, {})
        required = isinstance(definition.type, GraphQLNonNull)
        return Step(key, node, type, definition, required, below, fixed)

    def _gather(
        self,
        selections: Sequence[Selection],
        type: GraphQLObjectType,
        chosen: dict[str, list[Field]],
        spread: set[str],
    ) -> None:
        """A fragment that is spread again adds nothing."""
        for node in selections:
            if node.directives and not all(map(self._decide, node.directives)):
                continue
            if isinstance(node, Field):
                chosen.setdefault(node.key, []).append(node)
                continue
            if isinstance(node, FragmentSpread):
                if node.name in spread:
                    continue
                spread.add(node.name)
            body = self._fragments[node.name] if isinstance(node, FragmentSpread) else node
            condition = None if body.type is None else self.types.get(body.type)
            if condition is None or type.name in self.types.possible(condition):
                self._gather(body.selections, type, chosen, spread)
