"""Members who join a world that has begun: how its vendors come to know them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final, Protocol

import orjson
from sqlalchemy import Table

from emulator.world import instant, sql
from emulator.world.casts import Addition, additions_of, newest, present_cast_of
from emulator.world.life import Publication, Published
from emulator.world.population import Campaign, Cast, Creator
from emulator.world.projection import Project
from emulator.world.tables import additions, tasks
from emulator.world.tasks import TaskHandler
from emulator.world.world import World

PUBLISH_ORDERED: Final = "life.publish_ordered"

Rows = Iterable[tuple[Table, dict[str, Any]]]


class Joining(Protocol):
    """A vendor's part in it; `cast` has the new member already."""

    def creator(self, world: World, cast: Cast, creator: Creator) -> None: ...

    def post(self, world: World, publication: Publication) -> None:
        """Something that was published before now."""

    def campaign(self, world: World, cast: Cast, campaign: Campaign) -> None: ...


class ByProjection:
    """New members become the rows that a population with them would have had, with the figures of now."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def creator(self, world: World, cast: Cast, creator: Creator) -> None:
        put(world, self._project(_as_of(cast, world.now)).of_creator(creator, ()))

    def post(self, world: World, publication: Publication) -> None:
        view = self._project(_as_of(publication.cast, world.now))
        put(world, view.of_creator(publication.creator, [publication.post]))

    def campaign(self, world: World, cast: Cast, campaign: Campaign) -> None:
        """The campaign, and its creators' part in it."""
        view = self._project(replace(_as_of(cast, world.now), campaigns=[campaign], users=[]))
        put(world, view.of_world())
        for creator in cast.creators:
            if creator.id in campaign.creator_ids:
                put(world, view.of_creator(creator, ()))


def put(world: World, rows: Rows) -> None:
    """Insert those that are not there yet."""
    for table, row in rows:
        if table is tasks:
            world.schedule(row["kind"], row["due"], orjson.loads(row["payload"]))
        elif world.row(sql.known(table), **{name: row[name] for name in sql.key(table)}) is None:
            world.insert(table, **row)


def write_down(world: World, addition: Addition) -> int:
    """Its number among the world's."""
    number, (kind, at, given) = len(additions_of(world)), addition
    row = {"world": world.name, "number": number, "kind": kind, "at": at, "given": given}
    world.transaction.change(sql.insertion(additions, tuple(row)), row)
    return number


def publishing(told: Iterable[tuple[Published | None, Joining]]) -> TaskHandler:
    """The task of a post that was ordered for later; vendors that follow no publications are shown it all the same."""
    vendors = list(told)

    def publish(world: World, payload: dict[str, Any]) -> None:
        cast = present_cast_of(world)
        if cast is None:
            return
        publication = publication_of(cast, payload["creator"], payload["nth"])
        for published, joining in vendors:
            if published is None:
                joining.post(world, publication)
            else:
                published(world, publication)

    return publish


def publication_of(cast: Cast, creator_id: int, nth: int) -> Publication:
    """A creator's nth ordered post."""
    creator, _ = newest(cast, creator_id)
    return Publication(cast, creator, cast.creators.index(creator), nth, cast.ordered[creator_id][nth])


def _as_of(cast: Cast, now: int) -> Cast:
    return replace(cast, origin=replace(cast.origin, epoch=instant.to_datetime(now)))
