"""Life after the epoch: creators go on publishing, and each vendor shows it in its own way."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final

import orjson

from emulator.world import instant
from emulator.world.casts import cast_of
from emulator.world.population import Cast, Creator, Post
from emulator.world.projection import Projected
from emulator.world.tables import tasks
from emulator.world.world import World

PUBLISH: Final = "life.publish"

_WATCHED: Final = timedelta(days=30)  # how long vendors look at a post after its publication


@dataclass(frozen=True, slots=True)
class Publication:
    """A creator's nth post (0, 1, ...) after the epoch; `place` is the creator's among those of the cast."""

    cast: Cast
    creator: Creator
    place: int
    nth: int
    post: Post


Published = Callable[[World, Publication], None]


class Beginnings:
    """A projection: the first post of every creator after the epoch is a task."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    def of_world(self) -> Projected:
        return iter(())

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:  # noqa: ARG002
        goes_on = self._cast.recipe.later_posts and self._cast.publishes(creator)
        for due in _due(self._cast, creator, 0) if goes_on else ():
            yield tasks, {"due": due, "kind": PUBLISH, "payload": orjson.dumps({"creator": creator.id, "nth": 0})}


class Life:
    """`told` are the vendors' functions that take a publication into their tables."""

    def __init__(self, told: Sequence[Published]) -> None:
        self._told = told

    def publish(self, world: World, payload: Mapping[str, Any]) -> None:
        """Task: a post goes online, and the creator's next one is planned.

        Nobody publishes in a state whose population this version would make differently.
        """
        cast = cast_of(world)
        if cast is None:
            return
        place, nth = bisect_left(cast.creators, payload["creator"], key=lambda each: each.id), payload["nth"]
        creator = cast.creators[place]
        publication = Publication(cast, creator, place, nth, cast.later_post_of(creator, nth))
        for tell in self._told:
            tell(world, publication)
        for due in _due(cast, creator, nth + 1):
            world.schedule(PUBLISH, due, {"creator": creator.id, "nth": nth + 1})


def later_posts(cast: Cast, creator: Creator, until: int) -> Iterator[Post]:
    """What the creator has published after the epoch, up to an instant."""
    for post in cast.ordered.get(creator.id, ()):
        if cast.epoch < post.published_at <= instant.to_datetime(until):
            yield post
    for nth in count() if cast.recipe.later_posts and cast.publishes(creator) else ():
        post = cast.later_post_of(creator, nth)
        if instant.from_datetime(post.published_at) > until:
            return
        yield post


def _due(cast: Cast, creator: Creator, nth: int) -> Iterator[int]:
    """When the nth post is due; never, where the calendar ends before its engagement does."""
    try:
        published = cast.later_post_of(creator, nth).published_at
        published + _WATCHED
    except OverflowError:
        return
    yield instant.from_datetime(published)
