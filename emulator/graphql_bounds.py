"""What keeps a GraphQL document from costing more than it should: size, nesting and depth are bounded."""

from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
)

MAX_TOKENS: Final = 4_000
MAX_NESTING: Final = 100  # brackets of any kind within one another; the parser recurses into them
MAX_DEPTH: Final = 20  # fields within one another; introspection queries in use need 13

_OPENING, _CLOSING = "{[(", "}])"


def too_nested(text: str) -> bool:
    """Brackets in strings and comments count too: an over-estimate is good enough for a bound."""
    depth = 0
    for character in text:
        if character in _OPENING:
            depth += 1
            if depth > MAX_NESTING:
                return True
        elif character in _CLOSING:
            depth -= 1
    return False


def depth_errors(document: DocumentNode) -> list[GraphQLError]:
    """For a document that is valid otherwise, so that its fragments do not contain themselves."""
    measure = _Depth(document)
    depths = [
        measure.of(node.selection_set) for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    deepest = max(depths, default=0)
    if deepest <= MAX_DEPTH:
        return []
    return [GraphQLError(f"Query has depth of {deepest}, which exceeds max depth of {MAX_DEPTH}")]


class _Depth:
    def __init__(self, document: DocumentNode) -> None:
        definitions = document.definitions
        self._fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
        self._known: dict[str, int] = {}

    def of(self, selections: SelectionSetNode | None) -> int:
        depth = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                depth = max(depth, 1 + self.of(node.selection_set))
            elif isinstance(node, FragmentSpreadNode):
                depth = max(depth, self._of_fragment(node.name.value))
            else:
                depth = max(depth, self.of(node.selection_set))  # type: ignore[attr-defined]
        return depth

    def _of_fragment(self, name: str) -> int:
        """Each fragment is measured once, as it may be spread very often."""
        if name not in self._known:
            self._known[name] = self.of(self._fragments[name].selection_set)
        return self._known[name]
