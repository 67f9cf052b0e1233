"""The walk through a document, with every rule called where and in the order in which the library calls it."""

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.vendors.archive.ruby import argument_rules, field_rules, fragment_rules, variable_rules
from emulator.vendors.archive.ruby.fragment_rules import Dependencies, Path
from emulator.vendors.archive.ruby.merging import Merging, TooManyComparisons
from emulator.vendors.archive.ruby.nodes import (
    Argument,
    Definition,
    Directive,
    Field,
    Fragment,
    FragmentSpread,
    InlineFragment,
    InputObject,
    Node,
    Operation,
    SchemaDefinition,
    Selection,
    Variable,
    VariableDefinition,
)
from emulator.vendors.archive.ruby.printer import literal
from emulator.vendors.archive.ruby.scalars import Coercion, Uncoercible
from emulator.vendors.archive.ruby.scope import Scope
from emulator.vendors.archive.ruby.syntax import TOO_LARGE
from emulator.vendors.archive.ruby.types import Types, is_list, unwrapped
from emulator.vendors.archive.ruby.version import Version

_TIMEOUT = {
    "message": "Timeout on validation of query",
    "locations": [],
    "extensions": {"code": "validationTimeout"},
}


def validate(
    types: Types, version: Version, scalars: Mapping[str, Coercion], definitions: Sequence[Definition]
) -> list[dict[str, Any]]:
    """Errors as the answer shows them."""
    scope = Scope(types, version, definitions, scalars)
    try:
        _Validation(scope).document(definitions)
    except Uncoercible as refused:
        return [{"message": str(refused), **({"extensions": refused.extensions} if refused.extensions else {})}]
    except TooManyComparisons:
        return [*scope.errors, _TIMEOUT]
    except RecursionError:
        return [{"message": TOO_LARGE}]
    return scope.errors


