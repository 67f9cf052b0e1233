"""Serving: a socket that is known to be free, signals that end it well, and a word when it is ready."""

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from emulator.app import Emulator
from emulator.settings import Settings


class CannotListen(Exception):
    """The address cannot be listened on; the message says why."""


def listen(settings: Settings) -> socket.socket:
    """Raises CannotListen."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise CannotListen(f"cannot listen on {settings.host}:{settings.port}: {reason}; try another --port") from None
    return listening


def serve(emulator: Emulator, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until SIGTERM or Ctrl-C; requests that are under way are finished."""
    config = uvicorn.Config(
        emulator,
        log_config=None,
        access_log=False,  # it would show tokens; the exchange log says more
        http="httptools",
        ws="none",
        lifespan="on",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=30,
    )
    _Server(config, ready).run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Like uvicorn's, which raises the signal again when it has stopped: here, being told to stop is no failure."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        previous = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
