"""What InsightIQ's jobs have in common."""

from collections.abc import Callable
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs import engine
from emulator.jobs.family import Commanded, Family, Job
from emulator.refusal import Refusal
from emulator.vendors.insightiq import addresses, creator_profiles, dialect, events
from emulator.vendors.insightiq.creator_profiles import Platform
from emulator.vendors.insightiq.tables.connect import work_platforms
from emulator.world.store import Statement
from emulator.world.world import World, own

# How long jobs take is not documented: seconds, assumed.
SOON: Final = (20, 90)

_PROFESSIONAL: Final = "LinkedIn"

_PLATFORM = Statement(select(work_platforms.c.body).where(own(work_platforms), work_platforms.c.id == bindparam("id")))


def family(name: str, compute: Callable[[World, Job, str], Any], event: str | None = None, **other: Any) -> Family:
    """A family whose ends are told as `<event>.SUCCESS` and `.FAILURE`, if they are told; `other` as in Family."""
    settings = {"seconds": SOON, "worded": worded, **other}
    return Family(vendor="insightiq", name=name, compute=compute, ended=_teller(event), **settings)


def find_job(world: World, id: str, *families: Family) -> Job:
    """404 `incorrect_job_id` for a job of another family too."""
    job = engine.find(world, id, *families)
    if job is None:
        raise dialect.not_found("job")
    return job


def worded(refusal: Refusal, job: Job) -> dict[str, Any]:
    """The error of a failed job: that of a call that answers at once; the request is the one that asked (assumed)."""
    return dialect.worded(_commanded(refusal) if isinstance(refusal, Commanded) else refusal, job.request_id)


def _commanded(told: Commanded) -> dialect.InsightIQError:
    """What is not told is that of an internal error (assumed)."""
    return dialect.InsightIQError(
        told.status or 500,
        told.type or "INTERNAL_ERROR",
        told.code or "internal_error",
        told.message or "Something went wrong",
    )


def failure(job: Job) -> dict[str, Any]:
    """The last key of an answer: `error`, unless the job has not failed."""
    return {} if job.error is None else {"error": job.error}


def social_platform(world: World, id: str, *names: str) -> Platform:
    """404 `incorrect_work_platform_id`; for an address on LinkedIn too, where another platform is asked (assumed)."""
    platform = creator_profiles.platform(world, id)
    if platform.name != _PROFESSIONAL and any(addresses.lies_on(_PROFESSIONAL, name) for name in names):
        raise dialect.not_found("work_platform")
    return platform


def platform_attribute(world: World, id: str) -> dict[str, Any]:
    """`id`, `name` and `logo_url` of a work platform that exists."""
    row = world.row(_PLATFORM, id=id)
    entry = orjson.loads(row[0]) if row else {}
    return {key: entry[key] for key in ("id", "name", "logo_url")}


def _teller(event: str | None) -> Callable[[World, Job], None]:
    """What ends with a result, or a part of one, has succeeded (assumed)."""

    def tell(world: World, job: Job) -> None:
        if event is not None:
            events.of_job(world, f"{event}.{'SUCCESS' if job.error is None else 'FAILURE'}", job.id)

    return tell
