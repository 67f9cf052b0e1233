"""All that a creator search finds, gathered by a job (insightiq-v1.txt, "Creator Discovery" 3 and 4)."""

from collections.abc import Sequence
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.discovery_conditions import Search
from emulator.vendors.insightiq.discovery_results import gathered, gathering
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job, platform_attribute
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.store import Statement
from emulator.world.world import World, own

_SECONDS: Final = (60, 600)  # (assumed; one client waits for 600, reported)
_KEYS: Final = (
    "work_platform", "platform_username", "url", "image_url", "full_name", "introduction", "is_verified",
    "platform_account_type", "gender", "age_group", "language", "follower_count", "subscriber_count", "content_count",
    "engagement_rate", "location",
)  # fmt: skip
_BODY = Statement(select(profiles.c.body).where(own(profiles), profiles.c.id == bindparam("id")))


def create_search_export(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`; 400 as of search_creator_profiles."""
    gathering(_search(world, body))  # refuses what cannot be searched for
    job = submit(world, FAMILY, body)
    attribute = platform_attribute(world, body["work_platform_id"])
    return {"id": job.id, "filters": body, "status": job.status, "work_platform": attribute}


def get_search_export(world: World, id: str, limit: int, offset: int) -> dict[str, Any]:
    """404 `incorrect_job_id`. The page is told in each profile, as in the sample, and beside them (reported)."""
    job = find_job(world, id, FAMILY)
    found: Sequence[int] = job.result or []
    page = {"total_results": str(len(found)), "limit": str(limit), "offset": str(offset)}
    data = [{**_profile(world, each), "metadata": page} for each in found[offset : offset + limit]]
    return {"id": job.id, "status": job.status, "data": data, "metadata": page, **failure(job)}


def _compute(world: World, job: Job, _: str) -> Sequence[int]:
    """The numbers that the profiles are kept under."""
    return gathered(_search(world, job.request), int(job.request["max_results"]))


def _search(world: World, body: dict[str, Any]) -> Search:
    """The same search, in the words of search_creator_profiles where they differ."""
    asked = dict(body)
    if "mentions" in asked:
        asked["mentions"] = [{"name": each.get("name", each.get(""))} for each in asked["mentions"]]
    if isinstance(asked.get("creator_account_type"), str):
        asked["creator_account_type"] = [asked["creator_account_type"]]
    if "views_growth" in asked:
        asked["views_growth"] = {"operator": "LT", **asked["views_growth"]}  # the only one that the export has
    return Search(world, creator_profiles.platform(world, body["work_platform_id"]), asked)


def _profile(world: World, number: int) -> dict[str, Any]:
    """Of several ways to reach somebody, the first (assumed): the e-mail address, where it is told."""
    row = world.row(_BODY, id=number)
    body = orjson.loads(row[0]) if row else {}
    return {**{key: body[key] for key in _KEYS}, "contact_details": next(iter(body["contact_details"]), None)}


FAMILY: Final = family("search_export", _compute, event="CREATOR_SEARCH_EXPORT", seconds=_SECONDS)
