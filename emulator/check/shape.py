"""Selections, and data as a schema and a selection promise it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_required_argument,
)

from emulator.contract.sdl import fits

DEEPEST = 6


@dataclass(frozen=True)
class Fault:
    """`member` is the `Type.field` that says so."""

    place: str
    member: str
    came: str
    promised: str


def selection(type_: GraphQLOutputType, above: tuple[str, ...] = ()) -> str:
    """All fields that need no arguments, to some depth; a type is not entered again inside of itself."""
    named = get_named_type(type_)
    if not is_composite_type(named) or isinstance(named, GraphQLUnionType):
        return "__typename" if is_composite_type(named) else ""
    inner = []
    for name, member in _members(named, above):
        below = selection(member.type, (*above, named.name))
        if below or not is_composite_type(get_named_type(member.type)):
            inner.append(f"{name} {{ {below} }}" if below else name)
    return " ".join(["__typename"] * isinstance(named, GraphQLInterfaceType) + inner)


def paths(type_: GraphQLOutputType, path: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    """The fields of that selection as `data.mediaItems.nodes.*.id`."""
    named = get_named_type(type_)
    star = "*." if _is_list(type_) else ""
    if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
        return
    for name, member in _members(named, above):
        if is_composite_type(get_named_type(member.type)) and not selection(member.type, (*above, named.name)):
            continue
        yield f"{path}{star}{name}"
        yield from paths(member.type, f"{path}{star}{name}.", (*above, named.name))


def chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation of this name, or the only one. Raises KeyError."""
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode) and (name is None or (node.name and node.name.value == name)):
            return node
    raise KeyError(name)


def fields_of(node: OperationDefinitionNode) -> Iterator[FieldNode]:
    yield from (each for each in node.selection_set.selections if isinstance(each, FieldNode))


def _members(named: Any, above: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if named.name in above or len(above) >= DEEPEST:
        return
    for name, member in named.fields.items():
        if not any(map(is_required_argument, member.args.values())):
            yield name, member


def _is_list(type_: Any) -> bool:
    return isinstance(type_.of_type if isinstance(type_, GraphQLNonNull) else type_, GraphQLList)


@dataclass
class Walker:
    """Goes through data together with the selection that it answers; `errors` explain nulls."""

    schema: GraphQLSchema
    errors: Sequence[Any]
    objects: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict)
    _variables: Mapping[str, Any] = field(default_factory=dict)

    def faults(
        self, document: DocumentNode, name: str | None, variables: Mapping[str, Any], data: dict[str, Any]
    ) -> Iterator[Fault]:
        operation = chosen(document, name)
        parts = (node for node in document.definitions if isinstance(node, FragmentDefinitionNode))
        self._fragments = {node.name.value: node for node in parts}
        self._variables = variables
        root = self.schema.get_root_type(operation.operation)
        if root is not None:
            yield from self._object(root, [operation.selection_set], data, "/data")

    def _object(self, type_: GraphQLObjectType, sets: Sequence[Any], value: Any, place: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(place, type_.name, repr(value), f"an object of the type {type_.name}")
            return
        self.objects.append((type_.name, value))
        asked: dict[str, list[FieldNode]] = {}
        for each in sets:
            self._collect(type_, each, asked)
        for key in value.keys() - asked.keys():
            yield Fault(f"{place}/{key}", type_.name, f"the key {key}", "only what was asked for")
        for key, nodes in asked.items():
            yield from self._field(type_, nodes, key, value, place)

    def _field(
        self, type_: GraphQLObjectType, nodes: list[FieldNode], key: str, value: dict[str, Any], place: str
    ) -> Iterator[Fault]:
        name = nodes[0].name.value
        member = f"{type_.name}.{name}"
        if key not in value:
            yield Fault(f"{place}/{key}", member, "no such key", f"{member}, which was asked for")
        elif name == "__typename":
            if value[key] != type_.name:
                yield Fault(f"{place}/{key}", member, repr(value[key]), type_.name)
        elif name in type_.fields:
            sets = [node.selection_set for node in nodes if node.selection_set]
            yield from self._value(type_.fields[name].type, sets, value[key], f"{place}/{key}", member)

    def _value(self, type_: Any, sets: Sequence[Any], value: Any, place: str, member: str) -> Iterator[Fault]:
        if value is None:
            if isinstance(type_, GraphQLNonNull):
                yield Fault(place, member, "null", f"{type_}, never null")
            return
        type_ = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if isinstance(type_, GraphQLScalarType | GraphQLEnumType):
            if not fits(type_, value):
                yield Fault(place, member, repr(value), f"a value of {type_}")
        elif not isinstance(type_, GraphQLList):
            yield from self._composite(type_, sets, value, place)
        elif not isinstance(value, list):
            yield Fault(place, member, repr(value), f"a list, {type_}")
        else:
            for index, each in enumerate(value):
                yield from self._value(type_.of_type, sets, each, f"{place}/{index}", member)

    def _composite(self, type_: Any, sets: Sequence[Any], value: Any, place: str) -> Iterator[Fault]:
        actual = type_
        if not isinstance(type_, GraphQLObjectType):
            name = value.get("__typename") if isinstance(value, dict) else None
            actual = self.schema.type_map.get(name or "")
        if isinstance(actual, GraphQLObjectType):
            yield from self._object(actual, sets, value, place)

    def _collect(self, type_: GraphQLObjectType, node: Any, asked: dict[str, list[FieldNode]]) -> None:
        for each in node.selections:
            if self._left_out(each):
                continue
            if isinstance(each, FieldNode):
                asked.setdefault(each.alias.value if each.alias else each.name.value, []).append(each)
            elif isinstance(each, InlineFragmentNode) and self._applies(type_, each.type_condition):
                self._collect(type_, each.selection_set, asked)
            elif isinstance(each, FragmentSpreadNode):
                fragment = self._fragments[each.name.value]
                if self._applies(type_, fragment.type_condition):
                    self._collect(type_, fragment.selection_set, asked)

    def _left_out(self, node: Any) -> bool:
        """By `@skip` or `@include`."""
        for directive in node.directives or ():
            given = {argument.name.value: argument.value for argument in directive.arguments or ()}.get("if")
            value = self._variables.get(given.name.value) if isinstance(given, VariableNode) else given and given.value
            if directive.name.value in ("skip", "include") and bool(value) is (directive.name.value == "skip"):
                return True
        return False

    def _applies(self, type_: GraphQLObjectType, condition: Any) -> bool:
        wanted = self.schema.type_map.get(condition.name.value) if condition else type_
        possible = self.schema.get_possible_types(wanted) if hasattr(wanted, "resolve_type") else ()  # type: ignore[arg-type]
        return wanted is type_ or type_ in possible
