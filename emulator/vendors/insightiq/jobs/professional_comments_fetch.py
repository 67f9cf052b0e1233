"""Comments below contents on LinkedIn (insightiq-v1.txt, "Public Content" 7 and 8)."""

from typing import Any, Final
from urllib.parse import quote

import orjson

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import comment_texts, public_posts
from emulator.vendors.insightiq.comment_texts import Comment
from emulator.vendors.insightiq.jobs import fetched
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job
from emulator.vendors.insightiq.public_posts import PublicPost
from emulator.world import instant
from emulator.world.world import World

_REACTIONS: Final = ("applause_count", "support_count", "love_count", "interest_count")  # nobody laughs here
_ALL: Final = 2**31


def create_professional_comments_fetch(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id` for any other platform than LinkedIn (assumed)."""
    platform = public_posts.platform(world, body["work_platform_id"], public_posts.PROFESSIONAL)
    job = submit(world, FAMILY, body)
    attribute = orjson.Fragment(platform.attribute)
    return {"id": job.id, "content_url": body["content_url"], "work_platform": attribute}


def get_professional_comments_fetch(world: World, id: str, limit: int, offset: int) -> dict[str, Any]:
    """404 `incorrect_job_id`. Each comment says which page it is on, as the sample has it."""
    job = find_job(world, id, FAMILY)
    metadata = {"metadata": {"limit": limit, "offset": offset}}
    data = [comment | metadata for comment in fetched.page(job, limit, offset)]
    return {"id": job.id, "status": job.status, "data": data, **failure(job)}


def _compute(world: World, job: Job, _: str) -> list[dict[str, Any]]:
    """All comments, newest first, with the figures of now."""
    platform = public_posts.platform(world, job.request["work_platform_id"], public_posts.PROFESSIONAL)
    post = public_posts.post(world, platform, job.request["content_url"])
    attribute = orjson.loads(platform.attribute)
    written = comment_texts.page(post.thread, world.now, 0, _ALL)
    return [{"work_platform": attribute, **_comment(world, job, post, comment)} for comment in written]


def _comment(world: World, job: Job, post: PublicPost, comment: Comment) -> dict[str, Any]:
    """In the documented order, up to `published_at`."""
    head = fetched.of(post.head)
    number = fetched.comment_id(world, post, comment)
    told = fetched.reactions(True, "comment reactions", number, comment.likes)
    return {
        "platform_content_id": head["platform_content_id"],
        "content_url": job.request["content_url"],
        "comment_url": _address(head, number),
        "text": comment.text,
        "engagement": {
            "like_count": comment.likes,
            **{key: told[key] for key in _REACTIONS},
            "reply_count": comment.replies,
        },
        **{key: [] for key in ("hashtags", "media_urls", "links", "mentions")},  # nobody's comments have any
        "commenter_username": comment.username,
        "commenter_display_name": comment.display_name,
        "published_at": instant.naive(comment.published),
    }


def _address(head: dict[str, Any], comment: str) -> str:
    """As LinkedIn's own pages link to a comment, which has a number there."""
    name = f"urn:li:comment:(activity:{head['platform_content_id']},{int(comment[:15], 16)})"
    return f"{head['url']}?commentUrn={quote(name, safe='')}"


FAMILY: Final = family(
    "professional_comments_fetch", _compute, event="CONTENT_COMMENTS_FETCH", seconds=fetched.ON_LINKEDIN
)
