"""What a recipe tells of a shop's community, by either version of the API, as rows that both versions read.

An account is told as a Creator (version 1) or a SocialProfile (2), an item as a MediaItem (1) or an Item (2); the same
thing told twice is one row, and what was told first of it holds. Numbers, UUIDs and owners that nobody tells follow
from what is told: numbers rise from the last object to the first, as lists of version 2 begin with the highest ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson

from emulator.vendors.archive import readings, rows, tables
from emulator.vendors.archive.readings import Reading
from emulator.vendors.archive.workspace.items.engagement import Figures
from emulator.world import ids, instant
from emulator.world.population import Recipe
from emulator.world.projection import Projected

Told = Mapping[str, Any]

_FIRST_NUMBER: Final = 2**30  # of accounts and people, above those of populations
_FIRST_ITEM: Final = 10**17  # of items that have no number, above those that are captured later

_COUNTS: Final = ("likes", "comments", "views", "shares", "impressions", "earnedMediaValue")
_HOMES: Final = {"INSTAGRAM": "https://www.instagram.com/{}/", "TIKTOK": "https://www.tiktok.com/@{}"}
_HOMES_ELSEWHERE: Final = "https://www.youtube.com/@{}"
_FILMS: Final = {"REEL", "TIKTOK", "SHORT"}


@dataclass
class Account:
    """`first` and `second` are what the versions tell of it; `person` is the UUID of its owner, if that is told."""

    place: int
    first: dict[str, Any] = field(default_factory=dict)
    second: dict[str, Any] = field(default_factory=dict)
    person: str | None = None

    @property
    def name(self) -> str:
        return str(_either(self.first.get("accountName"), self.second.get("accountName")))

    @property
    def provider(self) -> str:
        return str(_either(self.first.get("provider"), self.second.get("provider")))

    @property
    def uuid(self) -> str:
        told = self.second.get("id")
        return str(told) if told else ids.uuid(0, "archive own account", self.provider, self.name.lower())

    @property
    def number(self) -> int:
        told = self.first.get("id")
        return int(told) if told else _FIRST_NUMBER + self.place

    @property
    def owner(self) -> str:
        return self.person or ids.uuid(0, "archive own person", self.uuid)

    @property
    def followers(self) -> int:
        return int(_either(self.second.get("followers"), self.first.get("followersCount"), 0))


class Community:
    """All that is told, collected from the last object to the first; accounts by themselves are told for certain."""

    def __init__(self, objects: Mapping[str, Sequence[Told]]) -> None:
        self._accounts: dict[tuple[str, str], Account] = {}
        self._people: dict[str, Any] = {}
        self._items: dict[int, tuple[Account, dict[str, Any], dict[str, Any]]] = {}
        told = {kind: bodies[::-1] for kind, bodies in objects.items()}
        for body in told.get("media_items", ()):
            self._item(number_of(body), self._first(body["creator"], body["provider"]), first=body)
        for body in told.get("items", ()):
            account = self._second(body["socialProfile"], body["provider"], body.get("creator"))
            self._item(number_of(body), account, second=body)
        for body in told.get("creators", ()):
            if "accountName" in body:
                self._first(body, body["provider"])
            else:
                self._person(body)
        for body in told.get("social_profiles", ()):
            self._second(body, body["provider"], None)

    def rows(self, shop: int) -> Projected:
        people = self._people | {each.owner: {} for each in self._accounts.values() if each.owner not in self._people}
        numbers = {uuid: number for number, uuid in enumerate(people, _FIRST_NUMBER)}
        for uuid, attributes in people.items():
            yield tables.people, _person_row(shop, uuid, numbers[uuid], attributes)
        for account in self._accounts.values():
            yield tables.creators, {**_account_row(shop, account), "person_id": numbers[account.owner]}
        for number, (account, *told) in self._items.items():
            yield tables.media_items, {**_item_row(shop, number, account, *told), "person_id": numbers[account.owner]}

    def _account(self, name: str, provider: str) -> Account:
        return self._accounts.setdefault((provider, name.lower()), Account(len(self._accounts)))

    def _first(self, creator: Told, provider: str) -> Account:
        account = self._account(creator["accountName"], provider)
        account.first |= {**creator, "provider": provider}
        return account

    def _second(self, profile: Told, provider: str, owner: Told | None) -> Account:
        owner = owner or profile.get("creator") or {}
        if owner.get("id"):
            self._person(owner)
        account = self._account(profile["accountName"], provider)
        account.second |= {**{key: each for key, each in profile.items() if key != "creator"}, "provider": provider}
        account.person = owner.get("id") or account.person
        return account

    def _person(self, creator: Told) -> None:
        """A creator of version 2, with its accounts."""
        self._people.setdefault(creator["id"], {})  # in the order of first mention
        if "customAttributes" in creator:
            self._people[creator["id"]] = creator["customAttributes"]
        for profile in creator.get("socialProfiles", ()):
            self._second(profile, profile["provider"], {"id": creator["id"]})

    def _item(self, number: int, account: Account, *, first: Told | None = None, second: Told | None = None) -> None:
        _, one, other = self._items.get(number, (account, {}, {}))
        self._items[number] = account, {**one, **(first or {})}, {**other, **(second or {})}


def projected(recipe: Recipe, objects: Mapping[str, Sequence[Told]]) -> Projected:
    """They are in the first shop."""
    if recipe.shops:
        yield from Community(objects).rows(recipe.shops[0].id)


def number_of(item: Told) -> int:
    """Of an item of either version: what version 1 calls its id."""
    told = item.get("mediaItemId", item["id"])
    return (
        int(told) if told.isdigit() else _FIRST_ITEM + int(ids.hexadecimal(0, "archive own item", told, digits=12), 16)
    )


def _account_row(shop: int, account: Account) -> dict[str, Any]:
    first, second = account.first, account.second
    verified = _either(second.get("verified"), first.get("verified"), False)
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


def _either(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)
