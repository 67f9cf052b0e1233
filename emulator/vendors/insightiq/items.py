"""What accounts bring and fetches reveal: objects found by id, listed by account, and fetched by time of publishing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson
from sqlalchemy import Select, Table, bindparam, select

from emulator.refusal import Invalid, Violation
from emulator.vendors.insightiq.lookups import Collection
from emulator.vendors.insightiq.pages import page
from emulator.world import instant
from emulator.world.store import Statement
from emulator.world.world import World, own

Renew = Callable[[dict[str, Any], bytes, int], dict[str, Any]]  # body, growth, now -> the keys that follow from time

_DAY_ONE: Final = date(1970, 1, 1).toordinal()


def midnight(day: str) -> int:
    """The instant at which a day of the form `2021-01-31` begins; the year 0 is taken for the year 1."""
    return (date.fromisoformat(day.replace("0000", "0001", 1)).toordinal() - _DAY_ONE) * instant.DAY


def within(from_date: str | None, to_date: str | None) -> tuple[int, int]:
    """The instants from the first day's beginning up to, and without, the last day's end.

    400 `INVALID_FIELDS` for days the wrong way round (assumed).
    """
    first = -instant.LATEST if from_date is None else midnight(from_date)
    end = instant.LATEST if to_date is None else midnight(to_date) + instant.DAY
    if first >= end:
        raise Invalid([Violation("query", "to_date", "minimum", f'"{to_date}" is before the from_date "{from_date}"')])
    return first, end


@dataclass(frozen=True, slots=True)
class Change:
    """An object that a fetch has revealed, or whose figures it has changed; comments are counted before and after."""

    id: str
    new: bool
    comments_before: int
    comments: int


class Items(Collection):
    """A table of `tables/engagement.py`, whose objects are seen once they are fetched."""

    def __init__(self, table: Table, thing: str, renew: Renew) -> None:
        super().__init__(table, thing, table.c.fetched == 1)
        self._renew = renew
        self._of_account = Statement(
            self._seen_of_account().limit(bindparam("limit")).offset(bindparam("offset")),
        )
        self._with_growth = Statement(
            self._seen(table.c.body, table.c.growth).where(
                table.c.id == bindparam("id"), table.c.account_id == bindparam("account_id")
            )
        )
        self._published = Statement(self._published_since())

    def page(
        self, world: World, account_id: str, limit: int, offset: int, from_date: str | None, to_date: str | None
    ) -> bytes:
        """Latest first."""
        first, end = within(from_date, to_date)
        asked = {"account_id": account_id, "first": first, "end": end, "limit": limit, "offset": offset}
        return page(world.rows(self._of_account, **asked), limit, offset, from_date, to_date)

    def page_of(
        self,
        world: World,
        ids: Sequence[str],
        account_id: str,
        limit: int,
        offset: int,
        from_date: str | None,
        to_date: str | None,
    ) -> bytes:
        """Like `page`, of these ids alone."""
        first, end = within(from_date, to_date)
        query = self._seen_of_account().where(self._table.c.id.in_(ids)).limit(limit).offset(offset)
        rows = world.query(query, account_id=account_id, first=first, end=end)
        return page(rows, limit, offset, from_date, to_date)

    def with_growth(self, world: World, id: str, account_id: str) -> tuple[dict[str, Any], bytes] | None:
        """Object and growth of what an account has."""
        row = world.row(self._with_growth, id=id, account_id=account_id)
        return None if row is None else (orjson.loads(row[0]), row[1])

    def fetch(self, world: World, account_id: str, since: int) -> list[Change]:
        """Reveal what an account has published since an instant, and bring its figures up to date; oldest first.

        What has not changed keeps its `updated_at`.
        """
        rows = world.rows(self._published, account_id=account_id, since=since, now=world.now)
        changes = (self._refresh(world, *row) for row in rows)
        return [change for change in changes if change is not None]

    def _refresh(self, world: World, id: str, fetched: int, growth: bytes, stored: bytes) -> Change | None:
        body = orjson.loads(stored)
        before = _comments(body) if fetched else 0
        renewed = self._renew(body, growth, world.now)
        if fetched and renewed.items() <= body.items():
            return None
        now = instant.naive(world.now)
        body |= {**renewed, "created_at": body["created_at"] if fetched else now, "updated_at": now}
        world.update(self._table, {"id": id}, fetched=1, body=orjson.dumps(body))
        return Change(id, not fetched, before, _comments(body))

    def _seen_of_account(self) -> Select[Any]:
        columns = self._table.c
        query = self._seen(columns.body).where(
            columns.account_id == bindparam("account_id"),
            columns.published_at >= bindparam("first"),
            columns.published_at < bindparam("end"),
        )
        return query.order_by(columns.published_at.desc(), columns.id.desc())

    def _published_since(self) -> Select[Any]:
        columns = self._table.c
        query = select(columns.id, columns.fetched, columns.growth, columns.body).where(
            own(self._table),
            columns.account_id == bindparam("account_id"),
            columns.published_at >= bindparam("since"),
            columns.published_at <= bindparam("now"),
        )
        return query.order_by(columns.published_at, columns.id)


def _comments(body: dict[str, Any]) -> int:
    return (body.get("engagement") or {}).get("comment_count") or 0
