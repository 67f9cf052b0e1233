"""InsightIQ, made wrong."""

from collections.abc import Sequence
from typing import Any

from emulator.check.plan import Level
from tests.check.changes import (
    Gone,
    as_text,
    at,
    body,
    both,
    drop,
    header,
    in_webhook,
    once,
    put,
    shifted,
    status,
    without,
)
from tests.check.mutating import Answer, Answering, Ask, Asking, Deliver, Delivering, Mutation

OLD = "2021-12-13T07:54:41.078254"
ERRORS = range(400, 500)
JOBS = {
    "create_profile_analytics": "get_profile_analytics",
    "create_contents_fetch": "get_contents_fetch",
    "create_audience_overlap": "get_audience_overlap",
    "create_comments_fetch": "get_comments_fetch",
    "create_search_export": "get_search_export",
}


def _row(
    level: Level,
    on: str,
    name: str,
    answer: Answer | None = None,
    ask: Ask | None = None,
    deliver: Deliver | None = None,
    only: Sequence[str] = (),
) -> Mutation:
    return Mutation(f"{on}: {name}", "insightiq", level, on.split(" "), ask, answer, deliver, only)


def _rotated(rows: Any) -> Any:
    return rows[1:] + rows[:1]


def _same_request_id(_: Asking, answering: Answering) -> None:
    answering.headers["request-id"] = "3f0c2a7e-5f3b-4b6e-9d1a-0c7c2b1f8e54"


def _accepting(operation_status: int) -> Answer:
    """Whatever is wrong with a request, it is answered with a success."""

    def change(_: Asking, answering: Answering) -> None:
        if answering.status == 400:
            answering.status, answering.body = operation_status, b"{}"

    return change


def _remembering() -> Answer:
    """Refused for its rate, a request gets the last good answer."""
    kept: list[bytes] = []

    def change(_: Asking, answering: Answering) -> None:
        if answering.status == 200:
            kept.append(answering.body)
        elif answering.status == 429:
            answering.status, answering.body = 200, kept[-1]

    return change


def _one_later(asking: Asking) -> None:
    asking.query["offset"] = str(int(asking.query.get("offset", "0")) + 1)


def _nothing_filtered(asking: Asking, answering: Answering) -> None:
    if "user_id" in asking.query and answering.status == 200:
        answering.json = {**answering.json, "data": []}


def _kept_back(_: Asking, answering: Answering) -> None:
    """An account that is in no list, and shifts none."""
    if answering.status == 200 and answering.json["metadata"]["offset"] == 51:
        answering.json = {**answering.json, "data": []}


def _duplicate(_: Asking, answering: Answering) -> None:
    if b"user_exists" in answering.body:
        answering.status = 409


def _until_known() -> Answer:
    """Every other answer lacks the object that was asked for."""
    return once(lambda asking, answering: put("data", [])(asking, answering))


def _renamed(delivering: Delivering) -> None:
    delivering.headers["phyllo-signatures"] = delivering.headers.pop("webhook-signatures")


def _unsigned(delivering: Delivering) -> None:
    delivering.headers.pop("webhook-signatures")


def _wrongly_signed(delivering: Delivering) -> None:
    delivering.headers["webhook-signatures"] = "0" * 64


def _upper_signed(delivering: Delivering) -> None:
    delivering.headers["webhook-signatures"] = delivering.headers["webhook-signatures"].upper()


def _twice(delivering: Delivering) -> None:
    delivering.times = 2


def _never(delivering: Delivering) -> None:
    delivering.times = 0


def _as_text(delivering: Delivering) -> None:
    delivering.headers["content-type"] = "text/plain"


def _unique(asking: Asking) -> None:
    """The server sees an external id that nobody has."""
    given = asking.json
    if isinstance(given, dict) and given.get("name") == "Somebody else":
        asking.json = {**given, "external_id": f"{given['external_id']}-2"}


def _harmless(asking: Asking) -> None:
    """The server is asked to read something instead."""
    asking.method = "GET"
    asking.path, asking.body = "/v1/webhooks", b""


def _everything(asking: Asking) -> None:
    given = asking.json
    if isinstance(given, dict) and isinstance(given.get("events"), list) and len(given["events"]) == 1:
        asking.json = {**given, "events": ["ACCOUNTS.CONNECTED", "SESSION.EXPIRED", *given["events"]]}


