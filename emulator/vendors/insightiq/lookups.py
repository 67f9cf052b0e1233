"""Objects by their ids, spliced together from stored ones."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, select

from emulator.vendors.insightiq.dialect import not_found
from emulator.world.store import Statement
from emulator.world.world import World, own


class Collection:
    """The objects of a table with the columns `id` and `body`; `thing` is what errors call one of them.

    Where `visible` does not hold, an object is as good as unknown. `by` is the column that single ones are found by.
    """

    def __init__(self, table: Table, thing: str, *visible: ColumnElement[bool], by: str = "id") -> None:
        self._table = table
        self._thing = thing
        self._visible = visible
        self._one = Statement(self._seen(table.c.body).where(table.c[by] == bindparam("key")))

    def find(self, world: World, key: str) -> bytes | None:
        row = world.row(self._one, key=key)
        return None if row is None else row[0]

    def get(self, world: World, key: str) -> bytes:
        """404 `incorrect_<thing>_id` if there is none."""
        body = self.find(world, key)
        if body is None:
            raise not_found(self._thing)
        return body

    def search(self, world: World, ids: Sequence[str]) -> bytes:
        """`{"data": [...]}` in the order of the ids, each taken once; unknown ones are passed over (assumed)."""
        columns = self._table.c
        rows = world.query(self._seen(columns.id, columns.body).where(columns.id.in_(ids)))
        found: dict[str, bytes] = {row[0]: row[1] for row in rows}
        return b'{"data":[%b]}' % b",".join(found[each] for each in dict.fromkeys(ids) if each in found)

    def _seen(self, *columns: Any) -> Select[Any]:
        return select(*columns).where(own(self._table), *self._visible)
