"""Rows as version 1 of the SDL names them."""

from typing import Any, Final

import orjson

from emulator.vendors.archive import readings
from emulator.vendors.archive.followers import followers_now
from emulator.vendors.archive.readings import Reading
from emulator.world import instant
from emulator.world.world import World

PROVIDERS: Final = ("INSTAGRAM", "TIKTOK")  # those that version 1 knows


def creator_shown(world: World, body: bytes, monthly_growth: float) -> dict[str, Any]:
    """With the followers of this moment."""
    creator: dict[str, Any] = orjson.loads(body)
    if creator["followersCount"] is not None:
        creator["followersCount"] = followers_now(world, creator["followersCount"], monthly_growth)
    return creator


def media_item_shown(world: World, body: bytes, history: bytes, creator: dict[str, Any]) -> dict[str, Any]:
    """With the engagement that was read last, and all that was read up to now."""
    item: dict[str, Any] = orjson.loads(body)
    item.pop("given", None)  # what version 2 alone shows
    rows = [_counts(reading) for reading in readings.until(history, world.now)]
    item["creator"] = creator
    item["engagement"] = rows[-1:]
    item["engagementHistory"] = rows
    return item


def _counts(reading: Reading) -> dict[str, Any]:
    """Plays and views are those of films; a picture has none (documented as "if available")."""
    return {
        "at": instant.zulu(reading.at),
        "commentCount": reading.comments,
        "likeCount": reading.likes,
        "playCount": reading.plays,
        "viewCount": reading.views,
    }
