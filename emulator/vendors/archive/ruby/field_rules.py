"""Rules on fields, directives and the kinds of operations. The order is that of the library's list of rules."""

from typing import Any, Final

from graphql import (
    DirectiveLocation,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLScalarType,
    GraphQLUnionType,
)

from emulator.vendors.archive.ruby.nodes import (
    Directive,
    Field,
    Fragment,
    FragmentSpread,
    InlineFragment,
    Node,
    Operation,
    Selection,
    VariableDefinition,
)
from emulator.vendors.archive.ruby.scope import Scope
from emulator.vendors.archive.ruby.spelling import did_you_mean
from emulator.vendors.archive.ruby.types import FIELDS

_PLACES: Final = {
    DirectiveLocation.QUERY: "queries",
    DirectiveLocation.MUTATION: "mutations",
    DirectiveLocation.SUBSCRIPTION: "subscriptions",
    DirectiveLocation.FIELD: "fields",
    DirectiveLocation.FRAGMENT_DEFINITION: "fragment definitions",
    DirectiveLocation.FRAGMENT_SPREAD: "fragment spreads",
    DirectiveLocation.INLINE_FRAGMENT: "inline fragments",
}
_PLACE_OF: Final[dict[type[Node], DirectiveLocation]] = {
    Field: DirectiveLocation.FIELD,
    Fragment: DirectiveLocation.FRAGMENT_DEFINITION,
    FragmentSpread: DirectiveLocation.FRAGMENT_SPREAD,
    InlineFragment: DirectiveLocation.INLINE_FRAGMENT,
}


def field_is_defined(
    scope: Scope, node: Field, around: Node, parent: GraphQLNamedType | None, definition: GraphQLField | None
) -> bool:
    if definition is not None or parent is None:
        return definition is not None
    if isinstance(parent, GraphQLUnionType):
        text = f"Selections can't be made directly on unions (see selections on {parent.name})"
        scope.add(text, [around], "selectionMismatch", nodeName=parent.name)
        return False
    known = list(parent.fields) if isinstance(parent, FIELDS) else []
    text = f"Field '{node.name}' doesn't exist on type '{parent.name}'{did_you_mean(scope.version, node.name, known)}"
    scope.add(text, [node], "undefinedField", typeName=parent.name, fieldName=node.name)
    return False


def selections_are_appropriate(scope: Scope, node: Field | Operation, type: GraphQLNamedType | None) -> bool:
    label = _label(node)
    refused = (GraphQLScalarType, GraphQLEnumType) if scope.version.rejects_enum_selections else (GraphQLScalarType,)
    if isinstance(type, refused) and node.selections:
        kind = "enums" if isinstance(type, GraphQLEnumType) else "scalars"
        what = _selections(scope, node.selections)
        text = f"Selections can't be made on {kind} ({label} returns {type.name} but has {what})"
    elif isinstance(type, FIELDS) and not node.selections:
        hint = f"Did you mean '{node.name or ''} {{ ... }}'?"
        text = f"Field must have selections ({label} returns {type.name} but has no selections. {hint})"
    else:
        return True
    scope.add(text, [node], "selectionMismatch", nodeName=label, typeName=type.name)
    return False


def _label(node: Field | Operation) -> str:
    if isinstance(node, Field):
        return f"field '{node.name}'"
    return "anonymous query" if node.name is None else f"{node.kind} '{node.name}'"


def _selections(scope: Scope, selections: list[Selection]) -> str:
    if isinstance(selections[0], InlineFragment):
        names = [getattr(each, "type", None) or "" for each in selections]
        return f"inline fragments [{', '.join(names)}]"
    names = ["" if isinstance(each, InlineFragment) else each.name for each in selections]
    quoted = [f'"{name}"' for name in names] if scope.version.quotes_selections else names
    return f"selections [{', '.join(quoted)}]"


def directives_are_unique(scope: Scope, node: Any) -> None:
    seen: dict[str, Directive] = {}
    for each in node.directives:
        definition = scope.types.directives.get(each.name)
        if each.name in seen:
            text = f'The directive "{each.name}" can only be used once at this location.'
            at = [seen[each.name], each]
            scope.add(text, at, "directiveNotUniqueForLocation", directiveName=each.name)
        elif definition is None or not definition.is_repeatable:
            seen[each.name] = each


def directive_is_defined(scope: Scope, node: Directive) -> bool:
    if node.name in scope.types.directives:
        return True
    hint = did_you_mean(scope.version, node.name, list(scope.types.directives))
    text = f"Directive @{node.name} is not defined{hint}"
    scope.add(text, [node], "undefinedDirective", directiveName=node.name)
    return False


def directive_has_its_place(scope: Scope, node: Directive, parent: Node) -> None:
    definition = scope.types.directives[node.name]
    place = DirectiveLocation[parent.kind.upper()] if isinstance(parent, Operation) else _PLACE_OF[type(parent)]
    if place in definition.locations:
        return
    known = [each for each in definition.locations if each is not DirectiveLocation.DIRECTIVE_DEFINITION]
    allowed = ", ".join(_PLACES.get(each, "") for each in known)
    text = f"'@{node.name}' can't be applied to {_PLACES[place]} (allowed: {allowed})"
    scope.add(text, [node], "directiveCannotBeApplied", targetName=_PLACES[place], name=node.name)


def variable_names_are_unique(scope: Scope, node: Operation) -> None:
    by_name: dict[str, list[VariableDefinition]] = {}
    for each in node.variables:
        by_name.setdefault(each.name, []).append(each)
    for name, several in by_name.items():
        if len(several) > 1:
            text = f'There can only be one variable named "{name}"'
            scope.add(text, several, "variableNotUnique", variableName=name)


def operation_has_a_root(scope: Scope, node: Operation) -> bool:
    if scope.types.root(node.kind) is not None:
        return True
    plural = {"query": "queries", "mutation": "mutations", "subscription": "subscriptions"}[node.kind]
    code = f"missing{node.kind.capitalize()}Configuration"
    scope.add(f"Schema is not configured for {plural}", [node], code)
    return False
