"""Jobs over HTTP: their timeline, and how they end."""

from collections.abc import Mapping
from typing import Any, Final

from emulator.control.control import Control, Problem, changing, visiting
from emulator.jobs import engine
from emulator.jobs.engine import JobEnded
from emulator.jobs.family import Family, Job
from emulator.jobs.rules import RULES, named
from emulator.world import instant
from emulator.world.world import World

_RULE: Final[Mapping[str, Any]] = {"match": {}, "outcome": None, "after": None, "error": None, "skip": 0, "times": None}


def list_jobs(
    control: Control, world: str, vendor: str | None, family: str | None, status: str | None, limit: int
) -> dict[str, Any]:
    wanted = {"vendor": vendor, "family": family, "status": status}
    with visiting(control, world) as visited:
        found = engine.listed(visited, limit, **{name: value for name, value in wanted.items() if value is not None})
        return {"data": [_shown(job) for job in found]}


def get_job(control: Control, world: str, job: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return _shown_fully(_existing(visited, job))


def complete_job(control: Control, world: str, job: str, body: dict[str, Any]) -> dict[str, Any]:
    return _end(control, world, job, body, well=True)


def fail_job(control: Control, world: str, job: str, body: dict[str, Any]) -> dict[str, Any]:
    return _end(control, world, job, body, well=False)


def get_job_rules(control: Control, world: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return {"data": RULES.all(visited)}


def set_job_rules(control: Control, world: str, body: list[dict[str, Any]]) -> dict[str, Any]:
    new = [_rule(control, nth, given) for nth, given in enumerate(body)]
    with changing(control, world) as changed:
        control.jobs.rule(changed, new)
    control.timeline.settle(world, errands=True)
    return get_job_rules(control, world)


def _end(control: Control, world: str, id: str, body: dict[str, Any], *, well: bool) -> dict[str, Any]:
    with changing(control, world) as changed:
        job = _existing(changed, id)
        outcome = _outcome(control.jobs.families[job.vendor, job.family], body.get("outcome"), well=well)
        try:
            ended = control.jobs.end(changed, job, outcome, _error(body.get("error")))
        except JobEnded:
            raise Problem(409, f"The job {id} has ended with {job.status}.") from None
    control.timeline.settle(world, errands=True)
    return _shown_fully(ended)


def _existing(world: World, id: str) -> Job:
    job = engine.lookup(world, id)
    if job is None:
        raise Problem(404, f"There is no job '{id[:100]}' in the world '{world.name}'.")
    return job


def _outcome(family: Family, wanted: str | None, *, well: bool) -> str:
    good = [each for each in family.computed if each != family.failed]
    possible = [each for each in family.outcomes if (each in good) == well]
    if wanted is not None and wanted not in possible:
        kind = "with" if well else "without"
        raise Problem(400, _unknown("body outcome", wanted, f"{family.name} ends {kind} a result in", possible))
    return wanted or (family.succeeded if well else family.failed)


def _rule(control: Control, nth: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """The rule with all of its keys; whole numbers may come as 1.0."""
    rule = {**_RULE, **given}
    whole = {name: int(rule[name]) for name in ("skip", "times") if rule[name] is not None}
    _check(control, f"body.{nth}", rule)
    return {**rule, **whole, "error": _error(rule["error"])}


def _check(control: Control, where: str, rule: Mapping[str, Any]) -> None:
    """Some family has to be meant, and one of those meant to have the outcome; an error goes with a failure."""
    match, outcome = rule["match"], rule["outcome"]
    meant = [family for family in control.jobs.families.values() if named(match, family)]
    if not meant:
        known = ", ".join(f"{vendor}'s {name}" for vendor, name in control.jobs.families)
        raise Problem(400, f"{where}.match: there are no such jobs; the families are {known}.")
    without = sorted({each for family in meant for each in family.outcomes if each not in family.computed})
    outcomes = sorted({each for family in meant for each in family.outcomes})
    if outcome is not None and outcome not in outcomes:
        raise Problem(400, _unknown(f"{where}.outcome", outcome, "there are", outcomes))
    if rule["error"] is not None and outcome not in without:
        raise Problem(400, f"{where}.error: an error goes with an outcome without result: {', '.join(without)}.")


def _unknown(where: str, seen: str, what: str, known: list[str]) -> str:
    return f"{where}: '{seen[:100]}' is not known; {what} {', '.join(known) or 'none'}."


def _error(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {**given, "status": int(given["status"])} if "status" in given else dict(given)


def _shown(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "vendor": job.vendor,
        "family": job.family,
        "status": job.status,
        "request": job.request,
        "request_id": job.request_id,
        "created_at": instant.rfc3339(job.created_at),
        "due": instant.rfc3339(job.due) if job.due <= instant.LATEST else None,
        "ended_at": None if job.ended_at is None else instant.rfc3339(job.ended_at),
        "has_result": job.result is not None,
        "error": job.error,
        "rule": job.rule,
    }


def _shown_fully(job: Job) -> dict[str, Any]:
    return {**_shown(job), "result": job.result}