class _Validation:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._merging = Merging(scope)
        self._dependencies = Dependencies()
        self._usages = variable_rules.Usages()
        self._declared: dict[str, VariableDefinition] = {}
        self._spreads: list[tuple[FragmentSpread, Any, Path]] = []
        self._around: Operation | Fragment

    def document(self, definitions: Sequence[Definition]) -> None:
        self._dependencies.declare([each for each in definitions if isinstance(each, Fragment)])
        for definition in definitions:
            match definition:
                case Operation():
                    self._operation(definition)
                case Fragment():
                    self._fragment(definition)
        self._dependencies.resolve()
        self._usages.check(self._scope)
        for spread, parent, path in self._spreads:
            fragment = self._scope.fragments.get(spread.name)
            kind = None if fragment is None else self._scope.types.get(fragment.type)
            fragment_rules.spread_is_possible(self._scope, spread, parent, kind, path)
        self._dependencies.check_use(self._scope)
        self._dependencies.check_loops(self._scope)
        self._dependencies.check_names(self._scope)
        self._operation_names([each for each in definitions if isinstance(each, Operation)])
        if strangers := [each for each in definitions if isinstance(each, SchemaDefinition)]:
            text = "Query cannot contain schema definitions"
            self._scope.add(text, strangers, "queryContainsSchemaDefinitions", [])

    def _operation_names(self, operations: list[Operation]) -> None:
        by_name: dict[str | None, list[Operation]] = {}
        for each in operations:
            by_name.setdefault(each.name, []).append(each)
        for name, same in by_name.items():
            if name is None and len(operations) > 1:
                text = "Operation name is required when multiple operations are present"
                self._scope.add(text, same, "uniquelyNamedOperations", [])
            elif len(same) > 1:
                text = f'Operation name "{name}" must be unique'
                self._scope.add(text, same, "uniquelyNamedOperations", [], operationName=name)

    def _operation(self, node: Operation) -> None:
        scope, kind = self._scope, self._scope.types.root(node.kind)
        self._around = node
        scope.path.append(node.label)
        scope.object_types.append(kind)
        field_rules.directives_are_unique(scope, node)
        self._merging.check(node, kind)
        if field_rules.selections_are_appropriate(scope, node, kind):
            field_rules.variable_names_are_unique(scope, node)
            self._usages.enter(node, list(scope.path))
            self._declared = {each.name: each for each in node.variables}
            if field_rules.operation_has_a_root(scope, node):
                self._dependencies.enter(node, list(scope.path))
                self._variables(node)
                self._below(node)
        scope.object_types.pop()
        scope.path.pop()

    def _variables(self, node: Operation) -> None:
        for each in node.variables:
            variable_rules.variable_has_an_input_type(self._scope, each)
            variable_rules.default_is_of_its_type(self._scope, each)

    def _fragment(self, node: Fragment) -> None:
        scope = self._scope
        self._around = node
        scope.path.append(f"fragment {node.name or ''}")
        scope.object_types.append(scope.types.get(node.type))
        field_rules.directives_are_unique(scope, node)
        fragment_rules.fragment_has_a_name(scope, node)
        if fragment_rules.type_exists(scope, node) and fragment_rules.type_is_composite(scope, node):
            self._usages.enter(node, [])
            self._dependencies.enter(node, list(scope.path))
            self._below(node)
        scope.object_types.pop()
        scope.path.pop()

    def _below(self, node: Operation | Fragment | Field | InlineFragment) -> None:
        for selection in node.selections:
            self._selection(selection, node)
        for directive in node.directives:
            self._directive(directive, node)

    def _selection(self, node: Selection, around: Node) -> None:
        match node:
            case Field():
                self._field(node, around)
            case FragmentSpread():
                self._spread(node)
            case InlineFragment():
                self._inline(node)

    def _inline(self, node: InlineFragment) -> None:
        scope, parent = self._scope, self._scope.object_types[-1]
        kind = scope.types.get(node.type) if node.type else parent
        scope.path.append(f"... on {node.type}" if node.type else "...")
        scope.object_types.append(kind)
        field_rules.directives_are_unique(scope, node)
        if fragment_rules.type_exists(scope, node) and fragment_rules.type_is_composite(scope, node):
            fragment_rules.spread_is_possible(scope, node, parent, kind, list(scope.path))
            self._below(node)
        scope.object_types.pop()
        scope.path.pop()

    def _spread(self, node: FragmentSpread) -> None:
        scope = self._scope
        scope.path.append(f"... {node.name}")
        field_rules.directives_are_unique(scope, node)
        path = list(scope.path)
        self._spreads.append((node, scope.object_types[-1], path))
        self._usages.spread(node.name, self._around)
        self._dependencies.spread(node, self._around, path)
        for directive in node.directives:
            self._directive(directive, node)
        scope.path.pop()

    def _field(self, node: Field, around: Node) -> None:
        scope, parent = self._scope, self._scope.object_types[-1]
        definition = scope.types.field(parent, node.name)
        kind = None if definition is None else unwrapped(definition.type)
        scope.fields.append(definition)
        scope.object_types.append(kind)
        scope.path.append(node.key)
        field_rules.directives_are_unique(scope, node)
        if field_rules.field_is_defined(scope, node, around, parent, definition) and definition is not None:
            self._merging.check(node, kind)
            if field_rules.selections_are_appropriate(scope, node, kind):
                argument_rules.required_arguments_are_present(scope, node, definition)
                argument_rules.argument_names_are_unique(scope, node.arguments)
                for argument in node.arguments:
                    self._argument(argument, node)
                self._below(node)
        scope.path.pop()
        scope.object_types.pop()
        scope.fields.pop()

    def _directive(self, node: Directive, parent: Node) -> None:
        scope = self._scope
        definition = scope.types.directives.get(node.name)
        scope.directives.append(definition)
        if field_rules.directive_is_defined(scope, node) and definition is not None:
            field_rules.directive_has_its_place(scope, node, parent)
            argument_rules.required_arguments_are_present(scope, node, definition)
            argument_rules.argument_names_are_unique(scope, node.arguments)
            for argument in node.arguments:
                self._argument(argument, node)
        scope.directives.pop()

    def _argument(self, node: Argument, parent: Node) -> None:
        scope = self._scope
        scope.arguments.append(scope.argument_at(node.name))
        scope.path.append(node.name)
        if argument_rules.argument_is_defined(scope, node, parent):
            variable_rules.variables_are_allowed(scope, node, parent, self._declared)
            self._value(node.value, node)
            argument_rules.argument_has_a_fitting_value(scope, node, parent)
        scope.path.pop()
        scope.arguments.pop()

    def _value(self, value: Any, parent: Argument, at: int | None = None) -> None:
        match value:
            case list():
                found = _nodes(value)
                texts = [literal(each) for each in found]
                for each, text in zip(found, texts, strict=True):
                    self._value(each, parent, texts.index(text))
            case InputObject():
                self._object(value, parent, at or 0)
            case Variable():
                self._usages.use(value, self._around, list(self._scope.path))

    def _object(self, node: InputObject, parent: Argument, at: int) -> None:
        """In a list, its place among the objects, variables and names is part of the path: that of the first alike."""
        scope = self._scope
        argument = scope.arguments[-1]
        counted = argument is not None and is_list(argument.type)
        scope.path += [at] if counted else []
        argument_rules.required_keys_are_present(scope, node, parent)
        argument_rules.keys_are_unique(scope, node)
        for each in node.arguments:
            self._argument(each, node)
        scope.path[len(scope.path) - counted :] = []


def _nodes(values: list[Any]) -> list[Node]:
    """Of lists within one another; numbers, strings and the like are no nodes."""
    flat: list[Node] = []
    for each in values:
        flat += _nodes(each) if isinstance(each, list) else [each] if isinstance(each, Node) else []
    return flat
