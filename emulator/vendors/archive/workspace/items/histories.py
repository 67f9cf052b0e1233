"""The engagement of an item over time."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, select

from emulator.vendors.archive import readings, tables
from emulator.vendors.archive.followers import followers_at
from emulator.vendors.archive.readings import Reading
from emulator.vendors.archive.workspace import keyset
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.items import engagement
from emulator.vendors.archive.workspace.scalars import big
from emulator.world import ids, instant
from emulator.world.store import Row, Statement
from emulator.world.world import own

_C, _M = tables.creators, tables.media_items
_OF_CREATOR = and_(own(_C), _C.c.shop_id == _M.c.shop_id, _C.c.id == _M.c.creator_id)
_ITEM = Statement(
    select(_M.c.history, _M.c.provider, _M.c.audience, _C.c.followers, _C.c.monthly_growth)
    .join_from(_M, _C, _OF_CREATOR)
    .where(own(_M), _M.c.shop_id == bindparam("shop"), _M.c.uuid == bindparam("uuid"))
)


def page(
    workspace: Workspace, uuid: str, span: Mapping[str, int | None], first: int | None, after: str | None
) -> dict[str, Any]:
    """Newest first; both ends of the span are inside (assumed)."""
    row = workspace.world.row(_ITEM, shop=workspace.id, uuid=uuid)
    known = [] if row is None else readings.until(row[0], workspace.world.now)
    taken = [reading for reading in reversed(known) if _within(reading.at, span)]

    def shown(chosen: Sequence[Reading]) -> list[dict[str, Any]]:
        return [] if row is None else [_entry(workspace, reading, row) for reading in chosen]

    def id_of(reading: Reading) -> str:
        return ids.uuid(workspace.world.seed, "archive reading", uuid, reading.at)

    return keyset.listed(workspace, taken, first, after, id_of=id_of, shown=shown)


def _within(at: int, span: Mapping[str, int | None]) -> bool:
    since, until = span.get("from"), span.get("to")
    return (since is None or at >= since) and (until is None or at <= until)


def _entry(workspace: Workspace, reading: Reading, item: Row) -> dict[str, Any]:
    _, provider, audience, followers, growth = item
    figures = engagement.figures(reading, provider, audience)
    return {
        **engagement.shown(workspace, figures),
        "at": instant.zulu(reading.at),
        "followers": big(followers_at(workspace.world, reading.at, followers, growth)),
    }
