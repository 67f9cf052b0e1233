"""One attempt over HTTP: the exact bytes there, and no more of the answer than is needed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import perf_counter_ns
from typing import Any, Final
from urllib.parse import urlsplit

from emulator.webhooks.addresses import refusal
from emulator.webhooks.delivery import Attempt, Outcome

MAX_BODY: Final = 65_536  # bytes of an answer that are read
KEPT_BODY: Final = 4_096  # and kept
MAX_CONNECTIONS: Final = 512
IDLE: Final = 1.0  # seconds; shorter than receivers wait, as one that just closes a connection would seem to fail

_HEADERS: Final = {"user-agent": "creator-api-emulator", "accept-encoding": "identity"}

Application = Callable[..., Awaitable[None]]  # as ASGI has it


class Sender:
    """Belongs to one event loop. `allowed` are hosts beside this machine.

    `here` are applications of this process, by the beginnings of the addresses that they answer for: ours is one, and
    there may be more at any time.
    """

    def __init__(self, allowed: Sequence[str], here: Mapping[str, Application]) -> None:
        import httpx  # imported with the first webhook, as it takes a tenth of a second

        self._allowed = allowed
        self._applications = here
        # the whole attempt has a time-out, below
        usual: dict[str, Any] = {"follow_redirects": False, "timeout": None, "trust_env": False, "headers": _HEADERS}
        limits = httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=64, keepalive_expiry=IDLE)
        self._there = httpx.AsyncClient(limits=limits, **usual)
        self._usual = usual

    async def send(self, attempt: Attempt) -> Outcome:
        refused = None if self._base(attempt.url) else refusal(attempt.url, self._allowed)
        if refused is not None:
            return Outcome(attempt, 0, error=refused, refused=True)
        started = perf_counter_ns()
        answer = await self._answer(attempt)
        return Outcome(attempt, (perf_counter_ns() - started) // 1000, **answer)

    async def close(self) -> None:
        await self._there.aclose()

    def _here(self, application: Application) -> Any:
        """A client of its own for each attempt, which costs little without a network."""
        import httpx

        return httpx.AsyncClient(transport=httpx.ASGITransport(application, raise_app_exceptions=False), **self._usual)

    def _base(self, url: str) -> str | None:
        """Of the application of this process that answers there."""
        return next((base for base in self._applications if url.startswith(f"{base}/")), None)

    async def _answer(self, attempt: Attempt) -> dict[str, Any]:
        try:
            async with asyncio.timeout(attempt.timeout):
                return await self._exchange(attempt)
        except TimeoutError:
            return {"error": f"no answer within {attempt.timeout:g} s"}
        except Exception as error:  # noqa: BLE001 - whatever a receiver does is its answer, and never our failure
            return {"error": f"{type(error).__name__}: {error}"[:500]}

    async def _exchange(self, attempt: Attempt) -> dict[str, Any]:
        """What `Outcome` takes of an answer."""
        base = self._base(attempt.url)
        if base is None:
            return await _posted(self._there, attempt.url, attempt)
        async with self._here(self._applications[base]) as client:
            return await _posted(client, _without_path(base) + attempt.url.removeprefix(base), attempt)


async def _posted(client: Any, url: str, attempt: Attempt) -> dict[str, Any]:
    body = b""
    async with client.stream("POST", url, content=attempt.body, headers=dict(attempt.headers)) as response:
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) >= MAX_BODY:
                break
    return {
        "status": response.status_code,
        "headers": tuple(response.headers.multi_items()),
        "body": body[:KEPT_BODY],
    }


def _without_path(base_url: str) -> str:
    """What is before us in a base URL with a path takes that path away, and so do we."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"
