"""What an analysis tells of a profile's livestreams, on Twitch. Those who chat, subscribe and pay are assumed."""

from typing import Any, Final

from emulator.vendors.insightiq.analytics_subject import Subject
from emulator.world.population.randomness import factor, stream

_RETURNING: Final = 0.6  # of the views, those by somebody who has been there before
_UNKNOWN: Final = 0.35  # of the viewers, those who are not logged in
_STREAM: Final = 180  # minutes in a day
_SUBSCRIBED: Final = 0.004  # of the followers
_INCOME: Final = (2.5, 3.5)  # US dollars for a subscriber
_CHATTING: Final = 0.06  # of the viewers
_MESSAGES: Final = 17.0
_BITS: Final = 2  # for an hour watched
_BIT: Final = 0.01  # US dollars


def metrics(subject: Subject) -> dict[str, Any] | None:
    """None but on Twitch, and for a profile that has streamed nothing."""
    row = subject.row
    if row["airtime"] is None:
        return None
    views = row["quick_body"]["livestream_metrics"]["total_live_view_count"]
    unique, days = int(views * (1 - _RETURNING)), max(1, row["airtime"] // _STREAM)
    return {
        "hours_watched": row["hours_watched"],
        "peak_viewers": row["peak_viewers"],
        "average_viewers": row["average_viewers"],
        "airtime": row["airtime"],
        "days_streamed": days,
        "follower_growth": _growth(row),
        "games": [{"count": 1, "top": _game(row)}],
        "viewership": {
            "total_live_view_count": views,
            "unique_viewers": unique,
            "auth_unique_viewers": int(unique * (1 - _UNKNOWN)),
        },
        "estimated_audience": {
            "daily_average": unique // days,
            "average_view_duration": round(row["hours_watched"] * 60 / views, 2) if views else 0.0,
        },
        **_community(subject, unique),
    }


def _growth(row: dict[str, Any]) -> dict[str, Any]:
    gained, before = row["followers_gained"], row["followers"] - row["followers_gained"]
    return {
        "percentage": round(gained / before * 100, 2) if before else None,
        "count": gained,
        "per_hour": round(gained * 60 / row["airtime"], 2) if row["airtime"] else None,
    }


def _game(row: dict[str, Any]) -> dict[str, Any]:
    """A profile streams one thing."""
    name = row["stream_slug"].replace("-", " ").title()
    return {"name": name, "hours_watched": row["hours_watched"], "hours_watched_percentage": 100.0}


def _community(subject: Subject, viewers: int) -> dict[str, Any]:
    source = stream(subject.world.seed, "stream community", subject.row["id"])
    total, chatters = int(subject.followers * _SUBSCRIBED * factor(source, 0.4)), int(viewers * _CHATTING)
    messages, bits = int(chatters * _MESSAGES * factor(source, 0.3)), int(subject.row["hours_watched"] * _BITS)
    return {
        "subscribers": {
            "total": total,
            "income": {"min": round(total * _INCOME[0], 2), "max": round(total * _INCOME[1], 2)},
            "tier_breakdown": _tiers(total),
        },
        "chat": {
            "total_messages": messages,
            "active_chatters": chatters,
            "daily_engagement_rate": round(chatters / viewers * 100, 2) if viewers else 0.0,
            "messages_per_chatter": round(messages / chatters, 2) if chatters else 0.0,
        },
        "bits": {"total_bits": bits, "income": round(bits * _BIT, 2)},
    }


def _tiers(total: int) -> dict[str, int]:
    """By who pays, and by tier: each sums to all."""
    gifted, prime, second, third = total // 5, total // 6, total // 15, total // 30
    payers = {"paid": total - gifted - prime, "gifted": gifted, "prime": prime}
    return {**payers, "tier_1": total - second - third, "tier_2": second, "tier_3": third}
