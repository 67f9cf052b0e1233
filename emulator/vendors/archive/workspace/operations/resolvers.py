"""Operations, and what begins them (archive-workspace-v2-operations.txt)."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.jobs import engine
from emulator.jobs.family import Job
from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import keyset
from emulator.vendors.archive.workspace.context import VENDOR, Workspace
from emulator.vendors.archive.workspace.errors import user_error
from emulator.vendors.archive.workspace.operations import refresh, wallet
from emulator.vendors.archive.workspace.terms import terms
from emulator.world import ids, instant
from emulator.world.store import Statement
from emulator.world.world import own

_DAY: Final = instant.DAY
_M, _I = tables.media_items, tables.operation_items
_OF_WORKSPACE = select(_M.c.uuid, _M.c.id, _M.c.type, _M.c.refreshed_at).where(
    own(_M), _M.c.shop_id == bindparam("shop")
)
_BY_UUID = Statement(_OF_WORKSPACE.where(_M.c.uuid == bindparam("uuid")))
_ACTIVE = Statement(
    select(_I.c.media_item_id).where(own(_I), _I.c.shop_id == bindparam("shop"), _I.c.state == "pending")
)


def refetch_engagement_bulk(workspace: Workspace, item_ids: list[str]) -> dict[str, Any]:
    """All of the items that can be refreshed, or none if the wallet is short.

    Ids of others and stories are left out without a word (reported).
    """
    if not workspace.settings["refetch_engagement"]:
        return _refused(workspace, "Bulk engagement refresh is not enabled for this workspace")
    accepted, skipped, recent = _sorted_out(workspace, item_ids)
    if recent and workspace.settings["recently_refreshed"] == "refused":
        text = f"Items can be refreshed once per day: {', '.join(recent)}"
        return _refused(workspace, text, "itemIds")
    if not accepted:
        return _payload(None, 0, skipped)
    try:
        wallet.spend(workspace, terms()["prices"]["refetch_engagement"] * len(accepted))
    except wallet.Short as short:
        text = f"Not enough credits: {short.cost} are needed, {short.left} are left"
        return _refused(workspace, text, "itemIds")
    job = refresh.begin(workspace.world, workspace, _new_id(workspace), workspace.uuid, accepted)
    return _payload(job.id, len(accepted), skipped)


def operation(workspace: Workspace, id: str) -> dict[str, Any] | None:
    job = engine.find(workspace.world, id, refresh.FAMILY)
    if job is None or job.request["workspace_id"] != workspace.uuid:
        return None
    items = refresh.states(workspace.world, job.id)
    became = {state: [uuid for uuid, each in items if each == state] for state in ("succeeded", "failed", "pending")}
    return {
        **_summary(workspace, job),
        "completedAt": None if job.ended_at is None else instant.zulu(job.ended_at),
        "failedItemIds": became["failed"],
        "pendingItemIds": became["pending"],
        "processed": len(items) - len(became["pending"]),
        "succeededItemIds": became["succeeded"],
    }


def operations(workspace: Workspace, after: str | None = None, first: int | None = None) -> dict[str, Any]:
    """Newest first (reported)."""
    jobs = engine.listed(workspace.world, -1, vendor=VENDOR, family=refresh.NAME)
    own_jobs = [job for job in jobs if job.request["workspace_id"] == workspace.uuid]

    def shown(page: Sequence[Job]) -> list[dict[str, Any]]:
        return [_summary(workspace, job) for job in page]

    return keyset.listed(workspace, own_jobs, first, after, id_of=lambda job: job.id, shown=shown)


def _sorted_out(workspace: Workspace, item_ids: Sequence[str]) -> tuple[list[tuple[int, str]], list[str], list[str]]:
    """Those to refresh (number, UUID), those that an active operation or this day already has, and the latter alone."""
    active = {row[0] for row in workspace.world.rows(_ACTIVE, shop=workspace.id)}
    accepted: list[tuple[int, str]] = []
    skipped: list[str] = []
    recent: list[str] = []
    for uuid in dict.fromkeys(item_ids):
        row = workspace.world.row(_BY_UUID, shop=workspace.id, uuid=uuid)
        if row is None or row[2] == "STORY":
            continue
        if row[1] in active:
            skipped.append(uuid)
        elif row[3] is not None and workspace.world.now < row[3] + _DAY:
            skipped.append(uuid)
            recent.append(uuid)
        else:
            accepted.append((row[1], uuid))
    return accepted, skipped, recent


def _summary(workspace: Workspace, job: Job) -> dict[str, Any]:
    queued = job.ended_at is None and workspace.world.now < refresh.started(job)
    return {
        "createdAt": instant.zulu(job.created_at),
        "id": job.id,
        "operationType": job.family,
        "status": "QUEUED" if queued else job.status,
        "total": len(job.request["item_ids"]),
    }


def _new_id(workspace: Workspace) -> str:
    """In the form of the documented sample."""
    number, seed = workspace.world.draw(), workspace.world.seed
    digits = int(ids.hexadecimal(seed, "archive operation", number, digits=8), 16) % 10_000_000
    return f"op-{digits:07}-{ids.hexadecimal(seed, 'archive operation id', number, digits=6)}"


def _payload(id: str | None, count: int, skipped: list[str]) -> dict[str, Any]:
    return {"operationId": id, "processedCount": count, "skippedItemIds": skipped, "userErrors": []}


def _refused(workspace: Workspace, message: str, *field: str) -> dict[str, Any]:
    """Nothing is done, nothing is charged."""
    errors = [user_error(workspace, message, *field)]
    return {"operationId": None, "processedCount": None, "skippedItemIds": None, "userErrors": errors}
