"""An operation of a document: what a request to it must carry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
import orjson

from emulator.contract.document import ContractError, Node, resolve
from emulator.contract.parameter import Given, Parameter, Place, parameters
from emulator.contract.validation import Schemas, violations
from emulator.refusal import Invalid, Malformed, UnsupportedMediaType, Violation

_METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests in any `period` microseconds for each combination of the arguments in `scope`."""

    requests: int
    period: int
    scope: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON body. `defaults` are those of its top-level properties."""

    required: bool
    validator: jsonschema_rs.Draft202012Validator
    defaults: Mapping[str, Any]

    def value(self, raw: bytes, content_type: str, broken: list[Violation]) -> Any:
        """Raises UnsupportedMediaType, Malformed. A missing content type is taken for JSON, as clients forget it."""
        if not raw:
            if self.required:
                broken.append(Violation("body", "", "required", "a JSON body is required"))
            return dict(self.defaults)
        media_type = content_type.partition(";")[0].strip().lower()
        if media_type and media_type != "application/json" and not media_type.endswith("+json"):
            raise UnsupportedMediaType(media_type)
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise Malformed(str(error)) from None
        try:
            broken.extend(violations(self.validator, value, "body"))
        except ValueError:  # the validator goes 255 levels deep, orjson 1024
            raise Malformed("nested too deeply") from None
        return {**self.defaults, **value} if isinstance(value, dict) else value


@dataclass(frozen=True, slots=True)
class Operation:
    """`status` is that of success; `limits` are the rate limits that the contract names, by profile.

    `safe` are GET and what the contract calls `x-safe`: searches, which only have their question in a body.
    """

    id: str
    method: str
    path: str
    status: int
    parameters: tuple[Parameter, ...]
    body: Body | None
    safe: bool
    limits: Mapping[str, Limit]

    @property
    def writes(self) -> bool:
        """Whether it may change state: a limit is counted in it."""
        return not self.safe or bool(self.limits)

    def arguments(self, given: Mapping[Place, Given], body: bytes, content_type: str) -> dict[str, Any]:
        """What the handler takes, validated and with defaults. Raises Invalid and what `Body.value` raises."""
        broken: list[Violation] = []
        arguments = {
            parameter.argument: parameter.value(given[parameter.place], broken) for parameter in self.parameters
        }
        if self.body is not None:
            arguments["body"] = self.body.value(body, content_type, broken)
        if broken:
            raise Invalid(broken)
        return arguments


def operations(document: Node) -> Iterator[Operation]:
    """All operations of a bundled document. Raises ContractError."""
    schemas = Schemas(document)
    for path, item in document["paths"].items():
        for method in _METHODS:
            if item.get(method, {}).get("x-emulated", method in item):
                yield _operation(document, path, method, item, schemas)


def _operation(document: Node, path: str, method: str, item: Node, schemas: Schemas) -> Operation:
    node = item[method]
    if "operationId" not in node:
        raise ContractError(f"{method.upper()} {path} has no operationId")
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        status=min(int(status) for status in node["responses"] if status.startswith("2")),
        parameters=tuple(parameters(document, item, node, schemas)),
        body=_body(document, node, schemas),
        safe=method == "get" or node.get("x-safe", False),
        limits=dict(_limits(node)),
    )


def _body(document: Node, node: Node, schemas: Schemas) -> Body | None:
    if "requestBody" not in node:
        return None
    body = resolve(document, node["requestBody"])
    schema = body["content"]["application/json"]["schema"]
    properties = _properties(document, schema)
    resolved = {name: resolve(document, each) | each for name, each in properties.items()}
    defaults = {name: each["default"] for name, each in resolved.items() if "default" in each}
    return Body(body.get("required", False), schemas.validator(schema), defaults)


def _properties(document: Node, schema: Node) -> Node:
    """Those of the schema, and of the schemas that it builds upon."""
    own = resolve(document, schema)
    inherited = [_properties(document, base) for base in own.get("allOf", ())]
    return {name: each for properties in (*inherited, own.get("properties", {})) for name, each in properties.items()}


def _limits(node: Node) -> Iterator[tuple[str, Limit]]:
    for profile, limit in node.get("x-limits", {}).items():
        if "per_seconds" in limit:
            yield profile, Limit(limit["requests"], limit["per_seconds"] * 1_000_000, tuple(limit["scope"]))
