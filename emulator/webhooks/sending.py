"""One attempt over HTTP: the exact bytes there, and no more of the answer than is needed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
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
    """Belongs to one event loop. `allowed` are hosts beside this machine; `here` answers for `base_url`, ours."""

    def __init__(self, allowed: Sequence[str], base_url: str, here: Application) -> None:
        import httpx  # imported with the first webhook, as it takes a tenth of a second

        self._allowed = allowed
        self._base_url = base_url.rstrip("/")
        # the whole attempt has a time-out, below
        usual: dict[str, Any] = {"follow_redirects": False, "timeout": None, "trust_env": False, "headers": _HEADERS}
        limits = httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=64, keepalive_expiry=IDLE)
        self._there = httpx.AsyncClient(limits=limits, **usual)
        self._here = httpx.AsyncClient(transport=httpx.ASGITransport(here, raise_app_exceptions=False), **usual)

    async def send(self, attempt: Attempt) -> Outcome:
        refused = None if self._is_ours(attempt.url) else refusal(attempt.url, self._allowed)
        if refused is not None:
            return Outcome(attempt, 0, error=refused, refused=True)
        started = perf_counter_ns()
        answer = await self._answer(attempt)
        return Outcome(attempt, (perf_counter_ns() - started) // 1000, **answer)

    async def close(self) -> None:
        await self._there.aclose()
        await self._here.aclose()

    def _is_ours(self, url: str) -> bool:
        return url.startswith(f"{self._base_url}/")

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
        client, url = self._there, attempt.url
        if self._is_ours(url):
            client, url = self._here, _without_path(self._base_url) + url.removeprefix(self._base_url)
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
