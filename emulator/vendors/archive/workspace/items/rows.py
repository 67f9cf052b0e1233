"""Rows of items, as light as the question allows: nearly all that is asked of many of them stands in columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, and_, bindparam, case, null, select

from emulator.vendors.archive import readings, tables
from emulator.vendors.archive.followers import followers_now
from emulator.vendors.archive.readings import Reading
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.items.engagement import Figures, figures
from emulator.world.store import Row, Statement
from emulator.world.world import own

_C, _M = tables.creators, tables.media_items

OF_WORKSPACE: Final = and_(own(_M), _M.c.shop_id == bindparam("shop"))

# The history is needed only while there are readings to come.
FIGURES: Final = (
    _M.c.provider,
    _M.c.audience,
    _M.c.likes,
    _M.c.comments,
    _M.c.views,
    _M.c.shares,
    _M.c.impressions,
    _M.c.recorded_until,
    case((_M.c.recorded_until > bindparam("now"), _M.c.history)).label("history"),
)
_LIGHT: Final = (
    _M.c.id,
    _M.c.uuid,
    _M.c.creator_id,
    _M.c.person_id,
    _M.c.taken_at,
    _M.c.usage_rights_status,
    _M.c.tags,
)
_ACCOUNTS = Statement(
    select(_C.c.id, _C.c.account_name, _C.c.followers, _C.c.monthly_growth).where(
        own(_C), _C.c.shop_id == bindparam("shop")
    )
)


@dataclass(frozen=True, slots=True)
class Account:
    """`followers` are those of now."""

    name: str
    followers: int


class Candidate:
    """An item that may be among those asked for. `columns` are FIGURES; without need there is no `body`."""

    number: int
    uuid: str
    creator: int
    person: int
    taken_at: int
    rights: str | None
    tags: str
    body: bytes | None
    columns: Sequence[Any]

    def __init__(self, row: Row, now: int) -> None:
        self.number, self.uuid, self.creator, self.person, self.taken_at, self.rights, self.tags, self.body = row[:8]
        self.columns = row[8:]
        self._now = now
        self._figures: tuple[Figures | None] | None = None

    @property
    def figures(self) -> Figures | None:
        """Kept by hand: the lock of `cached_property` costs as much as the rest, and there are many candidates."""
        if self._figures is None:
            self._figures = (current(self.columns, self._now),)
        return self._figures[0]

    @cached_property
    def content(self) -> dict[str, Any]:
        """What version 1 shows of it."""
        found: dict[str, Any] = orjson.loads(self.body or b"{}")
        return found

    @property
    def provider(self) -> str:
        return str(self.columns[0])


def current(columns: Sequence[Any], now: int) -> Figures | None:
    """Of the columns FIGURES; None before the first reading."""
    provider, audience, likes, comments, views, shares, impressions, recorded_until, history = columns
    if now < recorded_until:
        reading = readings.latest(history, now)
    else:
        reading = Reading(recorded_until, likes, comments, views, views, shares, impressions)
    return None if reading is None else figures(reading, provider, audience)


def candidates(workspace: Workspace, wanted: Sequence[ColumnElement[bool]], *, body: bool) -> list[Candidate]:
    """In no order."""
    now = workspace.world.now
    query = select(*_LIGHT, _M.c.body if body else null(), *FIGURES).where(OF_WORKSPACE, *wanted)
    rows = workspace.world.query(query, shop=workspace.id, now=now)
    return [Candidate(row, now) for row in rows]


def accounts(workspace: Workspace) -> Mapping[int, Account]:
    """All of the workspace, by the number of their profile."""
    rows = workspace.world.rows(_ACCOUNTS, shop=workspace.id)
    return {number: Account(name, followers_now(workspace.world, *counted)) for number, name, *counted in rows}
