"""Serving: a socket that is known to be free, signals that end it well, and a word when it is ready."""

import contextlib
import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

import click
import uvicorn

from emulator import logs
from emulator.app import Emulator
from emulator.banner import banner
from emulator.connection import Connection
from emulator.contract.document import ContractError
from emulator.settings import Settings
from emulator.webhooks.sending import Application
from emulator.world.origins import Progress
from emulator.world.population import RecipeError
from emulator.world.store import StoreError

_log = logging.getLogger(__name__)


class CannotStart(Exception):
    """What stands in the way, in one line."""


def run(settings: Settings) -> None:
    """Answer until SIGTERM or Ctrl-C; requests that are under way are finished. Raises CannotStart."""
    logs.configure(settings.log_level)
    with contextlib.closing(listen(settings)) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        try:
            emulator = Emulator(settings)
            with _progress(settings.recipe) as progress:
                emulator.prepare(progress)
        except (ContractError, RecipeError, StoreError) as error:
            raise CannotStart(str(error)) from None
        gc.collect()
        gc.freeze()  # contracts and modules stay; looking through them again and again would take a fifth of the time
        server = WebServer(emulator, lambda: click.echo(banner(emulator.control)), ending=emulator.release)
        if settings.until_eof:
            threading.Thread(target=_end_with_input, args=(server,), name="input", daemon=True).start()
        server.run(sockets=[listening])


def listen(settings: Settings) -> socket.socket:
    """A socket at the settings' address. Raises CannotStart."""
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen()  # so that a second server finds the port taken while this one is still getting ready
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise CannotStart(f"cannot listen on {settings.host}:{settings.port}: {reason}; try another --port") from None
    return listening


def _end_with_input(server: uvicorn.Server) -> None:
    """Whoever holds the other end may be killed, and cannot tell the server to stop then."""
    while sys.stdin is not None and sys.stdin.buffer.read(65_536):
        pass
    server.should_exit = True


@contextlib.contextmanager
def _progress(recipe: str) -> Iterator[Progress]:
    """A progress bar on a terminal, for what takes long enough to be seen."""
    label = f"making a world by the recipe {recipe}"
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show


class WebServer(uvicorn.Server):
    """Says when it is `ready`, and when it is `ending`, before it waits for requests that are under way.

    Whoever begins and ends the application's life otherwise sets `lifespan` to off.
    """

    def __init__(
        self,
        application: Application,
        ready: Callable[[], None],
        lifespan: Literal["on", "off"] = "on",
        ending: Callable[[], None] = lambda: None,
    ) -> None:
        config = uvicorn.Config(
            application,
            log_config=None,
            access_log=False,  # it would show tokens; the log of exchanges says more
            http=Connection,
            ws="none",
            lifespan=lifespan,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=30,
        )
        super().__init__(config)
        self._on_ready = ready
        self._on_ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_ending()
        await super().shutdown(sockets)

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
