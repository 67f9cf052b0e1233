"""Engagement as Archive reads it: at set ages of an item, and whenever a refresh is asked for.

Both versions of the API show these readings, so what one says of a moment the other says too. An item's history is
stored whole, with what is still to come; only readings up to now exist for anybody.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, Final, NamedTuple

import orjson

from emulator.world import instant
from emulator.world.population import Engagement, Post
from emulator.world.population.engagement import Reception

_EVER: Final = datetime.max.replace(tzinfo=UTC)


class Reading(NamedTuple):
    """Counts at an instant. A picture has neither views nor plays.

    Objects of a recipe's own may lack any count. `told` is what version 2 told of it: likes, comments, views, shares,
    impressions, the earned media value and the virality.
    """

    at: int
    likes: int | None
    comments: int | None
    views: int | None
    plays: int | None
    shares: int | None
    impressions: int | None
    told: Sequence[Any] | None = None


def planned(post: Post) -> list[Reading]:
    """All readings that the schedule brings, whenever they are."""
    film = post.format == "Video"
    return [_reading(instant.from_datetime(at), counts, film=film) for at, counts in post.history(_EVER)]


def packed(readings: Iterable[Reading]) -> bytes:
    """A JSON array without names, as there is one for each item."""
    return orjson.dumps([_row(each) for each in readings])


def until(history: bytes, now: int) -> list[Reading]:
    """Oldest first."""
    return [Reading(*row) for row in takewhile(lambda row: row[0] <= now, orjson.loads(history))]


def latest(history: bytes, now: int) -> Reading | None:
    """None before the first reading."""
    return next((Reading(*row) for row in reversed(orjson.loads(history)) if row[0] <= now), None)


def next_due(history: bytes, now: int) -> int | None:
    """When the next reading is taken, as an instant; None if the history is complete."""
    return next((row[0] for row in orjson.loads(history) if row[0] > now), None)


def with_reading(history: bytes, reading: Reading) -> bytes:
    """The history with one more; the one of the same instant stays, if there is one."""
    rows: Sequence[list[Any]] = orjson.loads(history)
    known = {row[0] for row in rows}
    return history if reading.at in known else orjson.dumps(sorted([*rows, _row(reading)]))


def growth(post: Post) -> bytes:
    """What the counts at any moment follow from, as a JSON array without names."""
    totals, reception = post.reception.totals, post.reception
    counts = totals.likes, totals.comments, totals.views, totals.plays, totals.shares, totals.impressions
    published = instant.from_datetime(post.published_at)
    return orjson.dumps((published, post.format == "Video", reception.pace, reception.lifetime, *counts))


def standing(reading: Reading) -> bytes:
    """In the place of `growth`: whenever it is read, the counts are these."""
    return orjson.dumps({"always": _row(reading)[1:]})


def taken_now(growth: bytes, now: int) -> Reading:
    found = orjson.loads(growth)
    return Reading(now, *found["always"]) if isinstance(found, dict) else _grown(found, now)


def _grown(growth: Sequence[Any], now: int) -> Reading:
    published, film, pace, lifetime, likes, comments, views, plays, shares, impressions = growth
    totals = Engagement(
        likes=likes, comments=comments, views=views, plays=plays, shares=shares, impressions=impressions
    )
    counts = Reception(totals, pace, lifetime).after(published / instant.SECOND, now / instant.SECOND)
    return _reading(now, counts, film=film)


def _row(reading: Reading) -> list[Any]:
    return list(reading if reading.told else reading[:7])


def _reading(at: int, counts: Engagement, *, film: bool) -> Reading:
    views, plays = (counts.views, counts.plays) if film else (None, None)
    return Reading(at, counts.likes, counts.comments, views, plays, counts.shares, counts.impressions)
