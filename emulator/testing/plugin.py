"""The pytest plugin: a server for the session, a world of its own for each test.

It is loaded in every run where the package is installed, and imports the emulator only when a fixture is used.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from emulator.testing import AsyncEmulator, Emulator, Server


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


@pytest.fixture(scope="session")
def emulator_server(pytestconfig: pytest.Config) -> "Iterator[Server]":
    """The emulator of this session; with pytest-xdist, of this worker, unless --emulator-url names one for all."""
    from emulator.testing.serving import connect, in_process, in_subprocess

    url = pytestconfig.getoption("--emulator-url")
    if url:
        opened = connect(url, control_token=pytestconfig.getoption("--emulator-token"))
    else:
        match pytestconfig.getini("emulator_server"):
            case "thread":
                opened = in_process()
            case "process":
                opened = in_subprocess()
            case "asgi":
                opened = in_process(listen=False)
            case other:
                raise pytest.UsageError(f"emulator_server is {other!r}; it can be thread, process or asgi")
    with opened as server:
        yield server


@pytest.fixture
def emulator_plan(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What worlds are made of: a frozen clock, and what markers say, the nearest first. Suites may override it."""
    plan: dict[str, Any] = {}
    for marker in request.node.iter_markers("emulator"):
        plan = {**marker.kwargs, **plan}
    return {**plan, "clock": {"mode": "frozen", **plan.get("clock", {})}}


@pytest.fixture
def emulator(emulator_server: "Server", emulator_plan: dict[str, Any]) -> "Iterator[Emulator]":
    """A fresh world that is gone after the test."""
    with emulator_server.world(**emulator_plan) as world:
        yield world


@pytest.fixture
def async_emulator(emulator: "Emulator") -> "AsyncEmulator":
    """The same world for tests that await: nothing of it holds up their event loop."""
    return emulator.aio
