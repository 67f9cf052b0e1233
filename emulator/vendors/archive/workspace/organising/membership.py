"""Which items are in which collections."""

from collections.abc import Callable, Sequence
from typing import Any

from emulator.vendors.archive import item_collections
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import user_error
from emulator.vendors.archive.workspace.items import nodes as item_nodes
from emulator.vendors.archive.workspace.organising import drafts


def add_item_to_collections(
    workspace: Workspace,
    item_id: str,
    auto_create: bool | None = None,
    collection_ids: list[str] | None = None,
    collection_names: list[str] | None = None,
) -> dict[str, Any] | None:
    """All of them, or none if anything speaks against one. Without any, nothing is to be done (assumed)."""
    ids, names = collection_ids or [], collection_names or []
    return _changed(workspace, item_collections.add, item_id, ids, names, create=bool(auto_create))


def remove_item_from_collections(
    workspace: Workspace,
    item_id: str,
    collection_ids: list[str] | None = None,
    collection_names: list[str] | None = None,
) -> dict[str, Any] | None:
    """As for adding; that the item is not there is no error (assumed)."""
    ids, names = collection_ids or [], collection_names or []
    return _changed(workspace, item_collections.remove, item_id, ids, names, create=False)


def _changed(
    workspace: Workspace,
    change: Callable[[Shop, int, int], None],
    item_id: str,
    ids: Sequence[str],
    names: Sequence[str],
    *,
    create: bool,
) -> dict[str, Any]:
    """Whatever there is to refuse is refused before anything is changed."""
    item = item_nodes.number_of(workspace, item_id)
    found = [item_collections.of_uuid(workspace, each) for each in ids]
    named = {each: item_collections.of_name(workspace, each) for each in names}
    missing = [name for name, number in named.items() if number is None]
    errors = [user_error(workspace, "Item not found", "itemId")] if item is None else []
    errors += [
        user_error(workspace, f"Collection not found: {uuid}", "collectionIds")
        for uuid, number in zip(ids, found, strict=True)
        if number is None
    ]
    for name in missing:
        errors += _refused(workspace, name, create=create)
    if item is None or errors:
        return {"item": None, "userErrors": errors}
    made = [item_collections.create(workspace, name) for name in missing]
    for collection in dict.fromkeys(number for number in (*found, *named.values(), *made) if number is not None):
        change(workspace, collection, item)
    return {"item": lambda _: item_nodes.shown(workspace, [item])[0], "userErrors": []}


def _refused(workspace: Workspace, name: str, *, create: bool) -> list[dict[str, Any]]:
    """What speaks against a name that no collection has."""
    if create:
        return drafts.name_errors(workspace, name, "collectionNames")
    return [user_error(workspace, "Collection not found", "collectionNames")]
