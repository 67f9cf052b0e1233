"""Storyclash, made wrong."""

from collections.abc import Sequence
from typing import Any

from emulator.check.plan import Level
from tests.check.changes import Gone, at, body, drop, header, in_webhook, once, put, status, without
from tests.check.mutating import Answer, Answering, Ask, Asking, Deliver, Delivering, Mutation

R: Level = "responses"
B: Level = "behaviour"


def _row(
    level: Level, on: str, name: str, answer: Answer | None = None, ask: Ask | None = None, only: Sequence[str] = ()
) -> Mutation:
    return Mutation(f"{on}: {name}", "storyclash", level, [on], ask, answer, None, only)


def _first_page(asking: Asking) -> None:
    asking.query.pop("page", None)


def _told(message: str, other: str) -> Answer:
    """Another text in the place of one."""

    def change(_: Asking, answering: Answering) -> None:
        answering.body = answering.body.replace(message.encode(), other.encode())

    return change


def _remembering() -> Answer:
    """Refused for its rate, a request gets the last good answer."""
    kept: list[bytes] = []

    def change(_: Asking, answering: Answering) -> None:
        if b"Rate Limit" in answering.body:
            answering.body = kept[-1]
        elif b"campaign" in answering.body:
            kept.append(answering.body)

    return change


def _for_ever() -> Answer:
    """After the first good answer there are no others."""
    calls = [0]

    def change(_: Asking, answering: Answering) -> None:
        calls[0] += b"campaign" in answering.body
        if calls[0] > 1:
            answering.body = b'{"message":"Rate Limit reached"}'

    return change


def _undelivered(delivering: Delivering) -> None:
    delivering.times = 0


def _twice(delivering: Delivering) -> None:
    delivering.times = 2


def _without_last(campaign: Any) -> Any:
    """Whoever came last is not there."""
    creators = campaign.get("creators") if isinstance(campaign, dict) else None
    return {**campaign, "creators": creators[:8]} if creators else campaign


def _twofold(campaign: Any) -> Any:
    """Whoever is there is there once more, once somebody has come."""
    creators = campaign.get("creators") if isinstance(campaign, dict) else None
    return {**campaign, "creators": [*creators, *creators[8:]]} if creators else campaign


def _import(
    name: str, answer: Answer | None = None, ask: Ask | None = None, deliver: Deliver | None = None
) -> Mutation:
    return Mutation(f"import_creator: {name}", "storyclash", B, ["import_creator"], ask, answer, deliver)


IMPORT = [
    _import("the answer has another text", put("message", "Import started")),
    *(
        _row(B, "import_creator", f"other words than: {words}", _told(words, "is wrong"), only=("list_campaigns",))
        for words in (
            "set at least one platform name to import",
            "needs to be of type campaign report",
            "must be a JSON string",
            "Campaign not found",
        )
    ),
    _import("the limit is not enforced", _told("Rate Limit reached", "Import initiated")),
    _import("the campaign is ignored", ask=without("campaign")),
    _import("the address is ignored", ask=without("webhook")),
    _import("nobody is told", deliver=_undelivered),
    _import("it is told twice", deliver=_twice),
    *(
        _import(f"a callback {name}", deliver=deliver)
        for name, deliver in {
            "has the name of another status": in_webhook("statusName", lambda _: "PRIVATE"),
            "has the number of another status": in_webhook("status", lambda _: 301),
            "has the name in small letters": in_webhook("statusName", str.lower),
            "has no feed": in_webhook("feedId", lambda _: Gone),
            "has a text for its entry": in_webhook("entryId", str),
            "repeats nothing": in_webhook("requestData", lambda _: []),
            "repeats another name": in_webhook("requestData.0.instagramName", lambda _: "somebody"),
            "tells the token": in_webhook("requestData.0.token", lambda _: "a-token"),
        }.items()
    ),
    *(
        Mutation(
            f"get_campaign: {name}", "storyclash", B, ["get_campaign"], None, at("", edit), None, ["import_creator"]
        )
        for name, edit in {
            "an imported creator is not there": _without_last,
            "an imported creator is there twice": _twofold,
        }.items()
    ),
]

