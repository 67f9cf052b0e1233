"""What the documentation prints, and where the contract says the same.

`fixtures/documented/insightiq/index.json` holds, for every entry of the documentation and in its order, the fields of
the request and the answer with their types, marks, values, bounds and defaults: a machine made it from the text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final, Literal

from emulator import resources
from emulator.contract.document import Node, load, resolve
from tests.contract.documents import parsed

DOCUMENT: Final = load("insightiq")

Place = Literal["path", "query", "header", "body", "response"]


@dataclass(frozen=True)
class Field:
    """A printed field. Values and the default are texts; a bound is an operator, a number and a unit (or "")."""

    place: Place
    name: str
    type: str
    required: bool
    values: Sequence[str]
    bounds: Sequence[tuple[str, float, str]]
    default: str | None

    @property
    def basic_type(self) -> str | None:
        """That of JSON, or None for any type and for the name of a schema."""
        word = re.split(r"[<\[ ]", self.type)[0]
        return word if word in ("string", "integer", "number", "boolean", "object", "array") else None


@dataclass(frozen=True)
class Entry:
    """A printed operation."""

    section: str
    number: int
    title: str
    method: str
    path: str
    status: str
    fields: Sequence[Field]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def operation(self) -> Node:
        """As the contract has it. Raises KeyError."""
        node: Node = DOCUMENT["paths"][self.path][self.method.lower()]
        return node

    @cached_property
    def promised(self) -> Mapping[tuple[Place, str], Sequence["Promised"]]:
        """Everything that the contract has under a name, wherever it is nested."""
        found: dict[tuple[Place, str], list[Promised]] = {}
        for place, each in _promised(self.path, self.operation):
            found.setdefault((place, each.name), []).append(each)
        return found


@dataclass(frozen=True)
class Promised:
    """A parameter, header or property of the contract, with all schemas that it can be."""

    name: str
    required: bool
    forms: Sequence[Node]

    def all(self, keyword: str) -> list[Any]:
        """What the keyword says in any of the forms."""
        return [form[keyword] for form in self.forms if keyword in form]

    @property
    def values(self) -> set[Any]:
        return {value for enum in self.all("enum") for value in enum} | set(self.all("const"))

    @property
    def types(self) -> set[str]:
        given = self.all("type")
        return {word for each in given for word in ([each] if isinstance(each, str) else each)}


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(_entry(node) for node in parsed(resources.fixtures() / "documented" / "insightiq" / "index.json"))


def _entry(node: Node) -> Entry:
    head = {key: node[key] for key in ("section", "number", "title", "method", "path", "status")}
    return Entry(**head, fields=[_field(place, each) for place, fields in node["fields"].items() for each in fields])


def _field(place: Place, node: Node) -> Field:
    bounds = [(sign, number, unit) for sign, number, unit in node.get("bounds", ())]
    marks = (node.get("required", False), node.get("values", ()), bounds, node.get("default"))
    return Field(place, node["name"], node["type"], *marks)


def _promised(path: str, operation: Node) -> Iterator[tuple[Place, Promised]]:
    for given in (*DOCUMENT["paths"][path].get("parameters", ()), *operation.get("parameters", ())):
        node = resolve(DOCUMENT, given)
        yield node["in"], Promised(node["name"], node.get("required", False), _forms(node["schema"]))
    if "requestBody" in operation:
        yield from (("body", each) for each in _properties(_content(operation["requestBody"])))
    answer = resolve(DOCUMENT, next(node for status, node in operation["responses"].items() if status[0] == "2"))
    for name, given in answer.get("headers", {}).items():
        node = resolve(DOCUMENT, given)
        yield "header", Promised(name, node.get("required", False), _forms(node["schema"]))
    yield from (("response", each) for each in _properties(_content(answer)))


def _content(node: Node) -> Node:
    schema: Node = resolve(DOCUMENT, node)["content"]["application/json"]["schema"]
    return schema


def _properties(
    schema: Node, demanded: frozenset[str] = frozenset(), above: tuple[int, ...] = ()
) -> Iterator[Promised]:
    """Those of a schema and of the schemas inside of it.

    `demanded` are the names that are required from outside, `above` the schemas that it is inside of: one may contain
    itself.
    """
    if id(schema) in above:
        return
    demanded, above = demanded | set(schema.get("required", ())), (*above, id(schema))
    for name, inner in schema.get("properties", {}).items():
        yield Promised(name, name in demanded, _forms(inner))
        yield from _properties(inner, above=above)
    for part in _conjuncts(schema):
        yield from _properties(part, demanded, above)
    for part in (*_alternatives(schema), *_members(schema)):
        yield from _properties(part, above=above)


def _forms(schema: Node) -> list[Node]:
    """The schema with what it refers to, combines and contains, but for properties."""
    inner = (*_conjuncts(schema), *_alternatives(schema), *_members(schema))
    return [schema, *(form for each in inner for form in _forms(each))]


def _conjuncts(schema: Node) -> Iterator[Node]:
    """Schemas that hold together with this one."""
    if "$ref" in schema:
        yield resolve(DOCUMENT, {"$ref": schema["$ref"]})
    yield from schema.get("allOf", ())


def _alternatives(schema: Node) -> Iterator[Node]:
    yield from (*schema.get("anyOf", ()), *schema.get("oneOf", ()))


def _members(schema: Node) -> Iterator[Node]:
    yield from (schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict))
