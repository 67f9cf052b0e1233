"""How far a content would reach (insightiq-v1.txt, "Creator Discovery" 20 and 21)."""

import math
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, select

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job, platform_attribute, social_platform
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.population.platforms import Kind
from emulator.world.population.reception import Expected, expected
from emulator.world.store import Statement
from emulator.world.world import World, own

_SERVED: Final = "Instagram"
_KINDS: Final[Mapping[str, Kind]] = {"REELS": "Reel", "STORY": "Story", "FEED": "Post"}
_HALF: Final = 0.6745  # of all posts lie within so many standard deviations

_NUMBERS = Statement(
    select(profiles.c.followers, profiles.c.monthly_growth, profiles.c.average_likes, profiles.c.average_views).where(
        own(profiles), profiles.c.id == bindparam("id")
    )
)


def create_estimated_metrics(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`."""
    if social_platform(world, body["work_platform_id"], body["profile_url"]).name != _SERVED:
        raise not_found("work_platform")
    job = submit(world, FAMILY, body)
    asked = _asked(world, job)
    return {"id": job.id, **asked, "status": job.status}


def get_estimated_metrics(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    job = find_job(world, id, FAMILY)
    asked = _asked(world, job)
    platform = {"work_platform": asked.pop("work_platform")}
    estimates = job.result or {"estimated_reach": {}, "estimated_impressions": {}}
    return {"id": job.id, **asked, "status": job.status, **platform, **estimates, **failure(job)}


def _asked(world: World, job: Job) -> dict[str, Any]:
    asked = {key: job.request.get(key) for key in ("profile_url", "content_type", "format")}
    return {**asked, "work_platform": platform_attribute(world, job.request["work_platform_id"])}


def _compute(world: World, job: Job, _: str) -> dict[str, Any]:
    """`incorrect_identifier` if there is no profile at the address."""
    request = job.request
    platform = creator_profiles.platform(world, request["work_platform_id"])
    usual = _expected(world, creator_profiles.number(world, platform, request["profile_url"]), request)
    return {
        "estimated_reach": _range(usual.reach, usual.spread),
        "estimated_impressions": _range(usual.impressions, usual.spread),
    }


def _expected(world: World, number: int, request: Mapping[str, Any]) -> Expected:
    """Likes and views grow with the followers. A picture is expected where FEED has no format (assumed)."""
    followers, growth, likes, views = world.row(_NUMBERS, id=number) or (0, 0.0, 0, 0)
    now = creator_profiles.followers_now(world, followers, growth)
    grown = now / followers if followers else 1.0
    kind = _KINDS[request["content_type"]]
    film = kind == "Reel" or request.get("format") == "VIDEO"
    return expected(kind, now, round((likes or 0) * grown), round((views or 0) * grown), film=film)


def _range(usual: float, spread: float) -> dict[str, int]:
    """Half of the posts lie between both ends; the mean of such a distribution lies above its middle."""
    middle, width = usual * math.exp(-spread * spread / 2), math.exp(_HALF * spread)
    return {"min": int(middle / width), "max": math.ceil(middle * width), "absolute": round(usual)}


FAMILY: Final = family("estimated_metrics", _compute)
