"""graphql-ruby's connections over a relation (facts/archive-v1.md, section 9).

Cursors are positions, counted from 1.
"""

import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

from graphql import GraphQLError

from emulator.vendors.archive.ruby.limits import MAX_PAGE
from emulator.vendors.archive.ruby.printer import inspected

_INTEGER: Final = re.compile(r"\s*([+-]?[0-9]{1,15}(?:_?[0-9]{1,15})?)")
_STANDARD: Final = str.maketrans("-_", "+/")


def encode(position: int) -> str:
    return urlsafe_b64encode(str(position).encode()).decode().rstrip("=")


def decode(cursor: str) -> int:
    """0 for what is base64 but no number, as in Ruby. Raises GraphQLError for what is not canonical base64."""
    text = cursor.translate(_STANDARD)
    padded = text if text.endswith("=") else text + "=" * (-len(text) % 4)
    try:
        raw = b64decode(padded, validate=True)
    except (Error, ValueError):
        raw = b""
    if b64encode(raw).decode() != padded:
        raise GraphQLError(f"Invalid input: {inspected(cursor)}")
    found = _INTEGER.match(raw.decode("latin-1"))
    return int(found.group(1)) if found else 0


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
        """What the SDL calls a connection; the functions of the fields that are selected are called, in their order."""
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
    def _after_position(self) -> int | None:
        return decode(self._after) if self._after else None

    @cached_property
    def _before_position(self) -> int | None:
        return decode(self._before) if self._before else None

    @cached_property
    def _slice(self) -> tuple[int, int | None] | None:
        """How many rows come before those between the cursors, and how many these are, None for all that are left.

        None if the cursors leave no room. A cursor may be negative, and so may the numbers, as in the library.
        """
        after, before = self._after_position, self._before_position
        if before is None:
            return after or 0, None
        if after is None:
            return 0, before - 1
        return (after, before - after - 1) if after < before else None

    @cached_property
    def _span(self) -> tuple[int, int | None]:
        """The same for the page. `last` counts from the end that `first` or `before` gives, even behind all rows."""
        if self._slice is None:
            return 0, 0
        start, limit = self._slice
        if self._first is not None and (limit is None or limit > self._first):
            limit = self._first
        if self._last is None:
            return start, limit
        if limit is None:
            left = self._left_from(start)
            return start + left - min(self._last, left), self._last
        return (start + limit - self._last, self._last) if self._last <= limit else (start, limit)

    def _left_from(self, start: int) -> int:
        return max(0, self._total - max(0, start))

    @cached_property
    def _numbered(self) -> list[tuple[int, dict[str, Any]]]:
        """Without a limit the library gives everything, here it is a page (assumed)."""
        start, limit = self._span
        rows = self._fetch(max(0, start), MAX_PAGE if limit is None or limit < 0 else limit) if limit != 0 else ()
        return list(enumerate(rows, start + 1))

    @property
    def _has_next_page(self) -> bool:
        """The library asks whether the page is full before it looks for more, if it has read the page by then."""
        if (self._before_position or 0) > 0:
            return True
        if self._first is None or ("_numbered" in self.__dict__ and len(self._numbered) < self._first):
            return False
        return self._slice is not None and self._left_from(self._slice[0]) > self._first

    @property
    def _has_previous_page(self) -> bool:
        if (self._after_position or 0) > 0:
            return True
        return self._last is not None and self._span[0] != 0


def _clamped(size: int) -> int:
    return min(max(size, 0), MAX_PAGE)
