"""The emulator itself as a target, in this process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from emulator.app import Emulator
from emulator.check.control import Control
from emulator.check.target import Budget, Target
from emulator.settings import Settings


class InProcess(httpx.BaseTransport):
    """Calls an ASGI application without a socket, from synchronous code."""

    def __init__(self, app: Any, runner: asyncio.Runner) -> None:
        self._transport = httpx.ASGITransport(app=app)
        self._runner = runner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self._handle(request))

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        body = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=body, request=request)


@contextmanager
def application(app: Any, url: str, seed: int = 1, budget: Budget | None = None) -> Iterator[Target]:
    """An ASGI application that has our control API: it is checked in a world of its own."""
    with asyncio.Runner() as runner, httpx.Client(transport=InProcess(app, runner)) as client:
        control = Control(client, url)
        world = control.make(seed=seed, insightiq="off", storyclash="off")
        control.world = world.name
        yield Target("the emulator in this process", client, world.places, budget or Budget(), control, own=True)
        control.delete(world.name)


@contextmanager
def emulator(seed: int = 1, budget: Budget | None = None) -> Iterator[Target]:
    settings = Settings(recipe="empty", log_level="error")
    app = Emulator(settings)
    app.prepare()
    try:
        with application(app, settings.url, seed, budget) as target:
            yield target
    finally:
        app.close()
