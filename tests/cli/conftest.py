"""A server for the commands, and its world, put back after each test."""

from collections.abc import Iterator

import pytest

from tests.cli.process import Served, serving
from tests.support import TestWorld


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("commands"), "--clock", "frozen") as served:
        yield served


@pytest.fixture
def world(served: Served) -> Iterator[TestWorld]:
    world = served.world()
    yield world
    world.control("POST", "/reset")
