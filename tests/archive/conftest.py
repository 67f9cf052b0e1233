"""A world that the tests of this folder only read, and everything in it."""

from collections.abc import Iterator

import pytest

from tests.archive.community import begin
from tests.archive.library import Library, fetch_all
from tests.population.recipes import world_of
from tests.support import Server, TestWorld


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


@pytest.fixture(scope="package")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestWorld]:
    """A small community that publishes much."""
    folder = tmp_path_factory.mktemp("busy")
    with world_of(folder, creators=10, posts=200, history_days=60, shops=[{"id": 7, "name": "Busy"}]) as world:
        yield world


@pytest.fixture
def followed(busy: TestWorld) -> TestWorld:
    begin(busy)
    return busy
