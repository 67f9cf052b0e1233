"""Figures that follow from a reading. How the vendor computes them is not known: the formulas are our own (assumed)."""

from typing import Any, Final, NamedTuple

from emulator.vendors.archive.readings import Reading
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.scalars import big

_SHARES_OF: Final = "TIKTOK"  # documented
_PER_INTERACTION: Final = 8  # cents; an impression is one
_BOUNDS: Final = ((0.5, "NOT_VIRAL"), (1.0, "LOW"), (3.0, "MEDIUM"))
_DAMPING: Final = 0.8  # small accounts outdo themselves more easily than large ones


class Figures(NamedTuple):
    """Of an item at an instant. `audience` followed its account when it was published.

    Shares are those of TikTok alone, also where they are counted in; a picture has no views. `worth` and `label` are
    the earned media value and the virality where they are told and do not follow, as in objects of a recipe's own.
    """

    likes: int | None
    comments: int | None
    views: int | None
    shares: int | None
    impressions: int | None
    audience: int
    worth: int | None = None
    label: str | None = None

    @property
    def interactions(self) -> int:
        return (self.likes or 0) + (self.comments or 0) + (self.shares or 0)

    @property
    def virality(self) -> float:
        """On a linear scale: how often it was shown, for each follower."""
        return (self.impressions or 0) / max(1, self.audience)

    @property
    def exponential_virality(self) -> float:
        return float((self.impressions or 0) / max(1, self.audience) ** _DAMPING)

    @property
    def score(self) -> str:
        return self.label or next((name for bound, name in _BOUNDS if self.virality < bound), "HIGH")

    @property
    def engagements_rate(self) -> float:
        """Percent of the followers."""
        return 100 * self.interactions / max(1, self.audience)

    @property
    def impressions_rate(self) -> float:
        """Percent of the impressions."""
        return 100 * self.interactions / max(1, self.impressions or 0)


def figures(reading: Reading, provider: str, audience: int) -> Figures:
    if reading.told is not None:
        likes, comments, views, shares, impressions, worth, label = reading.told
        return Figures(likes, comments, views, shares, impressions, audience, worth, label)
    shares = reading.shares if provider == _SHARES_OF else None
    return Figures(reading.likes, reading.comments, reading.plays, shares, reading.impressions, audience)


def earned_media_value(workspace: Workspace, of: Figures) -> int | None:
    """In the unit that the world has chosen, unless it was told."""
    if of.label is not None:
        return of.worth
    cents = (of.impressions or 0) + _PER_INTERACTION * of.interactions
    return cents // 100 if workspace.choices["earned_media_value"] == "dollars" else cents


def shown(workspace: Workspace, of: Figures) -> dict[str, Any]:
    """An Engagement."""
    return {
        "comments": big(of.comments),
        "earnedMediaValue": big(earned_media_value(workspace, of)),
        "impressions": big(of.impressions),
        "likes": big(of.likes),
        "linearViralityScore": of.score,
        "shares": big(of.shares),
        "views": big(of.views),
    }
