"""Archive, made wrong."""

import json
from collections.abc import Sequence
from itertools import count
from typing import Any

from emulator.check.plan import Level
from tests.check.changes import Gone, argument, at, body, drop, header, in_webhook, once, put, status
from tests.check.mutating import Answer, Answering, Ask, Asking, Deliver, Delivering, Mutation

R: Level = "responses"
B: Level = "behaviour"
ITEMS = "data.mediaItems"
NUMBERS = count(1)


def _row(
    level: Level,
    on: str,
    name: str,
    answer: Answer | None = None,
    ask: Ask | None = None,
    only: Sequence[str] = (),
    deliver: Deliver | None = None,
) -> Mutation:
    ids = [each if each == "*" or "." in each else f"partners.{each}" for each in on.split(" ")]
    return Mutation(f"{on}: {name}", "archive", level, ids, ask, answer, deliver, [f"partners.{each}" for each in only])


def _filter(name: str) -> Ask:
    """The server does not see one of the filters."""
    return argument("filter", lambda given: {key: each for key, each in (given or {}).items() if key != name})


def _errors(edit: Any) -> Answer:
    def change(_: Asking, answering: Answering) -> None:
        told = answering.json
        if isinstance(told, dict) and isinstance(told.get("errors"), list):
            answering.json = {**told, "errors": [edit(each) for each in told["errors"]]}

    return change


def _silent(_: Asking, answering: Answering) -> None:
    """Errors are swallowed."""
    told = answering.json
    if isinstance(told, dict) and isinstance(told.get("errors"), list):
        answering.json = {"data": None}


def _half(_: Asking, answering: Answering) -> None:
    """Errors come with data."""
    told = answering.json
    if isinstance(told, dict) and isinstance(told.get("errors"), list):
        answering.json = {"data": {}, **told}


def _repeating(_: Asking, answering: Answering) -> None:
    """All cursors of a page are the first one's."""
    told = answering.json
    edges: list[Any] = (told.get("data") or {}).get("mediaItems", {}).get("edges") or []
    for edge in edges:
        edge["cursor"] = edges[0]["cursor"]
    answering.json = told


def _moving() -> Ask:
    """A cursor that was used before leads one object further."""
    seen: set[str] = set()

    def change(asking: Asking) -> None:
        given = asking.json
        after = (given.get("variables") or {}).get("after")
        if after in seen:
            given["variables"]["after"] = None
            asking.json = given
        if after:
            seen.add(after)

    return change


def _turned(_: Asking, answering: Answering) -> None:
    told = answering.json
    page = (told.get("data") or {}).get("mediaItems", {}).get("pageInfo") if isinstance(told, dict) else None
    if page and "startCursor" in page:
        page["endCursor"] = page["startCursor"]
        answering.json = told


def _undelivered(delivering: Delivering) -> None:
    delivering.times = 0


def _textual(delivering: Delivering) -> None:
    delivering.headers["content-type"] = "text/plain"


def _more(likes: int | None) -> int | None:
    return likes and likes + 1


def _reworded(before: str, after: str) -> Answer:
    def change(_: Asking, answering: Answering) -> None:
        answering.body = answering.body.replace(json.dumps(before)[1:-1].encode(), after.encode())

    return change


def _type(name: str, edit: Any) -> Answer:
    """Introspection tells something else of a type."""

    def change(_: Asking, answering: Answering) -> None:
        told = answering.json
        schema = (told.get("data") or {}).get("__schema") if isinstance(told, dict) else None
        for each in schema["types"] if schema else ():
            if each["name"] == name:
                edit(each)
        answering.json = told

    return change


def _without_field(name: str) -> Any:
    def edit(type_: Any) -> None:
        type_["fields"] = [each for each in type_["fields"] if each["name"] != name]

    return edit


def _without_value(name: str) -> Any:
    def edit(type_: Any) -> None:
        type_["enumValues"] = [each for each in type_["enumValues"] if each["name"] != name]

    return edit


def _nullable(name: str) -> Any:
    def edit(type_: Any) -> None:
        for each in type_["fields"]:
            if each["name"] == name and each["type"]["kind"] == "NON_NULL":
                each["type"] = each["type"]["ofType"]

    return edit


