"""The work of `refetchEngagementBulk`: a job whose items are read one after the other on the world's clock."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.jobs import engine
from emulator.jobs.family import Family, Job
from emulator.refusal import Refusal
from emulator.vendors.archive import readings, rows, tables, tracking
from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.workspace.terms import terms
from emulator.world import instant
from emulator.world.population.randomness import stream
from emulator.world.store import Statement
from emulator.world.world import World, own

TASK: Final = "archive.refresh_item"
NAME: Final = "refetch_engagement"

_M, _I = tables.media_items, tables.operation_items
_ITEMS = Statement(
    select(_I.c.place, _I.c.shop_id, _I.c.media_item_id, _I.c.uuid, _I.c.state)
    .where(own(_I), _I.c.operation_id == bindparam("operation"))
    .order_by(_I.c.place)
)
_ITEM = Statement(
    select(_M.c.history, _M.c.growth, _M.c.recorded_until).where(
        own(_M), _M.c.shop_id == bindparam("shop"), _M.c.id == bindparam("item")
    )
)


def begin(world: World, shop: Shop, id: str, uuid: str, items: Sequence[tuple[int, str]]) -> Job:
    """An operation on items, given by number and UUID, each due at an instant of its own."""
    request = {"workspace_id": uuid, "item_ids": [each for _, each in items]}
    job = engine.submit(world, FAMILY, request, id)
    for place, (number, item) in enumerate(items):
        row = {"operation_id": job.id, "place": place, "shop_id": shop.id, "media_item_id": number, "uuid": item}
        world.insert(_I, **row, state="pending")
    for place, due in enumerate(_moments(world, job, len(items))):
        world.schedule(TASK, due, {"operation": job.id, "place": place})
    return job


def started(job: Job) -> int:
    """When the operation leaves its queue; a commanded one may have ended before that."""
    queued = int(_terms()["seconds_to_start"]) * instant.SECOND
    return min(job.created_at + queued, job.due)


def states(world: World, operation: str) -> list[tuple[str, str]]:
    """The UUIDs of its items, and what became of each."""
    return [(uuid, state) for _, _, _, uuid, state in world.rows(_ITEMS, operation=operation)]


def refresh_item(world: World, payload: Mapping[str, Any]) -> None:
    """Task: one item of an operation is read, unless the operation is over, or is to begin later now."""
    job = engine.find(world, payload["operation"], FAMILY)
    if job is not None and job.ended_at is None:
        items = world.rows(_ITEMS, operation=job.id)
        _process(world, job, items[payload["place"]], len(items), (job.rule or {}).get("outcome"))


def _compute(world: World, job: Job, outcome: str) -> tuple[str, dict[str, Any]]:
    """What is left is read now. The status follows from what became of all items."""
    items = world.rows(_ITEMS, operation=job.id)
    for item in items:
        _process(world, job, item, len(items), outcome)
    became = [state for _, state in states(world, job.id)]
    result = {state: became.count(state) for state in ("succeeded", "failed")}
    if not result["failed"]:
        return "COMPLETED", result
    return ("PARTIAL" if result["succeeded"] else "FAILED"), result


def _process(world: World, job: Job, item: Sequence[Any], total: int, outcome: str | None) -> None:
    place, shop, number, _, state = item
    if state != "pending":
        return
    fails = outcome == "FAILED" or (outcome == "PARTIAL" and place >= total // 2)
    if not fails:
        _read(Shop(world, shop), number)
    key = {"operation_id": job.id, "place": place}
    world.update(_I, key, state="failed" if fails else "succeeded")


def _read(shop: Shop, item: int) -> None:
    """Take a reading. Columns hold the last planned one, or one that came after that."""
    world = shop.world
    (history, growth, recorded_until) = world.rows(_ITEM, shop=shop.id, item=item)[0]
    reading = readings.taken_now(growth, world.now)
    newer = rows.counts(reading) if world.now >= recorded_until else {}
    columns = {"history": readings.with_reading(history, reading), "refreshed_at": world.now, **newer}
    world.update(_M, {"shop_id": shop.id, "id": item}, **columns)
    tracking.refreshed(shop, item)


def _moments(world: World, job: Job, count: int) -> list[int]:
    """One after the other, the last when the job ends."""
    source = stream(world.seed, "archive operation", job.id)
    waits = [source.uniform(*_terms()["seconds_per_item"]) for _ in range(count)]
    begun, whole, passed, moments = started(job), sum(waits), 0.0, []
    for wait in waits:
        passed += wait
        moments.append(begun + int((job.due - begun) * passed / whole))
    return moments


def _terms() -> Mapping[str, Any]:
    found: Mapping[str, Any] = terms()["operations"][NAME]
    return found


def _worded(refusal: Refusal, _job: Job) -> dict[str, Any]:
    return {"message": str(refusal)}


def _seconds(job: Job) -> tuple[int, int]:
    """As long as its items take."""
    shortest, longest = _terms()["seconds_per_item"]
    count, queued = len(job.request["item_ids"]), _terms()["seconds_to_start"]
    return queued + shortest * count, queued + longest * count


FAMILY: Final = Family(
    vendor="archive",
    name=NAME,
    seconds=_seconds,
    compute=_compute,
    ended=lambda _, __: None,  # version 2 has no webhooks
    worded=_worded,
    in_progress="PROCESSING",
    succeeded="COMPLETED",
    failed="FAILED",
    outcomes=("COMPLETED", "PARTIAL", "FAILED"),
    computed=("COMPLETED", "PARTIAL", "FAILED"),
)
