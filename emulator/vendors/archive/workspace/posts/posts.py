"""Posts by their places on the platforms: those that a shop has as items, and those that anybody has published."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, select

from emulator.vendors.archive import rows, tables
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.workspace.posts.addresses import Place
from emulator.world.casts import cast_of
from emulator.world.life import later_posts
from emulator.world.population import Cast, Creator, Post
from emulator.world.world import World, own

_M = tables.media_items
_AT_PLACES = select(_M.c.provider, _M.c.external_id, _M.c.uuid, _M.c.person_id).where(own(_M), _M.c.url != "")


class Published(NamedTuple):
    """A post, with the creator's number of it (0, 1, ...) if it came after the epoch."""

    creator: Creator
    post: Post
    nth: int | None


def items_at(shop: Shop, places: Sequence[Place]) -> dict[Place, str]:
    """UUIDs of the shop's items. A story is at no place, though it has an id on its platform."""
    found = _rows(shop.world, places, _M.c.shop_id == bindparam("shop"), shop=shop.id)
    return {Place(provider, external_id): uuid for provider, external_id, uuid, _ in found}


def published_at(world: World, place: Place) -> Published | None:
    """Whatever anybody has published up to now, if it is of the population that this version makes."""
    cast = cast_of(world)
    if cast is None:
        return None
    known = {person for provider, _, _, person in _rows(world, [place]) if provider == place.provider}
    makers = [each for each in cast.creators if (each.id in known if known else _is_on(each, place.provider))]
    found = (each for maker in makers for each in _all_of(cast, maker, world.now, past=bool(known)))
    return next((each for each in found if _is_at(each.post, place)), None)


def _rows(world: World, places: Iterable[Place], *wanted: ColumnElement[bool], **parameters: Any) -> Sequence[Any]:
    ids = {each.external_id for each in places}
    return world.query(_AT_PLACES.where(_M.c.external_id.in_(ids), *wanted), **parameters)


def _all_of(cast: Cast, creator: Creator, now: int, *, past: bool) -> Iterator[Published]:
    """What came up to the epoch has been captured by some shop: without it, it need not be looked through."""
    for nth, post in enumerate(later_posts(cast, creator, now)):
        yield Published(creator, post, nth)
    for post in cast.posts_of(creator) if past else ():
        yield Published(creator, post, None)


def _is_on(creator: Creator, provider: str) -> bool:
    return any(rows.PROVIDERS.get(profile.platform) == provider for profile in creator.profiles)


def _is_at(post: Post, place: Place) -> bool:
    provider = rows.PROVIDERS.get(post.platform)
    return bool(post.url) and provider == place.provider and post.external_id == place.external_id
