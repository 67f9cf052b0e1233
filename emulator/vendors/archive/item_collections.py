"""Collections of media items: the same ones in both versions of the API."""

from sqlalchemy import bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.dialect import Shop
from emulator.world import ids
from emulator.world.store import Statement
from emulator.world.world import own

_FIRST_ID = 1_000_000  # of those that users make, beyond the ids of campaigns

_C, _I = tables.collections, tables.collected
_OF_SHOP = select(_C.c.id).where(own(_C), _C.c.shop_id == bindparam("shop")).order_by(_C.c.id).limit(1)
_BY_ID = Statement(_OF_SHOP.where(_C.c.id == bindparam("id")))
_BY_UUID = Statement(_OF_SHOP.where(_C.c.uuid == bindparam("uuid")))
_BY_NAME = Statement(_OF_SHOP.where(_C.c.name == bindparam("name")))
_COLLECTED = Statement(
    select(_I.c.media_item_id).where(
        own(_I),
        _I.c.shop_id == bindparam("shop"),
        _I.c.collection_id == bindparam("collection"),
        _I.c.media_item_id == bindparam("item"),
    )
)


def of_id(shop: Shop, number: int) -> int | None:
    row = shop.world.row(_BY_ID, shop=shop.id, id=number)
    return None if row is None else int(row[0])


def of_uuid(shop: Shop, uuid: str) -> int | None:
    """The number of a collection that version 2 knows by this id."""
    row = shop.world.row(_BY_UUID, shop=shop.id, uuid=uuid)
    return None if row is None else int(row[0])


def of_name(shop: Shop, name: str) -> int | None:
    """The oldest of those that have the name."""
    row = shop.world.row(_BY_NAME, shop=shop.id, name=name)
    return None if row is None else int(row[0])


def create(shop: Shop, name: str) -> int:
    now = shop.world.now
    number = _FIRST_ID + shop.world.draw()
    uuid = ids.uuid(shop.world.seed, "archive collection", number)
    shop.world.insert(
        _C, shop_id=shop.id, id=number, uuid=uuid, name=name, created_at=now, updated_at=now, group_id=None
    )
    return number


def add(shop: Shop, collection: int, item: int) -> None:
    """Nothing changes if the item is there already."""
    if not _has(shop, collection, item):
        shop.world.insert(_I, shop_id=shop.id, collection_id=collection, media_item_id=item)
        _touch(shop, collection)


def remove(shop: Shop, collection: int, item: int) -> None:
    """Nothing changes if the item is not there."""
    if _has(shop, collection, item):
        shop.world.delete(_I, {"shop_id": shop.id, "collection_id": collection, "media_item_id": item})
        _touch(shop, collection)


def _has(shop: Shop, collection: int, item: int) -> bool:
    return shop.world.row(_COLLECTED, shop=shop.id, collection=collection, item=item) is not None


def _touch(shop: Shop, collection: int) -> None:
    shop.world.update(_C, {"shop_id": shop.id, "id": collection}, updated_at=shop.world.now)
