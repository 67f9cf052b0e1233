"""The filters of a creator search on live streams, which Twitch alone has."""

from typing import Any, Final

from sqlalchemy import ColumnElement, false, true

from emulator.vendors.insightiq.discovery_conditions import Condition, Search, all_of, within
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles

# By filter: the figure, and whether it has more than doubled in the last 30 days.
_FIGURES: Final[dict[str, tuple[ColumnElement[Any], Condition]]] = {
    "hours_watched": (profiles.c.hours_watched, profiles.c.hours_doubled.is_(True)),
    "average_concurrent_viewers": (profiles.c.average_viewers, profiles.c.viewers_doubled.is_(True)),
    "absolute_follower_growth": (profiles.c.followers_gained, profiles.c.monthly_growth > 1),
}


def matching(_: Search, options: dict[str, Any]) -> Condition:
    conditions = [_figure(name, options[name]) for name in _FIGURES if name in options]
    conditions += [within(profiles.c.peak_viewers, options.get("peak_viewers", {}))]
    if "recent_activity" in options:
        conditions.append(profiles.c.stream_slug == options["recent_activity"].lower())
    if "category" in options:
        conditions.append(profiles.c.stream_category == options["category"])
    if "categories_streamed" in options:
        conditions.append(_categories(str(options["categories_streamed"])))
    return all_of([*conditions, _vtubers(options.get("vtubers", {}))])


def _figure(name: str, span: dict[str, Any]) -> Condition:
    column, doubled = _FIGURES[name]
    return within(column, span) & (doubled if span.get("over_100_percent_growth") else true())


def _categories(span: str) -> Condition:
    """`1`, or `2-5`: how many different things a creator streams; those of the population stream all their topics."""
    least, _, most = span.partition("-")
    streams = profiles.c.stream_slug.is_not(None)
    return streams & within(profiles.c.streamed_topics, {"min": int(float(least)), "max": int(float(most or least))})


def _vtubers(wanted: dict[str, Any]) -> Condition:
    """The population has none who performs as an animated figure."""
    return false() if wanted.get("only_vtubers") or "affiliation" in wanted else true()
