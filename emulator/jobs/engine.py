"""The life of a job: submitted, in progress until its time has come, ended."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, bindparam, select

from emulator.jobs.family import Commanded, Families, Family, Job
from emulator.jobs.rules import RULES, rule_for
from emulator.refusal import Refusal
from emulator.world import instant, sql
from emulator.world.population.randomness import stream
from emulator.world.store import Row, Statement
from emulator.world.tables import jobs
from emulator.world.world import World

END: Final = "jobs.end"

# In the order of a Job's fields.
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
    jobs.c.ruled,
)
_NAMES: Final = tuple(field.name for field in fields(Job))
_WRITTEN: Final = ("request", "result", "error", "rule")  # as JSON
_BY_ID: Final = Statement(select(*_COLUMNS).where(jobs.c.world == bindparam("world"), jobs.c.id == bindparam("id")))


class JobEnded(ValueError):
    """The job is not in progress any more."""


def submit(world: World, family: Family, request: Mapping[str, Any], id: str | None = None) -> Job:
    """Have the job done. Its id, unless one is given, is a UUID of the world's."""
    job = _new(world, family, dict(request), id or world.new_uuid(f"{family.vendor} job"))
    rule = rule_for(world, family, job)
    job = replace(job, rule=rule, due=_due(job, rule, world.now + _usual(world, family, job)))
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
        "due": job.due,
        "ruled": _written(rule),
    }
    world.transaction.change(sql.insertion(jobs, tuple(stored)), stored)
    world.schedule(END, job.due, {"id": job.id})
    return job


def find(world: World, id: str, *families: Family) -> Job | None:
    """The job of that id, if it is of one of the families."""
    job = lookup(world, id)
    return job if job and (job.vendor, job.family) in {(each.vendor, each.name) for each in families} else None


def lookup(world: World, id: str) -> Job | None:
    """The job of that id, whatever its family."""
    row = world.transaction.row(_BY_ID, {"world": world.name, "id": id})
    return None if row is None else _job(row)


def listed(world: World, limit: int, **wanted: str) -> list[Job]:
    """Newest first; `wanted` are columns with the value that they have to have."""
    conditions = [jobs.c[name] == value for name, value in wanted.items()]
    return _select(world, jobs.c.number.desc(), *conditions, limit=limit)


class Jobs:
    """Ends jobs; `families` are those of all vendors."""

    def __init__(self, families: Families) -> None:
        self.families = families

    def run(self, world: World, payload: Mapping[str, Any]) -> None:
        """Task: end a job as its rule says, or well; nothing if it has ended before, or is to end later now."""
        job = lookup(world, payload["id"])
        if job is not None and job.ended_at is None and job.due <= world.now:
            rule = job.rule or {}
            self._end(world, job, rule.get("outcome"), rule.get("error"))

    def end(self, world: World, job: Job, outcome: str | None, error: Mapping[str, Any] | None) -> Job:
        """End a job now; without an outcome, well. Raises JobEnded."""
        if job.ended_at is not None:
            raise JobEnded(job.id)
        return self._end(world, job, outcome, error)

    def rule(self, world: World, rules: Sequence[Mapping[str, Any]]) -> None:
        """Replace the rules. They hold for the jobs in progress too, taken as they came, and for all later ones."""
        RULES.replace(world, rules)
        for job in _select(world, jobs.c.number.asc(), jobs.c.ended_at.is_(None)) if rules else ():
            rule = rule_for(world, self.families[job.vendor, job.family], job)
            if rule is not None:
                due = max(world.now, _due(job, rule, job.due))
                _update(world, job, ruled=_written(rule), due=due)
                if due != job.due:
                    world.schedule(END, due, {"id": job.id})

    def _end(self, world: World, job: Job, outcome: str | None, error: Mapping[str, Any] | None) -> Job:
        family = self.families[job.vendor, job.family]
        status, result, failure = _computed(world, family, job, outcome or family.succeeded)
        if status not in family.computed and failure is None:
            failure = family.worded(Commanded(**error or {}), job)
        ended = replace(job, status=status, result=result, error=failure, ended_at=world.now, due=world.now)
        columns = {"result": _written(result), "error": _written(failure), "ended_at": world.now, "due": world.now}
        _update(world, job, status=status, **columns)
        family.ended(world, ended)
        return ended


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
        rule=None,
    )


def _due(job: Job, rule: Mapping[str, Any] | None, otherwise: int) -> int:
    if rule is None or rule["after"] is None:
        return otherwise
    return job.created_at + int(rule["after"] * instant.SECOND)


def _usual(world: World, family: Family, job: Job) -> int:
    """A time of the family's that follows from the job's id."""
    span = family.seconds(job) if callable(family.seconds) else family.seconds
    shortest, longest = (seconds * instant.SECOND for seconds in span)
    return stream(world.seed, "job", job.id).randint(shortest, longest)


def _select(world: World, order: ColumnElement[Any], *conditions: ColumnElement[bool], limit: int = -1) -> list[Job]:
    query = select(*_COLUMNS).where(jobs.c.world == world.name, *conditions).order_by(order)
    return [_job(tuple(row)) for row in world.transaction.query(query.limit(limit) if limit >= 0 else query, {})]


def _job(row: Row) -> Job:
    """Of `_COLUMNS`."""
    told = dict(zip(_NAMES, row, strict=True))
    parsed = {name: orjson.loads(told[name]) for name in _WRITTEN if told[name] is not None}
    return Job(**{**told, **parsed})


def _update(world: World, job: Job, **columns: Any) -> None:
    statement = sql.change(jobs, ("world", "id"), tuple(columns))
    world.transaction.change(statement, {"key_world": world.name, "key_id": job.id, **columns})


def _written(value: Any) -> bytes | None:
    return None if value is None else orjson.dumps(value)
