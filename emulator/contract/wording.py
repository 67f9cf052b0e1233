"""What JSON Schema has against a value, for people: what was seen, and what may have been meant or is allowed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from jsonschema_rs import ValidationErrorKind as Kind

from emulator.contract.document import Node, pointed
from emulator.contract.validation import BASE
from emulator.words import hint

_LONGEST: Final = 100  # characters of a value that are shown
_NOT_HERE: Final = ("type", "enum", "const")  # at its root, a branch with one of these was not meant

Place = tuple[str | int, ...]


def worded(error: Any, document: Node) -> tuple[Place, str]:
    """The place in the value, and what is wrong there; of alternatives, with the one that comes nearest."""
    nearest = _nearest(error)
    return tuple(nearest.instance_path), _said(nearest, document)


def _nearest(error: Any) -> Any:
    """The first error of the branch that was meant, if one was."""
    meant = [branch for branch in _branches(error) if branch and not any(_is_elsewhere(error, each) for each in branch)]
    return _nearest(min(meant, key=len)[0]) if meant else error


def _branches(error: Any) -> Sequence[Sequence[Any]]:
    return getattr(error.kind, "context", ())


def _is_elsewhere(error: Any, inner: Any) -> bool:
    return inner.instance_path == error.instance_path and inner.kind.name in _NOT_HERE


def _said(error: Any, document: Node) -> str:
    schema = _schema(error, document)
    match error.kind:
        case Kind.AdditionalProperties(unexpected=[first, *_]):
            return f"{_shown(first)} is not known; {hint(first, schema.get('properties', ()))}"
        case Kind.Enum(options=options):
            return f"is {_shown(error.instance)}; {hint(error.instance, options)}"
        case Kind.Pattern() | Kind.Format() if schema.get("examples"):
            such = " or ".join(_shown(each) for each in schema["examples"][:3])
            return f"is {_shown(error.instance)}; allowed: such as {such}"
        case Kind.Type():
            return f"is {_shown(error.instance)}; allowed: {_types([error])}"
        case Kind.AnyOf() | Kind.OneOfNotValid():
            return f"is {_shown(error.instance)}; allowed: {_types(_leaves(error)) or error.message}"
    return str(error.message)


def _leaves(error: Any) -> Iterator[Any]:
    for branch in _branches(error):
        for each in branch:
            yield from _leaves(each) if _branches(each) else [each]


def _types(errors: Any) -> str:
    """The types that are allowed, and the values."""
    found: list[str] = []
    for each in errors:
        match each.kind:
            case Kind.Type(types=types):
                found += types
            case Kind.Enum(options=options):
                found += [_shown(option) for option in options]
            case Kind.Constant(expected_value=expected):
                found.append(_shown(expected))
    return " or ".join(dict.fromkeys(found))


def _schema(error: Any, document: Node) -> Mapping[str, Any]:
    """The one that has the rule; an empty one, if it stands in no component of the document."""
    base, _, pointer = (error.absolute_keyword_location or "").partition("#")
    schema: Mapping[str, Any] = pointed(document, pointer.rpartition("/")[0]) if base == BASE else {}
    return schema


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
