"""Items as version 2 shows them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import orjson
from sqlalchemy import and_, bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.attributes import values as attribute_values
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.creators import nodes as profile_nodes
from emulator.vendors.archive.workspace.items import engagement
from emulator.vendors.archive.workspace.items.rows import FIGURES, OF_WORKSPACE, current
from emulator.vendors.archive.workspace.media import transcripts
from emulator.world import instant
from emulator.world.store import Statement
from emulator.world.world import own

_TYPES: Final = {"TIKTOK": "POST"}  # of a row, where version 2 calls it otherwise

_M, _P = tables.media_items, tables.people
_OF_PERSON = and_(own(_P), _P.c.shop_id == _M.c.shop_id, _P.c.id == _M.c.person_id)
_MADE = (_M.c.id, _M.c.uuid, _M.c.creator_id, _M.c.person_id, _M.c.type, _M.c.taken_at, _M.c.url, _M.c.body)
_ITEMS = select(*_MADE, _P.c.region, _P.c.country_name, *FIGURES).join_from(_M, _P, _OF_PERSON).where(OF_WORKSPACE)
_NUMBER = Statement(select(_M.c.id).where(OF_WORKSPACE, _M.c.uuid == bindparam("uuid")))


def number_of(workspace: Workspace, uuid: str) -> int | None:
    row = workspace.world.row(_NUMBER, shop=workspace.id, uuid=uuid)
    return None if row is None else int(row[0])


def shown(workspace: Workspace, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Nodes of `Item`, in this order. What belongs to other tables is read for all at once, if anybody asks for it."""
    now = workspace.world.now
    rows = workspace.world.query(_ITEMS.where(_M.c.id.in_(numbers)), shop=workspace.id, now=now)
    found = {row[0]: row for row in rows}
    relations = _Relations(workspace, [found[number] for number in numbers])
    return [_node(workspace, relations, *found[number]) for number in numbers]


class _Relations:
    """Of the items of a page."""

    def __init__(self, workspace: Workspace, rows: Sequence[Sequence[Any]]) -> None:
        self._workspace = workspace
        self._rows = rows

    @cached_property
    def profiles(self) -> dict[int, dict[str, Any]]:
        return profile_nodes.profiles(self._workspace, {row[2] for row in self._rows})

    @cached_property
    def creators(self) -> dict[int, dict[str, Any]]:
        return profile_nodes.creators(self._workspace, {row[3] for row in self._rows})

    @cached_property
    def transcriptions(self) -> dict[int, list[dict[str, Any]]]:
        return transcripts.of_items(self._workspace, [row[0] for row in self._rows])


def _node(
    workspace: Workspace,
    relations: _Relations,
    number: int,
    uuid: str,
    creator: int,
    person: int,
    type: str,
    taken_at: int,
    url: str,
    body: bytes,
    *rest: Any,
) -> dict[str, Any]:
    region, country, *figures = rest
    content = orjson.loads(body)
    return {
        "aiFilterReasons": lambda _: attribute_values.reasons_of_item(workspace, uuid, content),
        "archivePublicUrl": f"https://app.archive.com/public/{uuid}",
        "caption": content["caption"],
        "creator": lambda _: relations.creators[person],
        "currentEngagement": lambda _: _engagement(workspace, figures),
        "customAttributes": lambda _: attribute_values.of_item(workspace, uuid, content),
        "externalId": content["externalId"],
        "hashtags": content["hashtags"],
        "id": uuid,
        "location": _location(content["location"], region, country),
        "mediaItemId": str(number),
        "mentions": content["mentions"],
        "originalUrl": url or None,
        "provider": content["provider"],
        "socialProfile": lambda _: relations.profiles[creator],
        "takenAt": instant.zulu(taken_at),
        "transcriptions": lambda _: relations.transcriptions[number],
        "type": _TYPES.get(type, type),
        **content.get("given", {}),
    }


def _engagement(workspace: Workspace, columns: Sequence[Any]) -> dict[str, Any] | None:
    figures = current(columns, workspace.world.now)
    return None if figures is None else engagement.shown(workspace, figures)


def _location(place: dict[str, Any] | None, region: str, country: str) -> dict[str, Any] | None:
    """Creators tag places of their own city, so that the rest of the place is theirs."""
    if place is None:
        return None
    parts = place["name"], place["address"], place["city"], region, country
    return {
        "city": place["city"],
        "country": country or None,
        "formatted": ", ".join(part for part in parts if part),
        "name": place["name"],
        "state": region or None,
    }
