"""The sample application, beside a world of its own for each test."""

from collections.abc import Iterator

import pytest

from emulator.testing import Emulator
from tests.shop.application import Shop
from tests.shop.customer import Customer


@pytest.fixture
def customer(emulator: Emulator) -> Iterator[Customer]:
    """Somebody who uses the application, which the world's webhooks reach."""
    shop = Shop(emulator.environment, emulator.transport)
    with emulator.receiver(shop) as address:
        yield Customer(shop, address, emulator)
