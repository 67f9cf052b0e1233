"""What happens to a shop while time goes on: tracked creators publish, their items' engagement is recorded."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.vendors.archive import community, shapes, tables, webhooks
from emulator.vendors.archive.dialect import Shop
from emulator.world import instant
from emulator.world.life import Publication
from emulator.world.population import Post
from emulator.world.store import Statement
from emulator.world.world import World, own

RECORD: Final = "archive.record_engagement"

_FIRST_ID: Final = 1_000_000_000  # of items that come after the epoch: above those of the population
_AT_ONCE: Final = 8  # posts of one creator in one second, at most

_C, _M, _S = tables.creators, tables.media_items, tables.shops
_TRACKED = Statement(select(_C.c.tracked).where(own(_C), _C.c.shop_id == bindparam("shop"), _C.c.id == bindparam("id")))
_WATCH = Statement(select(_S.c.watch).where(own(_S), _S.c.id == bindparam("shop")))
_BODY = Statement(select(_M.c.body).where(own(_M), _M.c.shop_id == bindparam("shop"), _M.c.id == bindparam("id")))
_YOUNG = Statement(
    select(_M.c.id, _M.c.body)
    .where(own(_M), _M.c.shop_id == bindparam("shop"), _M.c.recorded_until > bindparam("now"))
    .order_by(_M.c.id)
)


def turn(shop: Shop, id: int, *, on: bool) -> None:
    """Track a creator of the shop, or do so no longer."""
    row = shop.world.row(_TRACKED, shop=shop.id, id=id)
    if row is not None and bool(row[0]) is not on:
        shop.world.update(_C, {"shop_id": shop.id, "id": id}, tracked=int(on))


def published(world: World, publication: Publication) -> None:
    """A post comes to Archive when it is published, if its creator is tracked (assumed).

    The item's id rises with time, and is a matter of its shop alone.
    """
    shops = publication.cast.recipe.shops
    if not shops:
        return
    shop = Shop(world, shops[publication.creator.id % len(shops)].id)
    if _is_tracked(shop, publication.post):
        seconds = (world.now - world.record.epoch) // instant.SECOND
        number = (seconds * len(publication.cast.creators) + publication.place) * _AT_ONCE + publication.nth % _AT_ONCE
        _capture(shop, publication.post, _FIRST_ID + number)


def watch(shop: Shop) -> None:
    """Raise an event for every row that is added to an engagement history from now on."""
    number = shop.world.draw()
    shop.world.update(_S, {"id": shop.id}, watch=number)
    for item, body in shop.world.rows(_YOUNG, shop=shop.id, now=shop.world.now):
        _schedule_record(shop, number, item, body)


def unwatch(shop: Shop) -> None:
    shop.world.update(_S, {"id": shop.id}, watch=None)


def record(world: World, payload: Mapping[str, Any]) -> None:
    """Task: a row has been added to an item's engagement history. It is void once nobody wants to be told."""
    shop, item = Shop(world, payload["shop"]), payload["item"]
    watch = payload["watch"]
    if _watch_of(shop) != watch:
        return
    _raise(shop, webhooks.HISTORY_ADDED, item)
    (body,) = world.rows(_BODY, shop=shop.id, id=item)[0]
    _schedule_record(shop, watch, item, body)


def _is_tracked(shop: Shop, post: Post) -> bool:
    if post.platform not in shapes.PROVIDERS:
        return False
    row = shop.world.row(_TRACKED, shop=shop.id, id=post.profile.id)
    return row is not None and bool(row[0])


def _capture(shop: Shop, post: Post, item: int) -> None:
    row = shapes.media_item_row(shop.id, post, item)
    shop.world.insert(_M, **row)
    _raise(shop, webhooks.ITEM_CREATED, item)
    watch = _watch_of(shop)
    if watch is not None:
        _schedule_record(shop, watch, item, row["body"])


def _raise(shop: Shop, event: str, item: int) -> None:
    shown = community.find_media_item(shop, _M.c.id == item)
    if shown is not None:
        webhooks.raised(shop.world, shop.id, event, shown)


def _watch_of(shop: Shop) -> int | None:
    row = shop.world.row(_WATCH, shop=shop.id)
    return None if row is None else row[0]


def _schedule_record(shop: Shop, watch: int, item: int, body: bytes) -> None:
    due = shapes.next_capture(body, shop.world.now)
    if due is not None:
        shop.world.schedule(RECORD, due, {"shop": shop.id, "watch": watch, "item": item})
