"""Faults on the wire: answers that come late, in part, or never. Only here does real time pass."""

import asyncio
from contextlib import suppress
from typing import Final

from emulator.faults.fault import SILENT, Fault
from emulator.http import Receive, Response, Scope, Send, response_start, send_response

CONNECTION: Final = "emulator.connection"  # the ASGI extension by which a server lets go of a connection


class Dropped(ConnectionError):
    """The connection ends without an answer, where there is no socket that could be closed."""


class Waiting:
    """Waits that end when the server does. Each belongs to the event loop that it was begun on."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Event] = set()
        self._ended = False

    async def wait(self, seconds: float) -> None:
        if seconds <= 0 or self._ended:
            return
        over = asyncio.Event()
        self._under_way.add(over)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), seconds)
        self._under_way.discard(over)

    def end(self) -> None:
        """To be called on the loop of those that are under way."""
        self._ended = True
        for over in self._under_way:
            over.set()


def waits_first(fault: Fault) -> bool:
    """Whether it holds back the request, rather than the answer."""
    return fault.kind == "latency" and fault.when == "before"


async def transmit(
    fault: Fault, whole: Response, response: Response, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send what is left of an answer. Raises Dropped where the client is in this process."""
    if fault.kind in SILENT:
        await _cut(scope, receive, at_once=True)
    elif fault.kind == "truncate":
        await send(response_start(whole))
        await send({"type": "http.response.body", "body": response.body, "more_body": True})
        await _cut(scope, receive, at_once=False)
    else:
        await send_response(response, send)


async def _cut(scope: Scope, receive: Receive, *, at_once: bool) -> None:
    """Let go of the connection, after what has been written or before, and wait until it is gone."""
    connection = scope.get("extensions", {}).get(CONNECTION)
    if connection is None:
        raise Dropped("the connection was closed by a fault on command")
    transport = connection["transport"]
    if at_once:
        transport.abort()
    else:
        transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
