"""Pages of items: of the database where only time orders them, of rows at hand where anything else does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.workspace import keyset
from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import failure
from emulator.vendors.archive.workspace.items import checks as item_checks
from emulator.vendors.archive.workspace.items import filters as item_filters
from emulator.vendors.archive.workspace.items import nodes as item_nodes
from emulator.vendors.archive.workspace.items import order as item_order
from emulator.vendors.archive.workspace.items import stored_filters
from emulator.vendors.archive.workspace.items.order import Key, Order, Place
from emulator.vendors.archive.workspace.items.rows import OF_WORKSPACE, Candidate, candidates
from emulator.vendors.archive.workspace.keyset import Cursor
from emulator.vendors.archive.workspace.organising import saved
from emulator.world.store import Statement

_BY_TIME: Final = {(("TAKEN_AT", True),), (("TAKEN_AT", False),)}
_OF_ITEMS: Final = ("preset", "content")

_M = tables.media_items
_TAKEN_AT = Statement(select(_M.c.taken_at).where(OF_WORKSPACE, _M.c.uuid == bindparam("uuid")))

Wanted = Sequence[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Question:
    """As the arguments of `items` put it."""

    filter: Mapping[str, Any]
    conditions: Sequence[dict[str, Any]]
    sorting: Sequence[Mapping[str, str]]


def stored(workspace: Workspace, id: str) -> Question:
    """Of a preset or a view. Raises GraphQLError; what it says besides the code is our own."""
    found = saved.find(workspace, id)
    if found is None:
        raise failure("Preset not found", "NOT_FOUND")
    if found.kind not in _OF_ITEMS:
        raise failure("This view does not show items", "WRONG_VIEW_TYPE_FOR_ITEMS")
    filters = stored_filters.filters(workspace.settings, found.filters)
    return Question(filters, found.conditions, stored_filters.sorting(found.sort))


def page(workspace: Workspace, question: Question, first: int | None, after: str | None) -> dict[str, Any]:
    """Raises GraphQLError."""
    _check(workspace, question)
    size, cursor = keyset.size(workspace, first), keyset.decode(after)
    keys = item_order.keys(question.sorting)
    wanted = item_filters.conditions(question.filter)
    checks = item_checks.checks(workspace, question.filter, question.conditions)
    if keys in _BY_TIME and not checks:
        return _by_time(workspace, wanted, keys[0], size, cursor)
    bodies = item_checks.reads_bodies(question.filter, question.conditions)
    found = [item for item in candidates(workspace, wanted, body=bodies) if all(check(item) for check in checks)]
    return _at_hand(workspace, found, item_order.order(workspace, keys), size, cursor)


def _check(workspace: Workspace, question: Question) -> None:
    for name, value in {**question.filter, "customAttributeConditions": list(question.conditions)}.items():
        if (problem := item_filters.problem(workspace.settings, name, value)) is not None:
            raise failure(problem)


def _by_time(workspace: Workspace, wanted: Wanted, key: Key, size: int, cursor: Cursor | None) -> dict[str, Any]:
    """The index is read from the cursor on, however many items there are."""
    beyond = [] if cursor is None else [_beyond(workspace, cursor, newest_first=key[1])]
    taken_at = _M.c.taken_at.desc() if key[1] else _M.c.taken_at
    query = select(_M.c.id, _M.c.uuid).where(OF_WORKSPACE, *wanted, *beyond).order_by(taken_at, _M.c.uuid)
    rows = workspace.world.query(query.limit(size + 1), shop=workspace.id)

    def total() -> int:
        counted = select(func.count()).select_from(_M).where(OF_WORKSPACE, *wanted)
        return int(workspace.world.query(counted, shop=workspace.id)[0][0])

    nodes = item_nodes.shown(workspace, [number for number, _ in rows[:size]])
    shown = [(Cursor(uuid), node) for (_, uuid), node in zip(rows[:size], nodes, strict=True)]
    return keyset.page(workspace, shown, more=len(rows) > size, after=cursor, total=total)


def _beyond(workspace: Workspace, cursor: Cursor, *, newest_first: bool) -> ColumnElement[bool]:
    """Nothing lies beyond an item that is not there."""
    if cursor.values:
        raise failure("Invalid cursor")
    row = workspace.world.row(_TAKEN_AT, shop=workspace.id, uuid=cursor.id)
    if row is None:
        return false()
    at, column = row[0], _M.c.taken_at
    later = column < at if newest_first else column > at
    return and_(column <= at if newest_first else column >= at, or_(later, _M.c.uuid > cursor.id))


def _at_hand(
    workspace: Workspace, found: Sequence[Candidate], order: Order, size: int, cursor: Cursor | None
) -> dict[str, Any]:
    beyond = found
    if cursor is not None:
        place = _place(workspace, order, cursor)
        beyond = [item for item in found if place is not None and order.place(item) > place]
    chosen = nsmallest(size + 1, beyond, key=order.place)
    nodes = item_nodes.shown(workspace, [item.number for item in chosen[:size]])
    shown = [(order.cursor(item), node) for item, node in zip(chosen[:size], nodes, strict=True)]
    return keyset.page(workspace, shown, more=len(chosen) > size, after=cursor, total=lambda: len(found))


def _place(workspace: Workspace, order: Order, cursor: Cursor) -> Place | None:
    """None for an item that is not there. Raises GraphQLError for a cursor of another order."""
    if cursor.values or not order.steady:
        return order.place_of(cursor)
    items = candidates(workspace, [_M.c.uuid == cursor.id], body=False)
    return order.place(items[0]) if items else None
