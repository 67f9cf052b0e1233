"""Comments below contents of social platforms (insightiq-v1.txt, "Public Content" 11 and 12)."""

from typing import Any, Final

import orjson

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import addresses, comment_texts, comments, public_posts
from emulator.vendors.insightiq.comment_texts import Comment
from emulator.vendors.insightiq.jobs import fetched
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job
from emulator.vendors.insightiq.jobs.social import platform_of
from emulator.vendors.insightiq.public_posts import PublicPost
from emulator.world import instant
from emulator.world.world import World


def create_comments_fetch(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`, for an address on LinkedIn too (assumed)."""
    platform = platform_of(world, body, body["content_url"])
    job = submit(world, FAMILY, body)
    return {
        "id": job.id,
        "work_platform": orjson.Fragment(platform.attribute),
        "status": job.status,
        "content_url": body["content_url"],
    }


def get_comments_fetch(world: World, id: str, limit: int, offset: int) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    job = find_job(world, id, FAMILY)
    shown = {"id": job.id, "status": job.status, "data": fetched.page(job, limit, offset)}
    return {**shown, "metadata": {"offset": offset, "limit": limit}, **failure(job)}


def _compute(world: World, job: Job, _: str) -> list[dict[str, Any]]:
    """The newest comments, newest first, with the figures of now. An id does for an address, as in the sample."""
    platform = public_posts.platform(world, job.request["work_platform_id"], public_posts.FETCHED)
    name = job.request["content_url"]
    post = public_posts.post_of(world, platform, addresses.content_id(platform.name, name) or name)
    newest = comment_texts.page(post.thread, world.now, 0, int(job.request["max_result"]))
    attribute = orjson.loads(platform.attribute)
    return [{"work_platform": attribute, **_comment(world, post, comment)} for comment in newest]


def _comment(world: World, post: PublicPost, comment: Comment) -> dict[str, Any]:
    """In the documented order. Nobody answers another's comment, so that there is no `parent_id` (assumed)."""
    return {
        "id": fetched.comment_id(world, post, comment),
        "commenter_id": comments.commenter_id(world, comment.username),
        "commenter_username": comment.username,
        "reply_count": comment.replies,
        "created_time": instant.zulu(comment.published).partition("T")[2],
        "like_count": comment.likes,
        "text": comment.text,
        "timestamp": instant.unix(comment.published),
    }


FAMILY: Final = family("comments_fetch", _compute, event="CONTENT_COMMENTS_FETCH")
