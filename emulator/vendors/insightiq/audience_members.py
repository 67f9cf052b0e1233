"""Which public profiles are in the audience of another one: a choice that follows from the two and the seed (assumed).

The population has audiences in shares only. The larger a profile, the more of those on its platform follow it; whoever
is in its audience stays there.
"""

import math
from random import Random
from typing import Final, NamedTuple

from emulator.vendors.insightiq.creator_profiles import Platform, followers_now
from emulator.vendors.insightiq.crowd import Member, crowd_of
from emulator.world.population.randomness import stream
from emulator.world.world import World

SIGNIFICANT_FROM: Final = 1_000  # followers: the documented default of get_highfollower_audience

_PER_POWER: Final = 0.05  # of the others on the platform, for every power of ten of the followers
_MOST: Final = 400
_FOLLOW, _LIKE, _COMMENT = 0.9, 0.5, 0.12  # the parts of an audience


class Follower(NamedTuple):
    """`parts` are those of the audience that the member belongs to; followers are those of now."""

    member: Member
    followers: int
    parts: frozenset[str]


def found(world: World, platform: Platform, profile: int, least: int, part: str = "all") -> list[Follower]:
    """The members of the part of the audience who have so many followers themselves, those with the most first."""
    wanted = [each for each in _all(world, platform, profile) if each.followers >= least and part in each.parts]
    return sorted(wanted, key=lambda each: (-each.followers, each.member.id))


def _all(world: World, platform: Platform, profile: int) -> list[Follower]:
    crowd = crowd_of(world, platform)
    others, followers = crowd.others(profile), crowd.members[profile].followers
    source = stream(world.seed, "following", profile)
    chosen = source.sample(others, min(_MOST, round(len(others) * _PER_POWER * math.log10(followers + 1))))
    return [
        Follower(each, followers_now(world, each.followers, each.monthly_growth), _parts(*_thrice(source)))
        for each in chosen
    ]


def _parts(follow: float, like: float, comment: float) -> frozenset[str]:
    """Whoever does nothing else follows."""
    parts = {"all"} | ({"likers"} if like < _LIKE else set()) | ({"commenters"} if comment < _COMMENT else set())
    return frozenset(parts | {"followers"} if follow < _FOLLOW or len(parts) == 1 else parts)


def _thrice(source: Random) -> tuple[float, float, float]:
    return source.random(), source.random(), source.random()
