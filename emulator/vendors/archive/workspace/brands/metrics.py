"""What is posted about brands, and how it is counted in a period.

A post is about a brand whose account it mentions. Its figures are those of now, however long ago the period was, so
that they add up to what its posts show; which figures there are is reported, how they are counted is assumed.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.items import rows as item_rows
from emulator.vendors.archive.workspace.items.engagement import Figures, earned_media_value
from emulator.vendors.archive.workspace.items.rows import Candidate
from emulator.world import instant

METRICS: Final = ("earnedMediaValue", "engagementsTotal", "impressions", "influencersCount", "postsCount", "reach")

_EPOCH: Final = date(1970, 1, 1).toordinal()
_WEEK: Final = 7

_M = tables.media_items


def span(day: date, period: str) -> tuple[int, int]:
    """The instants of the calendar's week, from Monday, or month that a day lies in; the last is not part of it."""
    if period == "WEEK":
        first, days = day.toordinal() - day.weekday(), _WEEK
    else:
        first, days = day.replace(day=1).toordinal(), monthrange(day.year, day.month)[1]
    begins = (first - _EPOCH) * instant.DAY
    return begins, begins + days * instant.DAY


def mentioning(workspace: Workspace, handle: str, *wanted: ColumnElement[bool]) -> list[Candidate]:
    """The items about a brand of this handle, in no order."""
    named = _M.c.tags.contains(_tag(handle), autoescape=True)
    return item_rows.candidates(workspace, [named, *wanted], body=False)


@dataclass(frozen=True)
class Period:
    """From an instant up to another one, which is not part of it."""

    workspace: Workspace
    begins: int
    ends: int

    @cached_property
    def _items(self) -> list[Candidate]:
        """One statement, however many brands are counted."""
        wanted = [_M.c.taken_at >= self.begins, _M.c.taken_at < self.ends, _M.c.tags.contains("\n@")]
        return item_rows.candidates(self.workspace, wanted, body=False)

    def metrics(self, handle: str) -> dict[str, Any]:
        """All METRICS of a brand; posts without a reading yet count as posts."""
        items = [item for item in self._items if _tag(handle) in item.tags]
        counted = [(item, item.figures) for item in items if item.figures is not None]
        figures = [each for _, each in counted]
        return {
            "earnedMediaValue": sum(earned_media_value(self.workspace, each) or 0 for each in figures),
            "engagementsTotal": sum(each.interactions for each in figures),
            "impressions": sum(each.impressions or 0 for each in figures),
            "influencersCount": len({item.person for item in items}),
            "postsCount": len(items),
            "reach": _reach([(item.creator, each) for item, each in counted]),
        }


def _reach(counted: Sequence[tuple[int, Figures]]) -> int:
    """Of every account, as many as it has followers, or fewer if its posts were shown less often than that."""
    shown: dict[int, int] = {}
    followers: dict[int, int] = {}
    for account, figures in counted:
        shown[account] = shown.get(account, 0) + (figures.impressions or 0)
        followers[account] = max(followers.get(account, 0), figures.audience)
    return sum(min(times, followers[account]) for account, times in shown.items())


def _tag(handle: str) -> str:
    """As the column `tags` has it."""
    return f"\n@{handle.lower()}\n"
