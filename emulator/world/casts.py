"""The population of a world, made again while the world goes on: for what happens after its epoch."""

from functools import lru_cache

from sqlalchemy import bindparam, select

from emulator.world import instant
from emulator.world.population import Cast, populate, unpacked
from emulator.world.store import Statement
from emulator.world.tables import origins
from emulator.world.world import World

_RECIPE = Statement(select(origins.c.recipe).where(origins.c.scope == bindparam("scope")))


def cast_of(world: World) -> Cast | None:
    """None for a state that an earlier version wrote, whose population this one would make differently."""
    row = world.transaction.row(_RECIPE, {"scope": world.record.origin})
    return None if row is None else _cast(row[0], world.seed, world.record.epoch)


@lru_cache(maxsize=4)
def _cast(recipe: bytes, seed: int, epoch: int) -> Cast | None:
    known = unpacked(recipe)
    return None if known is None else populate(known, seed, instant.to_datetime(epoch))