def _else(asking: Asking) -> None:
    given = asking.json
    if isinstance(given, dict) and isinstance(given.get("events"), list) and len(given["events"]) == 1:
        asking.json = {**given, "events": ["PAYOUTS.ADDED"]}


R: Level = "responses"
B: Level = "behaviour"

SHAPES = [
    _row(R, "list_users", "a name is a number", put("data.*.name", 7)),
    _row(R, "list_users", "the list is an object", put("data", {})),
    _row(R, "list_users", "metadata is missing", drop("metadata")),
    _row(R, "list_users", "an id is no uuid", put("data.*.id", "42")),
    _row(R, "list_users", "a moment has a zone and blanks", put("data.*.created_at", "2021-12-13 07:54:41+00:00")),
    _row(R, "list_users", "the limit in metadata is a text", as_text("metadata.limit")),
    _row(R, "get_user", "the id is null", put("id", None)),
    _row(R, "get_user", "an unknown status", put("status", "SLEEPING")),
    _row(R, "get_user", "the id is missing", drop("id")),
    _row(R, "get_user", "the body is an array", at("", lambda user: [user])),
    _row(R, "get_user", "the body is null", body(b"null")),
    _row(R, "get_user", "the body is cut off", body(b'{"id": "b0562ead')),
    _row(R, "get_user", "the body is empty", body(b"")),
    _row(R, "get_user", "a key that nobody documents", put("colour", "red")),
    _row(R, "get_user", "the keys stand in another order", at("", lambda user: dict(reversed(user.items())))),
    _row(R, "get_user", "the media type is HTML", header("content-type", "text/html")),
    _row(R, "get_user", "the media type is missing", header("content-type", None)),
    _row(R, "get_user", "the request id is missing", header("request-id", None)),
    _row(R, "get_user", "the request id is no uuid", header("request-id", "42")),
    _row(R, "get_user", "201 for a read", status(201)),
    _row(R, "get_user", "500", status(500)),
    _row(R, "get_user", "a redirection", status(302)),
    _row(R, "get_user", "404 for a known id", status(404)),
    _row(R, "create_user", "200 for something new", status(200)),
    _row(R, "create_user", "the answer has no id", drop("id")),
    _row(R, "create_link", "the link is no text", put("microsite_url", 1)),
    _row(R, "create_sdk_token", "the token is missing", drop("sdk_token")),
    _row(R, "create_sdk_token", "expires_at is a number", put("expires_at", 1700000000)),
    _row(R, "list_accounts", "the user is a text", put("data.*.user", "Ada")),
    _row(R, "list_accounts", "an unknown status", put("data.*.status", "MAYBE")),
    _row(R, "list_accounts", "the work platform is missing", drop("data.*.work_platform")),
    _row(R, "get_account", "the user name is a number", put("username", 1)),
    _row(R, "get_account", "data is an array", put("data", [])),
    _row(R, "disconnect_account", "202", status(202)),
    _row(R, "list_work_platforms", "the category is unknown", put("data.*.category", "SPACE")),
    _row(R, "list_work_platforms", "a product is a text", put("data.*.products.identity", "yes")),
    _row(R, "get_work_platform", "the status is missing", drop("status")),
    _row(R, "get_profile", "a work platform without id", drop("work_platform.id")),
    _row(R, "get_profile", "the reputation is a text", put("reputation", "good")),
    _row(R, "refresh_profile", "200 for what is only accepted", status(200)),
    _row(R, "get_audience", "countries is an object", put("countries", {})),
    _row(R, "get_audience", "a share is a text", put("countries.*.value", "12 %")),
    _row(R, "list_contents", "the engagement is missing", drop("data.*.engagement")),
    _row(R, "list_contents", "an unknown type", put("data.*.type", "SCROLL")),
    _row(R, "list_contents", "a figure is a text", put("data.*.engagement.like_count", "many")),
    _row(R, "list_contents", "a figure is a fraction", put("data.*.engagement.like_count", 1.5)),
    _row(R, "get_content", "the address is a number", put("url", 9)),
    _row(R, "search_contents", "the list is missing", drop("data")),
    _row(R, "list_content_groups", "the account is null", put("data.*.account", None)),
    _row(R, "list_publication_contents", "the list is null", put("data", None)),
    _row(R, "list_comments", "the text is a number", put("data.*.text", 1)),
    _row(R, "list_activity_artists", "the list is a text", put("data", "none")),
    _row(R, "list_activity_contents", "an id is missing", drop("data.*.id")),
    _row(R, "search_creator_profiles", "the follower count is a text", put("data.*.follower_count", "1k")),
    _row(R, "search_creator_profiles", "the work platform is a text", put("data.*.work_platform", "Instagram")),
    _row(R, "list_userhandles", "the list is missing", at("", lambda _: {})),
    _row(R, "list_locations", "a location is a text", put("locations.0", "Berlin")),
    _row(R, "list_languages", "the answer is an array of numbers", at("", lambda _: [1, 2])),
    _row(R, "get_live_profile", "the user name is missing", drop("platform_username")),
    _row(R, "get_contact_info", "the body is a text", body(b'"none"')),
    _row(R, "fetch_profile_analytics", "the profile is missing", drop("profile")),
    _row(R, "fetch_profile_analytics", "the follower count is a text", put("profile.follower_count", "many")),
    _row(R, "search_professional_profiles", "the list is an object", put("data", {"0": {}})),
    _row(R, "get_professional_analytics", "the body is an array", at("", lambda report: [report])),
    _row(R, "fetch_contents", "a moment is a number", put("data.*.published_at", 1700000000)),
    _row(R, "list_content_comments", "the list is missing", drop("data")),
    _row(R, "create_profile_analytics", "an unknown status", put("status", "DOING")),
    _row(R, "create_contents_fetch", "the id is missing", drop("id")),
    _row(R, "create_webhook", "is_active is a text", put("is_active", "yes")),
    _row(R, "create_webhook", "an unknown event", put("events", ["NOTHING.HAPPENED"])),
    _row(R, "update_webhook", "the events are missing", drop("events")),
    _row(R, "delete_webhook", "200 with a body", status(200)),
    _row(R, "delete_webhook", "204 with a body", body(b"{}")),
    _row(R, "send_mock_event", "the data is missing", drop("data")),
]

