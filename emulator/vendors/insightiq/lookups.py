"""Objects by their ids, spliced together from stored ones."""

from collections.abc import Sequence

from sqlalchemy import Table, bindparam, select

from emulator.vendors.insightiq.dialect import not_found
from emulator.world.store import Statement
from emulator.world.world import World, own


class Collection:
    """The objects of a table with the columns `id` and `body`; `thing` is what errors call one of them."""

    def __init__(self, table: Table, thing: str) -> None:
        self._table = table
        self._thing = thing
        self._by_id = Statement(select(table.c.body).where(own(table), table.c.id == bindparam("id")))

    def get(self, world: World, id: str) -> bytes:
        """404 `incorrect_<thing>_id` if there is none."""
        row = world.row(self._by_id, id=id)
        if row is None:
            raise not_found(self._thing)
        body: bytes = row[0]
        return body

    def search(self, world: World, ids: Sequence[str]) -> bytes:
        """`{"data": [...]}` in the order of the ids, each taken once; unknown ones are passed over (assumed)."""
        table = self._table
        rows = world.query(select(table.c.id, table.c.body).where(own(table), table.c.id.in_(ids)))
        found: dict[str, bytes] = {row[0]: row[1] for row in rows}
        return b'{"data":[%b]}' % b",".join(found[each] for each in dict.fromkeys(ids) if each in found)
