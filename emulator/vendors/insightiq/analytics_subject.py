"""The public profile that an analysis is about, as the tables of Creator Discovery have it."""

from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.creator_profiles import Platform
from emulator.vendors.insightiq.crowd import Crowd, Member, crowd_of
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Statement
from emulator.world.world import World, own

_PLAIN: Final = (
    "id", "creator_id", "external_id", "followers", "monthly_growth", "platform_account_type", "average_likes",
    "average_comments", "average_views", "reel_views", "engagement_rate", "credibility", "main_topic",
    "audience_country", "audience_interest", "airtime", "hours_watched", "peak_viewers", "average_viewers",
    "followers_gained", "stream_slug",
)  # fmt: skip
_JSON: Final = ("live", "contacts", "quick_body", "body", "audience")
_ROW = Statement(
    select(*(profiles.c[name] for name in (*_PLAIN, *_JSON))).where(own(profiles), profiles.c.id == bindparam("id"))
)


@dataclass(frozen=True, slots=True)
class Subject:
    """`row` has the columns, those of JSON parsed; `live` is the profile as it is now."""

    world: World
    platform: Platform
    row: dict[str, Any]
    live: dict[str, Any]

    @property
    def followers(self) -> int:
        return self.followers_at(self.world.now)

    def followers_at(self, at: int) -> int:
        return creator_profiles.followers_at(self.world, self.row["followers"], self.row["monthly_growth"], at)

    @property
    def crowd(self) -> Crowd:
        """Everybody on the platform."""
        return crowd_of(self.world, self.platform)

    def others(self) -> list[Member]:
        return self.crowd.others(self.row["id"])


def subject(world: World, platform: Platform, identifier: str) -> Subject:
    """404 `incorrect_identifier`."""
    found = world.row(_ROW, id=creator_profiles.number(world, platform, identifier))
    assert found is not None  # noqa: S101 - just found
    row = dict(zip((*_PLAIN, *_JSON), found, strict=True))
    row |= {name: orjson.loads(row[name]) for name in _JSON if row[name] is not None}
    live = creator_profiles.counted(world, row["live"], row["followers"], row["monthly_growth"])
    return Subject(world, platform, row, live)
