"""The two limits on requests: so many a second, and a bucket of credits (facts/archive-v2.md, section 4)."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from emulator.graphql import Asked
from emulator.refusal import RateLimited
from emulator.vendors.archive.workspace.terms import Plan, limit, terms
from emulator.world import instant
from emulator.world.world import World


@dataclass(slots=True)
class _Bucket:
    incarnation: int
    left: float
    at: int
    recent: deque[int] = field(default_factory=lambda: deque(maxlen=limit("requests_per_second")))


class Budget:
    """Of every workspace, counted in this process's memory on the world's clock."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, int], _Bucket] = {}

    def spend(self, world: World, shop: int, plan: Plan, cost: int | None) -> float:
        """What is left. Without a cost only requests are counted. Raises RateLimited, and then nothing is spent."""
        bucket = self._bucket(world, shop, plan)
        recent = bucket.recent
        if len(recent) == recent.maxlen and world.now < recent[0] + instant.SECOND:
            raise RateLimited(recent[0] + instant.SECOND - world.now)
        if cost is not None:
            bucket.left = _refilled(bucket, world.now, plan)
            bucket.at = world.now
            if bucket.left < (cost := min(cost, plan.burst)):
                raise RateLimited(math.ceil((cost - bucket.left) / plan.refill * instant.SECOND))
            bucket.left -= cost
        recent.append(world.now)
        return bucket.left

    def left(self, world: World, shop: int, plan: Plan) -> float:
        return _refilled(self._bucket(world, shop, plan), world.now, plan)

    def _bucket(self, world: World, shop: int, plan: Plan) -> _Bucket:
        """A world that was made anew begins with a full one."""
        key = world.name, shop
        known = self._buckets.get(key)
        if known is None or known.incarnation != world.record.incarnation:
            known = self._buckets[key] = _Bucket(world.record.incarnation, plan.burst, world.now)
        return known


def headers(world: World, plan: Plan, left: float) -> tuple[tuple[str, str], ...]:
    """`t` is when the bucket is full, in Unix seconds of the world's clock."""
    full = instant.unix(world.now) + math.ceil((plan.burst - left) / plan.refill)
    return (
        ("ratelimit-policy", f'"{plan.name}";q={plan.burst};w={plan.burst // plan.refill}'),
        ("ratelimit", f'"{plan.name}";r={math.floor(left)};t={full}'),
    )


def cost(asked: Sequence[Asked], *, writes: bool) -> int:
    """Credits of a whole document."""
    costs = terms()["costs"]
    if writes:
        return int(costs["mutation"]) * max(1, len(asked))
    return max(int(costs["floor"]), math.ceil(sum(_of_field(each, costs) for each in asked)))


def _of_field(asked: Asked, costs: Mapping[str, Any]) -> float:
    page = costs["pages"].get(asked.name)
    if page is None:
        return float(costs["floor"])
    if asked.name == "items":
        relations: Final = costs["item_relations"]
        share = len(asked.below.intersection(relations)) / len(relations)
        page += share * (costs["items_with_every_relation"] - page)
    if asked.name == "creators" and (
        asked.arguments.get("customAttributeConditions") or asked.arguments.get("presetId")
    ):
        page = costs["creators_narrowed"]
    rows = asked.arguments.get("first")
    size = limit("max_page")
    return float(page) * min(max(size if rows is None else rows, 0), size) / size


def _refilled(bucket: _Bucket, now: int, plan: Plan) -> float:
    return min(plan.burst, bucket.left + max(0, now - bucket.at) / instant.SECOND * plan.refill)