ERROR_BODIES = [
    _row(B, "get_user", "an unknown id gets 200", status(200, [404])),
    _row(B, "get_user", "an unknown id gets 400", status(400, [404])),
    _row(B, "get_profile", "the error is bare", at("", lambda whole: whole["error"], ERRORS)),
    _row(B, "get_account", "the error has no code", drop("error.error_code", ERRORS)),
    _row(B, "get_account", "the error's code is an unknown one", put("error.code", "oops", ERRORS)),
    _row(B, "get_content", "the code is of another kind of id", put("error.code", "incorrect_user_id", ERRORS)),
    _row(B, "get_account", "the error says another status", put("error.http_status_code", 500, ERRORS)),
    _row(B, "get_account", "the older status is another one", put("error.status_code", 418, ERRORS)),
    _row(
        B,
        "get_account",
        "the error has another request id",
        put("error.request_id", "3f0c2a7e-5f3b-4b6e-9d1a-0c7c2b1f8e54", ERRORS),
    ),
    _row(B, "get_account", "the error comes without request id", header("request-id", None, ERRORS)),
    _row(B, "get_account", "the error is plain text", body(b"not found", ERRORS)),
    _row(B, "get_account", "the message is missing", drop("error.message", ERRORS)),
    _row(B, "list_users", "401 becomes 403", status(403, [401])),
    _row(B, "list_users", "401 becomes 200", status(200, [401])),
    _row(B, "list_accounts", "the 401 has no body", body(b"", [401])),
    _row(B, "create_user", "400 becomes 422", status(422, [400])),
    _row(
        B, "create_user", "what is missing is not named", put("error.message", "Request is missing something.", [400])
    ),
    _row(B, "create_user", "a duplicate gets 409", _duplicate),
    _row(B, "get_user", "the same request id every time", _same_request_id),
    _row(B, "create_webhook", "bad webhooks are taken", _accepting(201)),
    _row(B, "list_users", "bad limits are taken", _accepting(200)),
    _row(B, "list_profiles", "bad ids are taken", _accepting(200)),
    _row(B, "search_creator_profiles", "bad searches are taken", _accepting(200)),
    _row(B, "create_profile_analytics", "a job without identifier is taken", _accepting(202)),
    _row(B, "get_audience", "an unknown account has an audience", status(200, [404])),
]

