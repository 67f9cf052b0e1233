"""Rules on variables: their types and defaults, where they are used, and whether they are."""

from graphql import GraphQLList, GraphQLNonNull

from emulator.vendors.archive.ruby.literals import fits
from emulator.vendors.archive.ruby.nodes import (
    Argument,
    Fragment,
    NamedType,
    Node,
    Operation,
    RequiredType,
    TypeNode,
    Variable,
    VariableDefinition,
)
from emulator.vendors.archive.ruby.scope import Scope, arguments_of
from emulator.vendors.archive.ruby.spelling import did_you_mean
from emulator.vendors.archive.ruby.types import INPUT, has_default, unwrapped
from emulator.vendors.archive.ruby.types import Argument as Defined

Path = list[str | int]


def variable_has_an_input_type(scope: Scope, node: VariableDefinition) -> None:
    name = _type_name(node.type)
    kind = scope.types.get(name)
    if isinstance(kind, INPUT):
        return
    known = [name for name, each in scope.types.schema.type_map.items() if isinstance(each, INPUT) and name[:2] != "__"]
    what = "valid" if kind is not None else "defined"
    hint = did_you_mean(scope.version, name, known) if kind is None else ""
    text = f"{name} isn't a {what} input type (on ${node.name}){hint}"
    scope.add(text, [node], "variableRequiresValidType", typeName=name, variableName=node.name)


def default_is_of_its_type(scope: Scope, node: VariableDefinition) -> None:
    if node.default is None:
        return
    if isinstance(node.type, RequiredType) and not scope.version.default_of_required_variable:
        text = f"Non-null variable ${node.name} can't have a default value"
        scope.add(text, [node], "defaultValueInvalidOnNonNullVariable", variableName=node.name)
        return
    kind = scope.types.of_node(node.type)
    if kind is not None and not fits(scope, node.default, kind):
        text = f"Default value for ${node.name} doesn't match type {kind}"
        scope.add(text, [node], "defaultValueInvalidType", variableName=node.name, typeName=str(kind))


def _type_name(node: TypeNode) -> str:
    while not isinstance(node, NamedType):
        node = node.of
    return node.name


def variables_are_allowed(scope: Scope, node: Argument, parent: Node, declared: dict[str, VariableDefinition]) -> None:
    values = node.value if isinstance(node.value, list) else [node.value]
    used = [declared[each.name] for each in values if isinstance(each, Variable) and each.name in declared]
    defined = arguments_of(scope.owner(parent)).get(node.name) if used else None
    for variable in used if defined is not None else ():
        _check_use(scope, node, variable, defined)


def _check_use(scope: Scope, node: Argument, variable: VariableDefinition, defined: Defined | None) -> None:
    given = scope.types.of_node(variable.type)
    if given is None or defined is None:
        return
    if variable.default is not None and not isinstance(given, GraphQLNonNull):
        given = GraphQLNonNull(given)
    wanted = defined.type
    if isinstance(wanted, GraphQLNonNull) and has_default(defined):
        wanted = wanted.of_type
    for _ in range(_nesting(node.value)):
        given = GraphQLNonNull(GraphQLList(given))
    if problem := _mismatch(given, wanted):
        pair = f"({given} / {defined.type})"
        text = f"{problem} on variable ${variable.name} and argument {node.name} {pair}"
        told = {"variableName": variable.name, "typeName": str(given), "argumentName": node.name}
        scope.add(text, [node], "variableMismatch", **told, errorMessage=problem)


def _mismatch(given: object, wanted: object) -> str | None:
    if unwrapped(given) is not unwrapped(wanted):
        return "Type mismatch"
    if _dimension(given) != _dimension(wanted):
        return "List dimension mismatch"
    return None if _is_as_strict(given, wanted) else "Nullability mismatch"


def _nesting(value: object) -> int:
    return 1 + max(map(_nesting, value), default=0) if isinstance(value, list) else 0


def _dimension(type: object) -> int:
    if isinstance(type, GraphQLNonNull):
        return _dimension(type.of_type)
    return 1 + _dimension(type.of_type) if isinstance(type, GraphQLList) else 0


def _is_as_strict(given: object, wanted: object) -> bool:
    if isinstance(wanted, GraphQLNonNull) and not isinstance(given, GraphQLNonNull):
        return False
    if isinstance(given, GraphQLNonNull) and not isinstance(wanted, GraphQLNonNull):
        given = given.of_type
    if isinstance(given, GraphQLNonNull | GraphQLList) and isinstance(wanted, GraphQLNonNull | GraphQLList):
        return _is_as_strict(given.of_type, wanted.of_type)
    return True


class Usage:
    """Of one variable in one definition: who declares and who uses it, at which node and path."""

    def __init__(self) -> None:
        self.declared_by: Operation | None = None
        self.used_by: Operation | Fragment | None = None
        self.node: Variable | None = None
        self.path: Path = []


class Usages:
    """Who uses which variables: known at the end only, as fragments use them too."""

    def __init__(self) -> None:
        self._usages: dict[Operation | Fragment, dict[str, Usage]] = {}
        self._spreads: dict[Operation | Fragment, list[str]] = {}

    def enter(self, definition: Operation | Fragment, path: Path) -> None:
        usages = self._usages.setdefault(definition, {})
        for each in definition.variables if isinstance(definition, Operation) else ():
            usage = usages.setdefault(each.name, Usage())
            usage.declared_by, usage.path = definition if isinstance(definition, Operation) else None, path

    def spread(self, name: str, user: Operation | Fragment) -> None:
        self._spreads.setdefault(user, []).append(name)

    def use(self, node: Variable, user: Operation | Fragment, path: Path) -> None:
        usage = self._usages[user].setdefault(node.name, Usage())
        usage.used_by, usage.node, usage.path = user, node, path

    def check(self, scope: Scope) -> None:
        fragments: dict[str | None, Fragment] = {}
        for each in self._usages:
            if isinstance(each, Fragment):
                fragments.setdefault(each.name, each)
        for operation in [each for each in self._usages if isinstance(each, Operation)]:
            self._follow(operation, self._usages[operation], fragments, set())
            _report(scope, self._usages[operation])

    def _follow(
        self,
        definition: Operation | Fragment,
        usages: dict[str, Usage],
        fragments: dict[str | None, Fragment],
        visited: set[str],
    ) -> None:
        """Those of the fragments count for the operation; the last one that is met gives node and path."""
        for name in [each for each in self._spreads.get(definition, []) if each not in visited]:
            fragment = fragments.get(name)
            if fragment is None:
                continue
            visited.add(name)
            for variable, found in self._usages[fragment].items():
                usage = usages.setdefault(variable, Usage())
                if found.used_by is not None:
                    usage.used_by, usage.node, usage.path = found.used_by, found.node, found.path
            self._follow(fragment, usages, fragments, visited)


def _report(scope: Scope, usages: dict[str, Usage]) -> None:
    for name, usage in usages.items():
        if usage.declared_by is not None and usage.used_by is None:
            text = f"Variable ${name} is declared by {_called(usage.declared_by)} but not used"
            scope.add(text, [usage.declared_by], "variableNotUsed", usage.path, variableName=name)
    for name, usage in usages.items():
        if usage.used_by is not None and usage.declared_by is None and usage.node is not None:
            text = f"Variable ${name} is used by {_called(usage.used_by)} but not declared"
            scope.add(text, [usage.node], "variableNotDefined", usage.path, variableName=name)


def _called(definition: Operation | Fragment) -> str:
    return definition.name or f"anonymous {getattr(definition, 'kind', '')}"
