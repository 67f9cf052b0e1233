"""Rate limits of the contract, counted on the world's clock and kept in its state."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from emulator.contract.operation import Operation
from emulator.refusal import RateLimited
from emulator.world import sql
from emulator.world.store import Statement
from emulator.world.tables import limit_hits
from emulator.world.world import World

_LAST = Statement(
    select(limit_hits.c.at).where(
        limit_hits.c.world == bindparam("key_world"), limit_hits.c.key == bindparam("key_key")
    )
)
_FIRST_HIT = sql.insertion(limit_hits, ("world", "key", "at"))
_NEXT_HIT = sql.change(limit_hits, ("world", "key"), ("at",))


def enforce(world: World, vendor: str, operation: Operation, arguments: Mapping[str, Any]) -> None:
    """Count the request under the limit that holds in this world, if there is one. Raises RateLimited.

    A request that is refused later is not counted, since the transaction that counted it is undone.
    """
    limit = operation.limits.get(str(world.record.limits.get(vendor)))
    if limit is None:
        return
    key = " ".join([vendor, operation.id, *(f"{name}={arguments[name]}" for name in limit.scope)])
    wait = _claim(world, key, limit.period)
    if wait > 0:
        raise RateLimited(wait)


def _claim(world: World, key: str, period: int) -> int:
    """Take the one place that the key has in a period: 0, or how many microseconds it is still taken."""
    row = {"key_world": world.name, "key_key": key}
    last = world.transaction.row(_LAST, row)
    if last is not None and world.now < last[0] + period:
        return int(last[0] + period - world.now)
    if last is None:
        world.transaction.change(_FIRST_HIT, {"world": world.name, "key": key, "at": world.now})
    else:
        world.transaction.change(_NEXT_HIT, {**row, "at": world.now})
    return 0
