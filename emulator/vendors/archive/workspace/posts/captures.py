"""Posts that come into a workspace because somebody asks for them (how long that takes is assumed)."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.vendors.archive import readings, rows, tables, tracking
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.projection import ArchiveProjection
from emulator.vendors.archive.workspace.posts.addresses import Place
from emulator.vendors.archive.workspace.posts.posts import Published, items_at
from emulator.world import instant
from emulator.world.casts import cast_of
from emulator.world.population import Cast, Creator, Post
from emulator.world.population.randomness import stream
from emulator.world.store import Statement
from emulator.world.world import World, own

TASK: Final = "archive.capture_post"

_SECONDS: Final = (3, 20)  # that a capture takes

_C, _P = tables.creators, tables.people
_ACCOUNT = Statement(select(_C.c.id).where(own(_C), _C.c.shop_id == bindparam("shop"), _C.c.id == bindparam("id")))
_PERSON = Statement(select(_P.c.id).where(own(_P), _P.c.shop_id == bindparam("shop"), _P.c.id == bindparam("id")))


def begin(shop: Shop, found: Published) -> None:
    """The post becomes an item some seconds later."""
    world = shop.world
    seconds = stream(world.seed, "archive capture", world.draw()).randint(*_SECONDS)
    payload = {"shop": shop.id, "creator": found.creator.id, "post": found.post.id, "nth": found.nth}
    world.schedule(TASK, world.now + seconds * instant.SECOND, payload)


def capture(world: World, payload: Mapping[str, Any]) -> None:
    """Task: a post becomes an item, unless it is one by now, or a second later if too many come in this one."""
    cast, shop = cast_of(world), Shop(world, payload["shop"])
    if cast is None:
        return
    creator, post = _asked_for(cast, payload)
    if items_at(shop, [Place(rows.PROVIDERS[post.platform], post.external_id)]):
        return
    free = (each for each in tracking.numbers(world, cast) if world.row(tracking.TAKEN, shop=shop.id, id=each) is None)
    number = next(free, None)
    if number is None:
        world.schedule(TASK, world.now + instant.SECOND, payload)
        return
    _introduce(shop, cast, creator, post)
    tracking.capture(shop, post, _row(shop, post, number))


def _asked_for(cast: Cast, payload: Mapping[str, Any]) -> tuple[Creator, Post]:
    creator = cast.creators[bisect_left(cast.creators, payload["creator"], key=lambda each: each.id)]
    if payload["nth"] is not None:
        return creator, cast.later_post_of(creator, payload["nth"])
    return creator, next(post for post in cast.posts_of(creator) if post.id == payload["post"])


def _introduce(shop: Shop, cast: Cast, creator: Creator, post: Post) -> None:
    """The shop gets to know who made it, whom it does not track."""
    world = shop.world
    if world.row(_PERSON, shop=shop.id, id=creator.id) is None:
        world.insert(_P, **rows.person_row(world.seed, shop.id, creator))
    if world.row(_ACCOUNT, shop=shop.id, id=post.profile.id) is None:
        for table, row in ArchiveProjection(cast).of_profile(shop.id, creator, post.profile):
            world.insert(table, **(row | {"tracked": 0} if table is _C else row))


def _row(shop: Shop, post: Post, number: int) -> dict[str, Any]:
    """The first reading is taken now; those that were due before were never taken."""
    now = shop.world.now
    row = rows.media_item_row(shop.world.seed, shop.id, post, number)
    coming = [each for each in readings.planned(post) if each.at > now]
    history = [readings.taken_now(row["growth"], now), *coming]
    last = history[-1]
    taken = {"history": readings.packed(history), "recorded_until": last.at, **rows.counts(last)}
    return {**row, **taken, "import_type": "MANUAL"}
