"""Whose e-mail addresses these are (insightiq-v1.txt, "Creator Discovery" 16 and 17)."""

from collections.abc import Iterator
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world import instant
from emulator.world.store import Statement
from emulator.world.world import World, own

_MATCH: Final = (
    "work_platform",
    "platform_username",
    "full_name",
    "follower_count",
    "subscriber_count",
    "url",
    "image_url",
    "is_verified",
)
_BY_EMAIL = Statement(
    select(profiles.c.live, profiles.c.followers, profiles.c.monthly_growth)
    .where(own(profiles), profiles.c.email == bindparam("email"))
    .order_by(profiles.c.followers.desc(), profiles.c.id)
)


def create_email_lookup(world: World, body: dict[str, Any]) -> dict[str, Any]:
    job = submit(world, FAMILY, body)
    return {
        "id": job.id,
        "created_at": instant.naive(job.created_at),
        "emails": job.request["emails"],
        "status": job.status,
    }


def get_email_lookup(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    job = find_job(world, id, FAMILY)
    found = job.result or {"matched_emails": [], "non_matched_emails": []}
    report = {
        "id": job.id,
        "emails": job.request["emails"],
        "status": job.status,
        "matched_count": len({match["email"] for match in found["matched_emails"]}),
        "non_matched_count": len(found["non_matched_emails"]),
    }
    return {"lookup_report": report, **found, **failure(job)}


def _compute(world: World, job: Job, _: str) -> dict[str, Any]:
    """Addresses in the order of the request, each once; of each all profiles that tell it, the largest first."""
    addresses = dict.fromkeys(job.request["emails"])
    found = {each: list(_matches(world, each)) for each in addresses}
    return {
        "matched_emails": [match for matches in found.values() for match in matches],
        "non_matched_emails": [each for each, matches in found.items() if not matches],
    }


def _matches(world: World, email: str) -> Iterator[dict[str, Any]]:
    """Capitals make no difference, nor do blanks around the address (assumed)."""
    for live, followers, growth in world.rows(_BY_EMAIL, email=email.strip().casefold()):
        shown = creator_profiles.counted(world, orjson.loads(live), followers, growth)
        yield {"email": email, **{key: shown[key] for key in _MATCH}}


FAMILY: Final = family("email_lookup", _compute, event="EMAIL_LOOKUP")
