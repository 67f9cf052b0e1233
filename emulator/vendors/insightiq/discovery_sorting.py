"""The orders of a creator search: one function per field; the greatest first, profiles without a value last.

A field whose filter is not given orders by followers, and so do profiles of the same value (assumed).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, case

from emulator.vendors.insightiq import discovery_lookalikes
from emulator.vendors.insightiq.discovery_audience import of_ages
from emulator.vendors.insightiq.discovery_conditions import Search, share
from emulator.vendors.insightiq.discovery_creators import keywords, said
from emulator.vendors.insightiq.discovery_figures import figure
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles

Value = Callable[[Search], ColumnElement[Any] | None]


def order(search: Search) -> list[ColumnElement[Any]]:
    value = _FIELDS[search.asked["sort_by"]["field"]](search)
    first = [] if value is None else [value.desc().nulls_last()]
    return [*first, profiles.c.followers.desc(), profiles.c.id]


def _column(name: str) -> Value:
    return lambda _: profiles.c[name]


def _description(search: Search) -> ColumnElement[Any] | None:
    """How many of the key words are found."""
    words = keywords(search.asked.get("description_keywords", ""))
    found = [case((said(word), 1), else_=0) for word in words]
    return sum(found[1:], start=found[0]) if found else None


def _views_growth(search: Search) -> ColumnElement[Any]:
    months = int(search.asked.get("views_growth", {}).get("interval", 1))
    return profiles.c[f"views_growth_{months}"]


def _named(field: str, facet: str, key: str | None = None) -> Value:
    """The sum of the shares of what the filter names; `key` is where an entry has the name."""

    def value(search: Search) -> ColumnElement[Any] | None:
        entries = search.asked.get(field, [])
        names = [entry if key is None else entry[key] for entry in entries if key is None or key in entry]
        return share(search, facet, names)

    return value


def _by_name(search: Search) -> ColumnElement[Any] | None:
    names = [entry["name"] for entry in search.asked.get("audience_location", []) if "name" in entry]
    return share(search, "audience_location", [place for name in names for place in search.places(name)])


def _interests(search: Search) -> ColumnElement[Any] | None:
    names = search.asked.get("audience_interests", [])
    names = names + [
        entry["value"] for entry in search.asked.get("audience_interest_affinities", []) if "value" in entry
    ]
    return share(search, "audience_interest", names)


def _ages(search: Search) -> ColumnElement[Any] | None:
    span = search.asked.get("audience_age")
    return None if span is None else of_ages(span)


def _alike(field: str, facet: str, things: Callable[[Search, str], list[str]]) -> Value:
    """The share of what the profile named is known for."""
    return lambda search: share(search, facet, things(search, search.asked[field])) if field in search.asked else None


def _topics(search: Search) -> ColumnElement[Any] | None:
    names = search.asked.get("topic_relevance", {}).get("name", [])
    return share(search, "topic", search.topics(names))


_FIELDS: Final[Mapping[str, Value]] = {
    "AVERAGE_LIKES": lambda search: figure(search, "likes"),
    "AVERAGE_LIKE": lambda search: figure(search, "likes"),
    "AVERAGE_VIEWS": lambda search: figure(search, "views"),
    "FOLLOWER_COUNT": _column("followers"),
    "ENGAGEMENT_RATE": _column("engagement_rate"),
    "DESCRIPTION": _description,
    "CONTENT_COUNT": _column("content_count"),
    "REELS_VIEWS": _column("reel_views"),
    "FOLLOWER_GROWTH": _column("monthly_growth"),
    "TOTAL_VIEWS_GROWTH": _views_growth,
    "TOTAL_LIKES_GROWTH": _column("likes_growth"),
    "AUDIENCE_LOCATIONS": _named("audience_locations", "audience_location", "location_id"),
    "AUDIENCE_LOCATION": _by_name,
    "AUDIENCE_LANGUAGE": _named("audience_language", "audience_language", "code"),
    "AUDIENCE_BRAND_AFFINITIES": _named("audience_brand_affinities", "audience_brand"),
    "AUDIENCE_INTERESTS": _interests,
    "AUDIENCE_AGE": _ages,
    "CREATOR_LOOKALIKES": _alike("creator_lookalikes", "topic", discovery_lookalikes.main_topic),
    "AUDIENCE_LOOKALIKES": _alike("audience_lookalikes", "audience_interest", discovery_lookalikes.main_interest),
    "TOPIC_RELEVANCE": _topics,
    "PEAK_VIEWERS": _column("peak_viewers"),
    "AVG_CONCURRENT_VIEWERS": _column("average_viewers"),
    "AIRTIME": _column("airtime"),
    "HOURS_WATCHED": _column("hours_watched"),
}
