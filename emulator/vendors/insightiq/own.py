"""Objects that a recipe brings along: users, accounts, profiles and contents, shown as they are."""

from datetime import UTC, datetime
from typing import Any, Final

import orjson

from emulator.contract.component import component
from emulator.vendors.insightiq.comment_texts import Thread
from emulator.vendors.insightiq.growth import Growth
from emulator.vendors.insightiq.tables import connect, engagement, identity
from emulator.world import instant
from emulator.world.own import Own
from emulator.world.population.engagement import Engagement, Reception
from emulator.world.projection import Projected

_AT_ONCE: Final = 1.0  # seconds after which a content has all of its engagement, so that it stays as it is


def _users(body: dict[str, Any]) -> Projected:
    row = {"id": body["id"], "external_id": body["external_id"], "created_at": _instant(body["created_at"])}
    yield connect.users, {**row, "drawn": 0, "body": orjson.dumps(body)}


def _accounts(body: dict[str, Any]) -> Projected:
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


def _profiles(body: dict[str, Any]) -> Projected:
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


def _contents(body: dict[str, Any]) -> Projected:
    published = _instant(body["published_at"])
    reception = Reception(_engagement(body.get("engagement") or {}), _AT_ONCE, _AT_ONCE)
    growth = Growth(
        body["work_platform"]["name"], Thread(body["id"], "en", published, reception), int(body.get("duration") or 0)
    )
    row = {"id": body["id"], "account_id": body["account"]["id"], "published_at": published, "fetched": 1}
    yield engagement.contents, {**row, "growth": growth.packed(), "body": orjson.dumps(body)}


def _engagement(told: dict[str, Any]) -> Engagement:
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


def _needed(name: str, *paths: str) -> Any:
    """The contract does not ask for all that the object is found by."""
    by_contract = component("insightiq", name)

    def broken(body: Any) -> Any:
        problems = by_contract(body)
        lacking = [path for path in paths if not problems and _lacks(body, path)]
        return problems + [((), f"lacks {path}, by which it is found") for path in lacking]

    return broken


def _lacks(body: dict[str, Any], path: str) -> bool:
    outer, _, inner = path.partition(".")
    found = body.get(outer)
    return found is None or (bool(inner) and not isinstance(found, dict)) or (bool(inner) and found.get(inner) is None)


OBJECTS: Final = {
    "users": Own(_needed("User"), _users),
    "accounts": Own(_needed("Account", "user.id", "work_platform.id"), _accounts),
    "profiles": Own(_needed("Profile", "user.id", "account.id", "work_platform.id"), _profiles),
    "contents": Own(_needed("Content", "account.id", "work_platform.name"), _contents),
}
