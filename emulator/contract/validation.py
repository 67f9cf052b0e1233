"""Compiled JSON Schema validators over one bundled document; formats are asserted."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from emulator.contract.document import Node
from emulator.refusal import Location, Violation

BASE = "urn:contract"


class Schemas:
    """Makes validators for schemas that may refer to the document's components."""

    def __init__(self, document: Node) -> None:
        components = {"components": {"schemas": document.get("components", {}).get("schemas", {})}}
        self._registry = jsonschema_rs.Registry([(BASE, components)])

    def validator(self, schema: Node) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(_absolute(schema), validate_formats=True, registry=self._registry)


def _absolute(node: Any) -> Any:
    """The same schema with its `$ref`s to the registered document written out in full."""
    if isinstance(node, list):
        return [_absolute(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: f"{BASE}{value}" if key == "$ref" and isinstance(value, str) else _absolute(value)
        for key, value in node.items()
    }


def violations(
    validator: jsonschema_rs.Draft202012Validator, value: Any, location: Location, field: str = ""
) -> Iterator[Violation]:
    """What is wrong with the value, one violation per broken rule, in the validator's order."""
    for error in validator.iter_errors(value):
        path = ".".join([field] * bool(field) + [str(step) for step in error.instance_path])
        rule = str(error.schema_path[-1]) if error.schema_path else "false"
        missing = getattr(error.kind, "property", None) if rule == "required" else None
        if missing is not None:
            path = f"{path}.{missing}" if path else str(missing)
        yield Violation(location, path, rule, error.message, error)
