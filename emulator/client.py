"""The control API of an emulator, asked from outside: by the command line, the test kit and the contract suite."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote, urlencode

from emulator import API, NAME, __version__
from emulator.calling import Answer, Send, Unanswered, by_urllib, parsed

PREFIX: Final = "/_emulator"
__tracebackhide__ = True  # pytest shows who asked, and not ours below it

_PROBLEM: Final = "application/problem+json"
_NO_EMULATOR: Final = "this seems to be no emulator"


class Refused(Exception):
    """The emulator did not do it; the message is its own, which says what was seen and what to do, and to which call.

    `status` is that of its answer, and 0 where none answers.
    """

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)  # both, so that it can be pickled
        self.status = status
        self.detail = detail

    def __str__(self) -> str:
        return self.detail


@dataclass(frozen=True, slots=True)
class Client:
    """The control API of the emulator at `url`, or what lies under a path of it."""

    url: str
    token: str | None = field(default=None, repr=False)
    send: Send = field(default=by_urllib, repr=False)
    path: tuple[str, ...] = ()

    def under(self, *steps: str) -> "Client":
        return replace(self, path=(*self.path, *steps))

    def get(self, *path: str, **query: Any) -> Any:
        """Raises Refused, as all of these do. The parts of the path are quoted; what is None is left out."""
        return self._ask("GET", path, query=query)

    def post(self, *path: str, body: Any = None) -> Any:
        return self._ask("POST", path, body)

    def put(self, *path: str, body: Any) -> Any:
        return self._ask("PUT", path, body)

    def patch(self, *path: str, body: Any) -> Any:
        return self._ask("PATCH", path, body)

    def delete(self, *path: str) -> None:
        self._ask("DELETE", path)

    def confirm(self) -> None:
        """Raises Refused unless an emulator of this control API answers, and takes the token."""
        answer = self.get("version")
        if answer is None or answer.get("name") != NAME:
            raise Refused(0, f"{self.url} answers, but {_NO_EMULATOR}; start one with: emulator serve")
        if answer.get("api") != API:
            theirs = f"is emulator {answer.get('version')} with the control API {answer.get('api')}"
            raise Refused(0, f"{self.url} {theirs}; this is {__version__} with {API}: use the same version of both")

    @contextmanager
    def understood(self) -> Iterator[None]:
        """For who reads answers, which lack everything where some other server gives them. Raises Refused."""
        try:
            yield
        except (LookupError, TypeError, ValueError, AttributeError):
            self.confirm()
            raise

    def _ask(self, method: str, path: tuple[str, ...], body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        if not self.url.startswith(("http://", "https://")):
            raise Refused(0, f"{self.url} is not an address that begins with http:// or https://")
        asked = urlencode({name: value for name, value in (query or {}).items() if value is not None})
        place = "/".join(quote(part, safe="") for part in (*self.path, *path))
        address = f"{self.url.rstrip('/')}{PREFIX}/{place}{'?' if asked else ''}{asked}"
        headers = {"content-type": "application/json"} if body is not None else {}
        headers |= {"authorization": f"Bearer {self.token}"} if self.token else {}
        data = None if body is None else json.dumps(body).encode()
        try:
            answer = self.send(method, address, headers, data)
        except Unanswered as reason:
            told = f"no emulator answers at {self.url}: {reason}; start one with: emulator serve"
            raise Refused(0, told) from None
        return _read(answer, f"{method} {address}")


def _read(answer: Answer, asked: str) -> Any:
    """The object that it is, None of one without content. Raises Refused."""
    told = parsed(answer.body)
    if 200 <= answer.status < 300 and (isinstance(told, dict) or answer.status == 204):
        return told
    if answer.media_type == _PROBLEM and isinstance(told, dict) and "detail" in told:
        raise Refused(answer.status, f"{told['detail']} ({asked})")
    came = "JSON of another kind" if told is not None else answer.media_type
    more = f" to {answer.location}" * bool(answer.location) + f" and {came}" * bool(came)
    raise Refused(answer.status, f"{asked} is answered with HTTP {answer.status}{more}: {_NO_EMULATOR}")
