"""All public profiles of a platform in a few figures each: whom a profile is compared with, and who follows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.insightiq.creator_profiles import Platform, counted
from emulator.vendors.insightiq.kept import Kept
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Statement
from emulator.world.world import World, own


class Member(NamedTuple):
    """`id` is the number that the profile is kept under; followers are those of the epoch, rates in percent."""

    id: int
    followers: int
    monthly_growth: float
    engagement_rate: float | None
    credibility: float | None
    main_topic: str
    audience_country: str | None
    audience_interest: str | None
    tells_email: bool


@dataclass(frozen=True, eq=False, slots=True)
class Crowd:
    """The profiles of a platform by their numbers, which rise; two are the same if they are one object."""

    members: Mapping[int, Member]

    def others(self, profile: int) -> list[Member]:
        return [each for each in self.members.values() if each.id != profile]


KEPT: Final = 8  # platforms
_COLUMNS: Final = (
    profiles.c.id, profiles.c.followers, profiles.c.monthly_growth, profiles.c.engagement_rate, profiles.c.credibility,
    profiles.c.main_topic, profiles.c.audience_country, profiles.c.audience_interest, profiles.c.email.is_not(None),
)  # fmt: skip
_MEMBERS = Statement(
    select(*_COLUMNS).where(own(profiles), profiles.c.work_platform_id == bindparam("platform")).order_by(profiles.c.id)
)
_LIVE = Statement(
    select(profiles.c.live, profiles.c.followers, profiles.c.monthly_growth).where(
        own(profiles), profiles.c.id == bindparam("id")
    )
)
BASICS: Final = ("platform_username", "url", "image_url", "follower_count", "subscriber_count", "is_verified")

_known: Final = Kept[Crowd](KEPT)


def crowd_of(world: World, platform: Platform) -> Crowd:
    """As that of an origin never changes, it is kept for the platforms asked for last."""
    return _known.get((world.record.origin, platform.id), lambda: _crowd(world, platform))


def _crowd(world: World, platform: Platform) -> Crowd:
    return Crowd({row[0]: Member(*row) for row in world.rows(_MEMBERS, platform=platform.id)})


def basics(world: World, member: Member) -> dict[str, Any]:
    """The profile in a few words, with its followers as of now."""
    row = world.row(_LIVE, id=member.id)
    assert row is not None  # noqa: S101 - it is a member of the world
    live, followers, growth = row
    shown = counted(world, orjson.loads(live), followers, growth)
    return {key: shown[key] for key in BASICS}