STORYCLASH = [
    *IMPORT,
    _row(R, "list_campaigns", "the list is an object", at("", lambda rows: {"data": rows})),
    _row(R, "list_campaigns", "a name is missing", drop("*.name")),
    _row(R, "list_campaigns", "an id is a text", put("*.id", "1234")),
    _row(R, "list_campaigns", "a third type", put("*.type", 3)),
    _row(R, "list_campaigns", "the period is a date", put("*.from", "2022-04-04")),
    _row(R, "list_campaigns", "an address is none", put("*.url", "campaign 1")),
    _row(R, "list_campaigns", "204", status(204)),
    _row(R, "list_campaigns", "the media type is plain text", header("content-type", "text/plain")),
    _row(R, "list_campaigns", "an empty body", body(b"")),
    _row(R, "get_campaign", "the posts are missing", drop("posts")),
    _row(R, "get_campaign", "the posts are null", put("posts", None)),
    _row(R, "get_campaign", "hasMoreResults is a text", put("hasMoreResults", "false")),
    _row(R, "get_campaign", "the campaign is a list", at("campaign", lambda campaign: [campaign])),
    _row(R, "get_campaign", "an unknown platform", put("posts.*.platform", "Myspace")),
    _row(R, "get_campaign", "an unknown kind of post", put("posts.*.type", "Scroll")),
    _row(R, "get_campaign", "a date is a text", put("posts.*.date", "2022-04-06")),
    _row(R, "get_campaign", "metrics are missing", drop("posts.*.metrics")),
    _row(R, "get_campaign", "the text is null", put("posts.*.text", None)),
    _row(R, "get_campaign", "creators are an object", put("creators", {})),
    _row(R, "get_campaign", "the tags are a text", put("posts.*.tags", "one, two")),
    _row(R, "get_campaign", "wrapped in a list", at("", lambda whole: [whole])),
    _row(R, "get_campaign", "500", status(500)),
    _row(R, "get_campaign", "a page of HTML", body(b"<html>busy</html>")),
    _row(B, "get_campaign", "from is ignored", ask=without("from")),
    _row(B, "get_campaign", "to is ignored", ask=without("to")),
    _row(B, "get_campaign", "the page is ignored", ask=_first_page),
    _row(B, "get_campaign", "posts are turned around", at("posts", lambda posts: posts[::-1])),
    _row(B, "get_campaign", "a token is not asked for", _told("Invalid API Key", "Welcome"), only=()),
    _row(B, "get_campaign", "a bad token gets an empty object", body(b"{}", range(200, 300)), only=()),
    _row(B, "list_campaigns", "a bad token gets an empty list", _told('{"message":"Invalid API Key"}', "[]")),
    _row(B, "get_campaign", "an unknown campaign is empty", _told('{"message":"Campaign not found"}', '{"posts":[]}')),
    _row(
        B, "get_campaign", "an error is a bare text", _told('{"message":"Campaign not found"}', '"Campaign not found"')
    ),
    _row(B, "get_campaign", "what is malformed is taken", _told('{"message":"Malformed', '{"posts":"Malformed')),
    _row(B, "get_campaign", "the hourly limit is not enforced", _remembering()),
    _row(B, "get_campaign", "the limit never opens again", _for_ever()),
    _row(B, "get_campaign", "every other answer differs", once(put("hasMoreResults", True))),
    _row(B, "get_campaign", "the campaign has another name", put("campaign.name", "Another"), only=("list_campaigns",)),
    _row(
        B,
        "list_campaigns",
        "the order is turned around",
        at("", lambda rows: rows[::-1] if isinstance(rows, list) else rows),
    ),
    _row(B, "get_campaign", "the error for a page too far has another text", _told("Page not found", "Nothing here")),
]
