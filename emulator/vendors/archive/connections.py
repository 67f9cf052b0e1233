"""graphql-ruby's connections over a relation (facts/archive-v1.md, section 9).

Cursors are positions, counted from 1.
"""

import re
from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

from graphql import GraphQLError

MAX_PAGE: Final = 100  # assumed: no cap is known for v1, and the library clamps silently

_LEADING_DIGITS = re.compile(r"[0-9]{1,15}")


def encode(position: int) -> str:
    return urlsafe_b64encode(str(position).encode()).decode().rstrip("=")


def decode(cursor: str) -> int:
    """0 for what is base64 but no number, as in Ruby. Raises GraphQLError for what is not canonical base64."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        raw = b64decode(padded, altchars=b"-_", validate=True)
    except (Error, ValueError):
        raise GraphQLError(f'Invalid input: "{cursor}"') from None
    if urlsafe_b64encode(raw).rstrip(b"=") != cursor.rstrip("=").encode():
        raise GraphQLError(f'Invalid input: "{cursor}"')
    digits = _LEADING_DIGITS.match(raw.decode(errors="replace"))
    return int(digits.group()) if digits else 0


class Connection:
    """A page of a list of unknown length.

    `fetch(offset, limit)` gives rows, `count()` how many there are. A wrong cursor is an error of each field that needs
    it, so nothing is read before a field asks for it.
    """

    def __init__(
        self,
        fetch: Callable[[int, int], Sequence[dict[str, Any]]],
        count: Callable[[], int],
        *,
        after: str | None,
        before: str | None,
        first: int | None,
        last: int | None,
    ) -> None:
        self._fetch = fetch
        self._count = count
        self._after = after
        self._before = before
        self._last = None if last is None else _clamped(last)
        self._first = MAX_PAGE if first is None and last is None else None if first is None else _clamped(first)

    def fields(self) -> dict[str, Any]:
        """What the SDL calls a connection; graphql-core calls the functions of the fields that are selected."""
        return {
            "edges": lambda _: [{"cursor": encode(at), "node": row} for at, row in self._numbered],
            "nodes": lambda _: [row for _, row in self._numbered],
            "pageInfo": {
                "startCursor": lambda _: encode(self._numbered[0][0]) if self._numbered else None,
                "endCursor": lambda _: encode(self._numbered[-1][0]) if self._numbered else None,
                "hasNextPage": lambda _: self._has_next_page,
                "hasPreviousPage": lambda _: self._has_previous_page,
            },
            "totalCount": lambda _: self._total,
        }

    @cached_property
    def _total(self) -> int:
        return self._count()

    @cached_property
    def _start(self) -> int:
        return decode(self._after) if self._after else 0

    @cached_property
    def _stop(self) -> int:
        """Position of the last row before `before`; without it, of the last row."""
        return max(0, decode(self._before) - 1) if self._before else self._total

    @cached_property
    def _span(self) -> tuple[int, int]:
        """Positions of the row before the page, and of its last row."""
        start, stop = self._start, min(self._stop, self._total)
        if self._first is not None:
            stop = min(stop, start + self._first)
        if self._last is not None:
            start = max(start, stop - self._last)
        return start, stop

    @cached_property
    def _numbered(self) -> list[tuple[int, dict[str, Any]]]:
        start, stop = self._span
        rows = self._fetch(start, stop - start) if stop > start else ()
        return list(enumerate(rows, start + 1))

    @property
    def _has_next_page(self) -> bool:
        """The library asks whether the page is full before it looks for more."""
        if self._before and decode(self._before) > 0:
            return True
        if self._first is None or len(self._numbered) < self._first:
            return False
        return self._total - self._start > self._first

    @property
    def _has_previous_page(self) -> bool:
        return self._start > 0 or (self._last is not None and self._span[0] > 0)


def _clamped(size: int) -> int:
    return min(max(size, 0), MAX_PAGE)
