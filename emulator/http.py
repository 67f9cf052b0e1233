"""Requests and responses as plain values, and the ASGI messages that they come from and go to."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol
from urllib.parse import parse_qs

from emulator.refusal import Invalid, TooLarge, Violation

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MAX_BODY: Final = 1_048_576  # bytes
MAX_TARGET: Final = 16_384  # bytes of path and query together
MAX_QUERY_FIELDS: Final = 500


class Decided(Protocol):
    """What becomes of a request on command; `emulator.faults` decides."""

    def obey(self) -> None:
        """Raises what is answered in the vendor's place."""


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is still percent-encoded; `headers` are by lower-case name, each a list as they may be repeated.

    `fate` is there as soon as it has been decided which fault strikes, or that none does.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, Sequence[str]]
    body: bytes
    fate: Decided | None = None

    def header(self, name: str) -> str:
        """Empty if it is absent."""
        return ", ".join(self.headers.get(name, ()))

    def query_fields(self) -> Mapping[str, Sequence[str]]:
        """Raises Invalid for a query that is not UTF-8, or has more fields than anybody needs."""
        if not self.query:
            return {}
        try:
            return parse_qs(self.query, keep_blank_values=True, errors="strict", max_num_fields=MAX_QUERY_FIELDS)
        except ValueError:
            seen = f"the query is not UTF-8, or has more than {MAX_QUERY_FIELDS} fields"
            raise Invalid([Violation("query", "", "format", seen)]) from None


@dataclass(frozen=True, slots=True)
class Response:
    """`headers` without content-length, which is added when it is sent."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)


async def read_request(scope: Scope, receive: Receive, most: Callable[[Request], int] | None = None) -> Request:
    """`most` tells how many bytes a body may have, by the request without it. Raises TooLarge."""
    path, query = scope["raw_path"], scope["query_string"]
    if len(path) + len(query) > MAX_TARGET:
        raise TooLarge(f"path and query are longer than {MAX_TARGET} bytes")
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    request = Request(scope["method"], path.decode("latin-1"), query.decode("latin-1"), headers, b"")
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return request
    return replace(request, body=await _read_body(receive, MAX_BODY if most is None else most(request)))


async def _read_body(receive: Receive, most: int) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
        size += len(parts[-1])
        if size > most:
            raise TooLarge(f"the body is longer than {most} bytes")
    return parts[0] if len(parts) == 1 else b"".join(parts)


async def send_response(response: Response, send: Send) -> None:
    await send(response_start(response))
    await send({"type": "http.response.body", "body": response.body})


def response_start(response: Response) -> Message:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    if response.status != 204:
        headers.append((b"content-length", str(len(response.body)).encode()))
    return {"type": "http.response.start", "status": response.status, "headers": headers}
