"""Collections of media items."""

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.community import number_of
from emulator.vendors.archive.dialect import Shop
from emulator.world.store import Statement
from emulator.world.world import own

_FIRST_ID = 1_000_000  # of those that users make, beyond the ids of campaigns

_C, _I = tables.collections, tables.collected
_OF_SHOP = select(_C.c.id).where(own(_C), _C.c.shop_id == bindparam("shop")).order_by(_C.c.id).limit(1)
_BY_ID = Statement(_OF_SHOP.where(_C.c.id == bindparam("id")))
_BY_NAME = Statement(_OF_SHOP.where(_C.c.name == bindparam("name")))
_COLLECTED = Statement(
    select(_I.c.media_item_id).where(
        own(_I),
        _I.c.shop_id == bindparam("shop"),
        _I.c.collection_id == bindparam("collection"),
        _I.c.media_item_id == bindparam("item"),
    )
)


def chosen(shop: Shop, id: str | None, name: str | None) -> int | None:
    """The id decides if it is given; a name that no collection has makes a new one. A blank one names nothing."""
    if id is not None:
        number = number_of(id)
        row = None if number is None else shop.world.row(_BY_ID, shop=shop.id, id=number)
        return None if row is None else int(row[0])
    if name is None or not name.strip():
        return None
    row = shop.world.row(_BY_NAME, shop=shop.id, name=name)
    return _new(shop, name) if row is None else int(row[0])


def add(shop: Shop, collection: int, item: int) -> None:
    if shop.world.row(_COLLECTED, shop=shop.id, collection=collection, item=item) is None:
        shop.world.insert(_I, shop_id=shop.id, collection_id=collection, media_item_id=item)


def _new(shop: Shop, name: str) -> int:
    number = _FIRST_ID + shop.world.draw()
    shop.world.insert(_C, shop_id=shop.id, id=number, name=name)
    return number
