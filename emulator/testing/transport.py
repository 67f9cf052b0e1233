"""An emulator within this process: an event loop in a thread, and transports that reach it without a socket."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import httpx

from emulator.faults.wire import Dropped
from emulator.http import Request

Result = TypeVar("Result")
_CONTROL = b"/_emulator/"
_Application = Any  # as ASGI has it


class Background:
    """An event loop in a thread of its own, from `start` to `stop`."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="emulator", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def arun(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The same for those who are on another event loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    def stop(self) -> None:
        self.run(self._wind_up())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _wind_up(self) -> None:
        await self.loop.shutdown_asyncgens()
        await self.loop.shutdown_default_executor()


class Lifespan:
    """ASGI's start and end of an application, which belongs to the event loop that it is started on."""

    def __init__(self, application: _Application) -> None:
        self._application = application
        self._told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._application({"type": "lifespan"}, self._told.get, self._heard.put))
        await self._told.put({"type": "lifespan.startup"})
        await self._heard.get()

    async def end(self) -> None:
        await self._told.put({"type": "lifespan.shutdown"})
        await self._heard.get()
        if self._task is not None:
            await self._task


class InProcess(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """For clients of either kind; any number of threads and event loops may use it at once.

    A connection that a fault closes, and an answer that the client does not wait for, raise what they raise over the
    network: RemoteProtocolError and ReadTimeout.
    """

    def __init__(self, application: _Application, background: Background) -> None:
        self.application = application
        self._transport = httpx.ASGITransport(application)
        self._background = background
        self._under_way: set[asyncio.Future[httpx.Response]] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        if request.url.raw_path.startswith(_CONTROL):
            return self._controlled(request)
        return self._background.run(self._answer(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        if request.url.raw_path.startswith(_CONTROL):
            return await asyncio.to_thread(self._controlled, request)
        return await self._background.arun(self._answer(request))

    def _controlled(self, request: httpx.Request) -> httpx.Response:
        """In the caller's own thread: two switches of threads take longer than most of these calls."""
        path, _, query = request.url.raw_path.decode("latin-1").partition("?")
        headers: dict[str, list[str]] = {}
        for name, value in request.headers.multi_items():
            headers.setdefault(name, []).append(value)
        answer = self.application.controlled(Request(request.method, path, query, headers, request.content))
        return httpx.Response(answer.status, headers=list(answer.headers), content=answer.body)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        """Read to its end here, so that it belongs to no event loop any more."""
        content = httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        answering = asyncio.ensure_future(self._transport.handle_async_request(content))
        self._under_way.add(answering)
        answering.add_done_callback(self._ended)
        await asyncio.wait({answering}, timeout=request.extensions.get("timeout", {}).get("read"))
        if not answering.done():  # it goes on, as behind a socket
            raise httpx.ReadTimeout("The read operation timed out", request=request)
        try:
            answer = answering.result()
        except Dropped as dropped:
            raise httpx.RemoteProtocolError(str(dropped), request=request) from None
        body = await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=body)

    def _ended(self, answering: "asyncio.Future[httpx.Response]") -> None:
        """What became of it is asked for, so that nobody complains of an error that no client was there to hear."""
        self._under_way.discard(answering)
        if not answering.cancelled():
            answering.exception()


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
    from emulator.server import WebServer

    async def start() -> tuple[WebServer, asyncio.Task[None]]:
        ready = asyncio.Event()
        server = WebServer(application, ready.set, lifespan="off")
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        await ready.wait()
        return server, serving

    async def end(server: WebServer, serving: "asyncio.Task[None]") -> None:
        server.should_exit = True
        await serving

    started = background.run(start())
    return lambda: background.run(end(*started))
