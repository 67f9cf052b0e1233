"""Parameters of an operation: text from the request, made into the value that the contract promises."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from typing import Any, Literal, cast

import jsonschema_rs

from emulator.contract.document import ContractError, Node, resolve
from emulator.contract.validation import Schemas, violations
from emulator.refusal import Violation

Place = Literal["path", "query", "header"]
Given = Mapping[str, Sequence[str]]  # texts of a place by name; several if it was repeated

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `argument` is its name as a Python identifier, by which a handler takes it."""

    name: str
    place: Place
    argument: str
    required: bool
    default: Any
    repeats: bool
    read: Callable[[str], Any]
    validator: jsonschema_rs.Draft202012Validator

    def value(self, given: Given, broken: list[Violation]) -> Any:
        """The validated value, the default, or None; what is wrong is added to `broken`."""
        texts = given.get(self.name)
        if not texts:
            if self.required:
                broken.append(Violation(self.place, self.name, "required", f'"{self.name}" is required'))
            return self.default
        if len(texts) > 1 and not self.repeats:
            broken.append(Violation(self.place, self.name, "repeated", f'"{self.name}" may be given only once'))
            return None
        value = [self.read(text) for text in texts] if self.repeats else self.read(texts[0])
        if not self.validator.is_valid(value):
            broken.extend(violations(self.validator, value, self.place, self.name))
        return value


def parameters(document: Node, item: Node, operation: Node, schemas: Schemas) -> Iterator[Parameter]:
    """Those of the path item and of the operation; the latter wins where both name the same."""
    nodes = [resolve(document, node) for node in (*item.get("parameters", ()), *operation.get("parameters", ()))]
    for node in {(node["name"].lower(), node["in"]): node for node in nodes}.values():
        yield _parameter(document, node, schemas)


def argument_name(name: str) -> str:
    """`SHOP-ID` -> `shop_id`, `accountName` -> `account_name`, `from` -> `from_`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(".", "_")
    return f"{snake}_" if iskeyword(snake) else snake


def _parameter(document: Node, node: Node, schemas: Schemas) -> Parameter:
    if node["in"] not in ("path", "query", "header") or "schema" not in node:
        raise ContractError(
            f"parameter {node['name']}: only path, query and header parameters with a schema are served"
        )
    schema = resolve(document, node["schema"])
    repeats = "array" in _types(schema)
    item = resolve(document, schema.get("items", {})) if repeats else schema
    return Parameter(
        name=node["name"].lower() if node["in"] == "header" else node["name"],
        place=cast("Place", node["in"]),
        argument=argument_name(node["name"]),
        required=node.get("required", False),
        default=schema.get("default"),
        repeats=repeats,
        read=_reader(_types(item)),
        validator=schemas.validator(schema),
    )


def _types(schema: Node) -> Sequence[str]:
    types = schema.get("type", ())
    return [types] if isinstance(types, str) else types


def _reader(types: Sequence[str]) -> Callable[[str], Any]:
    """Text that is not of the type is left as it is; the validator then says what is wrong with it."""
    if "integer" in types:
        return lambda text: int(text) if _INTEGER.fullmatch(text) else text
    if "number" in types:
        return lambda text: float(text) if _NUMBER.fullmatch(text) else text
    if "boolean" in types:
        return lambda text: _BOOLEANS.get(text, text)
    return str
