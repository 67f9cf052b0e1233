"""Calls to the control API, and the forms in which Python says times and spans."""

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

import httpx

Span = timedelta | float | str  # seconds, or a duration after ISO 8601 such as PT1H
Moment = datetime | str

TIMEOUT: Final = 60.0  # seconds of real time; advancing a large world by months takes its time


class Refused(Exception):
    """The emulator refused a call; the message is its own, which says what was seen and what to do."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class Control:
    """The control API, or what lies under a path of it."""

    def __init__(self, http: httpx.Client, path: str = "/_emulator") -> None:
        self._http = http
        self._path = path

    def under(self, *steps: str) -> "Control":
        return Control(self._http, "/".join([self._path, *(quote(step, safe="") for step in steps)]))

    def get(self, path: str = "", **query: Any) -> Any:
        """Queries that are None are left out. Raises Refused."""
        return self._ask("GET", path, params={name: value for name, value in query.items() if value is not None})

    def post(self, path: str = "", body: Any = None) -> Any:
        return self._ask("POST", path, json={} if body is None else body)

    def put(self, path: str, body: Any) -> Any:
        return self._ask("PUT", path, json=body)

    def patch(self, path: str, body: Any) -> Any:
        return self._ask("PATCH", path, json=body)

    def delete(self, path: str = "") -> None:
        self._ask("DELETE", path)

    def _ask(self, method: str, path: str, **content: Any) -> Any:
        try:
            answer = self._http.request(method, f"{self._path}{path}", **content)
        except httpx.TransportError as error:
            where = self._http.base_url
            raise Refused(0, f"no emulator answers at {where}: {error}; start one with: emulator serve") from None
        if answer.is_error:
            raise Refused(answer.status_code, _detail(answer))
        return answer.json() if answer.content else None


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return (
            f"HTTP {answer.status_code} for {answer.request.method} {answer.request.url}; this seems to be no emulator"
        )


def seconds(span: Span) -> float | str:
    return span.total_seconds() if isinstance(span, timedelta) else span


def written(moment: Moment) -> str:
    """Raises ValueError for a datetime without a zone, which names no moment."""
    if isinstance(moment, str):
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; give it one, such as datetime.UTC")
    return moment.isoformat()


def read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def given(**values: Any) -> dict[str, Any]:
    """Those that are not None, with moments and spans in the form of the control API."""
    return {name: _form(value) for name, value in values.items() if value is not None}


def _form(value: Any) -> Any:
    match value:
        case datetime():
            return written(value)
        case timedelta():
            return seconds(value)
        case _:
            return value
