"""Retention: of the deliveries that have come to an end, a world keeps the last ones."""

from typing import Final

from sqlalchemy import Integer, bindparam, delete, or_, select

from emulator.world.store import Statement
from emulator.world.tables import attempts, deliveries
from emulator.world.world import World

KEPT: Final = 20_000  # deliveries a world
EVERY: Final = 1_009  # a prime, so that no rhythm of numbers evades it

SETTLED: Final = ("delivered", "dead", "blocked", "dropped")

_OURS: Final = deliveries.c.world == bindparam("world")
_IS_SETTLED: Final = or_(*(deliveries.c.state == state for state in SETTLED))
_LAST: Final = Statement(
    select(deliveries.c.id)
    .where(_OURS, _IS_SETTLED)
    .order_by(deliveries.c.id.desc())
    .limit(1)
    .offset(bindparam("kept", type_=Integer))
)
_FORGET: Final = Statement(delete(deliveries).where(_OURS, _IS_SETTLED, deliveries.c.id <= bindparam("last")))
_FORGET_ATTEMPTS: Final = Statement(
    delete(attempts).where(
        attempts.c.world == bindparam("world"),
        attempts.c.delivery <= bindparam("last"),
        attempts.c.delivery.not_in(select(deliveries.c.id).where(_OURS, deliveries.c.id <= bindparam("last"))),
    )
)


def settled(world: World, delivery: int) -> None:
    """To be told of each delivery that has come to an end: about one in a thousand has the oldest forgotten."""
    if delivery % EVERY:
        return
    row = world.transaction.row(_LAST, {"world": world.name, "kept": KEPT})
    if row is not None:
        world.transaction.change(_FORGET, {"world": world.name, "last": row[0]})
        world.transaction.change(_FORGET_ATTEMPTS, {"world": world.name, "last": row[0]})
