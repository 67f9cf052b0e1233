"""Fixtures: one server for the session, a world of its own for each test."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support import Server, TestWorld, running

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("default")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def world(server: Server) -> Iterator[TestWorld]:
    """Of the recipe `default`, its clock frozen."""
    made = server.world(clock={"mode": "frozen"})
    yield made
    made.control("DELETE")
