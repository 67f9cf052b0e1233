"""Fixtures: one server for the session, a world of its own for each test."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support import Server, TestWorld, running

_HEALTH = [HealthCheck.function_scoped_fixture]
settings.register_profile("default", deadline=None, suppress_health_check=_HEALTH)
settings.register_profile("ci", deadline=None, suppress_health_check=_HEALTH, derandomize=True)  # the same every time
settings.load_profile("ci" if "CI" in os.environ else "default")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Nobody leaves a world behind that lives on: it would have to catch up whenever time passes in other tests."""
    with running() as server:
        yield server
        left = [(world["name"], world["clock"]) for world in server.client.get("/_emulator/worlds").json()["data"]]
        assert not [name for name, clock in left if clock["mode"] == "running" and clock["next_due"]]


@pytest.fixture
def world(server: Server) -> Iterator[TestWorld]:
    """Of the recipe `default`, its clock frozen."""
    made = server.world(clock={"mode": "frozen"})
    yield made
    made.control("DELETE")
