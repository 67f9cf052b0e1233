"""The life of a job: submitted, in progress until its time has come, ended."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.family import Families, Family, Job
from emulator.jobs.rules import rule_for
from emulator.refusal import Refusal
from emulator.world import instant, sql
from emulator.world.population.randomness import stream
from emulator.world.store import Row, Statement
from emulator.world.tables import jobs
from emulator.world.world import World

END: Final = "jobs.end"

_COLUMNS: Final = (
    jobs.c.id,
    jobs.c.vendor,
    jobs.c.family,
    jobs.c.status,
    jobs.c.request,
    jobs.c.request_id,
    jobs.c.created_at,
    jobs.c.due,
    jobs.c.ended_at,
    jobs.c.result,
    jobs.c.error,
)
_BY_ID: Final = Statement(
    select(*_COLUMNS, jobs.c.ruled).where(jobs.c.world == bindparam("world"), jobs.c.id == bindparam("id"))
)
_JSON: Final = ("request", "result", "error")


class JobEnded(ValueError):
    """The job is not in progress any more."""


def submit(world: World, family: Family, request: Mapping[str, Any], id: str | None = None) -> Job:
    """Have the job done. Its id, unless one is given, is a UUID of the world's."""
    job = _new(world, family, dict(request), id or world.new_uuid(f"{family.vendor} job"))
    rule = rule_for(world, job)
    due = world.now + _duration(world, family, job.id, rule)
    stored = {
        "world": world.name,
        "id": job.id,
        "number": world.draw(),
        "vendor": job.vendor,
        "family": job.family,
        "status": job.status,
        "request": orjson.dumps(job.request),
        "request_id": job.request_id,
        "created_at": job.created_at,
        "due": due,
        "ruled": None if rule is None else orjson.dumps(rule),
    }
    world.transaction.change(sql.insertion(jobs, tuple(stored)), stored)
    world.schedule(END, due, {"id": job.id})
    return job


def find(world: World, id: str, *families: Family) -> Job | None:
    """The job of that id, if it is of one of the families."""
    found = _find(world, id)
    if found is None or not any((each.vendor, each.name) == (found[0].vendor, found[0].family) for each in families):
        return None
    return found[0]


class Jobs:
    """Ends jobs; `families` are those of all vendors."""

    def __init__(self, families: Families) -> None:
        self.families = families

    def run(self, world: World, payload: Mapping[str, Any]) -> None:
        """Task: end a job as its rule says, or well."""
        found = _find(world, payload["id"])
        if found is None or found[0].ended_at is not None:
            return
        job, ruled = found
        rule = ruled or rule_for(world, job) or {}
        self._end(world, job, rule.get("outcome"), rule.get("error"))

    def end(self, world: World, id: str, outcome: str | None, error: Mapping[str, Any] | None) -> Job:
        """End a job now; without an outcome, well. Raises LookupError for an unknown one, and JobEnded."""
        found = _find(world, id)
        if found is None:
            raise LookupError(id)
        if found[0].ended_at is not None:
            raise JobEnded(id)
        return self._end(world, found[0], outcome, error)

    def _end(self, world: World, job: Job, outcome: str | None, error: Mapping[str, Any] | None) -> Job:
        family = self.families[job.vendor, job.family]
        status, result, failure = _computed(world, family, job, outcome or family.succeeded)
        if status not in family.computed:
            failure = {**family.worded(_Failed(), job), **(failure or {}), **(error or {})}
        columns = {
            "status": status,
            "result": None if result is None else orjson.dumps(result),
            "error": None if failure is None else orjson.dumps(failure),
            "ended_at": world.now,
            "due": world.now,
        }
        statement = sql.change(jobs, ("world", "id"), tuple(columns))
        world.transaction.change(statement, {"key_world": world.name, "key_id": job.id, **columns})
        ended = _find(world, job.id)
        assert ended is not None  # noqa: S101 - just written
        family.ended(world, ended[0])
        return ended[0]


class _Failed(Refusal):
    """The job is to fail, whatever it would have come to."""


def _computed(world: World, family: Family, job: Job, outcome: str) -> tuple[str, Any, dict[str, Any] | None]:
    """Status, result and error."""
    if outcome not in family.computed:
        return outcome, None, None
    try:
        result = family.compute(world, job, outcome)
    except Refusal as refusal:
        return family.failed, None, family.worded(refusal, job)
    if isinstance(result, tuple):
        return result[0], result[1], None
    return outcome, result, None


def _new(world: World, family: Family, request: dict[str, Any], id: str) -> Job:
    return Job(
        id=id,
        vendor=family.vendor,
        family=family.name,
        status=family.in_progress,
        request=request,
        request_id=world.request_id,
        created_at=world.now,
        due=world.now,
        ended_at=None,
        result=None,
        error=None,
    )


def _duration(world: World, family: Family, id: str, rule: Mapping[str, Any] | None) -> int:
    """As the rule says, or a time of the family's that follows from the job's id."""
    if rule is not None and rule.get("after") is not None:
        return int(rule["after"] * instant.SECOND)
    shortest, longest = (seconds * instant.SECOND for seconds in family.seconds)
    return stream(world.seed, "job", id).randint(shortest, longest)


def _find(world: World, id: str) -> tuple[Job, dict[str, Any] | None] | None:
    row = world.transaction.row(_BY_ID, {"world": world.name, "id": id})
    return None if row is None else (_job(row[:-1]), orjson.loads(row[-1]) if row[-1] else None)


def _job(row: Row) -> Job:
    stored = dict(zip((column.name for column in _COLUMNS), row, strict=True))
    return Job(**{name: orjson.loads(value) if name in _JSON and value else value for name, value in stored.items()})


def listed(world: World, limit: int, **wanted: str) -> list[Job]:
    """Newest first; `wanted` are columns with the value that they have to have."""
    query = select(*_COLUMNS).where(jobs.c.world == world.name, *(jobs.c[name] == wanted[name] for name in wanted))
    return [_job(tuple(row)) for row in world.transaction.query(query.order_by(jobs.c.number.desc()).limit(limit), {})]
