"""The emulator itself as a target, in this process."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx

from emulator.app import Emulator
from emulator.calling import by_httpx
from emulator.check.control import Control
from emulator.check.target import Budget, Target
from emulator.client import Client
from emulator.inprocess import Synchronous
from emulator.settings import Settings


@contextmanager
def application(app: Any, url: str, seed: int = 1, budget: Budget | None = None) -> Iterator[Target]:
    """An ASGI application that has our control API: it is checked in a world of its own."""
    with asyncio.Runner() as runner, httpx.Client(transport=Synchronous(app, runner)) as client:
        control = Control(Client(url, send=by_httpx(client)))
        world = control.make(seed=seed, insightiq="off", storyclash="off")
        control.world = world.name
        try:
            yield Target("the emulator in this process", client, world.places, budget or Budget(), control, own=True)
        finally:
            control.delete(world.name)


@contextmanager
def emulator(seed: int = 1, budget: Budget | None = None) -> Iterator[Target]:
    settings = Settings(recipe="empty", log_level="error")
    with closing(Emulator(settings)) as app:
        app.prepare()
        with application(app, settings.url, seed, budget) as target:
            yield target