LISTS = [
    _row(B, "list_users", "pages begin one too late", ask=shifted("offset", 1)),
    _row(B, "list_users", "pages begin one too early", ask=shifted("offset", -1)),
    _row(B, "list_users", "pages hold one more", ask=shifted("limit", 1)),
    _row(B, "list_users", "pages hold one less", ask=shifted("limit", -1)),
    _row(B, "list_users", "the offset is ignored", ask=without("offset")),
    _row(B, "list_users", "the limit is ignored", ask=without("limit")),
    _row(B, "list_users", "the default page has one object less", at("data", lambda rows: rows[:9])),
    _row(B, "list_accounts", "an object comes twice", at("data", lambda rows: rows + rows[:1])),
    _row(B, "list_accounts", "one account is kept back for good", _kept_back),
    _row(B, "list_accounts", "every second page is empty", _until_known()),
    _row(B, "list_contents", "the last object is missing", at("data", lambda rows: rows[:-1])),
    _row(B, "list_profiles", "the offset is told wrongly", put("metadata.offset", 7)),
    _row(B, "list_profiles", "the limit is told wrongly", put("metadata.limit", 99)),
    _row(B, "list_profiles", "nothing is told", put("metadata", {"limit": None, "offset": None})),
    _row(B, "list_accounts", "the order is turned around", at("data", lambda rows: rows[::-1])),
    _row(B, "list_contents", "the order is shuffled", at("data", _rotated)),
    _row(B, "search_creator_profiles", "the order is turned around", at("data", lambda rows: rows[::-1])),
    _row(B, "search_creator_profiles", "pages begin one too late", ask=shifted("offset", 1)),
    _row(B, "search_creator_profiles", "the filter on followers is ignored", ask=without("follower_count")),
    _row(B, "list_locations", "the offset is ignored", ask=without("offset")),
    _row(B, "list_work_platforms", "the name is ignored", ask=without("name")),
    _row(B, "list_users", "the external id is ignored", ask=without("external_id")),
    _row(B, "list_accounts", "the user is ignored", ask=without("user_id")),
    _row(B, "list_accounts", "the work platform is ignored", ask=without("work_platform_id")),
    _row(B, "list_profiles", "the account is ignored", ask=without("account_id")),
    _row(B, "list_contents", "the first day is ignored", ask=without("from_date")),
    _row(B, "list_contents", "the last day is ignored", ask=without("to_date")),
    _row(B, "list_contents", "the ids are ignored", ask=without("ids")),
    _row(B, "list_comments", "the last day is ignored", ask=without("to_date")),
    _row(B, "list_accounts", "a filter leaves nothing", _nothing_filtered),
    _row(B, "list_accounts", "it is always empty", at("data", lambda _: [])),
    _row(B, "search_contents", "one of the ids is left out", at("data", lambda rows: rows[1:])),
    _row(B, "get_account", "it differs from the list", put("username", "somebody else")),
    _row(B, "get_content", "another object", put("id", "00000000-0000-4000-8000-000000000001")),
    _row(B, "get_profile", "every other answer differs", once(put("follower_count", 1))),
    _row(B, "list_accounts", "every other answer is shuffled", once(at("data", _rotated))),
]

JOURNEYS = [
    _row(B, "create_user", "the external id is another one", put("external_id", "another")),
    _row(B, "create_user", "a duplicate is made", ask=_unique),
    _row(
        B,
        "get_user_by_external_id",
        "somebody else",
        put("id", "00000000-0000-4000-8000-000000000001"),
        only=("create_user",),
    ),
    _row(B, "list_users", "what is new comes last", ask=_one_later, only=("create_user",)),
    _row(B, "update_webhook", "nothing is changed", ask=without("name"), only=("create_webhook",)),
    _row(
        B,
        "update_webhook",
        "it gets another id",
        put("id", "00000000-0000-4000-8000-000000000001"),
        only=("create_webhook",),
    ),
    _row(B, "delete_webhook", "it stays", ask=_harmless, only=("create_webhook",)),
    _row(B, "get_webhook", "its events are told wrongly", put("events", ["SESSION.EXPIRED"]), only=("create_webhook",)),
    _row(B, "get_account", "a disconnected one is connected", put("status", "CONNECTED"), only=("list_accounts",)),
    _row(B, "disconnect_account", "a second time is fine", status(200, [403]), only=("list_accounts",)),
    _row(B, "refresh_profile", "nothing is refreshed", ask=_harmless, only=("list_accounts",)),
    _row(
        B,
        "list_profiles get_profile",
        "the profile is never newer",
        both(put("updated_at", OLD), put("data.*.updated_at", OLD)),
        only=("list_accounts",),
    ),
]


