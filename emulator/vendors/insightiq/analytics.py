"""The analysis of a public profile, in the documented key order (insightiq-v1.txt, "Creator Discovery" 13 to 15).

It agrees with what other operations tell of the profile: figures are those that searches know, the number of followers
and the contents are those of now. Rates are in percent, as in searches (assumed).
"""

from datetime import UTC, datetime
from typing import Any, Final

from emulator.vendors.insightiq import (
    analytics_audience,
    analytics_bands,
    analytics_contents,
    analytics_names,
    analytics_pricing,
    analytics_streams,
)
from emulator.vendors.insightiq.analytics_subject import Subject
from emulator.vendors.insightiq.crowd import BASICS
from emulator.world import instant

_MONTHS: Final = 12  # of the history, with the one that is not over (assumed)
_DIRECT: Final = ("posts_hidden_likes_percentage_value", "audience_likes", "livestream_metrics")


def report(subject: Subject, *, direct: bool) -> dict[str, Any]:
    """`profile`, and what it costs. Some keys are those of the direct call alone (documented)."""
    profile = _profile(subject)
    left_out = () if direct else _DIRECT
    shown = {key: value for key, value in profile.items() if key not in left_out}
    return {"profile": shown, **analytics_pricing.pricing(subject)}


def _profile(subject: Subject) -> dict[str, Any]:
    row = subject.row
    contents = analytics_contents.newest_first(subject.world, subject.platform, row["external_id"])
    lists, names = analytics_contents.listed(contents), analytics_names.listed(subject)
    bands, known = analytics_bands.credibility(subject.crowd), analytics_audience.known(subject)
    return {
        **{key: subject.live[key] for key in BASICS},
        **_about(subject),
        **_averages(subject),
        "content_count": subject.live["content_count"],
        "sponsored_posts_performance": analytics_contents.performance(contents),
        "reputation_history": _history(subject),
        "location": row["body"]["location"],
        **names,
        "top_contents": lists["top_contents"],
        "recent_contents": lists["recent_contents"],
        "posts_hidden_likes_percentage_value": 0.0,  # nobody in the population hides them
        "sponsored_contents": lists["sponsored_contents"],
        "lookalikes": _lookalikes(subject),
        "audience": known and known.followers(),
        "engagement_rate_histogram": analytics_bands.engagement_rates(subject.crowd),
        "audience_likes": [{"credibility": band} for band in bands],
        "audience_likers": known and known.likers(),
        "contact_details": row["contacts"]["contact_details"],
        "livestream_metrics": analytics_streams.metrics(subject),
    }


def _about(subject: Subject) -> dict[str, Any]:
    return {
        "full_name": subject.live["full_name"],
        "introduction": subject.live["introduction"],
        "platform_account_type": subject.row["platform_account_type"],
        **{key: subject.row["body"][key] for key in ("gender", "age_group", "language")},
    }


def _averages(subject: Subject) -> dict[str, Any]:
    plain = ("average_likes", "average_comments", "average_views")
    averages = {key: subject.row[key] for key in plain} | {"average_reels_views": subject.row["reel_views"]}
    return averages | {"engagement_rate": subject.row["engagement_rate"]}


def _lookalikes(subject: Subject) -> list[dict[str, Any]]:
    """Those that the filter `creator_lookalikes` finds."""
    topic = subject.row["main_topic"]
    return analytics_audience.nearest(subject, [each for each in subject.others() if each.main_topic == topic])


def _history(subject: Subject) -> list[dict[str, Any]]:
    """What the figures were when a month was over, and now; the latest last (assumed)."""
    now = instant.to_datetime(subject.world.now)
    this = now.year * 12 + now.month - 1  # months since the year 0
    ends = {month: instant.from_datetime(_beginning(month + 1)) for month in range(this - _MONTHS + 1, this)}
    return [_reputation(subject, month, at) for month, at in (ends | {this: subject.world.now}).items()]


def _reputation(subject: Subject, month: int, at: int) -> dict[str, Any]:
    """Whoever reacts is always the same part of the followers."""
    followers, likes = subject.followers_at(at), subject.row["average_likes"]
    counts = {key: None if subject.live[key] is None else followers for key in ("follower_count", "subscriber_count")}
    return {
        "month": f"{_beginning(month):%Y-%m}",
        **counts,
        "following_count": subject.live["following_count"],
        "average_likes": likes and round(likes * followers / max(1, subject.followers)),
    }


def _beginning(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
