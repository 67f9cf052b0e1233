"""Contracts, made wrong: each change turns the document of a vendor into another one."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emulator.contract.document import Node, load


@dataclass(frozen=True)
class Misprint:
    """`edit` changes an OpenAPI document in place, or gives another text of an SDL file."""

    name: str
    vendor: str
    edit: Callable[[Any], Any]


def _schema(vendor: str, name: str) -> Callable[[Node], Any]:
    return lambda document: document["components"]["schemas"][name]


def _in(name: str, change: Callable[[Node], Any]) -> Callable[[Node], Any]:
    return lambda document: change(document["components"]["schemas"][name])


def _retyped(schema: str, name: str, kind: str) -> Callable[[Node], Any]:
    return _in(schema, lambda node: node["properties"][name].update(type=kind))


def _required(schema: str, name: str) -> Callable[[Node], Any]:
    return _in(schema, lambda node: node.setdefault("required", []).append(name))


def _sdl(before: str, after: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert re.search(before, text), before
        return re.sub(before, after, text, count=1)

    return edit


def copied(vendor: str) -> Node:
    return copy.deepcopy(load(vendor))


def _path(path: str, method: str) -> Callable[[Node], Node]:
    return lambda document: document["paths"][path][method]


DOCUMENTS = [
    Misprint("a user's name is a number", "insightiq", _retyped("User", "name", "integer")),
    Misprint("a user has to have a colour", "insightiq", _required("User", "colour")),
    Misprint(
        "an account's status is another one",
        "insightiq",
        _in("Account", lambda node: node["properties"].update(status={"enum": ["ON"]})),
    ),
    Misprint("a list is called results", "insightiq", _required("Users", "results")),
    Misprint("a schema has a type that there is not", "insightiq", _retyped("User", "name", "word")),
    Misprint(
        "an example breaks its schema", "insightiq", _in("Timestamp", lambda node: node.update(examples=["yesterday"]))
    ),
    Misprint(
        "an operation has no evidence",
        "insightiq",
        lambda document: document["paths"]["/v1/users"]["get"].pop("x-evidence"),
    ),
    Misprint(
        "an operation has no source",
        "insightiq",
        lambda document: document["paths"]["/v1/users"]["post"].pop("x-source"),
    ),
    Misprint(
        "a parameter of the path is not described",
        "insightiq",
        lambda document: document["paths"]["/v1/users/{id}"]["get"].update(parameters=[]),
    ),
    Misprint("the version of OpenAPI is an old one", "insightiq", lambda document: document.update(openapi="2.0")),
    Misprint(
        "a documented status is missing",
        "insightiq",
        lambda document: (
            document["paths"]["/v1/users"]["get"]["responses"].pop("200")
            and document["paths"]["/v1/users"]["get"]["responses"].update({"204": {"description": ""}})
        ),
    ),
    Misprint(
        "a documented operation is missing",
        "insightiq",
        lambda document: document["paths"].pop("/v1/audience") and document["paths"].pop("/v1/profiles"),
    ),
    Misprint("a pattern is none", "insightiq", _in("Timestamp", lambda node: node.update(pattern="("))),
    Misprint("a campaign's id is a text", "storyclash", _retyped("Campaign", "id", "string")),
    Misprint("a campaign has to have an owner", "storyclash", _required("Campaign", "owner")),
    Misprint("a post's date is a text", "storyclash", _retyped("Post", "date", "string")),
    Misprint("a creator has no followersCount", "archive", _sdl(r"  \"[^\"]*\"\n  followersCount: Int\n", "")),
    Misprint("a creator's id is a text", "archive", _sdl(r"(type Creator \{(?:.|\n)*?)  id: Int!", r"\1  id: String!")),
    Misprint(
        "a tag needs a colour", "archive", _sdl(r"(creatorAddTag\((?:.|\n)*?name: String!)", r"\1\n    colour: String!")
    ),
    Misprint("a tag has no id", "archive", _sdl(r"(type ShopLabel \{\n)(?:.|\n)*?  id: ID\n", r"\1")),
    Misprint("an event is missing", "archive", _sdl(r"  \"[^\"]*\"\n  MEDIA_ITEM_CREATED\n", "")),
    Misprint("evidence is an unknown word", "archive", _sdl(r"# evidence: assumed", "# evidence: believed")),
]