JOB_ROWS = [
    *(
        _row(B, reading, "the job never ends", put("status", "IN_PROGRESS"), only=(reading,))
        for reading in JOBS.values()
    ),
    _row(B, "get_profile_analytics", "the job has ended at once", put("status", "SUCCESS")),
    _row(B, "get_profile_analytics", "the job fails", put("status", "FAILURE")),
    _row(B, "get_profile_analytics", "it is about another job", put("id", "00000000-0000-4000-8000-000000000001")),
    _row(B, "get_profile_analytics", "every other answer differs", once(put("profile.follower_count", 1))),
    _row(B, "get_contents_fetch", "the result is empty", put("data", [])),
    _row(B, "get_contents_fetch", "pages begin one too late", ask=shifted("offset", 1)),
    _row(B, "get_comments_fetch", "the limit is ignored", ask=without("limit")),
    _row(B, "get_search_export", "the offset is ignored", ask=without("offset")),
    _row(
        B,
        "create_audience_overlap",
        "it is done when it is accepted",
        put("status", "SUCCESS"),
        only=("get_audience_overlap",),
    ),
    _row(B, "create_contents_fetch", "200 instead of 202", status(200), only=("get_contents_fetch",)),
    _row(B, "create_email_lookup", "it has no id", put("id", None), only=("get_email_lookup",)),
]

LIMITS = [
    _row(B, "list_work_platforms", "the limit is not enforced", _remembering()),
    _row(B, "list_work_platforms", "Retry-After is missing", header("retry-after", None, [429])),
    _row(B, "list_work_platforms", "Retry-After is 0", header("retry-after", "0", [429])),
    _row(B, "list_work_platforms", "Retry-After is an hour", header("retry-after", "3600", [429])),
    _row(B, "list_work_platforms", "Retry-After is a text", header("retry-after", "soon", [429])),
    _row(B, "list_work_platforms", "503 for too many requests", status(503, [429])),
    _row(B, "list_work_platforms", "the error says nothing", body(b"{}", [429])),
]

HOOKS = [
    _row(B, "send_mock_event", "unsigned", deliver=_unsigned),
    _row(B, "send_mock_event", "signed wrongly", deliver=_wrongly_signed),
    _row(B, "send_mock_event", "signed in upper case", deliver=_upper_signed),
    _row(B, "send_mock_event", "signed under an older name", deliver=_renamed),
    _row(
        B, "send_mock_event", "the body is changed after signing", deliver=in_webhook("name", lambda name: f"{name}!")
    ),
    _row(B, "send_mock_event", "it carries no data", deliver=in_webhook("data", lambda _: Gone)),
    _row(B, "send_mock_event", "the id is missing", deliver=in_webhook("id", lambda _: Gone)),
    _row(B, "send_mock_event", "an event that is not documented", deliver=in_webhook("event", lambda _: "X.Y")),
    _row(
        B,
        "send_mock_event",
        "the same id every time",
        deliver=in_webhook("id", lambda _: "674c9030-640a-4c83-a680-666361044f67"),
    ),
    _row(B, "send_mock_event", "delivered twice", deliver=_twice),
    _row(B, "send_mock_event", "not delivered", deliver=_never),
    _row(B, "send_mock_event", "sent as text", deliver=_as_text),
    _row(B, "create_webhook", "subscribed to everything", ask=_everything, only=("send_mock_event",)),
    _row(B, "create_webhook", "subscribed to something else", ask=_else, only=("send_mock_event",)),
    _row(B, "get_contents_fetch", "the end is told without a signature", deliver=_unsigned),
    _row(B, "get_contents_fetch", "the end is told twice", deliver=_twice),
    _row(
        B,
        "get_profile_analytics",
        "a success is told as a failure",
        deliver=in_webhook("event", lambda event: event.replace("SUCCESS", "FAILURE")),
    ),
    _row(
        B,
        "get_profile_analytics",
        "another job is told of",
        deliver=in_webhook("data.job_id", lambda _: "674c9030-640a-4c83-a680-666361044f67"),
    ),
]


INSIGHTIQ = [*SHAPES, *ERROR_BODIES, *LISTS, *JOURNEYS, *JOB_ROWS, *LIMITS, *HOOKS]
