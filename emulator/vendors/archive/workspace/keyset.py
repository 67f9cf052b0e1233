"""Pages of version 2: `first` and `after` only, cursors that name a row instead of a position (facts, section 6)."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

from emulator.vendors.archive.workspace.context import Workspace
from emulator.vendors.archive.workspace.errors import failure
from emulator.vendors.archive.workspace.terms import limit

Row = TypeVar("Row")

USUAL = 20


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row that a page ends with: its id and, where the order changes with time, what it was ordered by."""

    id: str
    values: tuple[Any, ...] = ()


def size(workspace: Workspace, first: int | None) -> int:
    """How many rows are wanted. Raises GraphQLError above the maximum, which is no clamp (documented)."""
    most = limit("max_page")
    if first is not None and first > most:
        raise failure(f"first must be less than or equal to {most}", workspace.settings["first_error_code"])
    return USUAL if first is None else max(first, 0)


def encode(workspace: Workspace, cursor: Cursor) -> str:
    shown = {"id": cursor.id, "values": cursor.values} if cursor.values else {"id": cursor.id}
    text = b64encode(orjson.dumps(shown)).decode()
    return text if workspace.settings["cursor_padding"] else text.rstrip("=")


def decode(after: str | None) -> Cursor | None:
    """With or without padding; an empty one is none. Raises GraphQLError for what is no cursor."""
    if not after:
        return None
    try:
        found = orjson.loads(b64decode(after + "=" * (-len(after) % 4), validate=True))
    except (Error, ValueError):
        found = None
    match found:
        case {"id": str(id), "values": list(values), **rest} if not rest:
            return Cursor(id, tuple(values))
        case {"id": str(id), **rest} if not rest:
            return Cursor(id)
    raise failure("Invalid cursor")


def page(
    workspace: Workspace,
    rows: Sequence[tuple[Cursor, dict[str, Any]]],
    *,
    more: bool,
    after: Cursor | None,
    total: Callable[[], int],
) -> dict[str, Any]:
    """A connection. `rows` are those of the page; `more` says whether others follow."""
    cursors = [encode(workspace, cursor) for cursor, _ in rows]
    return {
        "edges": lambda _: [{"cursor": each, "node": node} for each, (_, node) in zip(cursors, rows, strict=True)],
        "nodes": [node for _, node in rows],
        "pageInfo": {
            "endCursor": cursors[-1] if cursors else None,
            "hasNextPage": more,
            "hasPreviousPage": after is not None,
            "startCursor": cursors[0] if cursors else None,
        },
        "totalCount": lambda _: total(),
    }


def listed(
    workspace: Workspace,
    rows: Sequence[Row],
    first: int | None,
    after: str | None,
    *,
    id_of: Callable[[Row], str],
    shown: Callable[[Sequence[Row]], Sequence[dict[str, Any]]],
) -> dict[str, Any]:
    """A page of a list that is at hand, in its order; `shown` makes nodes of the rows of the page.

    A cursor whose row is not there any more, or was never there, gives an empty page (reported for items of
    competitors' brands, assumed for the others).
    """
    wanted, cursor = size(workspace, first), decode(after)
    start = 0
    if cursor is not None:
        start = next((place for place, row in enumerate(rows, 1) if id_of(row) == cursor.id), len(rows))
    chosen = rows[start : start + wanted]
    nodes = [(Cursor(id_of(row)), node) for row, node in zip(chosen, shown(chosen), strict=True)]
    return page(workspace, nodes, more=start + wanted < len(rows), after=cursor, total=lambda: len(rows))
