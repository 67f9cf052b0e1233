"""How well a post does: its totals, from the size and the habits of its audience."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from emulator.world.population.cast import Profile
from emulator.world.population.engagement import DAY, HOUR, Engagement, Reception
from emulator.world.population.platforms import COMMENTS, PLATFORMS, Kind
from emulator.world.population.randomness import factor

_LIFT: Mapping[Kind, float] = {"Post": 0.85, "Reel": 1.2, "Video": 1.0, "Shorts": 0.9, "Spotlight": 1.0}
_SPONSORED = 0.8  # paid content is liked less
_STORY_PACE = 5 * HOUR
_LUCK, _VIEWING, _STORY_LUCK = 0.55, 0.3, 0.3  # spreads: of engagement, of views and showings by it, of stories
_WATCHING = 0.07  # the part of the followers who watch a story
_SHOWINGS_PER_VIEW, _SHOWINGS_PER_LIKE, _REACH = 1.25, 14.0, 0.78  # impressions, and the part of them who are people
_STORY_SHOWINGS, _STORY_REACH = 1.06, 0.96  # both per view


@dataclass(frozen=True, slots=True)
class Expected:
    """What a post usually comes to. `spread` is the standard deviation of the logarithm."""

    impressions: float
    reach: float
    spread: float


def expected(kind: Kind, followers: int, average_likes: int, average_views: int, *, film: bool) -> Expected:
    """The means of `reception`, for a profile with these numbers and content that nobody pays for."""
    if kind == "Story":
        views = followers * _WATCHING
        return Expected(views * _STORY_SHOWINGS, views * _STORY_REACH, _STORY_LUCK)
    usual = average_views * _SHOWINGS_PER_VIEW if film else average_likes * _SHOWINGS_PER_LIKE
    return Expected(usual * _LIFT[kind], usual * _LIFT[kind] * _REACH, math.hypot(_LUCK, _VIEWING))


def reception(source: Random, profile: Profile, kind: Kind, followers: int, *, film: bool, paid: bool) -> Reception:
    """`followers` are those at the time of publishing."""
    if kind == "Story":
        return _story(source, followers)
    platform = PLATFORMS[profile.platform]
    engaged = followers * profile.engagement_rate * _LIFT[kind] * factor(source, _LUCK) * (_SPONSORED if paid else 1)
    likes = engaged * (1 - COMMENTS)
    views = likes * platform.views * factor(source, _VIEWING) if film else 0.0
    impressions = views * _SHOWINGS_PER_VIEW if film else likes * _SHOWINGS_PER_LIKE * factor(source, _VIEWING)
    totals = Engagement(
        likes=int(likes),
        comments=int(engaged * COMMENTS * factor(source, 0.4)),
        shares=int(likes * 0.035 * factor(source, 0.5)),
        saves=int(likes * 0.045 * factor(source, 0.5)),
        views=int(views),
        plays=int(views * 1.18),
        impressions=int(impressions),
        reach=int(impressions * _REACH),
    )
    return Reception(totals, platform.pace * HOUR * factor(source, 0.3))


def _story(source: Random, followers: int) -> Reception:
    """Stories are watched rather than reacted to; a reaction counts as a like, a reply as a comment."""
    views = followers * _WATCHING * factor(source, _STORY_LUCK)
    totals = Engagement(
        likes=int(views * 0.04),
        comments=int(views * 0.004),
        shares=int(views * 0.003),
        views=int(views),
        plays=int(views),
        impressions=int(views * _STORY_SHOWINGS),
        reach=int(views * _STORY_REACH),
    )
    return Reception(totals, _STORY_PACE, lifetime=DAY)
