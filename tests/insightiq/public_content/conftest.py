"""A world that the tests of a module only read, and one for each test that moves it."""

from collections.abc import Iterator

import pytest

from tests.archive.workspace.refreshes import read_now
from tests.insightiq.public_content.public import Public
from tests.support import Server, TestWorld


@pytest.fixture(scope="module")
def public(server: Server) -> Iterator[Public]:
    world = server.world(recipe="default", clock={"mode": "frozen"})
    read_now(world)
    yield Public(world)
    world.control("DELETE")


@pytest.fixture
def moving(world: TestWorld) -> Public:
    return Public(world)
