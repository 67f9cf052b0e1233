"""What a shop knows: its creators, its media items."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, bindparam, func, select

from emulator.vendors.archive import tables
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.partners import audience, shapes
from emulator.world.population.drift import weeks_since
from emulator.world.store import Statement
from emulator.world.world import World, own

_C, _M = tables.creators, tables.media_items

_OF_SHOP = and_(own(_M), _M.c.shop_id == bindparam("shop"), _M.c.provider.in_(shapes.PROVIDERS))
_KNOWN = and_(own(_C), _C.c.shop_id == bindparam("shop"), _C.c.provider.in_(shapes.PROVIDERS))
_REPORT = Statement(
    select(tables.audience_reports.c.body).where(
        own(tables.audience_reports),
        tables.audience_reports.c.shop_id == bindparam("shop"),
        tables.audience_reports.c.creator_id == bindparam("creator"),
    )
)


def find_creator(
    shop: Shop, id: int | None, account_name: str | None = None, provider: str | None = None
) -> dict[str, Any] | None:
    """The id decides if it is given."""
    if id is None and account_name is None:
        return None
    wanted = [_C.c.id == id] if id is not None else [_C.c.account_name == account_name]
    if provider is not None:
        wanted.append(_C.c.provider == provider)
    query = select(_C.c.body, _C.c.monthly_growth).where(_KNOWN, *wanted)
    rows = shop.world.query(query.order_by(_C.c.id).limit(1), shop=shop.id)
    return shapes.creator_shown(shop.world, *rows[0]) if rows else None


def audience_report(shop: Shop, creator_id: int) -> dict[str, Any]:
    """As of this week."""
    row = shop.world.row(_REPORT, shop=shop.id, creator=creator_id)
    weeks = weeks_since(shop.world.now - shop.world.record.epoch)
    return {} if row is None else audience.later(orjson.loads(row[0]), shop.world.seed, creator_id, weeks)


def by_creators(wanted: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The condition on media items that their creators pass these."""
    return _M.c.creator_id.in_(select(_C.c.id).where(own(_C), _C.c.shop_id == bindparam("shop"), *wanted))


def find_media_item(shop: Shop, wanted: ColumnElement[bool]) -> dict[str, Any] | None:
    items = page(shop, [wanted], 0, 1)
    return items[0] if items else None


def media_item_of_id(shop: Shop, id: str) -> dict[str, Any] | None:
    number = number_of(id)
    return None if number is None else find_media_item(shop, _M.c.id == number)


def page(shop: Shop, wanted: Sequence[ColumnElement[bool]], offset: int, limit: int) -> list[dict[str, Any]]:
    """In the order of their ids, as rows without an order come (assumed); what comes later has a higher one.

    One statement however long the page is, which looks for the creators of its own items only.
    """
    columns = _M.c.id, _M.c.creator_id, _M.c.body, _M.c.history
    items = select(*columns).where(_OF_SHOP, *wanted).order_by(_M.c.id).offset(offset).limit(limit).subquery()
    of_item = and_(own(_C), _C.c.shop_id == bindparam("shop"), _C.c.id == items.c.creator_id)
    query = select(items.c.body, items.c.history, _C.c.body, _C.c.monthly_growth).join_from(items, _C, of_item)
    rows = shop.world.query(query.order_by(items.c.id), shop=shop.id)
    return [_shown(shop.world, *row) for row in rows]


def count(shop: Shop, wanted: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(_M).where(_OF_SHOP, *wanted)
    return int(shop.world.query(query, shop=shop.id)[0][0])


def number_of(id: str) -> int | None:
    """Ids are plain numbers (assumed); what is none belongs to nothing."""
    return int(id) if id.isascii() and id.isdigit() and len(id) <= 18 else None


def _shown(world: World, item: bytes, history: bytes, creator: bytes, monthly_growth: float) -> dict[str, Any]:
    return shapes.media_item_shown(world, item, history, shapes.creator_shown(world, creator, monthly_growth))
