"""Who in the audience of a public profile has many followers (insightiq-v1.txt, "Creator Discovery" 22 and 24)."""

from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import audience_members, creator_profiles
from emulator.vendors.insightiq.audience_members import Follower
from emulator.vendors.insightiq.creator_profiles import CONTACTABLE, Platform
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job, platform_attribute
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Statement
from emulator.world.world import World, own

_KEYS: Final = (
    "work_platform", "platform_username", "url", "image_url", "full_name", "introduction", "is_verified",
    "platform_account_type", "gender", "age_group", "language", "follower_count", "engagement_rate", "location",
    "contact_details",
)  # fmt: skip
_ECHOED: Final = ("identifier", "dry_run", "audience_type", "follower_count", "has_email")
_BODY = Statement(select(profiles.c.body).where(own(profiles), profiles.c.id == bindparam("id")))


def create_highfollower_audience(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`, also for other platforms than the three that are documented."""
    _platform(world, body)
    asked = {**body, "follower_count": {"min": 1000, **body.get("follower_count", {})}}
    job = submit(world, FAMILY, asked)
    attribute = platform_attribute(world, body["work_platform_id"])
    echoed = {key: asked[key] for key in _ECHOED}
    return {"id": job.id, "work_platform": attribute, **echoed, "status": job.status}


def get_highfollower_audience(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    job = find_job(world, id, FAMILY)
    return {
        "id": job.id,
        "status": job.status,
        "data": job.result or [],
        "audience_details": None,  # what it is for is not known
        "metadata": {"offset": 0, "limit": int(job.request["limit"])},
        **failure(job),
    }


def _compute(world: World, job: Job, _: str) -> list[dict[str, Any]]:
    """Nothing for a dry run, as its counts have no place in the answer."""
    asked = job.request
    platform = _platform(world, asked)
    profile = creator_profiles.number(world, platform, asked["identifier"])
    found = audience_members.found(world, platform, profile, asked["follower_count"]["min"], asked["audience_type"])
    if asked["has_email"]:
        found = [each for each in found if each.member.tells_email]
    return [] if asked["dry_run"] else [_shown(world, each) for each in found[: int(asked["limit"])]]


def _shown(world: World, follower: Follower) -> dict[str, Any]:
    """On YouTube, too, those who have subscribed are called followers here."""
    row = world.row(_BODY, id=follower.member.id)
    body = orjson.loads(row[0]) | {"follower_count": follower.followers} if row else {}
    return {key: body[key] for key in _KEYS}


def _platform(world: World, asked: dict[str, Any]) -> Platform:
    platform = creator_profiles.social(world, asked["work_platform_id"], asked["identifier"])
    if platform.name not in CONTACTABLE:
        raise not_found("work_platform")
    return platform


FAMILY: Final = family("highfollower_audience", _compute)
