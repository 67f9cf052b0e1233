"""Groups of views and collections."""

from typing import Any

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import user_error
from emulator.vendors.archive.workspace.organising import drafts
from emulator.vendors.archive.workspace.organising.nodes import GROUP, Nodes, find_group, unknown_group
from emulator.vendors.archive.workspace.terms import limit
from emulator.world import ids
from emulator.world.store import Row, Statement
from emulator.world.world import own

_G, _V, _C = tables.view_groups, tables.views, tables.collections
_OLDEST = Statement(
    select(*GROUP).where(own(_G), _G.c.shop_id == bindparam("shop")).order_by(_G.c.id).limit(bindparam("most"))
)
_VIEWS = Statement(
    select(_V.c.uuid, _V.c.id)
    .where(own(_V), _V.c.shop_id == bindparam("shop"), _V.c.group_id == bindparam("group"))
    .order_by(_V.c.place)
)


def view_group(workspace: Workspace, id: str) -> dict[str, Any] | None:
    row = find_group(workspace, id)
    return None if row is None else Nodes(workspace).group(row)


def view_groups(workspace: Workspace) -> list[dict[str, Any]]:
    """Oldest first (reported)."""
    nodes = Nodes(workspace)
    rows = workspace.world.rows(_OLDEST, shop=workspace.id, most=limit("max_list"))
    return [nodes.group(row) for row in rows]


def create_view_group(workspace: Workspace, input: dict[str, Any]) -> dict[str, Any]:
    if errors := drafts.name_errors(workspace, input["name"]):
        return {"viewGroup": None, "userErrors": errors}
    world, number = workspace.world, workspace.world.draw()
    uuid = ids.uuid(world.seed, "archive view group", number)
    row = {"name": input["name"], "created_at": world.now, "updated_at": world.now}
    world.insert(_G, shop_id=workspace.id, id=number, uuid=uuid, **row)
    return _done(workspace, uuid)


def update_view_group(workspace: Workspace, id: str, input: dict[str, Any]) -> dict[str, Any]:
    row = find_group(workspace, id)
    unknown = [] if row else [unknown_group(workspace, "id")]
    errors = unknown + drafts.name_errors(workspace, input["name"])
    if row is None or errors:
        return {"viewGroup": None, "userErrors": errors}
    workspace.world.update(_G, _key(workspace, row), name=input["name"], updated_at=workspace.world.now)
    return _done(workspace, id)


def delete_view_group(workspace: Workspace, id: str) -> dict[str, Any]:
    """What was in it is in no group then, and has not been updated by that (assumed)."""
    row = find_group(workspace, id)
    if row is None:
        return {"deletedViewGroupId": None, "movedViewIds": [], "userErrors": [unknown_group(workspace, "id")]}
    moved = [uuid for uuid, _ in _views_in(workspace, row)]
    for table in (_V, _C):
        workspace.world.update(table, {"shop_id": workspace.id, "group_id": row[0]}, group_id=None)
    workspace.world.delete(_G, _key(workspace, row))
    return {"deletedViewGroupId": id, "movedViewIds": moved, "userErrors": []}


def reorder_views_in_group(workspace: Workspace, group_id: str, view_ids: list[str]) -> dict[str, Any]:
    """Views of the group that are not named stay behind those that are, in the order they had (assumed)."""
    row = find_group(workspace, group_id)
    if row is None:
        return {"viewGroup": None, "userErrors": [unknown_group(workspace, "groupId")]}
    views = dict(_views_in(workspace, row))
    wanted = dict.fromkeys(view_ids)
    if foreign := [uuid for uuid in wanted if uuid not in views]:
        text = f"View not found in the group: {', '.join(foreign)}"
        return {"viewGroup": None, "userErrors": [user_error(workspace, text, "viewIds")]}
    for uuid in wanted | views:
        key = {"shop_id": workspace.id, "id": views[uuid]}
        workspace.world.update(_V, key, place=workspace.world.draw())
    workspace.world.update(_G, _key(workspace, row), updated_at=workspace.world.now)
    return _done(workspace, group_id)


def _views_in(workspace: Workspace, group: Row) -> list[tuple[str, int]]:
    """UUIDs and numbers of all kinds of views, in their order."""
    return [(uuid, number) for uuid, number in workspace.world.rows(_VIEWS, shop=workspace.id, group=group[0])]


def _key(workspace: Workspace, group: Row) -> dict[str, Any]:
    return {"shop_id": workspace.id, "id": group[0]}


def _done(workspace: Workspace, uuid: str) -> dict[str, Any]:
    return {"viewGroup": view_group(workspace, uuid), "userErrors": []}
