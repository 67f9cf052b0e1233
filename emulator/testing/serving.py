"""Servers for tests: in this process, in one of their own, or one that runs already."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx

from emulator.settings import Settings
from emulator.testing.control import TIMEOUT, Control
from emulator.testing.transport import Background, InProcess, Lifespan, serve
from emulator.testing.world import Emulator


class Server:
    """An emulator to make worlds on. `transport` is None where it is reached over the network."""

    def __init__(self, url: str, control_token: str | None = None, transport: InProcess | None = None) -> None:
        self.url = url.rstrip("/")
        self.control_token = control_token
        self.transport = transport
        headers = {"authorization": f"Bearer {control_token}"} if control_token else {}
        self._http = httpx.Client(base_url=self.url, headers=headers, transport=transport, timeout=TIMEOUT)
        self.control = Control(self._http)

    @contextlib.contextmanager
    def world(self, **plan: Any) -> Iterator[Emulator]:
        """A new world, gone afterwards. `plan` is what `POST /_emulator/worlds` takes. Raises Refused."""
        made = Emulator(self.url, self.control, self.control.post("/worlds", plan), self.transport)
        try:
            yield made
        finally:
            made.close()
            self.control.under("worlds", made.name).delete()

    def existing(self, name: str = "default") -> Emulator:
        """A world that is there, and stays. Raises Refused."""
        return Emulator(self.url, self.control, self.control.under("worlds", name).get(), self.transport)

    def close(self) -> None:
        self._http.close()


@contextlib.contextmanager
def connect(url: str, *, control_token: str | None = None) -> Iterator[Server]:
    """One that runs already. Raises Refused if none answers there."""
    server = Server(url, control_token)
    with contextlib.closing(server):
        server.control.get("/health")
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
        application.prepare()
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
    """`emulator serve` with these arguments on a free port; its log goes to the standard error."""
    command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--recipe", "empty", *arguments]
    command += ["--control-token", control_token] if control_token else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        try:
            first = process.stdout.readline() if process.stdout else ""
            if not first:
                raise RuntimeError(f"{' '.join(command[1:])} did not start; its log says why")
            with contextlib.closing(Server(first.split()[-1], control_token)) as server:
                yield server
        finally:
            process.terminate()


def _listen(stack: contextlib.ExitStack, settings: Settings) -> Any:
    from emulator.server import listen

    return stack.enter_context(contextlib.closing(listen(settings)))
