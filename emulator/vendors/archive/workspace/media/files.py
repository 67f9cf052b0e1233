"""The files of items, as version 2 shows them."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import veiled
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world.world import own

_M = tables.media_items
_OF_WORKSPACE = select(_M.c.uuid, _M.c.id, _M.c.seconds, _M.c.body).where(own(_M), _M.c.shop_id == bindparam("shop"))


def of_items(workspace: Workspace, uuids: Sequence[str]) -> list[dict[str, Any]]:
    """Nodes of `MediaContent`, item after item, each item once."""
    query = _OF_WORKSPACE.where(_M.c.uuid.in_(uuids))
    found = {row[0]: row for row in workspace.world.query(query, shop=workspace.id)}
    return [node for uuid in dict.fromkeys(uuids) if uuid in found for node in _nodes(workspace, *found[uuid])]


def numbers_of(workspace: Workspace, uuids: Sequence[str]) -> dict[str, int]:
    """The numbers of the items that there are, in the order of their ids."""
    query = select(_M.c.uuid, _M.c.id).where(own(_M), _M.c.shop_id == bindparam("shop"), _M.c.uuid.in_(uuids))
    found: dict[str, int] = dict(workspace.world.query(query, shop=workspace.id))
    return {uuid: found[uuid] for uuid in dict.fromkeys(uuids) if uuid in found}


def items_of(workspace: Workspace, uuids: Sequence[str]) -> dict[str, int]:
    """The numbers of the items that files belong to, by the ids of the files that there are."""
    seed = workspace.world.seed
    wanted = {uuid: veiled.items_of_file(seed, uuid) for uuid in uuids}
    query = _OF_WORKSPACE.where(_M.c.uuid.in_([item for items in wanted.values() for item in items]))
    known = {row[0]: row for row in workspace.world.query(query, shop=workspace.id)}
    found = {}
    for uuid, items in wanted.items():
        for item, place in items.items():
            if item in known and place < len(orjson.loads(known[item][3])["contents"]):
                found[uuid] = int(known[item][1])
    return found


def _nodes(workspace: Workspace, uuid: str, number: int, seconds: int, body: bytes) -> list[dict[str, Any]]:
    contents = orjson.loads(body)["contents"]
    return [
        {
            "__typename": "Video" if content["type"] == "VIDEO" else "Image",
            "deleted": False,
            "fileUrl": content["contentUrl"],
            "height": content["height"],
            "id": veiled.of_file(workspace.world.seed, uuid, place),
            "mediaItemId": str(number),
            "thumbnailUrl": content["displayUrl"],
            "type": content["type"],
            "width": content["width"],
            **({"videoDuration": seconds} if content["type"] == "VIDEO" else {}),
        }
        for place, content in enumerate(contents)
    ]
