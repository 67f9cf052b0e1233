"""Views of all three kinds: one implementation. Each kind sees only its own (assumed)."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import user_error
from emulator.vendors.archive.workspace.organising import drafts
from emulator.vendors.archive.workspace.organising.nodes import VIEW, Nodes, find_group, unknown_group
from emulator.vendors.archive.workspace.organising.saved import ViewKind
from emulator.vendors.archive.workspace.terms import limit
from emulator.world import ids
from emulator.world.store import Row, Statement
from emulator.world.world import own

_FIELDS: Final[Mapping[ViewKind, str]] = {
    "content": "contentView",
    "creator": "creatorView",
    "social_profile": "socialProfileView",
}
_USUAL: Final = {"sort": b"[]", "conditions": b"[]", "reporting": 1}

_V = tables.views
_OF_KIND = select(*VIEW).where(own(_V), _V.c.shop_id == bindparam("shop"), _V.c.kind == bindparam("kind"))
_BY_UUID = Statement(_OF_KIND.where(_V.c.uuid == bindparam("uuid")))
_LAST_UPDATED = _OF_KIND.order_by(_V.c.touched.desc()).limit(bindparam("most"))
_ALL = Statement(_LAST_UPDATED)
_IN_GROUP = Statement(_LAST_UPDATED.where(_V.c.group_id == bindparam("group")))


def one(workspace: Workspace, kind: ViewKind, id: str) -> dict[str, Any] | None:
    row = _find(workspace, kind, id)
    return None if row is None else Nodes(workspace).view(row)


def several(workspace: Workspace, kind: ViewKind, filter: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Those updated last first (reported). An unknown group has none."""
    chosen = (filter or {}).get("groupId")
    wanted: dict[str, Any] = {"shop": workspace.id, "kind": kind, "most": limit("max_list")}
    nodes = Nodes(workspace)
    if chosen is None:
        return [nodes.view(row) for row in workspace.world.rows(_ALL, **wanted)]
    group = find_group(workspace, chosen)
    return [nodes.view(row) for row in workspace.world.rows(_IN_GROUP, **wanted, group=group[0])] if group else []


def create(workspace: Workspace, kind: ViewKind, input: dict[str, Any]) -> dict[str, Any]:
    columns, errors = drafts.view_columns(workspace, input)
    if errors:
        return _refused(kind, errors)
    world, number = workspace.world, workspace.world.draw()
    uuid = ids.uuid(world.seed, "archive view", number)
    made = {"created_at": world.now, "updated_at": world.now, "touched": number, "group_id": None, "place": 0}
    world.insert(_V, shop_id=workspace.id, id=number, kind=kind, uuid=uuid, **made, **(_USUAL | columns))
    return _done(workspace, kind, uuid)


def update(workspace: Workspace, kind: ViewKind, id: str, input: dict[str, Any]) -> dict[str, Any]:
    row = _find(workspace, kind, id)
    columns, errors = drafts.view_columns(workspace, input)
    if row is None:
        return _refused(kind, [_unknown(workspace, "id"), *errors])
    if errors:
        return _refused(kind, errors)
    if columns:
        _change(workspace, row, columns)
    return _done(workspace, kind, id)


def delete(workspace: Workspace, kind: ViewKind, id: str) -> dict[str, Any]:
    row, field = _find(workspace, kind, id), _FIELDS[kind]
    deleted = f"deleted{field[0].upper()}{field[1:]}Id"
    if row is None:
        return {deleted: None, "userErrors": [_unknown(workspace, "id")]}
    workspace.world.delete(_V, {"shop_id": workspace.id, "id": row[0]})
    return {deleted: id, "userErrors": []}


def move(workspace: Workspace, kind: ViewKind, view_id: str, group_id: str | None) -> dict[str, Any]:
    """Behind the other views of the group; one that is there already keeps its place. This is an update (assumed)."""
    row = _find(workspace, kind, view_id)
    group = None if group_id is None else find_group(workspace, group_id)
    errors = [] if row else [_unknown(workspace, "viewId")]
    if group_id is not None and group is None:
        errors.append(unknown_group(workspace, "groupId"))
    if row is None or errors:
        return _refused(kind, errors)
    number = group[0] if group else None
    if number != row[5]:
        _change(workspace, row, {"group_id": number, "place": workspace.world.draw()})
    return _done(workspace, kind, view_id)


def _find(workspace: Workspace, kind: ViewKind, uuid: str) -> Row | None:
    return workspace.world.row(_BY_UUID, shop=workspace.id, kind=kind, uuid=uuid)


def _change(workspace: Workspace, row: Row, columns: dict[str, Any]) -> None:
    world = workspace.world
    key = {"shop_id": workspace.id, "id": row[0]}
    world.update(_V, key, **columns, updated_at=world.now, touched=world.draw())


def _done(workspace: Workspace, kind: ViewKind, uuid: str) -> dict[str, Any]:
    return {_FIELDS[kind]: one(workspace, kind, uuid), "userErrors": []}


def _refused(kind: ViewKind, errors: drafts.Errors) -> dict[str, Any]:
    return {_FIELDS[kind]: None, "userErrors": errors}


def _unknown(workspace: Workspace, argument: str) -> dict[str, Any]:
    return user_error(workspace, "View not found", argument)
