"""A receiver that hears of everything, and a world that tells it."""

from collections.abc import Iterator

import pytest

from tests.insightiq.life.support import CORE
from tests.support import TestWorld
from tests.webhooks.receiver import Receiver, receiving
from tests.webhooks.sender import subscribe


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Holds every event that comes to the contract."""
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def telling(world: TestWorld, receiver: Receiver) -> TestWorld:
    """Of the recipe `default`, its clock frozen, with a webhook for all that happens to accounts."""
    subscribe(world, receiver.url, *CORE)
    return world
