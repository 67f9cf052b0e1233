"""Objects that a recipe brings along, shown as they are: users, accounts, and what accounts have told."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from sqlalchemy import Table

from emulator.contract.component import component
from emulator.vendors.insightiq import figures
from emulator.vendors.insightiq.comment_texts import Thread
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.tables import activity, connect, engagement, identity
from emulator.world import instant
from emulator.world.own import Own, Reference
from emulator.world.population.engagement import Engagement, Reception
from emulator.world.projection import Projected

Body = dict[str, Any]

_AT_ONCE: Final = 1.0  # seconds after which a content has all of its engagement, so that it stays as it is
_USER: Final = ("user", connect.users)
_ACCOUNT: Final = ("account", connect.accounts)
_CONTENT: Final = ("content", engagement.contents)
_PLATFORM: Final = ("work_platform", connect.work_platforms)


def _users(body: Body) -> Projected:
    row = {"id": body["id"], "external_id": body["external_id"], "created_at": _instant(body["created_at"])}
    yield connect.users, {**row, "drawn": 0, "body": orjson.dumps(body)}


def _accounts(body: Body) -> Projected:
    """Nothing synchronises it by itself, as there is nobody behind it."""
    yield (
        connect.accounts,
        {
            "id": body["id"],
            "user_id": body["user"]["id"],
            "work_platform_id": body["work_platform"]["id"],
            "status": body["status"],
            "reachable": int(body["status"] == "CONNECTED"),
            "updated_at": _instant(body["updated_at"]),
            "drawn": 0,
            "body": orjson.dumps(body),
        },
    )


def _profiles(body: Body) -> Projected:
    counted = body.get("reputation") or {}
    yield (
        identity.profiles,
        {
            "id": body["id"],
            "account_id": body["account"]["id"],
            "user_id": body["user"]["id"],
            "work_platform_id": body["work_platform"]["id"],
            "created_at": _instant(body["created_at"]),
            "fetched": 1,
            "followers": counted.get("follower_count") or counted.get("subscriber_count") or 0,
            "monthly_growth": 0.0,
            "counted_at": _instant(body["updated_at"]),
            "body": orjson.dumps(body),
        },
    )


def _audiences(body: Body) -> Projected:
    """No shares are known from which those of another week could follow."""
    row = {"account_id": body["account"]["id"], "updated_at": _instant(body["updated_at"]), "fetched": 1}
    yield identity.audiences, {**row, "profile": 0, "shares": b"{}", "body": orjson.dumps(body)}


def _contents(body: Body) -> Projected:
    yield engagement.contents, _item(body, body["work_platform"]["name"])


def _publications(body: Body) -> Projected:
    yield engagement.publications, _item(body, figures.NEWSLETTER)


def _groups(body: Body) -> Projected:
    yield engagement.content_groups, {**_published(body), "growth": b"null"}


def _comments(body: Body) -> Projected:
    row = {"id": body["id"], "content_id": body["content"]["id"], "published_at": _instant(body["published_at"])}
    yield engagement.comments, {**row, "body": orjson.dumps(body)}


def _heard(table: Table) -> Callable[[Body], Projected]:
    def rows(body: Body) -> Projected:
        row = {"id": body["id"], "account_id": body["account"]["id"], "updated_at": _instant(body["updated_at"])}
        yield table, {**row, "body": orjson.dumps(body)}

    return rows


def _item(body: Body, kind: str) -> Body:
    reception = Reception(_engagement(body.get("engagement") or {}), _AT_ONCE, _AT_ONCE)
    thread = Thread(body["id"], "en", _instant(body["published_at"]), reception)
    return {**_published(body), "growth": Growth(kind, thread, int(body.get("duration") or 0), told=True).packed()}


def _published(body: Body) -> Body:
    row = {"id": body["id"], "account_id": body["account"]["id"], "published_at": _instant(body["published_at"])}
    return {**row, "fetched": 1, "body": orjson.dumps(body)}


def _engagement(told: Body) -> Engagement:
    return Engagement(
        likes=told.get("like_count") or 0,
        comments=told.get("comment_count") or 0,
        shares=told.get("share_count") or 0,
        saves=told.get("save_count") or 0,
        views=told.get("view_count") or 0,
        plays=told.get("replay_count") or 0,
        impressions=told.get("impression_organic_count") or 0,
        reach=told.get("reach_organic_count") or 0,
    )


def _instant(text: str) -> int:
    """InsightIQ's times are UTC without a zone."""
    return instant.from_datetime(datetime.fromisoformat(text).replace(tzinfo=UTC))


def _needed(name: str, paths: Sequence[str]) -> Callable[[Any], Any]:
    """The contract does not ask for all that the object is found by."""
    by_contract = component("insightiq", name)

    def broken(body: Any) -> Any:
        problems = by_contract(body)
        lacking = [path for path in paths if not problems and _lacks(body, path)]
        return problems + [((), f"lacks {path}, by which it is found") for path in lacking]

    return broken


def _lacks(body: Body, path: str) -> bool:
    outer, _, inner = path.partition(".")
    found = body.get(outer)
    return found is None or (bool(inner) and not isinstance(found, dict)) or (bool(inner) and found.get(inner) is None)


def _own(name: str, rows: Callable[[Body], Projected], *others: tuple[str, Table], also: Sequence[str] = ()) -> Own:
    """`others` are those whom the object refers to, and has to."""

    def refers(body: Body) -> list[Reference]:
        return [Reference((key, "id"), table, body[key]["id"], everywhere=key == _PLATFORM[0]) for key, table in others]

    return Own(_needed(name, [*(f"{key}.id" for key, _ in others), *also]), rows, refers=refers)


OBJECTS: Final = {
    "users": _own("User", _users),
    "accounts": _own("Account", _accounts, _USER, _PLATFORM),
    "profiles": _own("Profile", _profiles, _USER, _ACCOUNT, _PLATFORM),
    "audiences": _own("ProfileAudience", _audiences, _ACCOUNT),
    "contents": _own("Content", _contents, _ACCOUNT, also=["work_platform.name"]),
    "content_groups": _own("ContentGroup", _groups, _ACCOUNT),
    "publications": _own("Content", _publications, _ACCOUNT, also=["user.id", "work_platform.id"]),
    "comments": _own("Comment", _comments, _ACCOUNT, _CONTENT),
    "activity_artists": _own("ActivityArtist", _heard(activity.artists), _ACCOUNT),
    "activity_contents": _own("ActivityContent", _heard(activity.contents), _ACCOUNT),
}
