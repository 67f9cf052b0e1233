"""Collections of items."""

from typing import Any

from sqlalchemy import bindparam, select

from emulator.vendors.archive import item_collections, tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import user_error
from emulator.vendors.archive.workspace.organising import drafts
from emulator.vendors.archive.workspace.organising.nodes import COLLECTION, Nodes, find_group, unknown_group
from emulator.vendors.archive.workspace.terms import limit
from emulator.world.store import Row, Statement
from emulator.world.world import own

_C = tables.collections
_OF_WORKSPACE = select(*COLLECTION).where(own(_C), _C.c.shop_id == bindparam("shop"))
_BY_UUID = Statement(_OF_WORKSPACE.where(_C.c.uuid == bindparam("uuid")))
_BY_NUMBER = Statement(_OF_WORKSPACE.where(_C.c.id == bindparam("number")))
_NEWEST = Statement(_OF_WORKSPACE.order_by(_C.c.created_at.desc(), _C.c.id.desc()).limit(bindparam("most")))


def collection(workspace: Workspace, id: str) -> dict[str, Any] | None:
    row = _find(workspace, id)
    return None if row is None else Nodes(workspace).collection(row)


def collections(workspace: Workspace) -> list[dict[str, Any]]:
    """Newest first (assumed)."""
    nodes = Nodes(workspace)
    rows = workspace.world.rows(_NEWEST, shop=workspace.id, most=limit("max_list"))
    return [nodes.collection(row) for row in rows]


def create_collection(workspace: Workspace, input: dict[str, Any]) -> dict[str, Any]:
    """A name may be taken twice (assumed)."""
    if errors := drafts.name_errors(workspace, input["name"]):
        return _refused(errors)
    return _done(workspace, item_collections.create(workspace, input["name"]))


def update_collection(workspace: Workspace, id: str, input: dict[str, Any]) -> dict[str, Any]:
    row = _find(workspace, id)
    unknown = [] if row else [_unknown(workspace, "id")]
    errors = unknown + drafts.name_errors(workspace, input["name"])
    return _refused(errors) if row is None or errors else _changed(workspace, row, name=input["name"])


def delete_collection(workspace: Workspace, id: str) -> dict[str, Any]:
    """Its items stay in the workspace (assumed)."""
    row = _find(workspace, id)
    if row is None:
        return {"deletedCollectionId": None, "userErrors": [_unknown(workspace, "id")]}
    workspace.world.delete(tables.collected, {"shop_id": workspace.id, "collection_id": row[0]})
    workspace.world.delete(_C, {"shop_id": workspace.id, "id": row[0]})
    return {"deletedCollectionId": id, "userErrors": []}


def move_collection_to_group(workspace: Workspace, collection_id: str, group_id: str | None = None) -> dict[str, Any]:
    """Another group, or none instead of one, is an update (assumed)."""
    row = _find(workspace, collection_id)
    group = None if group_id is None else find_group(workspace, group_id)
    errors = [] if row else [_unknown(workspace, "collectionId")]
    if group_id is not None and group is None:
        errors.append(unknown_group(workspace, "groupId"))
    if row is None or errors:
        return _refused(errors)
    number = group[0] if group else None
    return _done(workspace, row[0]) if number == row[5] else _changed(workspace, row, group_id=number)


def _find(workspace: Workspace, uuid: str) -> Row | None:
    return workspace.world.row(_BY_UUID, shop=workspace.id, uuid=uuid)


def _changed(workspace: Workspace, row: Row, **columns: Any) -> dict[str, Any]:
    key = {"shop_id": workspace.id, "id": row[0]}
    workspace.world.update(_C, key, **columns, updated_at=workspace.world.now)
    return _done(workspace, row[0])


def _done(workspace: Workspace, number: int) -> dict[str, Any]:
    rows = workspace.world.rows(_BY_NUMBER, shop=workspace.id, number=number)
    return {"collection": Nodes(workspace).collection(rows[0]), "userErrors": []}


def _refused(errors: drafts.Errors) -> dict[str, Any]:
    return {"collection": None, "userErrors": errors}


def _unknown(workspace: Workspace, argument: str) -> dict[str, Any]:
    return user_error(workspace, "Collection not found", argument)
