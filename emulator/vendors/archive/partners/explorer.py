"""The explorer at `/api/v1/explorer`: a page of our own, which asks nobody but this server."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from emulator.exchange import Answer, Api
from emulator.http import Request, Response
from emulator.refusal import MethodNotAllowed, Refusal

PATH: Final = "/api/v1/explorer"

_METHODS: Final = ("GET", "HEAD", "OPTIONS")
_INLINE = re.compile(rb"<(script|style)>(.*?)</\1>", re.DOTALL)


class WithExplorer:
    """An API with the page beside it. The page needs no token; what it asks the API does."""

    def __init__(self, api: Api) -> None:
        self.name = api.name
        self._api = api

    def answer(self, request: Request) -> Answer:
        """Raises Behind."""
        if request.path != PATH:
            return self._api.answer(request)
        match request.method:
            case "GET":
                return Answer(_page())
            case "HEAD":
                return Answer(Response(200, b"", _page().headers))
            case "OPTIONS":
                return Answer(Response(204, b"", (("allow", ", ".join(_METHODS)),)))
        return self._api.refuse(MethodNotAllowed(list(_METHODS)), PATH)

    def refuse(self, refusal: Refusal, path: str) -> Answer:
        return self._api.refuse(refusal, path)


@cache
def _page() -> Response:
    """Its policy allows the script and the style that stand in it, and requests to this server."""
    body = Path(__file__).with_name("explorer.html").read_bytes()
    digests = {kind: b64encode(sha256(text).digest()).decode() for kind, text in _INLINE.findall(body)}
    policy = (
        f"default-src 'none'; script-src 'sha256-{digests[b'script']}'; style-src 'sha256-{digests[b'style']}'; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }
    return Response(200, body, tuple(headers.items()))
