"""What happens to a shop while time goes on: tracked creators publish, their items' engagement is recorded."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from sqlalchemy import bindparam, or_, select

from emulator.vendors.archive import readings, rows, tables
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.partners import community, webhooks
from emulator.vendors.archive.partners.shapes import PROVIDERS
from emulator.world import instant
from emulator.world.life import Publication
from emulator.world.population import Cast, Post
from emulator.world.store import Statement
from emulator.world.world import World, own

RECORD: Final = "archive.record_engagement"

_FIRST_ID: Final = 1_000_000_000  # of items that come after the epoch: above those of the population
_AT_ONCE: Final = 8  # posts of one creator in one second, at most

_C, _M, _S = tables.creators, tables.media_items, tables.shops
_TRACKED = Statement(select(_C.c.tracked).where(own(_C), _C.c.shop_id == bindparam("shop"), _C.c.id == bindparam("id")))
_WATCH = Statement(select(_S.c.watch).where(own(_S), _S.c.id == bindparam("shop")))
_HISTORY = Statement(select(_M.c.history).where(own(_M), _M.c.shop_id == bindparam("shop"), _M.c.id == bindparam("id")))
TAKEN = Statement(select(_M.c.id).where(own(_M), _M.c.shop_id == bindparam("shop"), _M.c.id == bindparam("id")))
_CAMPAIGNS = Statement(select(tables.campaigns.c.id, tables.campaigns.c.shop_id).where(own(tables.campaigns)))
_YOUNG = Statement(
    select(_M.c.id, _M.c.history)
    .where(
        own(_M),
        _M.c.shop_id == bindparam("shop"),
        _M.c.recorded_until > bindparam("now"),
        or_(*(_M.c.provider == each for each in PROVIDERS)),
    )
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
        item = _number(shop, publication)
        capture(shop, publication.post, rows.media_item_row(world.seed, shop.id, publication.post, item))


def _number(shop: Shop, publication: Publication) -> int:
    """The creator's own of this second; if many come at once, one of a later second's, which is not taken either."""
    cast, nth = publication.cast, publication.nth % _AT_ONCE
    ours = numbers(shop.world, cast, publication.place)
    wanted = (seconds[(nth + n) % _AT_ONCE] for seconds in _onwards(ours, len(cast.creators)) for n in range(_AT_ONCE))
    return next(each for each in wanted if shop.world.row(TAKEN, shop=shop.id, id=each) is None)


def _onwards(ours: range, creators: int) -> Iterator[range]:
    """Ids of a creator in this second and in those that follow."""
    step = (creators + 1) * _AT_ONCE
    return (range(ours.start + n * step, ours.stop + n * step) for n in count())


def numbers(world: World, cast: Cast, place: int | None = None) -> range:
    """Ids for items that come in this second, of the creator at a place among those of the cast.

    Without a place they are for what comes otherwise than by tracking.
    """
    seconds = (world.now - world.record.epoch) // instant.SECOND
    creators = len(cast.creators)
    first = _FIRST_ID + (seconds * (creators + 1) + (creators if place is None else place)) * _AT_ONCE
    return range(first, first + _AT_ONCE)


def capture(shop: Shop, post: Post, row: Mapping[str, Any]) -> None:
    """A post becomes an item of a shop; `row` is that of the item."""
    shop.world.insert(_M, **row)
    item = row["id"]
    for campaign, shop_id in shop.world.rows(_CAMPAIGNS) if post.campaign_ids else ():
        if campaign in post.campaign_ids and shop_id == shop.id:
            shop.world.insert(tables.campaign_items, shop_id=shop.id, campaign_id=campaign, media_item_id=item)
    if row["provider"] in PROVIDERS:
        _announce(shop, item, row["history"])


def watch(shop: Shop) -> None:
    """Raise an event for every row that is added to an engagement history from now on."""
    number = shop.world.draw()
    shop.world.update(_S, {"id": shop.id}, watch=number)
    for item, history in shop.world.rows(_YOUNG, shop=shop.id, now=shop.world.now):
        _schedule_record(shop, number, item, history)


def unwatch(shop: Shop) -> None:
    shop.world.update(_S, {"id": shop.id}, watch=None)


def record(world: World, payload: Mapping[str, Any]) -> None:
    """Task: a row has been added to an item's engagement history. It is void once nobody wants to be told."""
    shop, item = Shop(world, payload["shop"]), payload["item"]
    watch = payload["watch"]
    if _watch_of(shop) != watch:
        return
    _raise(shop, webhooks.HISTORY_ADDED, item)
    (history,) = world.rows(_HISTORY, shop=shop.id, id=item)[0]
    _schedule_record(shop, watch, item, history)


def refreshed(shop: Shop, item: int) -> None:
    """A row has been added to an item's engagement history out of turn."""
    if _watch_of(shop) is not None:
        _raise(shop, webhooks.HISTORY_ADDED, item)


def _is_tracked(shop: Shop, post: Post) -> bool:
    if post.platform not in rows.PROVIDERS:
        return False
    row = shop.world.row(_TRACKED, shop=shop.id, id=post.profile.id)
    return row is not None and bool(row[0])


def _announce(shop: Shop, item: int, history: bytes) -> None:
    """Version 1 alone has webhooks."""
    _raise(shop, webhooks.ITEM_CREATED, item)
    watch = _watch_of(shop)
    if watch is not None:
        _schedule_record(shop, watch, item, history)


def _raise(shop: Shop, event: str, item: int) -> None:
    shown = community.find_media_item(shop, _M.c.id == item)
    if shown is not None:
        webhooks.raised(shop.world, shop.id, event, shown)


def _watch_of(shop: Shop) -> int | None:
    row = shop.world.row(_WATCH, shop=shop.id)
    return None if row is None else row[0]


def _schedule_record(shop: Shop, watch: int, item: int, history: bytes) -> None:
    due = readings.next_due(history, shop.world.now)
    if due is not None:
        shop.world.schedule(RECORD, due, {"shop": shop.id, "watch": watch, "item": item})
