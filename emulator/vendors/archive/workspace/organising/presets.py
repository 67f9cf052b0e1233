"""Saved filters."""

from typing import Any

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.terms import limit
from emulator.world.store import Statement
from emulator.world.world import own

_P = tables.presets
_OLDEST = Statement(
    select(_P.c.uuid, _P.c.name, _P.c.accessor)
    .where(own(_P), _P.c.shop_id == bindparam("shop"))
    .order_by(_P.c.id)
    .limit(bindparam("most"))
)


def filter_presets(workspace: Workspace) -> list[dict[str, Any]]:
    """Oldest first (assumed). Nothing in the API changes them."""
    rows = workspace.world.rows(_OLDEST, shop=workspace.id, most=limit("max_list"))
    return [{"id": uuid, "name": name, "accessor": accessor} for uuid, name, accessor in rows]
