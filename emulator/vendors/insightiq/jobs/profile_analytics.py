"""What can be known of a public profile (insightiq-v1.txt, "Creator Discovery" 13 to 15)."""

from typing import Any, Final

from emulator.jobs.engine import listed, submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.analytics import report
from emulator.vendors.insightiq.analytics_subject import subject
from emulator.vendors.insightiq.creator_profiles import Platform
from emulator.vendors.insightiq.dialect import InsightIQError
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job, platform_attribute
from emulator.world import ids, instant
from emulator.world.world import World

_SECONDS: Final = (60, 300)  # (assumed)
_MOST: Final = 10_000  # jobs in progress that are looked through


def create_profile_analytics(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`; an unknown profile makes the job fail (assumed)."""
    _platform(world, body)
    job = submit(world, FAMILY, body)
    return {
        "id": job.id,
        "status": job.status,
        "identifier": body["identifier"],
        "work_platform": platform_attribute(world, body["work_platform_id"]),
    }


def get_profile_analytics(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_job_id`. A report is made once, and not changed afterwards (assumed)."""
    job = find_job(world, id, FAMILY)
    made = instant.naive(job.ended_at) if job.result and job.ended_at is not None else None
    return {
        "id": job.id,
        "status": job.status,
        "report_generated_at": made,
        "updated_at": made,
        "work_platform": platform_attribute(world, job.request["work_platform_id"]),
        **(job.result or {"profile": None}),
        **failure(job),
    }


def fetch_profile_analytics(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 as of get_live_profile; 400 `retry_later` while a job analyses the same profile (assumed).

    The answer's id is the same for the same profile.
    """
    platform = _platform(world, body)
    found = subject(world, platform, body["identifier"])
    if _in_progress(world, platform, body["identifier"]):
        message = "Data is being updated. Please retry later"
        raise InsightIQError(400, "INVALID_REQUEST_PARAMETERS", "retry_later", message)
    return {
        "id": ids.uuid(world.seed, "profile analytics", found.row["id"]),
        "work_platform": platform_attribute(world, platform.id),
        **report(found, direct=True),
    }


def _in_progress(world: World, platform: Platform, identifier: str) -> bool:
    """Whether a job has been asked about the profile in one of the ways to name it that come to the same."""
    wanted = creator_profiles.named(platform, identifier)
    jobs = listed(world, _MOST, vendor=FAMILY.vendor, family=FAMILY.name, status=FAMILY.in_progress)
    asked = [job.request["identifier"] for job in jobs if job.request["work_platform_id"] == platform.id]
    return any(creator_profiles.named(platform, each) == wanted for each in asked)


def _compute(world: World, job: Job, _: str) -> dict[str, Any]:
    return report(subject(world, _platform(world, job.request), job.request["identifier"]), direct=False)


def _platform(world: World, asked: dict[str, Any]) -> Platform:
    return creator_profiles.social(world, asked["work_platform_id"], asked["identifier"])


FAMILY: Final = family("profile_analytics", _compute, event="PROFILE_ANALYTICS", seconds=_SECONDS)
