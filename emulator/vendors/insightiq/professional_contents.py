"""The contents in a professional report, with their figures at the time of asking."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NotRequired, TypedDict

from emulator.world import instant
from emulator.world.population import Engagement, Post
from emulator.world.population.engagement import Reception

_SHOWN: Final = 5


class Stored(TypedDict):
    """A post's fixed part, `shown` in the documented order; `pace` in seconds, `published` in Unix seconds.

    `lifetime` in seconds is there where it is not that of all posts.
    """

    shown: dict[str, Any]
    likes: int
    comments: int
    pace: float
    published: float
    lifetime: NotRequired[float]


def stored(post: Post) -> Stored:
    published = instant.naive(instant.from_datetime(post.published_at))
    shown = {
        "type": post.format.upper(),
        "url": post.url,
        "description": post.caption,
        "thumbnail_url": post.media[0].display_url if post.media else None,
        "engagement": None,
        "published_at": published,
    }
    totals, pace = post.reception.totals, post.reception.pace
    made = Stored(
        shown=shown, likes=totals.likes, comments=totals.comments, pace=pace, published=post.published_at.timestamp()
    )
    if post.reception.lifetime is not None:
        made["lifetime"] = post.reception.lifetime
    return made


def report_of(contents: Iterable[Stored], now: int) -> dict[str, list[dict[str, Any]]]:
    """The most liked and the latest contents, each list with the best first."""
    at = now / instant.SECOND
    shown = [_shown(content, at) for content in contents]
    recent = sorted(shown, key=lambda content: content["published_at"], reverse=True)
    top = sorted(recent, key=lambda content: content["engagement"]["like_count"], reverse=True)
    return {"top_contents": top[:_SHOWN], "recent_contents": recent[:_SHOWN]}


def _shown(content: Stored, at: float) -> dict[str, Any]:
    totals = Engagement(likes=content["likes"], comments=content["comments"])
    counts = Reception(totals, content["pace"], content.get("lifetime")).after(content["published"], at)
    engagement: Mapping[str, int] = {"like_count": counts.likes, "comment_count": counts.comments}
    return {**content["shown"], "engagement": engagement}
