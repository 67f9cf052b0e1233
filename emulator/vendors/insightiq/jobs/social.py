"""What the jobs for contents of social platforms have in common."""

from collections.abc import Mapping
from typing import Any

from emulator.vendors.insightiq import addresses, public_posts
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.public_posts import Platform
from emulator.world.world import World


def platform_of(world: World, body: Mapping[str, Any], url: str) -> Platform:
    """The platform asked for. 404 `incorrect_work_platform_id` for LinkedIn, be it by its id or by the address."""
    platform = public_posts.platform(world, body["work_platform_id"], public_posts.FETCHED)
    if addresses.lies_on("LinkedIn", url):
        raise not_found("work_platform")
    return platform
