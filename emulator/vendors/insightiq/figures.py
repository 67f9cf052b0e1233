"""The figures of contents and content groups: which of them a platform has, and what they are at a time.

Which platform tells what is assumed, after the samples of the documentation (Engagement 1, 2 and 7).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from emulator.vendors.insightiq.growth import Growth
from emulator.world.population.engagement import HOUR, Engagement

NEWSLETTER: Final = "newsletter"

_WATCHED: Final = 0.45  # the part of a film that is watched on average
_LIKES_PER_DISLIKE: Final = 60
_OPENINGS_PER_CLICK: Final = 9
_OPENINGS_PER_LEAVING: Final = 300
_OPENINGS_PER_SPAM_REPORT: Final = 9_000

_ALWAYS: Final = ("like_count", "comment_count")
_OF_FILMS: Final = ("view_count", "watch_time_in_hours", "replay_count", "avg_watch_time_in_sec")
_SEEN: Final = ("impression_organic_count", "reach_organic_count")
_OF_NEWSLETTERS: Final = ("email_open_rate", "email_click_rate", "unsubscribe_count", "spam_report_count")

# The documented order.
_KEYS: Final = (
    "like_count", "dislike_count", "comment_count", *_SEEN, "save_count", "view_count", "watch_time_in_hours",
    "share_count", "impression_paid_count", "reach_paid_count", *_OF_NEWSLETTERS, "click_count", "additional_info",
    "replay_count", "avg_watch_time_in_sec",
)  # fmt: skip
_KEYS_OF_GROUPS: Final = (*_KEYS[:11], "avg_watch_time_in_sec")
_SUMMED: Final = _KEYS[:11]

_TOLD: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset((*_ALWAYS, *keys))
    for name, keys in {
        "Instagram": (*_SEEN, "save_count", "share_count", "view_count", "replay_count", "avg_watch_time_in_sec"),
        "TikTok": ("reach_organic_count", "share_count", "view_count", "watch_time_in_hours"),
        "YouTube": ("dislike_count", *_SEEN, "save_count", "view_count", "watch_time_in_hours"),
        "Facebook": (*_SEEN, "share_count", "view_count"),
        "X": ("impression_organic_count", "share_count", "view_count"),
        "Twitch": ("view_count", "watch_time_in_hours"),
        "LinkedIn": (*_SEEN, "share_count"),
        NEWSLETTER: ("share_count", "view_count", "click_count", *_OF_NEWSLETTERS),
    }.items()
}
_TOLD_ANYWHERE: Final = frozenset((*_ALWAYS, "share_count"))


def of_content(growth: Growth, now: int) -> dict[str, Any]:
    """The object `engagement` of a content at an instant: every documented key, null where the platform tells nothing.

    Only films have views, but for newsletters, which are viewed on the web.
    """
    told = _TOLD.get(growth.kind, _TOLD_ANYWHERE)
    if not growth.duration and growth.kind != NEWSLETTER:
        told = told.difference(_OF_FILMS)
    values = _values(growth, growth.at(now))
    return {key: values[key] if key in told else None for key in _KEYS}


def of_group(contents: Iterable[Growth], now: int) -> dict[str, Any]:
    """The object `engagement` of a content group: the sums over its contents."""
    figures = [of_content(growth, now) for growth in contents]
    sums = {key: _sum([each[key] for each in figures]) for key in _SUMMED}
    return {key: sums.get(key) for key in _KEYS_OF_GROUPS}


def _sum(values: list[Any]) -> Any:
    known = [value for value in values if value is not None]
    return (round(sum(known), 2) if any(isinstance(value, float) for value in known) else sum(known)) if known else None


def _values(growth: Growth, counts: Engagement) -> dict[str, Any]:
    watched = growth.duration * _WATCHED
    shown = {
        "like_count": counts.likes,
        "dislike_count": counts.likes // _LIKES_PER_DISLIKE,
        "comment_count": counts.comments,
        "impression_organic_count": counts.impressions,
        "reach_organic_count": counts.reach,
        "save_count": counts.saves,
        "view_count": counts.views,
        "watch_time_in_hours": round(counts.views * watched / HOUR, 2),
        "share_count": counts.shares,
        "replay_count": counts.plays - counts.views,
        "avg_watch_time_in_sec": round(watched),
    }
    return shown | _of_newsletter(growth, counts) if growth.recipients else shown


def _of_newsletter(growth: Growth, counts: Engagement) -> dict[str, Any]:
    """Its reach are those who opened the e-mail, its views those on the web."""
    return {
        "email_open_rate": round(100 * counts.reach / growth.recipients, 2),
        "email_click_rate": round(100 * (counts.reach // _OPENINGS_PER_CLICK) / growth.recipients, 2),
        "unsubscribe_count": counts.reach // _OPENINGS_PER_LEAVING,
        "spam_report_count": counts.reach // _OPENINGS_PER_SPAM_REPORT,
        "click_count": counts.views // _OPENINGS_PER_CLICK,
    }
