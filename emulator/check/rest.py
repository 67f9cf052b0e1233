"""An OpenAPI document as what it promises of every answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from emulator.check import schema
from emulator.check.exchange import Exchange
from emulator.check.hints import dig, hints
from emulator.check.rule import Finding, Rule, finding
from emulator.contract.document import Node, load, resolve
from emulator.contract.routes import Routes
from emulator.contract.validation import Schemas
from emulator.refusal import NoSuchPath

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Answer:
    """What an operation promises under one status. `media_types` are JSON Schemas by media type."""

    headers: Mapping[str, Node]
    media_types: Mapping[str, Node]
    shown: tuple[Any, ...]
    evidence: str


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of a document."""

    vendor: str
    id: str
    method: str
    path: str
    node: Node
    parameters: Mapping[str, Node]
    body: Node | None
    answers: Mapping[int, Answer]

    @property
    def safe(self) -> bool:
        return self.method == "GET" or bool(self.node.get("x-safe", False))

    @property
    def success(self) -> int:
        return min(status for status in self.answers if 200 <= status < 300)

    @property
    def names(self) -> tuple[str, ...]:
        """Of everything that it takes."""
        return (*self.parameters, *(self.body or {}).get("properties", {}))

    @property
    def required(self) -> tuple[str, ...]:
        needed = [name for name, node in self.parameters.items() if node.get("required")]
        return (*needed, *(self.body or {}).get("required", ()))

    def schema(self, name: str) -> Node:
        """That of a parameter, or of a property of the body."""
        node: Node = (
            self.parameters[name]["schema"] if name in self.parameters else (self.body or {})["properties"][name]
        )
        return node

    def rule(self, name: str, words: str, evidence: str = "", source: str = "") -> Rule:
        evidence = evidence or self.node.get("x-evidence", "assumed")
        return Rule(f"{self.vendor}/{self.id}/{name}", words, evidence, source or self.node.get("x-source", ""))

    def target(self, arguments: Mapping[str, Any]) -> str:
        """The path with its parameters filled in."""
        return re.sub(r"{(\w+)}", lambda found: quote(str(arguments[found[1]]), safe=""), self.path)


def _part(exchange: Exchange, path: str) -> Any:
    """`status`, `header.<name>`, or a path in the body."""
    if path == "status":
        return exchange.status
    kind, _, name = path.partition(".")
    return exchange.answered.headers.get(name) if kind == "header" else dig(exchange.json, path)


