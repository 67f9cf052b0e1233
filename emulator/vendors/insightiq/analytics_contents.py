"""The contents in an analysis of a public profile, with their figures at the time of asking.

Those that anybody can see of the platforms that Public Content serves; stories are left out, as they have no address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq.creator_profiles import Platform
from emulator.vendors.insightiq.tables.public_content import contents, profiles
from emulator.world import instant
from emulator.world.population.engagement import Engagement, Reception
from emulator.world.store import Statement
from emulator.world.world import World, own

_SHOWN: Final = 10  # of each list (assumed)
_WITHOUT: Final = b'"sponsors":[]'  # nowhere else in a head, as quotes inside of a text are escaped

_COLUMNS: Final = (
    contents.c.published_at, contents.c.likes, contents.c.comments, contents.c.pace, contents.c.lifetime,
    contents.c.head,
)  # fmt: skip
_PROFILE = Statement(
    select(profiles.c.id)
    .where(own(profiles), profiles.c.work_platform_id == bindparam("platform"))
    .where(profiles.c.external_id == bindparam("external_id"))
)
_OF_PROFILE = Statement(
    select(*_COLUMNS)
    .where(own(contents), contents.c.profile_id == bindparam("profile"))
    .where(contents.c.published_at <= bindparam("now"), contents.c.expires_at == instant.LATEST)
    .order_by(contents.c.published_at.desc(), contents.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Content:
    likes: int
    comments: int
    head: bytes

    @property
    def sponsored(self) -> bool:
        return _WITHOUT not in self.head

    def shown(self) -> dict[str, Any]:
        head = orjson.loads(b"{%b}" % self.head)
        return {
            "type": head["format"],
            "url": head["url"],
            "description": head["description"],
            "thumbnail_url": head["thumbnail_url"],
            "engagement": {"like_count": self.likes, "comment_count": self.comments},
            "published_at": head["published_at"],
        }


def newest_first(world: World, platform: Platform, external_id: str) -> list[Content]:
    """All contents of the profile that has this id on the platform."""
    row = world.row(_PROFILE, platform=platform.id, external_id=external_id)
    rows = world.rows(_OF_PROFILE, profile=row[0], now=world.now) if row else []
    return [_content(world, *each) for each in rows]


def listed(found: Sequence[Content]) -> dict[str, list[dict[str, Any]]]:
    """The most liked ones, the latest ones and the latest ones with a sponsor."""
    return {
        "top_contents": _first(sorted(found, key=lambda content: -content.likes)),
        "recent_contents": _first(found),
        "sponsored_contents": _first([content for content in found if content.sponsored]),
    }


def performance(found: Sequence[Content]) -> float | None:
    """What a content with a sponsor is liked on average, over what one without is (assumed)."""
    paid = [content.likes for content in found if content.sponsored]
    others = [content.likes for content in found if not content.sponsored]
    if not paid or not sum(others):
        return None
    return round(sum(paid) / len(paid) / (sum(others) / len(others)), 2)


def _first(found: Sequence[Content]) -> list[dict[str, Any]]:
    return [content.shown() for content in found[:_SHOWN]]


def _content(
    world: World, published: int, likes: int, comments: int, pace: float, lifetime: float | None, head: bytes
) -> Content:
    reception = Reception(Engagement(likes=likes, comments=comments), pace, lifetime)
    counts = reception.after(published / instant.SECOND, world.now / instant.SECOND)
    return Content(counts.likes, counts.comments, head)
