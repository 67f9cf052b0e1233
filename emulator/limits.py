"""Rate limits of the contract, counted on the world's clock and kept in its state."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.contract.operation import Limit, Operation
from emulator.refusal import RateLimited
from emulator.world import sql
from emulator.world.store import Statement
from emulator.world.tables import limit_hits
from emulator.world.world import World

_HITS: Final = Statement(
    select(limit_hits.c.slot, limit_hits.c.at)
    .where(limit_hits.c.world == bindparam("world"), limit_hits.c.key == bindparam("key"))
    .order_by(limit_hits.c.at, limit_hits.c.slot)
)
_NEW_HIT: Final = sql.insertion(limit_hits, ("world", "key", "slot", "at"))
_NEXT_HIT: Final = sql.change(limit_hits, ("world", "key", "slot"), ("at",))


def enforce(world: World, vendor: str, operation: Operation, arguments: Mapping[str, Any]) -> None:
    """Count the request under the limit that holds in this world, if there is one. Raises RateLimited.

    A request that is refused later is not counted, since the transaction that counted it is undone.
    """
    limit = operation.limits.get(str(world.record.limits.get(vendor)))
    if limit is None:
        return
    key = " ".join([vendor, operation.id, *(f"{name}={arguments[name]}" for name in limit.scope)])
    wait = _claim(world, key, limit)
    if wait > 0:
        raise RateLimited(wait)


def _claim(world: World, key: str, limit: Limit) -> int:
    """Take one of the places that the key has in any period: 0, or for how many microseconds all are still taken.

    There is a slot for each place, with the moment at which it was last taken; the oldest is free first.
    """
    hits = world.transaction.rows(_HITS, {"world": world.name, "key": key})
    if len(hits) < limit.requests:
        world.transaction.change(_NEW_HIT, {"world": world.name, "key": key, "slot": len(hits), "at": world.now})
        return 0
    slot, at = hits[0]
    if world.now < at + limit.period:
        return int(at + limit.period - world.now)
    taken = {"key_world": world.name, "key_key": key, "key_slot": slot, "at": world.now}
    world.transaction.change(_NEXT_HIT, taken)
    return 0
