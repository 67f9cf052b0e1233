"""Calls over HTTP, for who asks a control API: by the standard library, and by httpx.

A command starts as fast as Python does, so it goes `by_urllib`; `by_httpx` goes by a client of httpx, which may reach
an emulator in this process.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from emulator.settings import is_loopback

if TYPE_CHECKING:
    import ssl

    import httpx

SECONDS: Final = 600.0  # of real time for an answer: a large world takes minutes to be made, or to live through months


class Unanswered(Exception):
    """Nobody answers; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`location` is where the server says that it is instead, if it does."""

    status: int
    media_type: str
    body: bytes
    location: str = ""


Send = Callable[[str, str, Mapping[str, str], bytes | None], Answer]
"""Takes method, address, headers and body. Raises Unanswered."""


class _Straight(HTTPRedirectHandler):
    """What is asked for elsewhere instead would be asked for in another way: a POST becomes a GET."""

    def redirect_request(self, *_: Any) -> None:
        return None


def by_urllib(method: str, address: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
    try:
        request = Request(address, body, dict(headers), method=method)  # noqa: S310 - whichever address the user names
        with _opened(request) as response:
            return _answer(response.status, response.headers, response.read())
    except (HTTPException, ValueError, OSError) as error:
        raise Unanswered(_reason(getattr(error, "reason", error))) from None


def _opened(request: Request) -> Any:
    proxies = [ProxyHandler({})] if is_loopback(request.full_url) else []
    try:
        return build_opener(_Straight, *proxies).open(request, timeout=SECONDS)
    except HTTPError as answer:
        return answer


def by_httpx(client: "httpx.Client") -> Send:
    import httpx

    def send(method: str, address: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        try:
            answer = client.request(method, address, headers=headers, content=body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unanswered(_reason(error)) from None
        return _answer(answer.status_code, answer.headers, answer.content)

    return send


def reaching(url: str) -> dict[str, Any]:
    """For clients of httpx. A proxy is no way to this machine, and certificates take 25 ms to be read."""
    return {"verify": _authorities() if url.startswith("https:") else False, "trust_env": not is_loopback(url)}


@cache
def _authorities() -> "ssl.SSLContext":
    import httpx

    return httpx.create_ssl_context()


def parsed(text: str | bytes) -> Any:
    """None of what is not JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _answer(status: int, headers: Any, body: bytes) -> Answer:
    return Answer(status, headers.get("content-type", "").partition(";")[0], body, headers.get("location", ""))


def _reason(error: object) -> str:
    """In one line."""
    return " ".join(str(error).split()) or type(error).__name__
