"""Competitors' brands, and what is posted about them."""

from collections.abc import Sequence
from datetime import date as Date  # noqa: N812 - `date` is an argument of the vendor's
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import keyset, veiled
from emulator.vendors.archive.workspace.brands.metrics import METRICS, Period, mentioning, span
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import failure
from emulator.vendors.archive.workspace.items import nodes as item_nodes
from emulator.vendors.archive.workspace.items.order import Order, keys
from emulator.vendors.archive.workspace.items.rows import Candidate
from emulator.world import instant
from emulator.world.store import Row, Statement
from emulator.world.world import own

_B, _M = tables.brands, tables.media_items
_NEWEST_FIRST = Statement(
    select(_B.c.uuid, _B.c.name, _B.c.handle, _B.c.own)
    .where(own(_B), _B.c.shop_id == bindparam("shop"))
    .order_by(_B.c.id.desc())
)


def competitor_brand(
    workspace: Workspace, id: str, date: Date | None = None, period: str | None = None
) -> dict[str, Any] | None:
    row = _find(workspace, id)
    return None if row is None else _shown(row, _period(workspace, date, period))


def competitor_brands(
    workspace: Workspace,
    after: str | None = None,
    date: Date | None = None,
    first: int | None = None,
    period: str | None = None,
) -> dict[str, Any]:
    """Newest first; the workspace's own brand is among them (assumed)."""

    def shown(page: Sequence[Row]) -> list[dict[str, Any]]:
        counted = _period(workspace, date, period)
        return [_shown(row, counted) for row in page]

    return keyset.listed(workspace, _all(workspace), first, after, id_of=lambda row: row[0], shown=shown)


def competitor_brand_items(
    workspace: Workspace,
    brand_id: str,
    filter: dict[str, Any],
    after: str | None = None,
    first: int | None = None,
    sorting: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """An unknown brand has none (assumed). A cursor names the item alone, so that it stays valid in any order."""
    brand = _find(workspace, brand_id)
    found = [] if brand is None else mentioning(workspace, brand[2], *_within(filter["takenAt"]))
    found.sort(key=Order(workspace, keys(sorting), {}).place)

    def shown(page: Sequence[Candidate]) -> list[dict[str, Any]]:
        nodes = item_nodes.shown(workspace, [item.number for item in page])
        return [_as_competitors(node, id_of(item)) for node, item in zip(nodes, page, strict=True)]

    def id_of(item: Candidate) -> str:
        return veiled.of_competitor(workspace.world.seed, item.uuid)

    return keyset.listed(workspace, found, first, after, id_of=id_of, shown=shown)


def _all(workspace: Workspace) -> list[Row]:
    return workspace.world.rows(_NEWEST_FIRST, shop=workspace.id)


def _find(workspace: Workspace, id: str) -> Row | None:
    return next((row for row in _all(workspace) if row[0] == id), None)


def _within(taken_at: dict[str, int | None]) -> list[Any]:
    """Both ends belong to it; one that is left out is open (assumed)."""
    begins, ends = taken_at.get("from"), taken_at.get("to")
    wanted = [] if begins is None else [_M.c.taken_at >= begins]
    return wanted if ends is None else [*wanted, _M.c.taken_at <= ends]


def _as_competitors(node: dict[str, Any], id: str) -> dict[str, Any]:
    """An item under the id that it has as one about a brand."""
    return {**node, "id": id, "archivePublicUrl": node["archivePublicUrl"].replace(node["id"], id)}


def _period(workspace: Workspace, day: Date | None, period: str | None) -> Period:
    """Without a day it is the last one that is over, as there is little to compare in one that has just begun."""
    length = period or "MONTH"
    if day is not None:
        return Period(workspace, *span(day, length))
    begun, _ = span(instant.to_datetime(workspace.world.now).date(), length)
    return Period(workspace, *span(instant.to_datetime(begun - 1).date(), length))


def _shown(row: Row, period: Period) -> dict[str, Any]:
    uuid, name, handle, owned = row
    status = period.workspace.settings["own_brand_metrics"] if owned else None
    brand = {"id": uuid, "isOwnBrand": bool(owned), "name": name, "ownMetricsStatus": status}
    return brand | (_out_of_reach() if status == "UNAVAILABLE" else _counted(period, handle))


def _counted(period: Period, handle: str) -> dict[str, Any]:
    """Counted when one of them is asked for."""
    metrics = cache(lambda: period.metrics(handle))
    return {name: lambda _, name=name: metrics()[name] for name in METRICS}


def _out_of_reach() -> dict[str, Any]:
    """Null, with one error however many are asked for."""
    errors = [failure("Metrics of the own brand are temporarily unavailable", "SERVICE_UNAVAILABLE")]

    def metric(_run: Any) -> None:
        if errors:
            raise errors.pop()

    return dict.fromkeys(METRICS, metric)
