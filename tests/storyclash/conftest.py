"""Worlds that the tests of this folder only read, without rate limits."""

from collections.abc import Iterator

import pytest

from tests.population.recipes import world_of
from tests.storyclash.reports import Report, fetch_reports
from tests.support import Server, TestWorld


@pytest.fixture(scope="session")
def unlimited(server: Server) -> Iterator[TestWorld]:
    """Of the recipe `default`."""
    world = server.world(clock={"mode": "frozen"}, limits={"storyclash": "off"})
    yield world
    world.control("DELETE")


@pytest.fixture(scope="session")
def reports(unlimited: TestWorld) -> list[Report]:
    return fetch_reports(unlimited)


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """A market report of several pages."""
    with world_of(tmp_path_factory.mktemp("big"), creators=3, posts=3_000, history_days=90, market_reports=1) as world:
        [report] = fetch_reports(world)
        yield report


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Report]]:
    """Campaigns with so many partners that some have the same first name."""
    with world_of(
        tmp_path_factory.mktemp("crowded"),
        creators=300,
        posts=3_000,
        brands=4,
        campaigns=3,
        market_reports=1,
        creators_per_campaign=100,
    ) as world:
        yield fetch_reports(world)