class RestContract:
    """`document` is another one than that of `contracts/`. Raises ContractError for one that cannot be read."""

    def __init__(self, vendor: str, document: Node | None = None) -> None:
        self.vendor = vendor
        self.document = load(vendor) if document is None else document
        self._schemas = Schemas(self.document)
        self._validators: dict[int, tuple[Node, Any]] = {}  # by identity, for which the node has to live on
        self.operations = {each.id: each for each in self._read()}
        self.routes = Routes(list(self.operations.values()))

    @cached_property
    def events(self) -> dict[str, Node]:
        """The operations by which the vendor calls the customer, by id."""
        hooks = self.document.get("webhooks", {}).values()
        return {item["post"]["operationId"]: item["post"] for item in hooks}

    def operation_of(self, method: str, path: str) -> Operation | None:
        try:
            methods, _ = self.routes.find(path)
        except NoSuchPath:
            return None
        return methods.get(method)

    def fields(self, operation: Operation) -> Iterator[str]:
        """The properties of a successful answer."""
        for node in operation.answers[operation.success].media_types.values():
            yield from schema.fields(self.document, node)

    def resolve(self, node: Node) -> Node:
        return resolve(self.document, node)

    def validator(self, node: Node) -> Any:
        found = self._validators.get(id(node))
        if found is None:
            found = self._validators[id(node)] = node, self._schemas.validator(node)
        return found[1]

    def hold(self, operation: Operation, exchange: Exchange) -> Iterator[Finding]:
        """What the answer breaks."""
        answered = exchange.answered
        answer = operation.answers.get(answered.status)
        if answer is None:
            rule = operation.rule("response.status", "The status is one of the operation's.")
            promised = ", ".join(map(str, sorted(operation.answers)))
            yield finding(rule, f"{answered.status}: {answered.body[:200]!r}", promised, exchange)
            return
        yield from self._headers(operation, answer, exchange)
        if exchange.status >= 400:
            yield from self._error(operation, answer, exchange)
        if not answer.media_types:
            if answered.body:
                rule = operation.rule("response.empty", "The answer has no body.", answer.evidence)
                yield finding(rule, answered.body[:80], "no body", exchange)
            return
        yield from self._body(operation, answer, exchange)

    def _headers(self, operation: Operation, answer: Answer, exchange: Exchange) -> Iterator[Finding]:
        for name, node in answer.headers.items():
            value = exchange.answered.headers.get(name.lower())
            rule = operation.rule(f"response.header.{name.lower()}", f"The header {name}.", node.get("x-evidence", ""))
            if value is None:
                if node.get("required"):
                    yield finding(
                        rule, f"no header {name} with {exchange.status}", node.get("description", ""), exchange
                    )
                continue
            wrong = schema.wrong(self.validator(node["schema"]), schema.read(self.resolve(node["schema"]), value))
            for error in wrong:
                yield finding(rule, f"{name}: {value}", error.message, exchange)

    def _error(self, operation: Operation, answer: Answer, exchange: Exchange) -> Iterator[Finding]:
        """Parts of an error that say the same, and its code, which is one of those that the contract shows."""
        told = hints(self.vendor).table("errors")
        for pair in told.get("equal", ()):
            one, other = (_part(exchange, path) for path in pair)
            if one != other:
                rule = operation.rule(
                    "error.equal", "Parts of an error say the same.", told["evidence"], told["source"]
                )
                yield finding(rule, f"{pair[0]} is {one!r}", f"{pair[1]}, which is {other!r}", exchange)
        shown = {dig(example, told["code"]) for example in answer.shown} if told else set()
        if shown and dig(exchange.json, told["code"]) not in shown:
            rule = operation.rule(
                f"error.code.{exchange.status}", "The error's code is a documented one.", answer.evidence
            )
            yield finding(rule, dig(exchange.json, told["code"]), sorted(map(str, shown)), exchange)

    def _body(self, operation: Operation, answer: Answer, exchange: Exchange) -> Iterator[Finding]:
        answered = exchange.answered
        node = answer.media_types.get(answered.media_type)
        if node is None:
            rule = operation.rule("response.media-type", "The answer's media type.", answer.evidence)
            came = answered.headers.get("content-type", "no content-type")
            yield finding(rule, came, ", ".join(answer.media_types), exchange)
            node = next(iter(answer.media_types.values()))
        if answered.json is None and answered.body.strip() != b"null":
            rule = operation.rule("response.json", "The body is JSON.", answer.evidence)
            yield finding(rule, answered.body[:100], "JSON", exchange)
            return
        for error in schema.wrong(self.validator(node), answered.json):
            evidence = schema.evidence(self.document, node, error.schema_path) or answer.evidence
            rule = operation.rule("response.schema", "The body is as the schema says.", evidence)
            at = "".join(f"/{step}" for step in error.instance_path)
            yield finding(rule, schema.at(answered.json, error.instance_path), error.message, exchange, at)

    def _read(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if item.get(method, {}).get("x-emulated", method in item):
                    yield self._operation(path, method, item)

    def _operation(self, path: str, method: str, item: Node) -> Operation:
        node = item[method]
        given = [self.resolve(each) for each in (*item.get("parameters", ()), *node.get("parameters", ()))]
        body = (
            self.resolve(node["requestBody"])["content"]["application/json"]["schema"]
            if "requestBody" in node
            else None
        )
        return Operation(
            vendor=self.vendor,
            id=node["operationId"],
            method=method.upper(),
            path=path,
            node=node,
            parameters={each["name"]: each for each in given},
            body=None if body is None else schema.flat(self.document, body),
            answers={int(status): self._answer(each, node) for status, each in node["responses"].items()},
        )

    def _answer(self, node: Node, operation: Node) -> Answer:
        answer = self.resolve(node)
        contents = answer.get("content", {})
        examples = [each for content in contents.values() for each in content.get("examples", {}).values()]
        return Answer(
            headers={name: self.resolve(each) for name, each in answer.get("headers", {}).items()},
            media_types={kind: content["schema"] for kind, content in contents.items()},
            shown=tuple(self.resolve(each).get("value") for each in examples),
            evidence=answer.get("x-evidence") or operation.get("x-evidence") or "assumed",
        )
