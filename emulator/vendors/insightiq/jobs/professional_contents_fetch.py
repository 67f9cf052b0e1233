"""Contents of creators on LinkedIn (insightiq-v1.txt, "Public Content" 4 and 5)."""

from typing import Any, Final

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import public_posts
from emulator.vendors.insightiq.jobs import fetched
from emulator.vendors.insightiq.jobs.shared import family, find_job
from emulator.world.world import World


def create_professional_contents_fetch(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id` for any other platform than LinkedIn (assumed)."""
    platform = public_posts.platform(world, body["work_platform_id"], public_posts.PROFESSIONAL)
    return fetched.accepted(submit(world, FAMILY, body), platform)


def get_professional_contents_fetch(world: World, id: str, limit: int, offset: int) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    return fetched.state(find_job(world, id, FAMILY), limit, offset)


def _compute(world: World, job: Job, _: str) -> list[dict[str, Any]]:
    """All contents of the profile: no type and no limit is one of LinkedIn's (assumed)."""
    platform = public_posts.platform(world, job.request["work_platform_id"], public_posts.PROFESSIONAL)
    return fetched.creators_contents(world, platform, fetched.asked_for(world, platform, job.request, "ALL"))


FAMILY: Final = family("professional_contents_fetch", _compute, event="CONTENTS_FETCH", seconds=fetched.ON_LINKEDIN)
