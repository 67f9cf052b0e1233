"""An SDL file as what it promises of every answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    build_schema,
    is_required_argument,
    parse,
    print_type,
)

from emulator.check import shape
from emulator.check.exchange import Exchange
from emulator.check.hints import hints
from emulator.check.rule import Finding, Rule, finding
from emulator.check.schema import alone, wrong
from emulator.contract.document import ContractError

_PLACE = re.compile(r"POST https?://[^/\s]+(/\S*)")
_EVIDENCE = re.compile(r"\s*# evidence: *(.*)$")
_DEFINED = re.compile(r"^(?:type|enum|input|scalar|interface|union) (\w+)|^  (\w+)\s*[(:]|^  (\w+)$")


@dataclass(frozen=True, eq=False)
class Root:
    """A field of Query or Mutation."""

    vendor: str
    id: str
    name: str
    field: GraphQLField
    safe: bool
    evidence: str
    source: str

    @property
    def answers(self) -> Mapping[int, str]:
        """GraphQL has one status for whatever a document gives."""
        return {200: "data or errors"}

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name, argument in self.field.args.items() if is_required_argument(argument))

    def rule(self, name: str, words: str, evidence: str = "", source: str = "") -> Rule:
        return Rule(f"{self.vendor}/{self.id}/{name}", words, evidence or self.evidence, source or self.source)


class GraphContract:
    """Raises ContractError for a file that cannot be read."""

    def __init__(self, file: Path) -> None:
        self.vendor, self.name, self.sdl = file.parent.name, file.stem, file.read_text()
        try:
            self.schema = build_schema(self.sdl)
        except GraphQLError as error:
            raise ContractError(f"{file.name}: {error}") from None
        self.source = f"contracts/{self.vendor}/{file.name}"
        self.operations = {root.id: root for root in self._roots()}

    @cached_property
    def path(self) -> str:
        """Where documents are posted to. Raises ContractError."""
        found = _PLACE.search(self.sdl)
        if found is None:
            raise ContractError(f"{self.source} does not say, in a comment, where it is served: POST https://host/path")
        return found[1]

    @cached_property
    def evidence(self) -> dict[str, str]:
        """By `Type` and `Type.field`, where a comment says it; the rest is documented."""
        found, owner, word = {}, "", ""
        for line in self.sdl.splitlines():
            if (told := _EVIDENCE.match(line)) is not None:
                word = told[1]
            elif (defined := _DEFINED.match(line)) is not None:
                owner = defined[1] or owner
                if word:
                    found[defined[1] or f"{owner}.{defined[2] or defined[3]}"] = word
                word = ""
        return found

    def operation_of(self, body: Any) -> Root | None:
        """The root field that a request's body asks for first."""
        try:
            chosen = shape.chosen(parse(body["query"]), body.get("operationName"))
        except (GraphQLError, KeyError, TypeError):
            return None
        first = next((node for node in shape.fields_of(chosen) if node.name.value), None)
        return None if first is None else self.operations.get(f"{self.name}.{first.name.value}")

    def fields(self, operation: Root) -> Iterator[str]:
        yield "data"
        yield f"data.{operation.name}"
        yield from shape.paths(operation.field.type, f"data.{operation.name}.")

    def hold(self, operation: Root, exchange: Exchange) -> Iterator[Finding]:
        """What the answer breaks."""
        answered = exchange.answered
        rule = operation.rule("response.media-type", "Answers are JSON.", "observed", self.source)
        if answered.media_type != "application/json":
            yield finding(rule, answered.headers.get("content-type", "no content-type"), "application/json", exchange)
        if not isinstance(answered.json, dict):
            rule = operation.rule("response.json", "The body is a JSON object.", "observed", self.source)
            yield finding(rule, answered.body[:100], "a JSON object", exchange)
        elif answered.status != 200:
            yield from self._outside(operation, exchange)
        else:
            yield from self._inside(operation, exchange)

    def _outside(self, operation: Root, exchange: Exchange) -> Iterator[Finding]:
        """An answer that GraphQL has no part in."""
        told = hints(self.vendor).table("outside")
        rule = operation.rule("response.outside", "An answer around GraphQL.", told["evidence"], told["source"])
        if exchange.status not in told["statuses"]:
            yield finding(rule, exchange.status, f"200, or {told['statuses']}", exchange)
        listed = exchange.status in told.get("listed", {}).get(self.name, ())
        due = hints(self.vendor).table("answer")["schema"] if listed else told["schema"]
        for error in wrong(alone(due), exchange.json):
            at = "".join(f"/{step}" for step in error.instance_path)
            yield finding(rule, exchange.json, error.message, exchange, at)

    def _inside(self, operation: Root, exchange: Exchange) -> Iterator[Finding]:
        answer = exchange.json
        told = hints(self.vendor).table("answer")
        rule = operation.rule("response.envelope", "data, errors, or both.", told["evidence"], told["source"])
        for error in wrong(alone(told["schema"]), answer):
            at = "".join(f"/{step}" for step in error.instance_path)
            yield finding(rule, str(answer)[:200], error.message, exchange, at)
        if isinstance(answer.get("data"), dict):
            yield from self._data(operation, exchange)

    def _data(self, operation: Root, exchange: Exchange) -> Iterator[Finding]:
        asked = exchange.asked.json
        walker = shape.Walker(self.schema, exchange.json.get("errors", ()))
        document = parse(asked["query"])
        for fault in walker.faults(
            document, asked.get("operationName"), asked.get("variables") or {}, exchange.json["data"]
        ):
            evidence = self.evidence.get(fault.member, "documented")
            rule = operation.rule("response.shape", "The data is of the schema's types.", evidence, self.source)
            yield finding(rule, fault.came, fault.promised, exchange, fault.place)

    def objects(self, exchange: Exchange) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every object of the answer with the name of its type."""
        asked, data = exchange.asked.json, (exchange.json or {}).get("data")
        if isinstance(data, dict):
            walker = shape.Walker(self.schema, ())
            list(walker.faults(parse(asked["query"]), asked.get("operationName"), asked.get("variables") or {}, data))
            yield from walker.objects

    def _roots(self) -> Iterator[Root]:
        for type_, safe in ((self.schema.query_type, True), (self.schema.mutation_type, False)):
            for name, field in type_.fields.items() if type_ else ():
                evidence = self.evidence.get(f"{'Query' if safe else 'Mutation'}.{name}", "documented")
                yield Root(self.vendor, f"{self.name}.{name}", name, field, safe, evidence, self.source)


def question(root: Root, arguments: Mapping[str, Any], selection: str | None = None) -> dict[str, Any]:
    """The body of a request for one root field, its arguments as variables."""
    declared = ", ".join(f"${name}: {root.field.args[name].type}" for name in arguments)
    given = ", ".join(f"{name}: ${name}" for name in arguments)
    fields = shape.selection(root.field.type) if selection is None else selection
    kind = "query" if root.safe else "mutation"
    head = f"{kind} {f'({declared}) ' if declared else ''}".replace("  ", " ")
    text = f"{head}{{ {root.name}{f'({given})' if given else ''}{f' {{ {fields} }}' if fields else ''} }}"
    return {"query": text, "variables": dict(arguments)}


def encoded(body: Any) -> bytes:
    return orjson.dumps(body)


def types(schema: GraphQLSchema) -> dict[str, str]:
    """The definition of every type by its name."""
    kinds = schema.type_map.items()
    return {name: print_type(kind) for name, kind in kinds if not name.startswith("__")}
