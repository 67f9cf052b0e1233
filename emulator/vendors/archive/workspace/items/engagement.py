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

    Shares are those of TikTok alone, also where they are counted in; a picture has no views.
    """

    likes: int
    comments: int
    views: int | None
    shares: int | None
    impressions: int
    audience: int

    @property
    def interactions(self) -> int:
        return self.likes + self.comments + (self.shares or 0)

    @property
    def virality(self) -> float:
        """On a linear scale: how often it was shown, for each follower."""
        return self.impressions / max(1, self.audience)

    @property
    def exponential_virality(self) -> float:
        return float(self.impressions / max(1, self.audience) ** _DAMPING)

    @property
    def score(self) -> str:
        return next((name for bound, name in _BOUNDS if self.virality < bound), "HIGH")

    @property
    def engagements_rate(self) -> float:
        """Percent of the followers."""
        return 100 * self.interactions / max(1, self.audience)

    @property
    def impressions_rate(self) -> float:
        """Percent of the impressions."""
        return 100 * self.interactions / max(1, self.impressions)


def figures(reading: Reading, provider: str, audience: int) -> Figures:
    shares = reading.shares if provider == _SHARES_OF else None
    return Figures(reading.likes, reading.comments, reading.plays, shares, reading.impressions, audience)


def earned_media_value(workspace: Workspace, of: Figures) -> int:
    """In the unit that the world has chosen."""
    cents = of.impressions + _PER_INTERACTION * of.interactions
    return cents // 100 if workspace.settings["earned_media_value"] == "dollars" else cents


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
