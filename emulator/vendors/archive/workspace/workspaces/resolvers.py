"""Workspaces, as version 2 calls shops."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import keyset
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.workspaces import sources
from emulator.world import ids, instant
from emulator.world.population.randomness import stream
from emulator.world.store import Row, Statement
from emulator.world.world import own

_CONNECTED: Final = ("INSTAGRAM", "TIKTOK")
_CONNECTED_DAYS: Final = (30, 700)  # so long before the epoch have accounts been connected (assumed)

_S, _B = tables.shops, tables.brands
_ALL = Statement(select(_S.c.id, _S.c.uuid, _S.c.name).where(own(_S)).order_by(_S.c.id))
_OWN_BRAND = Statement(
    select(_B.c.handle).where(own(_B), _B.c.shop_id == bindparam("shop"), _B.c.own == 1).order_by(_B.c.id)
)


def workspace(workspace: Workspace) -> dict[str, Any]:
    return next(_shown(workspace, row) for row in workspace.world.rows(_ALL) if row[0] == workspace.id)


def workspaces(workspace: Workspace, after: str | None = None, first: int | None = None) -> dict[str, Any]:
    """All that the token covers, by their numbers (assumed)."""

    def shown(page: Sequence[Row]) -> list[dict[str, Any]]:
        return [_shown(workspace, row) for row in page]

    return keyset.listed(workspace, workspace.world.rows(_ALL), first, after, id_of=lambda row: row[1], shown=shown)


def _shown(asking: Workspace, row: Row) -> dict[str, Any]:
    number, uuid, name = row
    workspace = replace(asking, id=number, uuid=uuid)
    return {
        "hashtags": lambda _: sources.tags(workspace, "HASHTAG"),
        "id": uuid,
        "integrations": lambda _: _integrations(workspace),
        "keywords": lambda _: sources.keywords(workspace),
        "mentions": lambda _: sources.tags(workspace, "MENTION"),
        "name": name,
    }


def _integrations(workspace: Workspace) -> list[dict[str, Any]]:
    """The accounts of the own brand (assumed)."""
    brand = workspace.world.row(_OWN_BRAND, shop=workspace.id)
    return [] if brand is None else [_integration(workspace, brand[0], provider) for provider in _CONNECTED]


def _integration(workspace: Workspace, handle: str, provider: str) -> dict[str, Any]:
    world, name = workspace.world, ("archive integration", workspace.id, provider)
    ago = stream(world.seed, *name).uniform(*_CONNECTED_DAYS)
    return {
        "connectedAt": instant.zulu(world.record.epoch - int(ago * instant.DAY)),
        "handle": handle,
        "id": ids.uuid(world.seed, *name),
        "provider": provider,
        "status": "CONNECTED",
    }
