"""The community that a recipe tells of, as rows that both versions of the API read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import orjson

from emulator.vendors.archive import readings, rows, tables
from emulator.vendors.archive.own_community import FIRST_NUMBER, Account, Community, Told, either
from emulator.vendors.archive.readings import Reading
from emulator.vendors.archive.workspace.items.engagement import Figures
from emulator.world import ids, instant
from emulator.world.population import Recipe
from emulator.world.projection import Projected

_COUNTS: Final = ("likes", "comments", "views", "shares", "impressions", "earnedMediaValue")
_HOMES: Final = {"INSTAGRAM": "https://www.instagram.com/{}/", "TIKTOK": "https://www.tiktok.com/@{}"}
_HOMES_ELSEWHERE: Final = "https://www.youtube.com/@{}"
_FILMS: Final = {"REEL", "TIKTOK", "SHORT"}


def projected(recipe: Recipe, objects: Mapping[str, Sequence[Told]]) -> Projected:
    """They are in the first shop."""
    if not recipe.shops:
        return
    shop, told = recipe.shops[0].id, Community(objects)
    numbers = {uuid: number for number, uuid in enumerate(told.people, FIRST_NUMBER)}
    for uuid, attributes in told.people.items():
        yield tables.people, _person_row(shop, uuid, numbers[uuid], attributes)
    for account in told.accounts:
        yield tables.creators, {**_account_row(shop, account), "person_id": numbers[account.owner]}
    for number, (account, *versions) in told.items.items():
        row = _item_row(shop, number, account, *versions)
        yield tables.media_items, {**row, "person_id": numbers[account.owner]}


def _account_row(shop: int, account: Account) -> dict[str, Any]:
    first, second = account.first, account.second
    verified = either(second.get("verified"), first.get("verified"), False)
    return {
        "shop_id": shop,
        "id": account.number,
        "uuid": account.uuid,
        "account_name": account.name,
        "provider": account.provider,
        "verified": int(verified),
        "private": int(second.get("private", False)),
        "account_type": "BUSINESS" if second.get("proAccount") else "PERSONAL",
        "tracked": 1,
        "followers": account.followers,
        "monthly_growth": 0.0,
        "body": orjson.dumps(_creator(account)),
        "details": orjson.dumps([None, None, None, _home(account), second]),
    }


def _creator(account: Account) -> dict[str, Any]:
    """As version 1 shows it."""
    second = account.second
    usual = {
        "accountName": account.name,
        "authorized": False,
        "avatarUrl": second.get("avatar"),
        "biography": None,
        "followersCount": second.get("followers"),
        "followingCount": second.get("following"),
        "provider": account.provider,
        "verified": second.get("verified"),
    }
    return {**usual, **account.first, "id": account.number}


def _home(account: Account) -> str:
    return _HOMES.get(account.provider, _HOMES_ELSEWHERE).format(account.name)


def _person_row(shop: int, uuid: str, number: int, attributes: Told) -> dict[str, Any]:
    row = {"shop_id": shop, "id": number, "uuid": uuid, "facts": orjson.dumps({"given": attributes})}
    return {**row, **dict.fromkeys(("city", "region", "country", "country_name"), "")}


def _item_row(shop: int, number: int, account: Account, first: Told, second: Told) -> dict[str, Any]:
    told = {**second, **first}
    taken_at, provider = instant_of(told["takenAt"]), told["provider"]
    history = _history(taken_at, account, first, second)
    last = history[-1] if history else Reading(taken_at, *[None] * 6)
    row = {"shop_id": shop, "id": number, "creator_id": account.number, "provider": provider, "taken_at": taken_at}
    return {
        **row,
        "uuid": second.get("id") or ids.uuid(0, "archive own item", number),
        "external_id": told["externalId"],
        "type": _type(told),
        "content_type": _content_type(told, last),
        "usage_rights_status": first.get("usageRightsStatus"),
        "import_type": "AUTOMATIC",
        "tags": rows.tags(told.get("hashtags") or (), told.get("mentions") or ()),
        "url": second.get("originalUrl") or "",
        "seconds": 0,
        "audience": account.followers,
        **rows.counts(last),
        "recorded_until": instant.LATEST,  # so that counts come from the history, where they may be absent
        "history": readings.packed(history),
        "growth": readings.standing(last),
        "body": orjson.dumps(_body(number, told, first, second)),
    }


def _type(told: Told) -> str:
    """Version 2 calls a TikTok a post."""
    return "TIKTOK" if told["provider"] == "TIKTOK" and told["type"] == "POST" else str(told["type"])


def _content_type(told: Told, last: Reading) -> str:
    if files := told.get("contents"):
        return "VIDEO" if any(each.get("type") == "VIDEO" for each in files) else "IMAGE"
    return "VIDEO" if _type(told) in _FILMS or last.views is not None else "IMAGE"


def _body(number: int, told: Told, first: Told, second: Told) -> dict[str, Any]:
    """As version 1 shows it, and what version 2 shows beside that, or otherwise."""
    body = {
        "caption": told.get("caption"),
        "contents": [_file(nth, each) for nth, each in enumerate(first.get("contents", ()))],
        "externalId": told["externalId"],
        "hashtags": told.get("hashtags"),
        "id": str(number),
        "location": _whole(first.get("location"), ("address", "city", "lat", "lng", "name")),
        "mentions": told.get("mentions"),
        "provider": told["provider"],
        "takenAt": told["takenAt"],
        "type": _type(told),
        "usageRightsStatus": first.get("usageRightsStatus"),
    }
    given = {key: each for key, each in second.items() if key not in ("creator", "currentEngagement", "socialProfile")}
    if "location" in given:
        given["location"] = _whole(given["location"], ("city", "country", "formatted", "name", "state"))
    return {**body, "given": {"aiFilterReasons": [], "customAttributes": {}, "transcriptions": [], **given}}


def _file(nth: int, told: Told) -> dict[str, Any]:
    usual = {"contentUrl": None, "displayUrl": None, "height": None, "id": nth, "type": "IMAGE", "width": None}
    return {**usual, **told}


def _whole(told: Told | None, names: Sequence[str]) -> dict[str, Any] | None:
    return None if told is None else {**dict.fromkeys(names), **told}


def _history(taken_at: int, account: Account, first: Told, second: Told) -> list[Reading]:
    """Version 2 has figures without a moment: they are those of the last reading, or of one when the item was made."""
    rows_of_first = first.get("engagementHistory") or first.get("engagement") or ()
    found = sorted((_reading(each) for each in rows_of_first), key=lambda each: each.at)
    told = second.get("currentEngagement")
    if told is None:
        return found
    counts = [None if told.get(name) is None else int(told[name]) for name in _COUNTS]
    likes, comments, views, shares, impressions, worth = counts
    figures = Figures(likes, comments, views, shares, impressions, account.followers)
    label = told.get("linearViralityScore") or figures.score
    last = found[-1] if found else Reading(taken_at, likes, comments, views, views, shares, impressions)
    return [*found[:-1], last._replace(told=(*counts[:5], worth, label))]


def _reading(told: Told) -> Reading:
    """Version 2 shows plays as views."""
    views, plays = told.get("viewCount"), told.get("playCount")
    return Reading(instant_of(told["at"]), told.get("likeCount"), told.get("commentCount"), views, plays, None, None)


def instant_of(text: str) -> int:
    return instant.from_datetime(datetime.fromisoformat(text))
