"""ASGI applications within this process, reached by clients of httpx without a socket."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Final, Protocol, TypeVar

import httpx

from emulator.faults.wire import Dropped
from emulator.http import Request

Result = TypeVar("Result")
_CONTROL: Final = b"/_emulator/"
_SMALL: Final = 65_536  # bytes of a body; how long one may be is the application's to say
_Application = Any  # as ASGI has it


class Loop(Protocol):
    """What runs an application: an asyncio.Runner, or a Background."""

    def run(self, coro: Coroutine[Any, Any, Result], /) -> Result: ...


class Synchronous(httpx.BaseTransport):
    """For clients of one thread, which lends itself to any application while that answers.

    Switching threads for each request, as InProcess does, takes twice the time. The lifespan is the owner's business.
    """

    def __init__(self, application: _Application, loop: Loop) -> None:
        self.application = application
        self._loop = loop
        self._asgi = httpx.ASGITransport(application)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._loop.run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        """Read to its end here, so that it belongs to no event loop any more."""
        answer = await self._asgi.handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


class InProcess(Synchronous, httpx.AsyncBaseTransport):
    """An emulator for clients of either kind; any number of threads and event loops may use it at once.

    A connection that a fault closes, an answer that the client does not wait for, and an emulator that has ended raise
    what they raise over the network: RemoteProtocolError, ReadTimeout and ConnectError.
    """

    def __init__(self, application: _Application, background: "Background") -> None:
        super().__init__(application, background)
        self._background = background
        self._under_way: set[asyncio.Future[httpx.Response]] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self._check(request)
        if _is_control(request):
            return self._controlled(request)
        return self._background.run(self._answer(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self._check(request)
        if _is_control(request):
            return await asyncio.to_thread(self._controlled, request)
        return await self._background.arun(self._answer(request))

    def _check(self, request: httpx.Request) -> None:
        if self._background.ended:
            raise httpx.ConnectError("the emulator in this process has ended", request=request)

    def _controlled(self, request: httpx.Request) -> httpx.Response:
        """In the caller's own thread: two switches of threads take longer than most of these calls."""
        path, _, query = request.url.raw_path.decode("latin-1").partition("?")
        headers: dict[str, list[str]] = {}
        for name, value in request.headers.multi_items():
            headers.setdefault(name, []).append(value)
        answer = self.application.controlled(Request(request.method, path, query, headers, request.content))
        return httpx.Response(answer.status, headers=list(answer.headers), content=answer.body)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answering = asyncio.ensure_future(super()._answer(request))
        self._under_way.add(answering)
        answering.add_done_callback(self._ended)
        await asyncio.wait({answering}, timeout=request.extensions.get("timeout", {}).get("read"))
        if not answering.done():  # it goes on, as behind a socket
            raise httpx.ReadTimeout("The read operation timed out", request=request)
        try:
            return answering.result()
        except Dropped as dropped:
            raise httpx.RemoteProtocolError(str(dropped), request=request) from None

    def _ended(self, answering: "asyncio.Future[httpx.Response]") -> None:
        """What became of it is asked for, so that nobody complains of an error that no client was there to hear."""
        self._under_way.discard(answering)
        if not answering.cancelled():
            answering.exception()


def _is_control(request: httpx.Request) -> bool:
    return request.url.raw_path.startswith(_CONTROL) and len(request.content) <= _SMALL


class Background:
    """An event loop in a thread of its own, from `start` to `stop`."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.ended = False
        self._thread = threading.Thread(target=self.loop.run_forever, name="emulator", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self, coro: Coroutine[Any, Any, Result], /) -> Result:
        return asyncio.run_coroutine_threadsafe(coro, self.loop).result()

    async def arun(self, coro: Coroutine[Any, Any, Result], /) -> Result:
        """The same for those who are on another event loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coro, self.loop))

    def stop(self) -> None:
        self.ended = True
        self.run(self._wind_up())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _wind_up(self) -> None:
        """Whoever still waits for an answer is told that there will be none."""
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
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
