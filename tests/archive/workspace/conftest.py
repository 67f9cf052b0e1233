"""A world that the tests of this folder only read."""

from collections.abc import Iterator

import pytest

from tests.archive.workspace.people import People, everybody
from tests.support import Server, TestWorld


@pytest.fixture(scope="session")
def quiet(server: Server) -> Iterator[TestWorld]:
    """Of the recipe `default`, its clock frozen. Nobody changes anything in it."""
    world = server.world(clock={"mode": "frozen"})
    yield world
    world.control("DELETE")


@pytest.fixture(scope="session")
def people(quiet: TestWorld) -> People:
    return everybody(quiet)
