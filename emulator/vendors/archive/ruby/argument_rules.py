"""Rules on arguments and the keys of objects."""

from collections.abc import Sequence
from math import isinf

from graphql import GraphQLNonNull

from emulator.vendors.archive.ruby.literals import fits
from emulator.vendors.archive.ruby.nodes import Argument, Directive, Field, InputObject, Node, Variable
from emulator.vendors.archive.ruby.printer import literal
from emulator.vendors.archive.ruby.scope import Owner, Scope, arguments_of, input_object, kind_of, name_of
from emulator.vendors.archive.ruby.spelling import did_you_mean
from emulator.vendors.archive.ruby.types import has_default


def required_arguments_are_present(scope: Scope, node: Field | Directive, owner: Owner) -> None:
    given = {each.name for each in node.arguments}
    required = [
        name
        for name, each in arguments_of(owner).items()
        if isinstance(each.type, GraphQLNonNull) and not has_default(each)
    ]
    missing = ", ".join(name for name in required if name not in given)
    if missing:
        kind = kind_of(node)
        text = f"{kind} '{node.name}' is missing required arguments: {missing}"
        scope.add(text, [node], "missingRequiredArguments", className=kind, name=node.name, arguments=missing)


def argument_names_are_unique(scope: Scope, arguments: Sequence[Argument]) -> None:
    for name, several in _repeated(arguments):
        text = f'There can be only one argument named "{name}"'
        scope.add(text, several, "argumentNotUnique", name=name)


def keys_are_unique(scope: Scope, node: InputObject) -> None:
    for name, several in _repeated(node.arguments):
        text = f'There can be only one input field named "{name}"'
        scope.add(text, several, "inputFieldNotUnique", name=name)


def _repeated(arguments: Sequence[Argument]) -> list[tuple[str, list[Argument]]]:
    by_name: dict[str, list[Argument]] = {}
    for each in arguments:
        by_name.setdefault(each.name, []).append(each)
    return [(name, several) for name, several in by_name.items() if len(several) > 1]


def argument_is_defined(scope: Scope, node: Argument, parent: Node) -> bool:
    owner = scope.owner(parent)
    if owner is None or node.name in arguments_of(owner):
        return True
    kind, name = kind_of(parent), name_of(parent, owner)
    hint = did_you_mean(scope.version, node.name, list(arguments_of(owner)))
    text = f"{kind} '{name}' doesn't accept argument '{node.name}'{hint}"
    scope.add(text, [node], "argumentNotAccepted", name=name, typeName=kind, argumentName=node.name)
    return False


def argument_has_a_fitting_value(scope: Scope, node: Argument, parent: Node) -> None:
    """Unless something was found wrong within the value."""
    owner = None if isinstance(node.value, Variable) or scope.is_erroneous else scope.owner(parent)
    defined = arguments_of(owner).get(node.name)
    if owner is None or defined is None or fits(scope, node.value, defined.type):
        return
    kind = kind_of(parent)
    shown = "" if isinstance(node.value, float) and isinf(node.value) else f" ({literal(node.value)})"
    text = (
        f"Argument '{node.name}' on {kind} '{name_of(parent, owner)}' has an invalid value{shown}. "
        f"Expected type '{defined.type}'."
    )
    scope.add(text, [parent], "argumentLiteralsIncompatible", typeName=kind, argumentName=node.name)


def required_keys_are_present(scope: Scope, node: InputObject, parent: Argument) -> None:
    kind = _object_type(scope, parent)
    if kind is None:
        return
    given = {each.name for each in node.arguments}
    for name, field in arguments_of(kind).items():
        if isinstance(field.type, GraphQLNonNull) and name not in given:
            text = f"Argument '{name}' on InputObject '{kind}' is required. Expected type {field.type}"
            told = {"argumentName": name, "argumentType": str(field.type), "inputObjectType": str(kind)}
            scope.add(text, [node], "missingRequiredInputObjectAttribute", [*scope.path, name], **told)


def _object_type(scope: Scope, parent: Argument) -> Owner | None:
    """What the object of an argument has to be, if it is to be an object."""
    outer = scope.enclosing_argument
    owner: Owner | None = input_object(outer) if outer is not None else None
    if owner is None:
        owner = (scope.directives and scope.directives[-1]) or (scope.fields and scope.fields[-1]) or None
    defined = arguments_of(owner).get(parent.name)
    return None if defined is None else input_object(defined)
