"""The control API of a running emulator, asked from another process with nothing but the standard library."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

_SECONDS = 600  # a large world takes minutes to be made


class Unreachable(Exception):
    """The emulator did not do it; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Client:
    """An emulator at `url`."""

    url: str
    token: str | None = None

    def get(self, *path: str, **query: Any) -> Any:
        """Raises Unreachable, as all of these do. The parts of the path are quoted; what is None is left out."""
        return self._ask("GET", path, None, query)

    def post(self, *path: str, body: Any = None) -> Any:
        return self._ask("POST", path, body)

    def put(self, *path: str, body: Any) -> Any:
        return self._ask("PUT", path, body)

    def patch(self, *path: str, body: Any) -> Any:
        return self._ask("PATCH", path, body)

    def delete(self, *path: str) -> None:
        self._ask("DELETE", path, None)

    def _ask(self, method: str, path: tuple[str, ...], body: Any, query: dict[str, Any] | None = None) -> Any:
        asked = urlencode({name: value for name, value in (query or {}).items() if value is not None})
        place = "/".join(quote(part, safe="") for part in path)
        address = f"{self.url.rstrip('/')}/_emulator/{place}{'?' if asked else ''}{asked}"
        headers = {"Content-Type": "application/json"} if body is not None else {}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None if body is None else json.dumps(body).encode()
        return _answered(address, method, data, headers)


def _answered(address: str, method: str, data: bytes | None, headers: dict[str, str]) -> Any:
    """The JSON of an answer; None of an empty one."""
    try:
        request = Request(address, data, headers, method=method)  # noqa: S310 - whichever address the user names
        with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
            text = response.read()
            return json.loads(text) if text else None
    except HTTPError as error:
        raise Unreachable(f"{address}: {_detail(error)}") from None
    except (URLError, ValueError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise Unreachable(f"no emulator answers at {address}: {reason}; start one with: emulator serve") from None


def _detail(error: HTTPError) -> str:
    try:
        return str(json.load(error)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {error.code}; this does not seem to be an emulator"
