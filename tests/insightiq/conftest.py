"""Further worlds; and a server on a port, for what only a real one receives: addresses that no client would send."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from emulator.app import Emulator
from emulator.server import WebServer
from emulator.settings import Settings
from tests.insightiq.live import Live
from tests.insightiq.support import Another
from tests.support import RealTime, Server, TestWorld


@pytest.fixture
def another(server: Server) -> Iterator[Another]:
    made: list[TestWorld] = []

    def make(**plan: Any) -> TestWorld:
        made.append(server.world(**{"clock": {"mode": "frozen"}, **plan}))
        return made[-1]

    yield make
    for world in made:
        world.control("DELETE")


@pytest.fixture(scope="session")
def live() -> Iterator[Live]:
    emulator = Emulator(Settings(recipe="default", clock="frozen"), RealTime())
    emulator.prepare()
    ready = threading.Event()
    server = WebServer(emulator, ready=ready.set, ending=emulator.release)
    with Live.listen() as live:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [live.listening]})
        thread.start()
        assert ready.wait(20)
        yield live
        server.should_exit = True
        thread.join(20)
    assert not thread.is_alive()
