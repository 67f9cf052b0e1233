"""Archive's second version, made wrong."""

from collections.abc import Sequence
from typing import Any

from emulator.check.plan import Level
from tests.check.changes import argument, at, drop, header, put, status
from tests.check.mutating import Answer, Answering, Ask, Asking, Mutation

R: Level = "responses"
B: Level = "behaviour"
REFRESH = "data.refetchEngagementBulk"
OPERATION = "data.operation"
DIALECT = ("campaigns",)  # the operation that the checks of the dialect are of


def _row(
    level: Level,
    on: str,
    name: str,
    answer: Answer | None = None,
    ask: Ask | None = None,
    only: Sequence[str] = (),
) -> Mutation:
    ids = [each if each == "*" else f"workspace.{each}" for each in on.split(" ")]
    return Mutation(
        f"v2 {on}: {name}", "archive", level, ids, ask, answer, None, [f"workspace.{each}" for each in only]
    )


def _reworded(before: str, after: str) -> Answer:
    def change(_: Asking, answering: Answering) -> None:
        answering.body = answering.body.replace(before.encode(), after.encode())

    return change


def _dialect(name: str, before: str, after: str) -> Mutation:
    return _row(B, "*", name, _reworded(before, after), only=DIALECT)


def _filter(name: str, inner: str = "") -> Ask:
    """The server does not see one of the filters, or one end of it."""

    def left(given: Any) -> Any:
        if inner and name in (given or {}):
            return {**given, name: {key: each for key, each in given[name].items() if key != inner}}
        return {key: each for key, each in (given or {}).items() if key != name}

    return argument("filter", left)


def _never_refusing() -> Answer:
    """Refused for its rate, a request gets the last good answer."""
    kept: list[bytes] = []

    def change(_: Asking, answering: Answering) -> None:
        if answering.status == 429:
            answering.status, answering.body = 200, kept[-1]
        else:
            kept.append(answering.body)

    return change


def _refusing_for_ever() -> Answer:
    """After the first refusal nothing else comes."""
    kept: list[bytes] = []

    def change(_: Asking, answering: Answering) -> None:
        if answering.status == 429:
            kept.append(answering.body)
        elif kept:
            answering.status, answering.body = 429, kept[-1]

    return change


def _early(_: Asking, answering: Answering) -> None:
    """Four requests in a second are answered, the fifth is not: 5 credits each, of 15,000."""
    if answering.headers.get("ratelimit", "").startswith('"growth";r=14975;'):
        answering.status = 429


def _hundred(asking: Asking) -> None:
    asking.body = asking.body.replace(b"first: 101", b"first: 100")


def _shallow(asking: Asking) -> None:
    """The server counts one level less."""
    asking.body = asking.body.replace(b"{socialProfiles {id}}", b"{id}")


def _ids(told: Any) -> list[str]:
    return [*told.get("pendingItemIds", ()), *told.get("succeededItemIds", ())]


def _workspaceless(asking: Asking) -> None:
    asking.headers.pop("workspace-id", None)


def _by_default(asking: Asking) -> None:
    """Whoever names no workspace, or an unknown one, gets a known one."""
    given = asking.headers.get("workspace-id", "")
    if given and not given.startswith("00000000"):
        _SEEN["id"] = given
    else:
        asking.headers["workspace-id"] = _SEEN.get("id", given)


_SEEN: dict[str, str] = {}

