"""The filters of a creator search: one function each, in one table, from a filter's value to a condition in SQL.

Where the documentation leaves open what a filter does, the contract's notes on it say what is assumed.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, literal, true

from emulator.contract.document import load
from emulator.refusal import Invalid, Violation
from emulator.vendors.insightiq import discovery_audience, discovery_livestreams, discovery_lookalikes
from emulator.vendors.insightiq.discovery_conditions import (
    Condition,
    Search,
    all_of,
    any_of,
    contains,
    has,
    number,
    percent,
    within,
)
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world import instant
from emulator.world.world import own

Filter = Callable[[Search, Any], Condition]

_KINDS: Final = {"VIDEOS": "video", "SHORTS": "shorts"}
_BRACKETS: Final = {"OVER_18": 18, "OVER_21": 21}


def matching(search: Search) -> Condition:
    """All filters of the request, those for other platforms left out. Raises Invalid."""
    conditions = [
        condition(search, search.asked[name])
        for name, condition in FILTERS.items()
        if name in search.asked and applies(name, search.platform.key)
    ]
    on_platform = profiles.c.work_platform_id == search.platform.id
    return all_of([own(profiles), on_platform, *conditions])


@cache
def applies(name: str, platform: str) -> bool:
    """Whether the contract has the filter for the platform."""
    schemas = load("insightiq")["components"]["schemas"]
    fields = schemas["SearchFilters"]["properties"] | schemas["SearchProfilesRequest"]["properties"]
    return platform in fields[name].get("x-platforms", [platform])


def figure(search: Search, kind: str) -> ColumnElement[Any]:
    """Average `likes` or `views`, on YouTube those of the kind of post asked for; there are no streams."""
    asked = search.asked.get("post_type", "ALL")
    if asked.startswith("ALL") or not applies("post_type", search.platform.key):
        return profiles.c[f"average_{kind}"]
    return profiles.c[f"{_KINDS[asked]}_{kind}"] if asked in _KINDS else literal(None)


def _range(column: str) -> Filter:
    return lambda _, span: within(profiles.c[column], span)


def _flag(column: str) -> Filter:
    """False keeps the profiles of which it is false."""
    return lambda _, wanted: profiles.c[column].is_(wanted)


def _only(column: str) -> Filter:
    """False, the default, restricts nothing."""
    return lambda _, wanted: profiles.c[column].is_(True) if wanted else true()


def _one_of(facet: str) -> Filter:
    """The names of things of which a profile has at least one; an empty list restricts nothing."""
    return lambda search, names: has(search, facet, names) if names else true()


def _tagged(facet: str, sign: str) -> Filter:
    def condition(search: Search, entries: list[dict[str, str]]) -> Condition:
        names = [entry["name"].removeprefix(sign) for entry in entries]
        return has(search, facet, names) if names else true()

    return condition


def _gender(_: Search, wanted: str) -> Condition:
    genders = {"ANY": (), "MALE_OR_FEMALE": ("MALE", "FEMALE")}.get(wanted, (wanted,))
    return profiles.c.gender.in_(genders) if genders else true()


def _platform_account_type(_: Search, wanted: str) -> Condition:
    if wanted == "ANY":
        return true()
    return profiles.c.platform_account_type == (None if wanted == "NULL" else wanted)


def _account_type(_: Search, wanted: list[str]) -> Condition:
    return true() if "ANY" in wanted or not wanted else profiles.c.account_type.in_(wanted)


def _language(_: Search, wanted: dict[str, str]) -> Condition:
    return profiles.c.language == wanted["code"].lower() if "code" in wanted else true()


def keywords(text: str) -> list[str]:
    """The key words, parted by commas or blanks."""
    return list(dict.fromkeys(text.replace(",", " ").casefold().split()))


def said(word: str) -> Condition:
    """On YouTube, what the videos say counts too."""
    return contains(profiles.c.biography, word) | contains(profiles.c.spoken, word)


def _description(_: Search, text: str) -> Condition:
    """One of the words is enough (assumed)."""
    words = keywords(text)
    return any_of(said(word) for word in words) if words else true()


def _contacts(search: Search, wanted: list[dict[str, str]]) -> Condition:
    """All that must be there, and one of those that should be."""
    must = [entry["type"] for entry in wanted if "type" in entry and entry.get("preference") == "MUST_HAVE"]
    should = [entry["type"] for entry in wanted if "type" in entry and entry.get("preference") != "MUST_HAVE"]
    conditions = [has(search, "contact", [contact]) for contact in must]
    return all_of([*conditions, has(search, "contact", should) if should else true()])


def _last_post(_: Search, text: str) -> Condition:
    """A moment without a zone is UTC. Raises Invalid for a day that no month has."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid([Violation("body", "last_post_timestamp", "format", f"{text} is no moment")]) from None
    return profiles.c.last_post >= instant.from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _engagement_rate(_: Search, wanted: dict[str, str]) -> Condition:
    return profiles.c.engagement_rate >= percent("engagement_rate.percentage_value", wanted["percentage_value"])


