"""What an application has asked of a world's vendors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from emulator.calling import parsed
from emulator.client import Client
from emulator.testing.looking import Criteria, counted, nearest
from emulator.testing.moments import read

__tracebackhide__ = True  # pytest shows the line of the test, and not ours below it

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. `operation` is the contract's name for it; secrets are redacted.

    Bodies are cut after 4,096 bytes, which `truncated` tells of the request's. `query` has the last value of each name.
    """

    number: int
    at: datetime
    vendor: str
    operation: str | None
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: str
    truncated: bool
    status: int
    answer: str = field(repr=False)

    def json(self) -> Any:
        """The request's body, or None if it is not JSON."""
        return parsed(self.body)


class Requests:
    """The last 1,000 requests with the world's credentials, to whichever vendor."""

    def __init__(self, control: Client) -> None:
        self._control = control

    def all(self, operation: str | None = None, **wanted: Any) -> list[Exchange]:
        """Those that match, oldest first. `wanted` are attributes of Exchange, and `where`, a function of one.

        Texts may hold `*`; `query`, `headers` and `json` are mappings of which only the given keys are compared.
        """
        return Criteria("requests", Exchange, operation=operation, **wanted).of(self._made())

    def assert_made(self, operation: str | None = None, *, times: int | None = None, **wanted: Any) -> Exchange:
        """The last that matches, of which there are `times`, or some.

        Raises AssertionError, which shows the nearest requests and what is different about them.
        """
        criteria = Criteria("requests", Exchange, operation=operation, **wanted)
        made = self._made()
        found = criteria.of(made)
        if not found or (times is not None and len(found) != times):
            raise AssertionError(f"{counted(len(found), times, criteria)}\n{nearest(criteria, made, _shown)}")
        return found[-1]

    def assert_not_made(self, operation: str | None = None, **wanted: Any) -> None:
        criteria = Criteria("requests", Exchange, operation=operation, **wanted)
        if found := criteria.of(self._made()):
            raise AssertionError(f"{counted(len(found), 0, criteria)}\n" + "\n".join(map(_shown, found[-3:])))

    def clear(self) -> None:
        """Forget those so far."""
        self._control.delete("journal")

    def _made(self) -> list[Exchange]:
        return list(self._read())[::-1]

    def _read(self) -> Iterator[Exchange]:
        for shown in self._control.get("journal", limit=_PAGE)["data"]:
            yield _exchange(shown)


def _exchange(shown: Mapping[str, Any]) -> Exchange:
    request, response = shown["request"], shown["response"]
    return Exchange(
        number=shown["number"],
        at=read(shown["at"]),
        vendor=shown["vendor"],
        operation=shown["operation"],
        method=request["method"],
        path=request["path"],
        query={name: values[-1] for name, values in parse_qs(request["query"], keep_blank_values=True).items()},
        headers=request["headers"],
        body=request["body"] or "",
        truncated=request["truncated"],
        status=response["status"],
        answer=response["body"] or "",
    )


def _shown(each: Exchange) -> str:
    asked = "&".join(f"{name}={value}" for name, value in each.query.items())
    named = each.operation or "no operation"
    return f"{each.method} {each.path}{'?' * bool(asked)}{asked} ({each.vendor}, {named}): {each.status}"
