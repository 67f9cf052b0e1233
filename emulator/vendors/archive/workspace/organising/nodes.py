"""Views, collections and their groups, as version 2 shows them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, func, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import user_error
from emulator.vendors.archive.workspace.organising.saved import ViewKind
from emulator.vendors.archive.workspace.terms import limit
from emulator.world import instant
from emulator.world.store import Row, Statement
from emulator.world.world import own

_V, _C, _I, _G = tables.views, tables.collections, tables.collected, tables.view_groups
_BLOBS = (_V.c.filters, _V.c.sort, _V.c.conditions)

# The beginning of each row is what the nodes have in common.
VIEW: Final = (_V.c.id, _V.c.uuid, _V.c.name, _V.c.created_at, _V.c.updated_at, _V.c.group_id, *_BLOBS, _V.c.reporting)
COLLECTION: Final = (_C.c.id, _C.c.uuid, _C.c.name, _C.c.created_at, _C.c.updated_at, _C.c.group_id)
GROUP: Final = (_G.c.id, _G.c.uuid, _G.c.name, _G.c.created_at, _G.c.updated_at)

_OF_WORKSPACE = select(*GROUP).where(own(_G), _G.c.shop_id == bindparam("shop"))
_GROUPS = Statement(_OF_WORKSPACE)
_GROUP = Statement(_OF_WORKSPACE.where(_G.c.uuid == bindparam("uuid")))
_GROUPED_VIEWS = Statement(
    select(_V.c.kind, *VIEW)
    .where(own(_V), _V.c.shop_id == bindparam("shop"), _V.c.group_id.is_not(None))
    .order_by(_V.c.place)
)
_GROUPED_COLLECTIONS = Statement(
    select(*COLLECTION)
    .where(own(_C), _C.c.shop_id == bindparam("shop"), _C.c.group_id.is_not(None))
    .order_by(_C.c.created_at.desc(), _C.c.id.desc())
)
_COUNTS = Statement(
    select(_I.c.collection_id, func.count())
    .where(own(_I), _I.c.shop_id == bindparam("shop"))
    .group_by(_I.c.collection_id)
)

Node = dict[str, Any]


def find_group(workspace: Workspace, uuid: str) -> Row | None:
    """GROUP."""
    return workspace.world.row(_GROUP, shop=workspace.id, uuid=uuid)


def unknown_group(workspace: Workspace, argument: str) -> dict[str, Any]:
    return user_error(workspace, "View group not found", argument)


class Nodes:
    """Made of rows. What they are related to is read when it is first asked for, once for all of them.

    So it holds for one root field, and is to be made anew after a change.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def view(self, row: Row) -> Node:
        """`row`: VIEW."""
        filters, sort, conditions, reporting = row[6:]
        return {
            **self._common(row),
            "customAttributeConditions": lambda _: orjson.loads(conditions),
            "filters": lambda _: orjson.loads(filters),
            "group": self._group_of(row),
            "showReportingStats": bool(reporting),
            "sort": lambda _: orjson.loads(sort),
        }

    def collection(self, row: Row) -> Node:
        """`row`: COLLECTION."""
        return {
            **self._common(row),
            "group": self._group_of(row),
            "itemCount": lambda _: self._counts.get(row[0], 0),
        }

    def group(self, row: Row) -> Node:
        """`row`: GROUP."""
        number = row[0]
        return {
            **self._common(row),
            "collections": lambda _: _some(self._collections[number], self.collection),
            "contentViews": self._views_in(number, "content"),
            "creatorViews": self._views_in(number, "creator"),
            "socialProfileViews": self._views_in(number, "social_profile"),
        }

    @staticmethod
    def _common(row: Row) -> Node:
        _, uuid, name, created, updated, *_ = row
        return {"id": uuid, "name": name, "createdAt": instant.zulu(created), "updatedAt": instant.zulu(updated)}

    def _group_of(self, row: Row) -> Callable[[Any], Node | None]:
        return lambda _: None if row[5] is None else self.group(self._groups[row[5]])

    def _views_in(self, group: int, kind: ViewKind) -> Callable[[Any], list[Node]]:
        """In the order of the group."""
        return lambda _: _some(self._views[group, kind], self.view)

    @cached_property
    def _groups(self) -> dict[int, Row]:
        return {row[0]: row for row in self._rows(_GROUPS)}

    @cached_property
    def _views(self) -> dict[tuple[int, str], list[Row]]:
        found: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for kind, *row in self._rows(_GROUPED_VIEWS):
            found[row[5], kind].append(tuple(row))
        return found

    @cached_property
    def _collections(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self._rows(_GROUPED_COLLECTIONS):
            found[row[5]].append(row)
        return found

    @cached_property
    def _counts(self) -> dict[int, int]:
        return dict(self._rows(_COUNTS))

    def _rows(self, statement: Statement) -> list[Row]:
        return self._workspace.world.rows(statement, shop=self._workspace.id)


def _some(rows: Sequence[Row], node: Callable[[Row], Node]) -> list[Node]:
    return [node(row) for row in rows[: limit("max_list")]]
