"""Applications of this process that listen on a port."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from emulator.inprocess import Background

_Application = Any  # as ASGI has it


@contextlib.contextmanager
def listening(application: _Application) -> Iterator[str]:
    """Where an application answers, on a free port of this machine."""
    from emulator.server import listen
    from emulator.settings import Settings

    background = Background()
    background.start()
    try:
        with contextlib.closing(listen(Settings(port=0))) as taken:
            stop = serve(application, taken, background)
            try:
                yield f"http://127.0.0.1:{taken.getsockname()[1]}"
            finally:
                stop()
    finally:
        background.stop()


def serve(application: _Application, taken: Any, background: Background) -> Callable[[], None]:
    """Answer on a socket; what ends that."""
    from emulator.testing.brief import BriefServer

    async def start() -> tuple[BriefServer, asyncio.Task[None]]:
        ready = asyncio.Event()
        server = BriefServer(application, ready.set)
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        await ready.wait()
        return server, serving

    async def end(server: BriefServer, serving: "asyncio.Task[None]") -> None:
        server.end()
        await serving

    started = background.run(start())
    return lambda: background.run(end(*started))
