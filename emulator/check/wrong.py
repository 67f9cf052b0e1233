"""Values that a schema forbids, one for each of its rules."""

from collections.abc import Iterator
from typing import Any, Final

from emulator.check.rest import Operation, RestContract
from emulator.contract.document import Node

_OTHER_TYPE: Final[dict[str, Any]] = {
    "integer": "many",
    "number": "much",
    "boolean": "perhaps",
    "string": 7,
    "array": "text",
    "object": "text",
}
_BAD_FORMAT: Final = {"uuid": "no-uuid", "date": "2021-02-30", "uri": "no uri", "date-time": "yesterday", "email": "me"}


def wrong_values(contract: RestContract, operation: Operation, name: str) -> Iterator[tuple[str, Any]]:
    """Each with the name of the rule that it breaks; only those that the validator refuses, too."""
    node = contract.resolve(operation.schema(name)) | operation.schema(name)
    as_text = name in operation.parameters  # everything is a text there
    if name in operation.required:
        yield "missing", None
    for kind, value in _candidates(node, as_text):
        if not contract.validator(operation.schema(name)).is_valid(value):
            yield kind, value


def _candidates(node: Node, as_text: bool) -> Iterator[tuple[str, Any]]:
    types = node.get("type")
    if isinstance(types, str) and not (as_text and types in ("string", "array")):
        yield "type", _OTHER_TYPE[types]
    if "enum" in node:
        yield "enum", "NO_SUCH_VALUE"
    if node.get("format") in _BAD_FORMAT:
        yield "format", _BAD_FORMAT[node["format"]]
    yield from _beyond(node)
    if not as_text:
        yield from _sizes(node)


def _beyond(node: Node) -> Iterator[tuple[str, Any]]:
    for key, step in (("minimum", -1), ("maximum", 1)):
        if key in node:
            yield key, node[key] + step
    if "maxLength" in node:
        yield "maxLength", "x" * (node["maxLength"] + 1)


def _sizes(node: Node) -> Iterator[tuple[str, Any]]:
    """Of what can be empty, or too long, in a body only."""
    if node.get("minLength"):
        yield "minLength", ""
    if node.get("minItems"):
        yield "minItems", []
    if "maxItems" in node:
        yield "maxItems", [_item(node)] * (node["maxItems"] + 1)
    if node.get("type") == "array":
        yield "items", [{"no": "such item"}]


def _item(node: Node) -> Any:
    return node.get("items", {}).get("examples", ["x"])[0]
