"""The filters of a creator search on figures: counts, averages, rates and growth."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, literal, true

from emulator.vendors.insightiq.discovery_conditions import Condition, Search, number, percent, within
from emulator.vendors.insightiq.discovery_shapes import Filter, applies, ranged
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles

_KINDS: Final = {"VIDEOS": "video", "SHORTS": "shorts"}


def figure(search: Search, kind: str) -> ColumnElement[Any]:
    """Average `likes` or `views`, on YouTube those of the kind of post asked for; there are no streams."""
    asked = search.asked.get("post_type", "ALL")
    if asked.startswith("ALL") or not applies("post_type", search.platform.key):
        return profiles.c[f"average_{kind}"]
    return profiles.c[f"{_KINDS[asked]}_{kind}"] if asked in _KINDS else literal(None)


def _averages(kind: str) -> Filter:
    return lambda search, span: within(figure(search, kind), span)


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


FILTERS: Final[Mapping[str, Filter]] = {
    "follower_count": ranged("follower_count"),
    "subscriber_count": ranged("subscriber_count"),
    "content_count": ranged("content_count"),
    "average_likes": _averages("likes"),
    "average_views": _averages("views"),
    "engagement_rate": _engagement_rate,
    "instagram_options": _reels,
    "total_engagements": ranged("total_engagements"),
    "share_count": ranged("share_count"),
    "save_count": ranged("save_count"),
    "follower_growth": _growth("follower_count"),
    "subscriber_growth": _growth("subscriber_count"),
    "views_growth": _views_growth,
}
