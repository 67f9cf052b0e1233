"""The test kit: worlds of an emulator, held in the hand by tests, in process or over the network.

    with in_process() as server, server.world(seed=7) as emulator:
        emulator.client("insightiq").get("/v1/users")
        emulator.advance("PT1H")

Under pytest, the fixtures of `plugin` do that. Names are imported when they are asked for, so that the plugin costs a
test run nothing that does not use it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from emulator.client import Refused
    from emulator.testing.asynchronous import AsyncEmulator
    from emulator.testing.jobs import Job
    from emulator.testing.journal import Exchange
    from emulator.testing.serving import Server, connect, in_process, in_subprocess
    from emulator.testing.webhooks import Received, Webhook
    from emulator.testing.world import Emulator, Ran

__all__ = [
    "AsyncEmulator",
    "Emulator",
    "Exchange",
    "Job",
    "Ran",
    "Received",
    "Refused",
    "Server",
    "Webhook",
    "connect",
    "in_process",
    "in_subprocess",
]

_PLACES: Final = {
    "AsyncEmulator": "testing.asynchronous",
    "Emulator": "testing.world",
    "Exchange": "testing.journal",
    "Job": "testing.jobs",
    "Ran": "testing.world",
    "Received": "testing.webhooks",
    "Refused": "client",
    "Server": "testing.serving",
    "Webhook": "testing.webhooks",
    "connect": "testing.serving",
    "in_process": "testing.serving",
    "in_subprocess": "testing.serving",
}

if not TYPE_CHECKING:  # type checkers would take it for leave to import any name

    def __getattr__(name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(_PLACES)}")
        return getattr(import_module(f"emulator.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(_PLACES)
