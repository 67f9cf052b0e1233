"""What the jobs that fetch contents have in common: how a content is shown, and which page of them an answer holds."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from emulator.jobs.family import Job
from emulator.vendors.insightiq import comments, public_posts
from emulator.vendors.insightiq.comment_texts import Comment
from emulator.vendors.insightiq.jobs.shared import failure
from emulator.vendors.insightiq.public_posts import Platform, PublicPost
from emulator.world import ids
from emulator.world.population.randomness import factor, stream
from emulator.world.world import World

ALL: Final = 2**31  # contents; nobody has as many, and the database counts in 64 bits

ON_LINKEDIN: Final = (30, 180)  # seconds that jobs take there (assumed)

# LinkedIn's further kinds of reaction, and the part of all reactions that each usually is.
_REACTIONS: Final[Mapping[str, float]] = {
    "applause_count": 0.09,
    "support_count": 0.03,
    "love_count": 0.06,
    "interest_count": 0.04,
    "laugh_count": 0.01,
}
_OF_PROFILES: Final = ("platform_username", "url", "external_id", "image_url", "is_verified")
_FEED: Final = "FEED"  # a post of Instagram, as Engagement calls it; the direct call has no word for it


def accepted(job: Job, platform: Platform) -> dict[str, Any]:
    """A job for the contents of creators, as the answer to its creation shows it."""
    return {
        "id": job.id,
        "profile_url": job.request.get("profile_url"),
        "content_url": job.request.get("content_url"),
        "work_platform": orjson.Fragment(platform.attribute),
        "status": job.status,
        "content_limit": job.request.get("content_limit"),
    }


def state(job: Job, limit: int, offset: int) -> dict[str, Any]:
    """A job with one page of what it fetched; there is nothing before its end, and after a failure."""
    return {"id": job.id, "status": job.status, "data": page(job, limit, offset), **failure(job)}


def page(job: Job, limit: int, offset: int) -> list[Any]:
    """A part of the job's list of results."""
    return list((job.result or [])[offset : offset + limit])


def asked_for(world: World, platform: Platform, request: Mapping[str, Any], content_type: str) -> list[PublicPost]:
    """The content, or all contents of the profile, newest first. Raises what looking them up raises."""
    if "content_url" in request:
        return [public_posts.post(world, platform, request["content_url"])]
    profile = public_posts.profile(world, platform, request["profile_url"])
    return public_posts.page(world, profile, content_type, 0, ALL)


def creators_contents(world: World, platform: Platform, posts: Sequence[PublicPost]) -> list[dict[str, Any]]:
    return [_creators_content(world, platform, post) for post in posts]


def _creators_content(world: World, platform: Platform, post: PublicPost) -> dict[str, Any]:
    """ProfessionalCreatorContentData, in the documented order."""
    head, profile = of(post.head), orjson.loads(post.profile) | {"external_id": post.owner.external_id}
    first = ("platform_content_id", "title", "format", "type", "url", "media_url", "thumbnail_url", "duration")
    last = ("collaborators", "sponsors", "mentions", "links", "hashtags")
    return {
        "work_platform": orjson.loads(platform.attribute),
        "profile": {key: profile[key] for key in _OF_PROFILES},
        "engagement": engagement(world, platform, post),
        **{key: head[key] for key in first},
        "description": head["description"],
        "published_at": head["published_at"],
        "is_reposted": False,
        "audio_track_info": head["audio_track_info"],
        **{key: head[key] for key in last},
    }


def of(head: bytes) -> dict[str, Any]:
    """The first part of a stored content, always with a `type`."""
    shown: dict[str, Any] = orjson.loads(b"{%b}" % head)
    return shown | {"type": shown["type"] or _FEED}


def engagement(world: World, platform: Platform, post: PublicPost) -> dict[str, Any]:
    """LinkedIn alone tells the kinds of reaction; `like_count` are the reactions of all kinds (assumed)."""
    counts = post.counts(world.now)
    return {
        "like_count": counts["like_count"],
        **reactions(platform.name == "LinkedIn", "content reactions", post.thread.post, counts["like_count"] or 0),
        **{key: counts[key] for key in ("comment_count", "view_count", "share_count")},
    }


def reactions(told: bool, kind: str, id: str, likes: int) -> dict[str, int | None]:
    """How many of the likes are of which further kind. The shares are the thing's own, so that no count ever falls."""
    if not told:
        return dict.fromkeys(_REACTIONS)
    source = stream(0, kind, id)
    return {key: int(likes * share * factor(source, 0.5)) for key, share in _REACTIONS.items()}


def comment_id(world: World, post: PublicPost, comment: Comment) -> str:
    """The platform's, which is also what the content's owner sees."""
    return comments.external_id(world, ids.uuid(world.seed, "insightiq content", post.thread.post), comment.number)