def _reels(_: Search, options: dict[str, Any]) -> Condition:
    return within(profiles.c.reel_views, options.get("reel_views", {}))


def _growth(column: str) -> Filter:
    """By how much the count has grown over the months; the growth of one month holds for all of them."""

    def condition(_: Search, wanted: dict[str, Any]) -> Condition:
        factor, months = 1 + number(wanted["percentage_value"]) / 100, number(wanted["interval"])
        if months <= 0 or factor <= 0:
            grown = literal(factor < 1)
        else:
            grown = 1 + profiles.c.monthly_growth > factor ** (1 / months)
        return grown & profiles.c[column].is_not(None)

    return condition


def _views_growth(_: Search, wanted: dict[str, Any]) -> Condition:
    """Without a share it restricts nothing; greater than, over one month, unless said otherwise."""
    if "percentage_value" not in wanted:
        return true()
    column, value = profiles.c[f"views_growth_{int(wanted.get('interval', 1))}"], number(wanted["percentage_value"])
    return column < value if wanted.get("operator", "GT").startswith("LT") else column > value


def _topics(search: Search, wanted: dict[str, Any]) -> Condition:
    names = wanted.get("name", [])
    return has(search, "topic", search.topics(names), least=wanted.get("threshold", 0.55) * 100) if names else true()


def _creator_locations(search: Search, ids: list[str]) -> Condition:
    return has(search, "creator_location", ids) if ids else true()


def _age_bracket(_: Search, wanted: str) -> Condition:
    return profiles.c.age >= _BRACKETS[wanted]


def _public(_: Search, wanted: bool) -> Condition:
    return profiles.c.is_private.is_(False) if wanted else true()


def _averages(kind: str) -> Filter:
    return lambda search, span: within(figure(search, kind), span)


# Not here, as they restrict nothing: post_type, which chooses figures; audience_source, as the population has one
# audience, whose likers, commenters and followers are alike; work_platform_id, sort_by, limit and offset.
FILTERS: Final[Mapping[str, Filter]] = {
    "follower_count": _range("follower_count"),
    "subscriber_count": _range("subscriber_count"),
    "content_count": _range("content_count"),
    "creator_gender": _gender,
    "creator_age": _range("age"),
    "description_keywords": _description,
    "is_verified": _flag("is_verified"),
    "has_contact_details": _flag("has_contact"),
    "specific_contact_details": _contacts,
    "last_post_timestamp": _last_post,
    "creator_language": _language,
    "creator_interests": _one_of("creator_interest"),
    "creator_brand_affinities": _one_of("creator_brand"),
    "average_likes": _averages("likes"),
    "average_views": _averages("views"),
    "engagement_rate": _engagement_rate,
    "has_sponsored_posts": _flag("is_sponsored"),
    "brand_sponsors": _one_of("sponsor"),
    "instagram_options": _reels,
    "creator_locations": _creator_locations,
    "follower_growth": _growth("follower_count"),
    "subscriber_growth": _growth("subscriber_count"),
    "bio_phrase": lambda _, text: contains(profiles.c.biography, text),
    "hashtags": _tagged("hashtag", "#"),
    "mentions": _tagged("mention", "@"),
    "topic_relevance": _topics,
    "creator_lookalikes": discovery_lookalikes.creators,
    "audience_lookalikes": discovery_lookalikes.audiences,
    "platform_account_type": _platform_account_type,
    "creator_account_type": _account_type,
    "total_engagements": _range("total_engagements"),
    "views_growth": _views_growth,
    "is_official_artist": _only("is_official_artist"),
    "has_audience_info": _only("has_audience"),
    "share_count": _range("share_count"),
    "save_count": _range("save_count"),
    "exclude_private_profiles": _public,
    "creator_age_bracket": _age_bracket,
    "livestream_options": discovery_livestreams.matching,
    **discovery_audience.FILTERS,
}
