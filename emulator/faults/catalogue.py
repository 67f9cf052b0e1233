"""The vendors' errors by name, and their operations, as their contracts have them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import orjson

from emulator import resources
from emulator.contract.document import Node, load, read_yaml, resolve
from emulator.faults.fault import Substitute

REST: Final = ("insightiq", "storyclash")
GRAPHQL: Final = "archive"
VENDORS: Final = (*REST, GRAPHQL)
RATE_LIMITS: Final = {
    "insightiq": "too_many_requests",
    "archive": "rate_limit_exceeded",
    "storyclash": "rate_limit_reached",
}
_METHODS: Final = ("get", "put", "post", "patch", "delete")
_MALFORMED: Final = 400
_SAME: Final = "request-id"  # which every answer of its vendor carries


@dataclass(frozen=True, slots=True)
class Error:
    """An error of a vendor's contract. `says` is the vendor's own code or message; `operations` are those that name it.

    `body` is the documented one, in which `{operation}` and `{retry_after}` are to be filled in. `proper_status` is
    that of worlds in which errors of a vendor that answers 200 have other statuses.
    """

    vendor: str
    name: str
    says: str
    status: int
    headers: tuple[str, ...]
    body: Any
    evidence: str
    summary: str
    operations: tuple[str, ...]
    proper_status: int

    def answer(self, operation: str | None, retry_after: float, *, proper: bool = False) -> Substitute:
        texts = {"{operation}": operation or "query", "{retry_after}": f"{retry_after:g}"}
        body = orjson.dumps(_filled(self.body, texts))
        values = {"Retry-After": str(-(-retry_after // 1)).removesuffix(".0")}
        status = self.proper_status if proper else self.status
        return Substitute(status, body, tuple((name, values[name]) for name in self.headers if name in values))


def named(vendor: str, name: str, operation: str | None = None) -> Error | None:
    """By its name, or by what the vendor says; as the operation words it, if it has the error."""
    wanted = name.lower()
    called = [error for error in errors(vendor) if error.name == wanted]
    found = called or [error for error in errors(vendor) if error.says.lower() == wanted]
    return next((error for error in found if operation in error.operations), found[0] if found else None)


@cache
def errors(vendor: str) -> tuple[Error, ...]:
    """Each name once for every wording."""
    merged: dict[tuple[Any, ...], list[Error]] = {}
    for error in _archive() if vendor == GRAPHQL else _rest(vendor):
        merged.setdefault((error.name, error.status, orjson.dumps(error.body)), []).append(error)
    return tuple(_together(each) for each in merged.values())


@cache
def operations(vendor: str) -> frozenset[str]:
    """The names by which requests to the vendor are known: operationIds, or the root fields of GraphQL."""
    if vendor != GRAPHQL:
        return frozenset(node["operationId"] for _, node in nodes(load(vendor)))
    from emulator.faults.sdl import root_fields  # brings a parser along, which few need

    return root_fields()


def _together(same: list[Error]) -> Error:
    first, *_ = same
    names = dict.fromkeys(name for error in same for name in error.operations)
    return Error(**{name: getattr(first, name) for name in Error.__slots__} | {"operations": tuple(names)})


def nodes(document: Node) -> Iterator[tuple[str, Node]]:
    for path, item in document["paths"].items():
        yield from ((path, item[method]) for method in _METHODS if method in item)


def _rest(vendor: str) -> Iterator[Error]:
    document = load(vendor)
    for _, node in nodes(document):
        for status, response in node["responses"].items():
            yield from _of_response(document, vendor, node["operationId"], int(status), resolve(document, response))


def _of_response(document: Node, vendor: str, operation: str, status: int, node: Node) -> Iterator[Error]:
    headers = tuple(name for name in node.get("headers", {}) if name.lower() != _SAME)
    for name, example in node.get("content", {}).get("application/json", {}).get("examples", {}).items():
        example = resolve(document, example)
        body = example.get("value")
        says = _says(body)
        if says is not None and example.get("x-error", True):
            evidence: str = example.get("x-evidence") or node["x-evidence"]
            summary = example.get("summary", "")
            proper = example.get("x-proper-status", _MALFORMED) if status < _MALFORMED else status
            told = (vendor, name, says, status, headers, _without_id(body), evidence, summary)
            yield Error(*told, (operation,), proper)


def _archive() -> Iterator[Error]:
    written: Mapping[str, Any] = read_yaml(resources.contracts() / GRAPHQL / "errors.yaml")
    for name, node in written.items():
        told = node["value"]["errors"]
        says = told if isinstance(told, str) else told[0].get("extensions", {}).get("code", told[0]["message"])
        summary = f"{node['summary']} ({', '.join(node['versions'])})"
        headers = tuple(node.get("headers", ()))
        status = node["status"]
        yield Error(GRAPHQL, name, says, status, headers, node["value"], node["x-evidence"], summary, (), status)


def _says(body: Any) -> str | None:
    match body:
        case {"error": {"code": str(code)}}:
            return code
        case {"message": str(message), **rest} if not rest:
            return message
    return None


def _without_id(body: Any) -> Any:
    match body:
        case {"error": dict(error)} if "request_id" in error:
            return {"error": {**error, "request_id": "{request_id}"}}
    return body


def _filled(node: Any, texts: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _filled(value, texts) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, texts) for value in node]
    if isinstance(node, str):
        for placeholder, text in texts.items():
            node = node.replace(placeholder, text)
    return node
