"""One emulator for the tests of the suite."""

from collections.abc import Iterator

import pytest

from emulator.app import Emulator
from emulator.settings import Settings
from tests.check.harness import Bench


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    app = Emulator(Settings(recipe="empty"))
    app.prepare()
    yield Bench(app)
    app.close()
