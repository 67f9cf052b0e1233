"""The pytest plugin: a server for the session, a world of its own for each test.

It is loaded in every run where the package is installed, and imports the emulator only when a fixture is used.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from emulator.testing import AsyncEmulator, Emulator, Server

_PLACES: Final = ("thread", "process", "asgi")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("emulator", "creator API emulator")
    group.addoption("--emulator-url", help="Use the emulator that answers here, instead of starting one.")
    group.addoption("--emulator-token", help="Its control token, if it asks for one.")
    parser.addini(
        "emulator_server",
        "Where the server runs: thread (of the tests' process, the default), process (of its own), "
        "or asgi (in the tests' process and without a socket).",
        default="thread",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "emulator(**plan): what the test's world is made of, as POST /_emulator/worlds takes it: "
        "recipe, seed, epoch, clock, limits, choices.",
    )
    if (place := config.getini("emulator_server")) not in _PLACES:
        raise pytest.UsageError(f"emulator_server is {place!r}; it can be thread, process or asgi")


@pytest.fixture(scope="session")
def emulator_server(request: pytest.FixtureRequest) -> "Iterator[Server]":
    """The emulator of this session; with pytest-xdist, of this worker, unless --emulator-url names one for all."""
    from emulator.client import Refused

    with ExitStack() as stack:
        try:
            server = stack.enter_context(_opened(request.config))
        except Refused as refused:
            request.session.shouldstop = f"emulator: {refused}"  # once, and not by each of the tests
            raise pytest.fail.Exception(f"emulator: {refused}", pytrace=False) from None
        yield server


def _opened(config: pytest.Config) -> "AbstractContextManager[Server]":
    from emulator.testing.serving import connect, in_process, in_subprocess

    if url := config.getoption("--emulator-url"):
        return connect(url, control_token=config.getoption("--emulator-token"))
    match config.getini("emulator_server"):
        case "process":
            return in_subprocess()
        case "asgi":
            return in_process(listen=False)
        case _:
            return in_process()


@pytest.fixture
def emulator_plan(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What worlds are made of: a frozen clock, and what markers say, the nearest first. Suites may override it."""
    plan: dict[str, Any] = {}
    for marker in request.node.iter_markers("emulator"):
        if marker.args:
            pytest.fail(f"@pytest.mark.emulator takes names, such as recipe='empty', not {marker.args}", pytrace=False)
        plan = {**marker.kwargs, **plan}
    return {**plan, "clock": {"mode": "frozen", **plan.get("clock", {})}}


@pytest.fixture
def emulator(
    request: pytest.FixtureRequest, emulator_server: "Server", emulator_plan: dict[str, Any]
) -> "Iterator[Emulator]":
    """A fresh world that is gone after the test."""
    from emulator.client import Refused

    with ExitStack() as stack:
        try:
            world = stack.enter_context(emulator_server.world(**emulator_plan))
        except Refused as refused:
            if not refused.status:  # the server is there no more
                request.session.shouldstop = f"emulator: {refused}"
            raise pytest.fail.Exception(f"emulator: {refused}", pytrace=False) from None
        yield world


@pytest.fixture
def async_emulator(emulator: "Emulator") -> "AsyncEmulator":
    """The same world for tests that await: nothing of it holds up their event loop."""
    return emulator.aio
