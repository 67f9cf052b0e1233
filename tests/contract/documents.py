"""The contracts and the documented samples as the tests find them: whatever is there, is tested."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from emulator import resources
from emulator.contract.document import Node, load, resolve

CONTRACTS: Final = resources.contracts()
FIXTURES: Final = resources.fixtures()
DOCUMENTS: Final = sorted(file.parent.name for file in CONTRACTS.glob("*/openapi.yaml"))
SDL: Final = sorted(CONTRACTS.glob("*/*.graphql"))
YAML: Final = sorted([*CONTRACTS.rglob("*.yaml"), *FIXTURES.rglob("*.yaml")])
SAMPLES: Final = sorted(
    file for file in (FIXTURES / "documented").rglob("*") if file.is_file() and file.name != "index.json"
)

_METHODS: Final = ("get", "put", "post", "patch", "delete")
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS: Final = ("properties", "patternProperties", "dependentSchemas", "$defs")
_SINGLE: Final = ("items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else")


def label(path: Path) -> str:
    """How a file is called in the name of a test."""
    return "/".join(path.parts[-3:])


def operations(name: str) -> dict[str, Node]:
    """The operations of a document by their ids."""
    items = [*load(name)["paths"].values(), *load(name).get("webhooks", {}).values()]
    return {item[method]["operationId"]: item[method] for item in items for method in _METHODS if method in item}


def emulated(name: str) -> Node:
    """The document without the operations that nothing answers yet."""
    paths = load(name)["paths"].items()
    kept = {path: {key: node for key, node in item.items() if _is_emulated(node)} for path, item in paths}
    return {**load(name), "paths": {path: item for path, item in kept.items() if set(item) & set(_METHODS)}}


def _is_emulated(node: Any) -> bool:
    return not isinstance(node, dict) or bool(node.get("x-emulated", True))


def parsed(file: Path) -> Any:
    return json.loads(file.read_bytes()) if file.suffix == ".json" else yaml.safe_load(file.read_bytes())


def pairs(node: Any) -> Iterator[tuple[str, Any]]:
    """Every key of a document with its value, however deep."""
    if isinstance(node, dict):
        yield from node.items()
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from pairs(inner)


def schemas(name: str) -> Iterator[tuple[str, Node]]:
    """Every schema of a document with its place: the shared ones, those in use, and those inside of them."""
    document = load(name)
    for key, schema in document["components"].get("schemas", {}).items():
        yield from _inner(schema, key)
    for place, node in carriers(name):
        yield from _inner(node["schema"], f"{place}/schema")


def carriers(name: str) -> Iterator[tuple[str, Node]]:
    """Every parameter, header and media type of a document, with its place."""
    document = load(name)
    parts = {key: value for key, value in document["components"].items() if key != "schemas"}
    yield from _carriers({"paths": document["paths"], "components": parts}, "#")


def _carriers(node: Any, place: str) -> Iterator[tuple[str, Node]]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _carriers(item, f"{place}/{index}")
    elif isinstance(node, dict):
        if "schema" in node:
            yield place, node
        for key, value in node.items():
            if key not in ("schema", "example", "examples"):
                yield from _carriers(value, f"{place}/{key}")


def _inner(schema: Any, place: str) -> Iterator[tuple[str, Node]]:
    if isinstance(schema, dict):
        yield place, schema
        for key, inner in _subschemas(schema):
            yield from _inner(inner, f"{place}/{key}")


def _subschemas(schema: Node) -> Iterator[tuple[str, Any]]:
    for keyword in _SINGLE:
        if keyword in schema:
            yield keyword, schema[keyword]
    for keyword in _LISTS:
        yield from ((f"{keyword}/{index}", each) for index, each in enumerate(schema.get(keyword, ())))
    for keyword in _MAPS:
        yield from ((f"{keyword}/{key}", each) for key, each in schema.get(keyword, {}).items())


def media_schema(name: str, node: Node) -> Node:
    """The JSON schema of a request body or a response."""
    contents = resolve(load(name), node)["content"]
    schema: Node = next(content["schema"] for kind, content in contents.items() if kind.endswith("json"))
    return schema
