"""How well a post does: its totals, from the size and the habits of its audience."""

from collections.abc import Mapping
from random import Random

from emulator.world.population.cast import Profile
from emulator.world.population.engagement import DAY, HOUR, Engagement, Reception
from emulator.world.population.platforms import COMMENTS, PLATFORMS, Kind
from emulator.world.population.randomness import factor

_LIFT: Mapping[Kind, float] = {"Post": 0.85, "Reel": 1.2, "Video": 1.0, "Shorts": 0.9}
_SPONSORED = 0.8  # paid content is liked less
_STORY_PACE = 5 * HOUR


def reception(source: Random, profile: Profile, kind: Kind, followers: int, *, film: bool, paid: bool) -> Reception:
    """`followers` are those at the time of publishing."""
    if kind == "Story":
        return _story(source, followers)
    platform = PLATFORMS[profile.platform]
    engaged = followers * profile.engagement_rate * _LIFT[kind] * factor(source, 0.55) * (_SPONSORED if paid else 1)
    likes = engaged * (1 - COMMENTS)
    views = likes * platform.views * factor(source, 0.3) if film else 0.0
    impressions = views * 1.25 if film else likes * 14 * factor(source, 0.3)
    totals = Engagement(
        likes=int(likes),
        comments=int(engaged * COMMENTS * factor(source, 0.4)),
        shares=int(likes * 0.035 * factor(source, 0.5)),
        saves=int(likes * 0.045 * factor(source, 0.5)),
        views=int(views),
        plays=int(views * 1.18),
        impressions=int(impressions),
        reach=int(impressions * 0.78),
    )
    return Reception(totals, platform.pace * HOUR * factor(source, 0.3))


def _story(source: Random, followers: int) -> Reception:
    """Stories are watched rather than reacted to; a reaction counts as a like, a reply as a comment."""
    views = followers * 0.07 * factor(source, 0.3)
    totals = Engagement(
        likes=int(views * 0.04),
        comments=int(views * 0.004),
        shares=int(views * 0.003),
        views=int(views),
        plays=int(views),
        impressions=int(views * 1.06),
        reach=int(views * 0.96),
    )
    return Reception(totals, _STORY_PACE, lifetime=DAY)
