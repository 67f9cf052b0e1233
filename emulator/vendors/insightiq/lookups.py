"""Objects by their ids, spliced together from stored ones."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, select

from emulator.vendors.insightiq.dialect import not_found
from emulator.world.store import Statement
from emulator.world.world import World, own


class Collection:
    """The objects of a table with the columns `id` and `body`; `thing` is what errors call one of them.

    Where `visible` does not hold, an object is as good as unknown.
    """

    def __init__(self, table: Table, thing: str, *visible: ColumnElement[bool]) -> None:
        self._table = table
        self._thing = thing
        self._visible = visible
        self._by_id = Statement(self._seen(table.c.body).where(table.c.id == bindparam("id")))

    def get(self, world: World, id: str) -> bytes:
        """404 `incorrect_<thing>_id` if there is none."""
        row = world.row(self._by_id, id=id)
        if row is None:
            raise not_found(self._thing)
        body: bytes = row[0]
        return body

    def search(self, world: World, ids: Sequence[str]) -> bytes:
        """`{"data": [...]}` in the order of the ids, each taken once; unknown ones are passed over (assumed)."""
        columns = self._table.c
        rows = world.query(self._seen(columns.id, columns.body).where(columns.id.in_(ids)))
        found: dict[str, bytes] = {row[0]: row[1] for row in rows}
        return b'{"data":[%b]}' % b",".join(found[each] for each in dict.fromkeys(ids) if each in found)

    def _seen(self, *columns: Any) -> Select[Any]:
        return select(*columns).where(own(self._table), *self._visible)
