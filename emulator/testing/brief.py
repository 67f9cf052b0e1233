"""A server for as long as a test lasts: it ends as soon as what it is answering is answered."""

import asyncio
import socket
from collections.abc import Callable
from typing import Final

from emulator.server import WebServer
from emulator.webhooks.sending import Application

_PATIENCE: Final = 30.0  # seconds for requests that are under way


class BriefServer(WebServer):
    """uvicorn looks every tenth of a second whether it is to end, and then waits for another one; tests are faster."""

    def __init__(self, application: Application, ready: Callable[[], None]) -> None:
        super().__init__(application, ready, lifespan="off")
        self._over = asyncio.Event()

    def end(self) -> None:
        self._over.set()

    async def main_loop(self) -> None:
        await self._over.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - who opened them closes
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            _, late = await asyncio.wait(self.server_state.tasks, timeout=_PATIENCE)
            for task in late:
                task.cancel()
