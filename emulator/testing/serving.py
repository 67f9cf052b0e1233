"""Servers for tests: in this process, in one of their own, or one that runs already."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import httpx

from emulator.calling import SECONDS, by_httpx, reaching
from emulator.client import Client, Refused
from emulator.inprocess import Background, InProcess, Lifespan
from emulator.settings import Settings
from emulator.testing.listening import serve
from emulator.testing.moments import given
from emulator.testing.world import Emulator, passing

_PATIENCE: Final = httpx.Timeout(SECONDS, connect=10)


class Server:
    """An emulator to make worlds on. `transport` is None where it is reached over the network."""

    def __init__(self, url: str, control_token: str | None = None, transport: InProcess | None = None) -> None:
        self.url = url.rstrip("/")
        self.control_token = control_token
        self.transport = transport
        self._http = httpx.Client(transport=transport, timeout=_PATIENCE, **reaching(self.url))
        self._visited: list[Emulator] = []
        self.control = Client(self.url, control_token, by_httpx(self._http))

    def __repr__(self) -> str:
        where = "over the network" if self.transport is None else "in this process"
        return f"<Server at {self.url}, {where}>"

    @contextlib.contextmanager
    def world(self, **plan: Any) -> Iterator[Emulator]:
        """A new world, gone afterwards. `plan` is what `POST /_emulator/worlds` takes. Raises Refused."""
        with passing(self.control, given(**plan), self.transport) as made:
            yield made

    def existing(self, name: str = "default") -> Emulator:
        """A world that is there, and stays; its clients are closed with the server. Raises Refused."""
        self._visited.append(Emulator(self.control, self.control.get("worlds", name), self.transport))
        return self._visited[-1]

    def close(self) -> None:
        while self._visited:
            self._visited.pop().close()
        self._http.close()


@contextlib.contextmanager
def connect(url: str, *, control_token: str | None = None) -> Iterator[Server]:
    """One that runs already. Raises Refused if none answers there, or another token is wanted."""
    with contextlib.closing(Server(url, control_token)) as server:
        server.control.confirm()
        yield server


@contextlib.contextmanager
def in_process(settings: Settings | None = None, *, listen: bool = True) -> Iterator[Server]:
    """One in a thread of this process, which its clients here reach without a socket.

    With `listen`, others reach it at a free port too. Its first world is an empty one, as tests make their own.
    """
    from emulator.app import Emulator as Application

    with contextlib.ExitStack() as stack:
        settings = settings or Settings(recipe="empty", port=0)
        listening = _listen(stack, settings) if listen else None
        if listening is not None:
            settings = replace(settings, port=listening.getsockname()[1])
        application = Application(settings)
        with contextlib.ExitStack() as unprepared:
            unprepared.callback(application.close)
            application.prepare()
            unprepared.pop_all()
        background = Background()
        background.start()
        stack.callback(background.stop)
        lifespan = Lifespan(application)
        background.run(lifespan.start())
        stack.callback(lambda: background.run(lifespan.end()))
        if listening is not None:
            stack.callback(serve(application, listening, background))
        stack.callback(background.loop.call_soon_threadsafe, application.release)
        transport = InProcess(application, background)
        yield stack.enter_context(contextlib.closing(Server(settings.url, settings.control_token, transport)))


@contextlib.contextmanager
def in_subprocess(*arguments: str, control_token: str | None = None) -> Iterator[Server]:
    """`emulator serve` with these arguments on a free port; its log goes to the standard error, and it ends with us.

    It is a server for tests: neither `emulator.toml` nor variables, which are for the developer's own, say what it is.
    Raises Refused if it does not start.
    """
    command = [sys.executable, "-m", "emulator", "serve", "--config", os.devnull]
    command += ["--until-eof", "--port", "0", "--recipe", "empty", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EMULATOR_")}
    environment |= {"EMULATOR_CONTROL_TOKEN": control_token} if control_token else {}
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:  # noqa: S603 - our own command
        try:
            first = process.stdout.readline() if process.stdout else ""
            if not first:
                raise Refused(0, f"{' '.join(command[1:])} did not start; its log says why")
            with contextlib.closing(Server(first.split()[-1], control_token)) as server:
                yield server
        finally:
            process.terminate()


def _listen(stack: contextlib.ExitStack, settings: Settings) -> Any:
    from emulator.server import listen

    return stack.enter_context(contextlib.closing(listen(settings)))
