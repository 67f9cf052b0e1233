"""Fixtures: a receiver that listens on this machine, and a world without anybody in it."""

from collections.abc import Iterator

import pytest

from tests.support import Server, TestWorld
from tests.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def world(server: Server) -> Iterator[TestWorld]:
    """Of the recipe `empty`, its clock frozen."""
    made = server.world(recipe="empty", clock={"mode": "frozen"})
    yield made
    made.control("DELETE")
