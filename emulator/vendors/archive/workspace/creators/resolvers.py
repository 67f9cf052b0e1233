"""Creators and their social profiles."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import keyset
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.creators import nodes as profile_nodes
from emulator.vendors.archive.workspace.creators import rows as people
from emulator.vendors.archive.workspace.creators.rows import Found
from emulator.world.store import Statement
from emulator.world.world import own

Nodes = Callable[[Workspace, Iterable[int]], dict[int, dict[str, Any]]]

_C, _P = tables.creators, tables.people
_PERSON = Statement(select(_P.c.id).where(own(_P), _P.c.shop_id == bindparam("shop"), _P.c.uuid == bindparam("uuid")))


def creator(workspace: Workspace, id: str) -> dict[str, Any] | None:
    """None for an unknown one, which the schema does not allow: the answer is then null as a whole (assumed)."""
    row = workspace.world.row(_PERSON, shop=workspace.id, uuid=id)
    return None if row is None else profile_nodes.creators(workspace, row)[row[0]]


def creators(
    workspace: Workspace,
    after: str | None = None,
    custom_attribute_conditions: list[dict[str, Any]] | None = None,
    filter: dict[str, Any] | None = None,
    first: int | None = None,
    preset_id: str | None = None,
) -> dict[str, Any]:
    """Newest first (reported). The other arguments narrow what a view leaves (assumed)."""
    wanted = [*people.narrowing(workspace, preset_id, "creator"), *(custom_attribute_conditions or ())]
    found = people.creators(workspace, (filter or {}).get("locations") or (), wanted)
    return _listed(workspace, found, first, after, profile_nodes.creators)


def social_profile(
    workspace: Workspace,
    account_name: str | None = None,
    fallback: bool | None = None,
    id: str | None = None,
    provider: str | None = None,
) -> dict[str, Any] | None:
    """As `creator` of version 1 (assumed): the id decides; with `fallback`, another platform's account will do."""
    found = _find_profile(workspace, id, account_name, provider)
    if found is None and fallback and id is None and provider is not None:
        found = _find_profile(workspace, None, account_name, None)
    return found


def social_profiles(
    workspace: Workspace,
    after: str | None = None,
    filter: dict[str, Any] | None = None,
    first: int | None = None,
    preset_id: str | None = None,
) -> dict[str, Any]:
    """Only the cursor at the end of a page may be passed back (reported): the others are made another way."""
    wanted = people.narrowing(workspace, preset_id, "social_profile")
    found = people.profiles(workspace, (filter or {}).get("platform"), wanted)
    page = _listed(workspace, found, first, after, profile_nodes.profiles)
    nodes = page["nodes"]
    start = _place(workspace, nodes[0]) if nodes else None
    return {
        **page,
        "edges": lambda _: [{"cursor": _place(workspace, node), "node": node} for node in nodes],
        "pageInfo": {**page["pageInfo"], "startCursor": start},
    }


def _listed(
    workspace: Workspace, found: Sequence[Found], first: int | None, after: str | None, nodes: Nodes
) -> dict[str, Any]:
    def shown(page: Sequence[Found]) -> list[dict[str, Any]]:
        by_number = nodes(workspace, [each.number for each in page])
        return [by_number[each.number] for each in page]

    return keyset.listed(workspace, found, first, after, id_of=lambda each: each.uuid, shown=shown)


def _place(workspace: Workspace, node: dict[str, Any]) -> str:
    """A cursor that `after` does not take."""
    text = b64encode(str(node["id"]).encode()).decode()
    return text if workspace.settings["cursor_padding"] else text.rstrip("=")


def _find_profile(
    workspace: Workspace, id: str | None, account_name: str | None, provider: str | None
) -> dict[str, Any] | None:
    """Of several with the name, the one with the lowest number."""
    if id is None and account_name is None:
        return None
    wanted = [_C.c.uuid == id] if id is not None else [_C.c.account_name == account_name]
    if provider is not None:
        wanted.append(_C.c.provider == provider)
    query = select(_C.c.id).where(own(_C), _C.c.shop_id == bindparam("shop"), *wanted).order_by(_C.c.id).limit(1)
    rows = workspace.world.query(query, shop=workspace.id)
    return profile_nodes.profiles(workspace, rows[0])[rows[0][0]] if rows else None
