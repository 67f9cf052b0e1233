"""What Creator Discovery knows of a profile from its posts, as of the epoch; null where there are no such posts."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from emulator.vendors.insightiq.tables.discovery import MONTHS
from emulator.world import instant
from emulator.world.population import Creator, Engagement, Post, Profile

_MONTH: Final = timedelta(days=30)
_STAYING: Final = 0.25  # how much of a stream a viewer watches
_CROWD: Final = 0.4  # the part of a stream's viewers who are there at its best moment

_STREAMS: Final = {
    "gaming": ("GAMING", "league-of-legends"),
    "fitness": ("SPORTS", "fitness-and-health"),
    "outdoors": ("SPORTS", "travel-and-outdoors"),
    "music": ("MUSIC", "music"),
    "food": ("IRL", "food-and-drink"),
    "tech": ("IRL", "science-and-technology"),
}  # a topic's category and slug on Twitch
_ANYTHING: Final = ("IRL", "just-chatting")

_LIVE: Final = (
    "hours_watched", "peak_viewers", "airtime", "followers_gained", "average_viewers", "hours_doubled",
    "viewers_doubled", "stream_slug", "stream_category", "live_views",
)  # fmt: skip

Seen = Sequence[tuple[Post, Engagement]]


def figures(creator: Creator, profile: Profile, posts: Sequence[Post]) -> dict[str, Any]:
    """The columns of a profile that follow from its posts."""
    seen = [(post, post.engagement(profile.counted_at)) for post in posts]
    return {
        **_totals(seen),
        **_averages(seen),
        **_growth(seen, profile.counted_at),
        **_livestream(creator, profile, seen),
    }


def _totals(seen: Seen) -> dict[str, Any]:
    last = max((post.published_at for post, _ in seen), default=None)
    counts = [
        (count.likes + count.comments + count.shares + count.saves, count.shares, count.saves) for _, count in seen
    ]
    engagements, shares, saves = (sum(column) for column in zip(*counts, strict=True)) if counts else (None, None, None)
    return {
        "last_post": last and instant.from_datetime(last),
        "total_engagements": engagements,
        "share_count": shares,
        "save_count": saves,
        "is_tagged": any(post.hashtags for post, _ in seen),
        "is_sponsored": any(post.sponsored_by is not None for post, _ in seen),
    }


def _averages(seen: Seen) -> dict[str, Any]:
    """Of the kinds of post that filters name."""
    kinds = {kind: [count for post, count in seen if post.kind == kind] for kind in ("Reel", "Video", "Shorts")}
    return {
        "reel_views": _mean(count.views for count in kinds["Reel"]),
        "video_likes": _mean(count.likes for count in kinds["Video"]),
        "video_views": _mean(count.views for count in kinds["Video"]),
        "shorts_likes": _mean(count.likes for count in kinds["Shorts"]),
        "shorts_views": _mean(count.views for count in kinds["Shorts"]),
    }


def _growth(seen: Seen, epoch: datetime) -> dict[str, float | None]:
    """By how many percent the posts of the last months raised the totals of those before."""
    views = [(post.published_at, count.views) for post, count in seen]
    likes = [(post.published_at, count.likes) for post, count in seen]
    grown = {f"views_growth_{months}": _raised(views, epoch - months * _MONTH) for months in MONTHS}
    return {**grown, "likes_growth": _raised(likes, epoch - _MONTH)}


def _raised(counts: Sequence[tuple[datetime, int]], since: datetime) -> float | None:
    before = sum(count for at, count in counts if at <= since)
    return round((sum(count for _, count in counts) - before) / before * 100, 2) if before else None


def _livestream(creator: Creator, profile: Profile, seen: Seen) -> dict[str, Any]:
    """Twitch only, where every film is a stream. Airtime in minutes, followers gained in 30 days."""
    if profile.platform != "Twitch" or not seen:
        return dict.fromkeys(_LIVE)
    category, slug = _STREAMS.get(creator.topics[0], _ANYTHING)
    epoch = profile.counted_at
    month, earlier = _hours(seen, epoch - _MONTH, epoch), _hours(seen, epoch - 2 * _MONTH, epoch - _MONTH)
    airtime = sum(_seconds(post) for post, _ in seen)
    hours = _hours(seen, datetime.min.replace(tzinfo=epoch.tzinfo), epoch)
    values = (
        int(hours), int(max(count.views for _, count in seen) * _CROWD), airtime // 60,
        profile.followers - profile.followers_at(epoch - _MONTH),
        round(hours * 3600 / airtime, 2) if airtime else None, month > 2 * earlier > 0, month > 2 * earlier > 0,
        slug, category, sum(count.views for _, count in seen),
    )  # fmt: skip
    return dict(zip(_LIVE, values, strict=True))


def _hours(seen: Seen, since: datetime, until: datetime) -> float:
    """Hours that viewers watched of what was streamed in between."""
    return (
        sum(count.views * _seconds(post) for post, count in seen if since < post.published_at <= until)
        * _STAYING
        / 3600
    )


def _seconds(post: Post) -> int:
    return post.media[0].duration if post.media else 0


def _mean(counts: Iterable[int]) -> int | None:
    known = list(counts)
    return sum(known) // len(known) if known else None
