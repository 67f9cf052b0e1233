"""A world that the tests of this folder only read, and everything in it."""

from collections.abc import Iterator

import pytest

from tests.archive.library import Library, fetch_all
from tests.population.recipes import world_of
from tests.support import Server


@pytest.fixture(scope="session")
def library(server: Server) -> Iterator[Library]:
    world = server.world(clock={"mode": "frozen"})
    yield Library(world, fetch_all(world))
    world.control("DELETE")


@pytest.fixture(scope="session")
def forty_five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """As many items as the list has from which the table of the facts was taken."""
    with world_of(
        tmp_path_factory.mktemp("forty-five"),
        creators=1,
        posts=45,
        platforms={"Instagram": 1},
        shops=[{"id": 1, "name": "The only one"}],
    ) as world:
        yield Library(world, fetch_all(world))
