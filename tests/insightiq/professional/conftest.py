"""A world with some dozens of LinkedIn profiles; nothing here changes it, so one serves all tests."""

from collections.abc import Iterator

import pytest

from emulator.settings import Settings
from tests.insightiq.professional.support import Directory
from tests.support import TestWorld, running

RECIPE = """
epoch: 2026-01-01T00:00:00Z
creators: 450
posts: 2000
platforms: {Instagram: 1, TikTok: 1, LinkedIn: 6}
brands: 20
connected_users: 60
"""


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    """A server of its own, as only its first world may be made from a recipe's file."""
    recipe = tmp_path_factory.mktemp("recipes") / "professionals.yaml"
    recipe.write_text(RECIPE)
    with running(Settings(recipe=str(recipe), clock="frozen")) as server:
        credentials = server.client.get("/_emulator/worlds/default").json()["credentials"]
        yield Directory(TestWorld("default", credentials, server.client))
