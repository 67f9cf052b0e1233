"""JSON Schemas of a document: what is wrong with a value, how sure that is, and values that are right."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import jsonschema_rs
import orjson

from emulator.contract.document import Node, resolve

MOST = 20  # violations of one answer that are told


def wrong(validator: Any, value: Any) -> Iterator[Any]:
    """The innermost errors of jsonschema-rs: with `anyOf`, those of the branch that fits best."""
    if validator.is_valid(value):
        return
    for count, error in enumerate(validator.iter_errors(value)):
        if count == MOST:
            return
        yield error


def alone(node: Node) -> Any:
    """The validator of a schema that refers to nothing."""
    return _compiled(orjson.dumps(node))


@lru_cache(maxsize=64)
def _compiled(text: bytes) -> Any:
    return jsonschema_rs.Draft202012Validator(orjson.loads(text), validate_formats=True)


def at(value: Any, path: Sequence[Any]) -> str:
    """What stands there, with its type, for a person to read."""
    for step in path:
        value = value[step]
    return f"{type(value).__name__} {value!r}" if not isinstance(value, dict | list) else _outline(value)


def _outline(value: Any) -> str:
    if isinstance(value, dict):
        return "object with " + (", ".join(map(str, value)) or "nothing")
    return f"array of {len(value)}"


def evidence(document: Node, node: Any, steps: Sequence[Any]) -> str:
    """The `x-evidence` nearest to a place in a schema, whose path may lead through references."""
    nearest: str = ""
    for step in (None, *steps):
        if step not in (None, "$ref"):
            node = _inner(node, step)
        if isinstance(node, dict):
            nearest = node.get("x-evidence", nearest)
            target = resolve(document, node) if "$ref" in node else node
            nearest = node.get("x-evidence") or target.get("x-evidence") or nearest
            node = target | {key: value for key, value in node.items() if key != "$ref"}
    return nearest


def _inner(node: Any, step: Any) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None


def read(node: Node, text: str) -> Any:
    """A header's text as the value that its schema speaks of."""
    types = node.get("type", ())
    if "integer" in ([types] if isinstance(types, str) else types) and re.fullmatch(r"-?\d+", text):
        return int(text)
    return text


def flat(document: Node, node: Node) -> Node:
    """An object's schema with all its properties in one place: its own, and those that it builds upon."""
    own = resolve(document, node)
    result: Node = {**own, "properties": {}, "required": list(own.get("required", ()))}
    for base in own.get("allOf", ()):
        inherited = flat(document, base)
        result["properties"] |= inherited["properties"]
        result["required"] += inherited["required"]
    result["properties"] |= {name: resolve(document, each) | each for name, each in own.get("properties", {}).items()}
    return result


def sample(document: Node, node: Node) -> Any:
    """A value that the schema allows: an example, the default, the first of its values, or the least of its type.

    Raises LookupError if nothing tells what a text should say.
    """
    node = resolve(document, node) | node
    for key in ("examples", "enum"):
        if node.get(key):
            return node[key][0]
    for key in ("default", "const"):
        if key in node:
            return node[key]
    return _least(document, node)


def _least(document: Node, node: Node) -> Any:
    types = node.get("type", "object" if "properties" in node or "allOf" in node else ())
    match types if isinstance(types, str) else next(iter(types), None):
        case "object":
            whole = flat(document, node)
            return {name: sample(document, whole["properties"][name]) for name in whole["required"]}
        case "array":
            return [sample(document, node["items"]) for _ in range(max(1, node.get("minItems", 1)))]
        case "integer" | "number":
            return node.get("minimum", 1)
        case "boolean":
            return False
    for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        return sample(document, branch)
    raise LookupError


def fields(document: Node, node: Any, path: str = "", above: tuple[int, ...] = ()) -> Iterator[str]:
    """Every property that a schema names, as `data.*.id`; one that contains itself is not entered twice."""
    node = resolve(document, node)
    if id(node) in above:
        return
    above = (*above, id(node))
    for name, inner in node.get("properties", {}).items():
        yield f"{path}{name}"
        yield from fields(document, inner, f"{path}{name}.", above)
    for branch in (*node.get("allOf", ()), *node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from fields(document, branch, path, above)
    if isinstance(node.get("items"), dict):
        yield from fields(document, node["items"], f"{path}*.", above)


def seen(value: Any, path: str = "") -> Iterator[str]:
    """Every property of a value, written the same way."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{path}{name}"
            yield from seen(inner, f"{path}{name}.")
    elif isinstance(value, list):
        for inner in value:
            yield from seen(inner, f"{path}*.")
