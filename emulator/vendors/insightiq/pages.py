"""Lists with `metadata`, spliced together from stored objects."""

from collections.abc import Iterable, Sequence
from functools import cache

import orjson
from sqlalchemy import ColumnElement, Table, bindparam, select

from emulator.world.store import Row, Statement
from emulator.world.world import World, own


class Listing:
    """A table's objects in the vendor's order, narrowed by the columns that a request names.

    Where `visible` does not hold, an object is not listed.
    """

    def __init__(
        self, table: Table, *order: ColumnElement[object], visible: Sequence[ColumnElement[bool]] = ()
    ) -> None:
        self._table = table
        self._order = order
        self._visible = visible
        self._statement = cache(self._compose)

    def page(self, world: World, limit: int, offset: int, **wanted: object) -> bytes:
        """Values that are None narrow nothing."""
        given = {name: value for name, value in wanted.items() if value is not None}
        rows = world.rows(self._statement(tuple(given)), limit=limit, offset=offset, **given)
        return page(rows, limit, offset)

    def _compose(self, columns: tuple[str, ...]) -> Statement:
        conditions = [self._table.c[name] == bindparam(name) for name in columns]
        query = select(self._table.c.body).where(own(self._table), *self._visible, *conditions).order_by(*self._order)
        return Statement(query.limit(bindparam("limit")).offset(bindparam("offset")))


def page(
    rows: Iterable[Row], limit: int, offset: int, from_date: str | None = None, to_date: str | None = None
) -> bytes:
    """`{"data": [...], "metadata": {offset, limit, from_date, to_date}}`; each row's first column is an object's JSON.

    The metadata repeats what was asked for (insightiq-v1.txt, object Metadata).
    """
    metadata = orjson.dumps({"offset": offset, "limit": limit, "from_date": from_date, "to_date": to_date})
    return b'{"data":[%b],"metadata":%b}' % (b",".join([row[0] for row in rows]), metadata)
