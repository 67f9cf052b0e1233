"""One attempt over HTTP: the exact bytes there, and no more of the answer than is needed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter_ns
from typing import Any, Final

from emulator.webhooks.addresses import refusal
from emulator.webhooks.delivery import Attempt, Outcome

MAX_BODY: Final = 65_536  # bytes of an answer that are read
KEPT_BODY: Final = 4_096  # and kept
MAX_CONNECTIONS: Final = 512

Application = Callable[..., Awaitable[None]]  # as ASGI has it


class Sender:
    """Belongs to one event loop. `allowed` are hosts beside this machine; `here` answers for `base_url`, ours."""

    def __init__(self, allowed: Sequence[str], base_url: str, here: Application) -> None:
        import httpx  # imported with the first webhook, as it takes a tenth of a second

        self._allowed = allowed
        self._client = httpx.AsyncClient(
            follow_redirects=False,
            limits=httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=64),
            mounts={base_url: httpx.ASGITransport(here, raise_app_exceptions=False)},
            timeout=None,  # noqa: S113 - the whole attempt has one, below
            trust_env=False,
            headers={"user-agent": "creator-api-emulator"},
        )

    async def send(self, attempt: Attempt) -> Outcome:
        refused = refusal(attempt.url, self._allowed)
        if refused is not None:
            return Outcome(attempt, 0, error=refused, refused=True)
        started = perf_counter_ns()
        answer = await self._answer(attempt)
        return Outcome(attempt, (perf_counter_ns() - started) // 1000, **answer)

    async def close(self) -> None:
        await self._client.aclose()

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
        request = self._client.stream("POST", attempt.url, content=attempt.body, headers=dict(attempt.headers))
        body = b""
        async with request as response:
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) >= MAX_BODY:
                    break
        return {
            "status": response.status_code,
            "headers": tuple(response.headers.multi_items()),
            "body": body[:KEPT_BODY],
        }
