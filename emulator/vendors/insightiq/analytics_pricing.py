"""What contents of a public profile may cost, and why. All figures are assumed; the words of four grades are not.

The documentation prices what Instagram has, so there are no prices elsewhere (assumed).
"""

from typing import Any, Final, NamedTuple

from emulator.vendors.insightiq.analytics_subject import Subject


class Grade(NamedTuple):
    """A grade begins at a figure; `factor` is what it does to the prices."""

    least: float
    factor: float
    level: str
    description: str


_PER_FOLLOWER: Final = 0.01  # US dollars for a static post
_KINDS: Final = {"reels": 1.6, "story": 0.5, "static_post": 1.0, "carousel": 1.2}
_SPREAD: Final = (0.8, 1.3)
_STEP: Final = 5  # US dollars

_ENGAGEMENT: Final = (
    Grade(
        6, 1.5, "Very High",
        "Very high engagement rate increases pricing, reflecting strong connection with audience.",
    ),
    Grade(3, 1.25, "High", "High engagement rate increases pricing, reflecting good connection with audience."),
    Grade(1.5, 1, "Average", "Average engagement rate leaves pricing unchanged."),
    Grade(0, 0.75, "Low", "Low engagement rate decreases pricing, reflecting weak connection with audience."),
)  # fmt: skip
_FOLLOWERS: Final = (
    Grade(
        5_000_000, 1.3, "Celebrity Influencer",
        "Celebrity influencer status commands higher pricing due to widespread fame and global appeal.",
    ),
    Grade(1_000_000, 1.2, "Mega Influencer", "Mega influencer status commands higher pricing due to very large reach."),
    Grade(100_000, 1.1, "Macro Influencer", "Macro influencer status commands higher pricing due to large reach."),
    Grade(10_000, 1, "Micro Influencer", "Micro influencer status leaves pricing unchanged."),
    Grade(0, 0.9, "Nano Influencer", "Nano influencer status decreases pricing due to small reach."),
)  # fmt: skip
_LOCATION: Final = (
    Grade(
        50, 1.2, "Tier 1",
        "Audience is primarily in Tier 1 countries, where purchasing power and prices are highest.",
    ),
    Grade(25, 1, "Tier 2", "Audience is partly in Tier 1 countries, where purchasing power and prices are highest."),
    Grade(0, 0.8, "Tier 3", "Audience is rarely in Tier 1 countries, where purchasing power and prices are highest."),
)  # fmt: skip
_CREDIBILITY: Final = (
    Grade(0.8, 1.1, "High", "High follower credibility score increases pricing, reflecting authenticity of audience."),
    Grade(0.7, 1, "Average", "Average follower credibility score leaves pricing unchanged."),
    Grade(0, 0.8, "Low", "Low follower credibility score decreases pricing, reflecting doubts about the audience."),
)
_TIER_1: Final = ("US", "CA", "GB", "AU", "DE", "AT", "NL", "FR")


def pricing(subject: Subject) -> dict[str, Any]:
    """The keys `pricing` and `pricing_explanations`; nothing where there are no prices."""
    if subject.platform.name != "Instagram" or subject.row["engagement_rate"] is None:
        return {}
    grades = _grades(subject)
    price = subject.followers * _PER_FOLLOWER
    for grade in grades.values():
        price *= grade.factor
    return {
        "pricing": {"currency": "USD", "post_type": {kind: _range(price * part) for kind, part in _KINDS.items()}},
        "pricing_explanations": {
            name: {"level": grade.level, "description": grade.description} for name, grade in grades.items()
        },
    }


def _grades(subject: Subject) -> dict[str, Grade]:
    """What is not known of the audience bears on nothing."""
    grades = {
        "engagement": _grade(_ENGAGEMENT, subject.row["engagement_rate"]),
        "follower_level": _grade(_FOLLOWERS, subject.followers),
    }
    if subject.row["audience"] is None:
        return grades
    at_home = sum(share for code, share in subject.row["audience"]["countries"] if code in _TIER_1)
    return grades | {
        "audience_location": _grade(_LOCATION, at_home),
        "audience_credibility": _grade(_CREDIBILITY, subject.row["credibility"]),
    }


def _grade(grades: tuple[Grade, ...], value: float) -> Grade:
    return next((grade for grade in grades if value >= grade.least), grades[-1])


def _range(price: float) -> dict[str, int]:
    low, high = (round(price * part / _STEP) * _STEP for part in _SPREAD)
    return {"min": low, "max": max(high, low + _STEP)}
