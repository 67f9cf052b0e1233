"""Tags on creators and media items: both carry the labels of their shop."""

from typing import Any, Literal

from sqlalchemy import and_, bindparam, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.dialect import Shop
from emulator.world.store import Statement
from emulator.world.world import own

Kind = Literal["creator", "media_item"]

_L, _T = tables.labels, tables.tags
_BY_NAME = Statement(select(_L.c.id).where(own(_L), _L.c.shop_id == bindparam("shop"), _L.c.name == bindparam("name")))
_TAG = Statement(
    select(_T.c.label_id).where(
        own(_T),
        and_(*(_T.c[name] == bindparam(name) for name in ("shop_id", "label_id", "kind", "target_id"))),
    )
)


def tag(shop: Shop, kind: Kind, target: int, name: str) -> dict[str, Any]:
    """The label of that name, letter for letter; made if there is none."""
    world, label = shop.world, _label(shop, name)
    row = {"shop_id": shop.id, "label_id": label, "kind": kind, "target_id": target}
    if world.row(_TAG, **row) is None:
        world.insert(_T, **row)
    return {"id": label, "name": name, "shopId": shop.id, "type": "custom"}


def _label(shop: Shop, name: str) -> int:
    found = shop.world.row(_BY_NAME, shop=shop.id, name=name)
    if found is not None:
        return int(found[0])
    label = shop.world.draw()
    shop.world.insert(_L, shop_id=shop.id, id=label, name=name)
    return label