ARCHIVE = [
    _row(R, "mediaItems", "an id is a number", put(f"{ITEMS}.nodes.*.id", 7)),
    _row(R, "mediaItems", "an unknown type", put(f"{ITEMS}.nodes.*.type", "SCROLL")),
    _row(R, "mediaItems", "a provider in small letters", put(f"{ITEMS}.nodes.*.provider", "instagram")),
    _row(R, "mediaItems", "a moment is a number", put(f"{ITEMS}.nodes.*.takenAt", 1700000000)),
    _row(R, "mediaItems", "a moment without zone", put(f"{ITEMS}.nodes.*.takenAt", "2026-01-01 00:00:00")),
    _row(R, "mediaItems", "the creator is null", put(f"{ITEMS}.nodes.*.creator", None)),
    _row(R, "mediaItems", "the contents are null", put(f"{ITEMS}.nodes.*.contents", None)),
    _row(R, "mediaItems", "a content is null", put(f"{ITEMS}.nodes.*.contents.0", None)),
    _row(R, "mediaItems", "the hashtags are a text", put(f"{ITEMS}.nodes.*.hashtags", "#one")),
    _row(R, "mediaItems", "a mention is null", put(f"{ITEMS}.nodes.*.mentions", [None])),
    _row(R, "mediaItems", "the count is a text", put(f"{ITEMS}.totalCount", "12")),
    _row(R, "mediaItems", "the count is beyond 32 bits", put(f"{ITEMS}.totalCount", 3_000_000_000)),
    _row(R, "mediaItems", "the page is missing", drop(f"{ITEMS}.pageInfo")),
    _row(R, "mediaItems", "hasNextPage is null", put(f"{ITEMS}.pageInfo.hasNextPage", None)),
    _row(R, "mediaItems", "a key that was not asked for", put(f"{ITEMS}.nodes.*.likes", 7)),
    _row(R, "mediaItems", "a key that was asked for is missing", drop(f"{ITEMS}.nodes.*.caption")),
    _row(R, "mediaItems", "likes are one too many for good", at(f"{ITEMS}.nodes.*.engagement.*.likeCount", _more)),
    _row(R, "mediaItems", "the nodes are an object", put(f"{ITEMS}.nodes", {})),
    _row(R, "mediaItems", "everything is null, without an error", put("data", None)),
    _row(R, "mediaItems", "the envelope has another key", put("warnings", [])),
    _row(R, "mediaItems", "errors are an empty list", put("errors", [])),
    _row(R, "mediaItems", "the answer is an array", at("", lambda whole: [whole])),
    _row(R, "mediaItems", "the answer is no JSON", body(b"busy")),
    _row(R, "mediaItems", "the media type is HTML", header("content-type", "text/html")),
    _row(R, "mediaItems", "201", status(201)),
    _row(R, "mediaItems", "502", status(502)),
    _row(R, "creator", "the followers are a text", put("data.creator.followersCount", "many")),
    _row(R, "creator", "the followers are a fraction", put("data.creator.followersCount", 1.5)),
    _row(R, "creator", "authorized is null", put("data.creator.authorized", None)),
    _row(R, "creator", "authorized is a number", put("data.creator.authorized", 1)),
    _row(R, "creator", "a known creator is not found", put("data.creator", None)),
    _row(R, "creator", "the creator is a list", at("data.creator", lambda creator: [creator])),
    _row(R, "creatorPosts", "the connection is null", put("data.creatorPosts", None)),
    _row(R, "creatorAudienceReport", "the report is missing", drop("data.creatorAudienceReport.audienceReport")),
    _row(R, "mediaItem", "the id is null", put("data.mediaItem.id", None)),
    _row(R, "webhookSubscriptions", "the list is an object", put("data.webhookSubscriptions", {})),
    _row(R, "creatorAddTag", "the label is a text", put("data.creatorAddTag", "tag")),
    _row(R, "creatorTrackingStart", "the creator has no name", put("data.creatorTrackingStart.accountName", None)),
    _row(R, "mediaItemAddToCollection", "a text for true", put("data.mediaItemAddToCollection", "true")),
    _row(R, "webhookSubscriptionCreate", "an unknown event", put("data.webhookSubscriptionCreate.event", "SOMETHING")),
    _row(R, "webhookSubscriptionCreate", "the address is missing", drop("data.webhookSubscriptionCreate.callbackUrl")),
    _row(B, "mediaItems", "a page holds one more", ask=argument("first", lambda first: first + 1)),
    _row(B, "mediaItems", "a page holds one less", ask=argument("first", lambda first: first - 1)),
    _row(B, "mediaItems", "the cursor is ignored", ask=argument("after", lambda _: Gone)),
    _row(B, "mediaItems", "the cursor before is ignored", ask=argument("before", lambda _: Gone)),
    _row(B, "mediaItems", "last is ignored", ask=argument("last", lambda _: 1)),
    _row(B, "mediaItems", "first is ignored", ask=argument("first", lambda _: Gone)),
    _row(B, "mediaItems", "there is always more", put(f"{ITEMS}.pageInfo.hasNextPage", True)),
    _row(B, "mediaItems", "there is never more", put(f"{ITEMS}.pageInfo.hasNextPage", False)),
    _row(B, "mediaItems", "nothing precedes", put(f"{ITEMS}.pageInfo.hasPreviousPage", False)),
    _row(B, "mediaItems", "the count is that of the page", put(f"{ITEMS}.totalCount", 3)),
    _row(B, "mediaItems", "the end cursor is the start cursor", _turned),
    _row(B, "mediaItems", "all cursors are the same", _repeating),
    _row(
        B,
        "mediaItems",
        "the edges are others than the nodes",
        at(f"{ITEMS}.edges", lambda edges: edges and edges[::-1]),
    ),
    _row(B, "mediaItems", "the list is turned around", at(f"{ITEMS}.nodes", lambda nodes: nodes and nodes[::-1])),
    _row(B, "mediaItems", "a cursor leads elsewhere the second time", ask=_moving()),
    _row(B, "mediaItems", "every other answer differs", once(put(f"{ITEMS}.nodes.0.caption", "another"))),
    *(
        _row(B, "mediaItems", f"the filter {name} is ignored", ask=_filter(name))
        for name in ("itemTypes", "itemProviders", "creatorAccountName", "creatorVerified", "usageRightsStatus")
    ),
    _row(B, "mediaItems", "a filter leaves nothing", at(f"{ITEMS}.nodes", lambda _: [])),
    _row(B, "creatorPosts", "the cursor is ignored", ask=argument("after", lambda _: Gone)),
    _row(B, "creator", "another creator", put("data.creator.accountName", "somebody")),
    _row(B, "mediaItem", "another item", put("data.mediaItem.externalId", "1")),
    _row(B, "mediaItem", "by its other id, it is not found", ask=argument("externalId", lambda _: "1")),
    _row(B, "creator", "401 becomes 403", status(403, [401])),
    _row(B, "creator", "401 becomes 200", status(200, [401])),
    _row(B, "creator", "the 401 has a list of errors", put("errors", [{"message": "no"}], [401])),
    _row(B, "creator", "the 401 has no body", body(b"", [401])),
    _row(B, "* creator", "errors have no message", _errors(lambda error: {**error, "message": ""}), only=("creator",)),
    _row(B, "* creator", "errors have no code", _errors(lambda error: {**error, "extensions": {}}), only=("creator",)),
    _row(
        B,
        "* creator",
        "errors have other words",
        _reworded("doesn't exist on type", "is unknown on"),
        only=("creator",),
    ),
    _row(
        B, "* creator", "errors have no locations", _errors(lambda error: {**error, "locations": []}), only=("creator",)
    ),
    _row(B, "* creator", "errors have no path", _errors(lambda error: {**error, "path": []}), only=("creator",)),
    _row(B, "* creator", "errors are swallowed", _silent, only=("creator",)),
    _row(B, "* creator", "errors come with data", _half, only=("creator",)),
    _row(
        B, "* creator", "introspection lacks a field", _type("Creator", _without_field("verified")), only=("creator",)
    ),
    _row(B, "* creator", "introspection lacks a query", _type("Query", _without_field("mediaItem")), only=("creator",)),
    _row(B, "* creator", "introspection lacks a value", _type("TypesEnum", _without_value("STORY")), only=("creator",)),
    _row(
        B, "* creator", "introspection says that it may be null", _type("Creator", _nullable("id")), only=("creator",)
    ),
    *(
        _row(B, "webhookSubscriptionCreate", f"a webhook {name}", deliver=deliver)
        for name, deliver in {
            "has no creator": in_webhook("creator", lambda _: Gone),
            "is named as in GraphQL": in_webhook("taken_at", lambda _: Gone),
            "has a number for its id": in_webhook("id", int),
            "has an unknown type": in_webhook("type", lambda _: "SCROLL"),
            "has another key": in_webhook("colour", lambda _: "red"),
            "does not come": _undelivered,
            "comes as text": _textual,
        }.items()
    ),
    _row(R, "workspace.items", "an id is null", put("data.items.nodes.*.id", None)),
    _row(R, "workspace.items", "the nodes are missing", drop("data.items.nodes")),
    _row(R, "workspace.creators", "the page is null", put("data.creators.pageInfo", None)),
    _row(R, "workspace.workspace", "the workspace is a list", at("data.workspace", lambda found: [found])),
    _row(R, "workspace.createCollection", "the errors are null", put("data.createCollection.userErrors", None)),
    _row(B, "workspace.items", "the cursor is ignored", ask=argument("after", lambda _: Gone)),
    _row(B, "workspace.items", "there is never more", put("data.items.pageInfo.hasNextPage", False)),
    _row(B, "workspace.creators", "401 becomes 200", status(200, [401])),
    _row(B, "creatorAddTag", "every tag is a new one", at("data.creatorAddTag.id", lambda _: str(next(NUMBERS)))),
    _row(
        B,
        "webhookSubscriptionDelete",
        "nothing is deleted",
        put("data.webhookSubscriptionDelete", False),
        only=("webhookSubscriptionCreate",),
    ),
    _row(
        B,
        "webhookSubscriptions",
        "the event is ignored",
        ask=argument("event", lambda _: Gone),
        only=("webhookSubscriptionCreate",),
    ),
    _row(
        B,
        "webhookSubscriptions",
        "the list stays empty",
        put("data.webhookSubscriptions", []),
        only=("webhookSubscriptionCreate",),
    ),
    _row(B, "mediaItemAddToCollection", "it is not put there", put("data.mediaItemAddToCollection", False)),
]
