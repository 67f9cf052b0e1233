"""Campaigns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import keyset
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world import instant
from emulator.world.store import Row, Statement
from emulator.world.world import own

_C = tables.campaigns
_NEWEST_FIRST = Statement(
    select(_C.c.uuid, _C.c.name, _C.c.created_at)
    .where(own(_C), _C.c.shop_id == bindparam("shop"))
    .order_by(_C.c.created_at.desc(), _C.c.id.desc())
)


def campaigns(workspace: Workspace, after: str | None = None, first: int | None = None) -> dict[str, Any]:
    rows = workspace.world.rows(_NEWEST_FIRST, shop=workspace.id)
    return keyset.listed(workspace, rows, first, after, id_of=lambda row: row[0], shown=_shown)


def _shown(page: Sequence[Row]) -> list[dict[str, Any]]:
    return [{"id": uuid, "name": name, "createdAt": instant.zulu(created)} for uuid, name, created in page]