WORKSPACE = [
    _dialect("an unknown field has other words", "doesn't exist on type 'Item'", "is unknown on 'Item'"),
    _dialect("no suggestion", " (Did you mean `items`?)", ""),
    _dialect("the error for 101 on a page has other words", "must be less than or equal to 100", "is too much"),
    _row(B, "*", "101 on a page are as 100", ask=_hundred, only=DIALECT),
    _row(
        B,
        "*",
        "the error for 101 on a page has a code",
        _reworded('"path":["items"]}', '"path":["items"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}'),
        only=DIALECT,
    ),
    _dialect("a moment that is not in UTC has other words", "must be in UTC", "should be in UTC"),
    _dialect("a moment that is not in UTC has another code", "INTERNAL_SERVER_ERROR", "argumentLiteralsIncompatible"),
    _dialect("a variable's moment is not explained", "explanation", "reason"),
    _dialect("the depth is counted otherwise", "depth of 11, which exceeds max depth of 10", "depth of 12"),
    _row(B, "*", "eleven deep is answered", ask=_shallow, only=DIALECT),
    _dialect("a malformed cursor has other words", "Invalid cursor", "Bad cursor"),
    _dialect("a sort key that is none has another code", "argumentLiteralsIncompatible", "undefinedField"),
    _dialect("an unknown view has another code", '"NOT_FOUND"', '"WRONG_VIEW_TYPE"'),
    _dialect("a missing token has other words", "Missing or invalid authentication token", "Unauthorized"),
    _dialect("an unknown workspace has other words", "Shop not found", "Workspace not found"),
    _row(B, "*", "an unknown workspace is 401", status(401, [404]), only=DIALECT),
    _row(B, "*", "an unknown workspace is 200", status(200, [404]), only=DIALECT),
    _row(B, "*", "its errors are a list", put("errors", [{"message": "Shop not found"}], [404]), only=DIALECT),
    _row(B, "*", "an unknown workspace is some other", ask=_by_default, only=DIALECT),
    _row(B, "campaigns", "the workspace is not looked for", ask=_workspaceless),
    *(
        _row(B, "items", f"the filter {name} is ignored", ask=_filter(name))
        for name in ("provider", "accountNames", "ids", "verified", "socialProfileIds")
    ),
    *(
        _row(B, "items", f"the filter {name} has no {end}", ask=_filter(name, end))
        for name in ("takenAt", "followersCount")
        for end in ("from", "to")
    ),
    _row(B, "items", "a filter leaves one alone", at("data.items.nodes", lambda nodes: nodes and nodes[:1])),
    _row(B, "socialProfiles", "the filter platform is ignored", ask=_filter("platform")),
    *(
        _row(B, name, "another one is found", put(f"data.{name}.name", "somebody's"))
        for name in ("collection", "contentView", "creatorView", "socialProfileView", "viewGroup", "competitorBrand")
    ),
    _row(B, "socialProfile", "another one is found", put("data.socialProfile.accountName", "somebody")),
    _row(B, "creator", "another one is found", put("data.creator.id", "1")),
    _row(B, "socialProfile", "by its name, it is not found", ask=argument("accountName", lambda _: "nobody.at.all")),
    *(
        _row(B, "refetchEngagementBulk operation operations", name, change, only=("items",))
        for name, change in {
            "stories are counted": at(f"{REFRESH}.processedCount", lambda count: count and count + 1),
            "nothing is ever skipped": put(f"{REFRESH}.skippedItemIds", []),
            "there is no operation": put(f"{REFRESH}.operationId", None),
            "there is always an operation": at(f"{REFRESH}.operationId", lambda given: given or "op-1"),
            "it is done at once": put(f"{OPERATION}.status", "COMPLETED"),
            "it is never done": put(f"{OPERATION}.status", "PROCESSING"),
            "it is queued for ever": at(f"{OPERATION}.status", lambda now: "QUEUED" if now == "PROCESSING" else now),
            "pending ids are not told": put(f"{OPERATION}.pendingItemIds", []),
            "an id is in two lists": at(OPERATION, lambda told: told and {**told, "failedItemIds": _ids(told)[:1]}),
            "nothing counts as processed": put(f"{OPERATION}.processed", 0),
            "the time of its end is not told": put(f"{OPERATION}.completedAt", None),
            "the time of its end is told before": put(f"{OPERATION}.completedAt", "2026-01-01T00:00:00Z"),
            "it is of another type": put(f"{OPERATION}.operationType", "refresh"),
            "the list lacks it": put("data.operations.nodes", []),
        }.items()
    ),
    _row(R, "operation", "a status that there is not", put(f"{OPERATION}.status", "DONE")),
    _row(R, "operation", "the failed ids are missing", drop(f"{OPERATION}.failedItemIds")),
    _row(R, "operation", "a known operation is not found", put(OPERATION, None)),
    _row(R, "refetchEngagementBulk", "the count is a text", put(f"{REFRESH}.processedCount", "3")),
    _row(B, "collection", "the count stays 0", put("data.collection.itemCount", 0), only=("createCollection",)),
    _row(B, "items", "the filter collectionsIds is ignored", ask=_filter("collectionsIds"), only=("createCollection",)),
    _row(
        B,
        "deleteCollection",
        "nothing is told of what is gone",
        put("data.deleteCollection.deletedCollectionId", None),
        only=("createCollection",),
    ),
    _row(B, "collections", "the list stays empty", put("data.collections", []), only=("createCollection",)),
    _row(
        B,
        "addItemToCollections",
        "an unknown collection is none of its business",
        put("data.addItemToCollections.userErrors", []),
        only=("createCollection",),
    ),
    _row(
        B,
        "addItemToCollections",
        "its errors name another field",
        put("data.addItemToCollections.userErrors.*.field", ["itemId"]),
        only=("createCollection",),
    ),
    _row(
        B,
        "updateCollection",
        "the name stays",
        put("data.updateCollection.collection.name", "Contract suite"),
        only=("createCollection",),
    ),
    _row(
        B, "contentView", "it is in no group", put("data.contentView.group", {"id": "1"}), only=("createContentView",)
    ),
    _row(
        B,
        "moveContentViewToGroup",
        "it stays without a group",
        put("data.moveContentViewToGroup.contentView.group", None),
        only=("createContentView",),
    ),
    _row(
        B,
        "deleteViewGroup",
        "what was moved is not told",
        put("data.deleteViewGroup.movedViewIds", []),
        only=("createContentView",),
    ),
    _row(B, "contentViews", "the filter groupId is ignored", ask=_filter("groupId"), only=("createContentView",)),
    _row(B, "createContentView", "filters are not kept", put("data.createContentView.contentView.filters", {})),
    _row(
        B,
        "itemIdsByUrl",
        "the order is turned around",
        at("data.itemIdsByUrl", lambda rows: rows and rows[::-1]),
        only=("items",),
    ),
    _row(
        B,
        "itemIdsByUrl",
        "what is twice asked for comes once",
        at("data.itemIdsByUrl", lambda rows: rows and rows[:5]),
        only=("items",),
    ),
    _row(B, "itemIdsByUrl", "a bad address is not found", _reworded("INVALID_URL", "NOT_FOUND"), only=("items",)),
    _row(
        B, "itemIdsByUrl", "what is not found is a bad address", _reworded("NOT_FOUND", "INVALID_URL"), only=("items",)
    ),
    _row(B, "workspace", "the limit is not enforced", _never_refusing()),
    _row(B, "workspace", "the limit never opens again", _refusing_for_ever()),
    _row(B, "workspace", "the limit is one too low", _early),
    _row(B, "workspace", "a refusal has no Retry-After", header("retry-after", None, [429])),
    _row(B, "workspace", "a refusal has a fraction for Retry-After", header("retry-after", "0.4", [429])),
    _row(B, "workspace", "a refusal is 503", status(503, [429])),
    _row(B, "workspace", "a refusal is a text", put("errors", "Rate limit exceeded", [429])),
    _row(B, "workspace", "a refusal has other words", _reworded("Rate limit exceeded", "Too many requests")),
    _row(B, "workspace", "a refusal has another code", _reworded("RATE_LIMIT_EXCEEDED", "THROTTLED")),
    _row(B, "creators", "the policy is not told", header("ratelimit-policy", None)),
    _row(B, "creators", "the policy is of no plan", header("ratelimit-policy", '"growth";q=100;w=60')),
    _row(B, "items", "a page costs nothing", header("ratelimit", '"growth";r=15000;t=1767225601')),
    _row(B, "socialProfiles", "what is left is not told", header("ratelimit", None)),
]
