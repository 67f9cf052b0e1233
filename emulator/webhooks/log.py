"""The log of a world's deliveries, to be looked at and chosen from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select

from emulator.world.tables import attempts, deliveries
from emulator.world.world import World

_DELIVERY: Final = [column.name for column in deliveries.c]
_ATTEMPT: Final = [column.name for column in attempts.c]


@dataclass(frozen=True, slots=True)
class Logged:
    """A delivery and its attempts that have ended, in their order; by columns."""

    delivery: dict[str, Any]
    attempts: list[dict[str, Any]]


def look(world: World, wanted: Sequence[ColumnElement[bool]], limit: int) -> list[Logged]:
    """Newest first."""
    rows = chosen(world, wanted, limit)
    tried = (
        select(attempts)
        .where(attempts.c.world == world.name, attempts.c.delivery.in_([row["id"] for row in rows]))
        .order_by(attempts.c.delivery, attempts.c.number)
    )
    found = groupby(_rows(world, tried, _ATTEMPT), key=lambda attempt: attempt["delivery"])
    by_delivery = {delivery: list(group) for delivery, group in found}
    return [Logged(row, by_delivery.get(row["id"], [])) for row in rows]


def chosen(world: World, wanted: Sequence[ColumnElement[bool]], limit: int) -> list[dict[str, Any]]:
    """The deliveries alone, newest first."""
    query = select(deliveries).where(deliveries.c.world == world.name, *wanted)
    return _rows(world, query.order_by(deliveries.c.id.desc()).limit(limit), _DELIVERY)


def _rows(world: World, query: Select[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in world.transaction.query(query, {})]
