"""A world in which several have connected Spotify; the recipes that come with the emulator have one or two of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from emulator.settings import Settings
from tests.population.recipes import first_world
from tests.support import TestWorld, running

RECIPE: Final = str(Path(__file__).parent / "listeners.yaml")


@pytest.fixture(scope="session")
def music() -> Iterator[TestWorld]:
    """On a server of its own, as only a server's first world may be of a recipe from anywhere."""
    with running(Settings(recipe=RECIPE, clock="frozen")) as server:
        yield first_world(server)


@pytest.fixture
def listeners(music: TestWorld) -> TestWorld:
    """As it was made."""
    assert music.control("POST", "/reset").status_code == 200
    return music
