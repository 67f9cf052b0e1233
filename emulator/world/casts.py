"""The population of a world, made again while the world goes on: for what happens after its epoch."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

import orjson
from sqlalchemy import bindparam, select

from emulator.world import instant
from emulator.world.population import Cast, Creator, Post, ordered, ordered_posts, populate, unpacked
from emulator.world.population.asked import Said
from emulator.world.population.audience import Audiences
from emulator.world.population.connections import user_as_said
from emulator.world.population.ordered_campaigns import Office
from emulator.world.population.people import Names
from emulator.world.store import Statement
from emulator.world.tables import additions, origins
from emulator.world.world import World

Addition = tuple[str, int, bytes]  # kind, when, and what was asked for as JSON

_FIRST_CREATOR: Final = 10_000
_FIRST_CAMPAIGN: Final = 1_000
_GAP: Final = 7  # between ids
_MONTH: Final = timedelta(days=30)

_RECIPE = Statement(select(origins.c.recipe).where(origins.c.scope == bindparam("scope")))
_ADDITIONS = Statement(
    select(additions.c.kind, additions.c.at, additions.c.given)
    .where(additions.c.world == bindparam("world"))
    .order_by(additions.c.number)
)


def cast_of(world: World) -> Cast | None:
    """As the world began; None for a state that an earlier version wrote, whose population this one would vary."""
    row = world.transaction.row(_RECIPE, {"scope": world.record.origin})
    return None if row is None else _cast(row[0], world.seed, world.record.epoch)


def present_cast_of(world: World) -> Cast | None:
    """With those who joined since."""
    cast, added = cast_of(world), additions_of(world)
    return cast if cast is None or not added else _enlarged(cast, added)


def additions_of(world: World) -> tuple[Addition, ...]:
    return tuple(world.transaction.rows(_ADDITIONS, {"world": world.name}))


def joined(cast: Cast, number: int, addition: Addition) -> Cast:
    """The cast with one member more. Raises CannotJoin."""
    kind, at, given = addition
    asked, now = orjson.loads(given), instant.to_datetime(at)
    grown = replace(cast, audiences=Audiences(cast.origin, cast.brands))  # which it keeps for the members it knows
    match kind:
        case "creator":
            return _with_creator(grown, number, asked, now)
        case "post":
            return _with_post(
                grown, ordered_posts.post(cast, number, asked, instant.to_datetime(asked["published_at"]))
            )
        case _:
            source = cast.origin.stream("ordered campaign", number)
            campaign_id = max((each.id for each in cast.campaigns), default=_FIRST_CAMPAIGN) + _GAP
            office = Office(cast.origin, ordered.directory(cast.creators), cast.brands, now)
            return replace(grown, campaigns=[*cast.campaigns, office.campaign(source, campaign_id, asked)])


def newest(cast: Cast, creator_id: int) -> tuple[Creator, Post]:
    """The creator of that id, and what was ordered of it last."""
    (creator,) = [each for each in cast.creators if each.id == creator_id]
    return creator, cast.ordered[creator_id][-1]


def _with_creator(cast: Cast, number: int, asked: Said, now: datetime) -> Cast:
    """And the user that the creator is, whose accounts were connected before `now`."""
    source, origin = cast.origin.stream("ordered creator", number), cast.origin
    creator_id = cast.creators[-1].id + _GAP if cast.creators else _FIRST_CREATOR
    handles = ordered.taken_handles(cast.creators)
    made = ordered.creator(origin, source, creator_id, asked, handles, Names())
    made = ordered.joining(made, (now - origin.epoch) / _MONTH)
    user = user_as_said(replace(origin, epoch=now), len(cast.users), made, asked)
    users = cast.users if user is None else [*cast.users, user]
    tracked = {**cast.tracked, creator_id: asked.get("tracked", True)}
    return replace(cast, creators=[*cast.creators, made], users=users, tracked=tracked)


def _with_post(cast: Cast, post: Post) -> Cast:
    return replace(cast, ordered={**cast.ordered, post.creator_id: (*cast.ordered.get(post.creator_id, ()), post)})


@lru_cache(maxsize=4)
def _cast(recipe: bytes, seed: int, epoch: int) -> Cast | None:
    known = unpacked(recipe)
    return None if known is None else populate(known, seed, instant.to_datetime(epoch))


_GROWN: dict[tuple[int, tuple[Addition, ...]], tuple[Cast, Cast]] = {}  # with what it grew from, which keeps its id
_KEPT = 64


def _enlarged(cast: Cast, added: tuple[Addition, ...]) -> Cast:
    """Mostly the one of last time, with one member more."""
    known = _GROWN.get((id(cast), added))
    if known is None:
        while len(_GROWN) >= _KEPT:
            _GROWN.pop(next(iter(_GROWN)), None)
        start = next((n for n in (len(added) - 1, 0) if (id(cast), added[:n]) in _GROWN), 0)
        grown = _GROWN[id(cast), added[:start]][1] if start else cast
        for number in range(start, len(added)):
            grown = joined(grown, number, added[number])
        known = _GROWN[id(cast), added] = (cast, grown)
    return known[1]
