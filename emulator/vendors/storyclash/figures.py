"""The metrics of a post: as they are now, as long as they change; stored with the rest of the post after that.

They are the function of time that the other vendors show too, so that a post has the same likes everywhere. The body of
a post whose figures do not change any more is stored whole; that of a younger one has a gap where they belong. A page
may have a thousand gaps: what does not depend on the time is worked out before.
"""

import math
from collections.abc import Iterable, Iterator
from struct import Struct
from typing import Final

from emulator.world.population import Post
from emulator.world.population.engagement import saturation, tide

_GAP: Final = b'"metrics":null'  # nothing else reads like this, as quotes within texts are escaped
_METRICS: Final = (
    b'"metrics":{"interactions":%d,"likes":%d,"comments":%d,"shares":%d,"videoViews":%d,"videoLength":%d,'
    b'"engagementRate":%.2f,"estimatedReach":%d,"estimatedMediaValue":%.2f}'
)
_PACKED: Final = Struct("<5d7q")
_EUROS_PER_REACH: Final = 0.012
_EUROS_PER_INTERACTION: Final = 0.08


def settled(post: Post, at: float) -> bool:
    """Whether the figures are for good what they are at a time in Unix seconds."""
    return post.published_at.timestamp() + post.reception.span <= at


def growth(post: Post) -> bytes:
    """What the figures follow from, besides time."""
    reception, totals, published = post.reception, post.reception.totals, post.published_at.timestamp()
    lifetime = reception.lifetime
    over = math.inf if lifetime is None else published + lifetime
    whole = 1.0 if lifetime is None else saturation(lifetime, reception.pace)
    views = totals.views if post.format == "Video" else 0
    length = max((media.duration for media in post.media), default=0)
    counts = (totals.likes, totals.comments, totals.shares, views, totals.reach, length, post.profile.followers)
    return _PACKED.pack(published, tide(published), reception.pace, over, whole, *counts)


def filled(rows: Iterable[tuple[bytes, bytes | None]], at: float) -> Iterator[bytes]:
    """Bodies, each with its growth, with their metrics at a time in Unix seconds.

    Figures that a platform does not have are 0 (documented). Rates are percent, money is euros (assumed).
    """
    now = tide(at)
    for body, growth in rows:
        yield body if growth is None else body.replace(_GAP, _metrics(growth, at, now), 1)


def _metrics(growth: bytes, at: float, now: float) -> bytes:
    published, begun, pace, over, whole, likes, comments, shares, views, reach, *rest = _PACKED.unpack(growth)
    length, followers = rest
    part = 0.0 if at <= published else 1.0 if at >= over else saturation(now - begun, pace) / whole
    likes, comments, shares = round(likes * part), round(comments * part), round(shares * part)
    views, reach, interactions = round(views * part), round(reach * part), likes + comments + shares
    rate = 100 * interactions / followers if followers else 0
    value = reach * _EUROS_PER_REACH + interactions * _EUROS_PER_INTERACTION
    return _METRICS % (interactions, likes, comments, shares, views, length, rate, reach, value)
