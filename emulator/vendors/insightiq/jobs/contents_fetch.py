"""Contents of social platforms (insightiq-v1.txt, "Public Content" 2 and 3)."""

from typing import Any, Final

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import public_posts
from emulator.vendors.insightiq.jobs import fetched
from emulator.vendors.insightiq.jobs.shared import family, find_job
from emulator.vendors.insightiq.jobs.social import platform_of
from emulator.world.world import World

_LIMITED: Final = ("Facebook", "Snapchat", "X")  # where `content_limit` counts (documented)


def create_contents_fetch(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`, for an address on LinkedIn too (assumed)."""
    platform = platform_of(world, body, body["content_url"] if "content_url" in body else body["profile_url"])
    return fetched.accepted(submit(world, FAMILY, body), platform)


def get_contents_fetch(world: World, id: str, limit: int, offset: int) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    return fetched.state(find_job(world, id, FAMILY), limit, offset)


def _compute(world: World, job: Job, _: str) -> list[dict[str, Any]]:
    """All contents of the profile with the figures of now; `offset` is of the direct call alone (assumed)."""
    request = job.request
    platform = public_posts.platform(world, request["work_platform_id"], public_posts.FETCHED)
    posts = fetched.asked_for(world, platform, request, request["content_type"])
    limit = int(request.get("content_limit", fetched.ALL)) if platform.name in _LIMITED else fetched.ALL
    return fetched.creators_contents(world, platform, posts[:limit])


FAMILY: Final = family("contents_fetch", _compute, event="CONTENTS_FETCH")
