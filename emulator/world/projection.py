"""How the one population becomes each vendor's rows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from sqlalchemy import Table

from emulator.world.population import Cast, Creator, Post

Projected = Iterator[tuple[Table, dict[str, Any]]]


class Projection(Protocol):
    """A vendor's view of a cast.

    Both functions yield a table and a row without its `world`; rows of the table `tasks` carry `due`, `kind` and
    `payload` and become the first tasks of every world of that population.
    """

    def of_world(self) -> Projected:
        """What does not belong to one creator: platforms, campaigns, users."""

    def of_creator(self, creator: Creator, posts: Sequence[Post]) -> Projected:
        """A creator with the posts that it has published by the epoch. Creators come in the order of the cast."""


Project = Callable[[Cast], Projection]
