"""What `presetId` names: filters that come with the workspace, and views of each kind (facts, section 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import orjson
from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.world.store import Statement
from emulator.world.world import own

ViewKind = Literal["content", "creator", "social_profile"]
Kind = Literal["preset"] | ViewKind

_KINDS: Mapping[str, ViewKind] = {kind: kind for kind in get_args(ViewKind)}

_V, _P = tables.views, tables.presets
_VIEW = Statement(
    select(_V.c.kind, _V.c.filters, _V.c.sort, _V.c.conditions).where(
        own(_V), _V.c.shop_id == bindparam("shop"), _V.c.uuid == bindparam("uuid")
    )
)
_PRESET = Statement(
    select(_P.c.filters).where(own(_P), _P.c.shop_id == bindparam("shop"), _P.c.uuid == bindparam("uuid"))
)


@dataclass(frozen=True, slots=True)
class Saved:
    """`filters` and `sort` are as somebody wrote them, and need not fit; `sort` is an object or a list.

    `conditions` are those of custom attributes, by the names of CustomAttributeConditionInput.
    """

    kind: Kind
    filters: dict[str, Any]
    sort: Any
    conditions: list[dict[str, Any]]


def find(workspace: Workspace, uuid: str) -> Saved | None:
    row = workspace.world.row(_VIEW, shop=workspace.id, uuid=uuid)
    if row is not None:
        kind, *written = row
        return Saved(_KINDS[kind], *map(orjson.loads, written))
    row = workspace.world.row(_PRESET, shop=workspace.id, uuid=uuid)
    return None if row is None else Saved("preset", orjson.loads(row[0]), [], [])
