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
    from emulator.testing.asynchronous import AsyncEmulator
    from emulator.testing.control import Refused
    from emulator.testing.journal import Exchange
    from emulator.testing.serving import Server, connect, in_process, in_subprocess
    from emulator.testing.webhooks import Received, Webhook
    from emulator.testing.world import Emulator

__all__ = [
    "AsyncEmulator",
    "Emulator",
    "Exchange",
    "Received",
    "Refused",
    "Server",
    "Webhook",
    "connect",
    "in_process",
    "in_subprocess",
]

_PLACES: Final = {
    "AsyncEmulator": "asynchronous",
    "Emulator": "world",
    "Exchange": "journal",
    "Received": "webhooks",
    "Refused": "control",
    "Server": "serving",
    "Webhook": "webhooks",
    "connect": "serving",
    "in_process": "serving",
    "in_subprocess": "serving",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
