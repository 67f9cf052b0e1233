"""How posts are received: totals that they approach, and how fast."""

import math
from dataclasses import dataclass

HOUR = 3600.0
DAY = 24 * HOUR

_TURN = 2 * math.pi / DAY
_EVENING = 20 * HOUR  # when most people look, UTC
_SWAY = 0.8 / _TURN  # below 1 / _TURN, so that engagement slows down at night but never falls
_BEND = 0.7


@dataclass(frozen=True, slots=True)
class Engagement:
    """Counts at one time. `views` and `plays` are 0 for pictures; `impressions` and `reach` are known to the owner."""

    likes: int = 0
    comments: int = 0
    shares: int = 0
    saves: int = 0
    views: int = 0
    plays: int = 0
    impressions: int = 0
    reach: int = 0


NOTHING = Engagement()


@dataclass(frozen=True, slots=True)
class Reception:
    """`totals` are approached with `pace` seconds; a story has all of them when its `lifetime` (seconds) is over."""

    totals: Engagement
    pace: float
    lifetime: float | None = None

    def after(self, published: float, at: float) -> Engagement:
        """What has come in between two times, in Unix seconds. Never falls as `at` rises."""
        if at <= published:
            return NOTHING
        grown, totals = self._grown(published, at), self.totals
        return Engagement(
            round(totals.likes * grown),
            round(totals.comments * grown),
            round(totals.shares * grown),
            round(totals.saves * grown),
            round(totals.views * grown),
            round(totals.plays * grown),
            round(totals.impressions * grown),
            round(totals.reach * grown),
        )

    def comments_after(self, published: float, at: float) -> int:
        """Those of `after`, for whoever asks for many times."""
        return 0 if at <= published else round(self.totals.comments * self._grown(published, at))

    @property
    def span(self) -> float:
        """Seconds after which everything has come in: what is missing of the largest of the totals is rounded away."""
        if self.lifetime is not None:
            return self.lifetime
        totals = self.totals  # every other count is a part of one of these
        largest = max(totals.likes, totals.comments, totals.plays, totals.impressions, 1)
        return self.pace * math.pow(math.log(2 * largest), 1 / _BEND) + 2 * _SWAY

    def _grown(self, published: float, at: float) -> float:
        """The part of the totals that has come in, 0..1."""
        if self.lifetime is None:
            return saturation(tide(at) - tide(published), self.pace)
        if at - published >= self.lifetime:
            return 1.0
        return saturation(tide(at) - tide(published), self.pace) / saturation(self.lifetime, self.pace)


def saturation(seconds: float, pace: float) -> float:
    """The part of everything that has come in after so many seconds of `tide`."""
    return 1 - math.exp(-((seconds / pace) ** _BEND))


def tide(at: float) -> float:
    """A clock that goes faster in the evening and slower at night than Unix seconds do, and as fast over whole days."""
    return at + _SWAY * math.sin((at - _EVENING) % DAY * _TURN)
