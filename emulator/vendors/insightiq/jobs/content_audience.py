"""Who reacted to contents (insightiq-v1.txt, "Public Content" 9 and 10); Snapchat's Spotlights alone are served."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.refusal import Refusal
from emulator.vendors.insightiq import public_posts
from emulator.vendors.insightiq.dialect import InsightIQError, not_found
from emulator.vendors.insightiq.jobs import fetched
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job
from emulator.vendors.insightiq.public_posts import Platform, PublicPost
from emulator.world import instant
from emulator.world.population.randomness import factor, percentages, stream
from emulator.world.world import World

_SERVED: Final = ("Snapchat",)  # documented
_REACHED: Final = 0.975  # people per view, as posts are received (population/reception.py)
_SPREAD: Final = 0.12  # how far those who react to a content differ from all who follow its profile
_PARTS: Final = ("report", "creators", "posts", "audience")


def create_content_audience(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id` for any other platform than Snapchat (assumed). Nothing is counted yet."""
    public_posts.platform(world, body["work_platform_id"], _SERVED)
    job = submit(world, FAMILY, body)
    created = instant.naive(job.created_at)
    return {"id": job.id, "created_at": created, "post_count": None, "total_like_count": None}


def get_content_audience(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_job_id`. Before the end, and after a failure, all parts are empty (assumed)."""
    job = find_job(world, id, FAMILY)
    data = job.result or {part: {} for part in _PARTS}
    return {"id": job.id, "status": job.status, "data": data, **failure(job)}


def _compute(world: World, job: Job, _: str) -> dict[str, Any]:
    """404 `incorrect_identifier`, or `incorrect_content_id` if no content is found; 400 for those of others."""
    platform = public_posts.platform(world, job.request["work_platform_id"], _SERVED)
    profile = _profile(world, platform, job.request["identifier"])
    addresses = list(dict.fromkeys(job.request["content_urls"]))
    found = {url: post for url in addresses if (post := _post(world, platform, url))}
    if not found:
        raise not_found("content")
    if any(post.owner.id != profile for post in found.values()):
        raise _others()
    posts = list({post.thread.post: post for post in found.values()}.values())
    shown = [_shown(world, post) for post in posts]
    return {
        "report": {
            "created_at": instant.naive(world.now),
            "content_urls": addresses,
            "failed_content_urls": [url for url in addresses if url not in found],
            "creator_count": 1,
            "post_count": len(posts),
            "total_like_count": sum(post["like_count"] for post in shown),
            "total_reach_count": int(sum(post["view_count"] or 0 for post in shown) * _REACHED),
        },
        "creators": [_creator(posts)],
        "posts": shown,
        "audience": _audience(public_posts.audience(world, profile), posts),
    }


def _profile(world: World, platform: Platform, identifier: str) -> str:
    """The id of a profile, by its address or its name."""
    named = identifier.strip()
    address = named if "/" in named else f"https://www.snapchat.com/add/{named.removeprefix('@')}"
    try:
        return public_posts.profile(world, platform, address)
    except Refusal:
        message = "Requested identifier does not exist"
        raise InsightIQError(404, "RECORD_NOT_FOUND", "incorrect_identifier", message) from None


def _post(world: World, platform: Platform, url: str) -> PublicPost | None:
    try:
        return public_posts.post(world, platform, url)
    except Refusal:
        return None


def _others() -> InsightIQError:
    message = "Request has invalid fields: content_urls: all contents have to be of the profile of the identifier."
    return InsightIQError(400, "INVALID_REQUEST_PARAMETERS", "INVALID_FIELDS", message)


def _creator(posts: Sequence[PublicPost]) -> dict[str, Any]:
    profile, name = orjson.loads(posts[0].profile), posts[0].owner.name
    return {
        "full_name": name,
        "platform_profile_name": name,
        **{key: profile[key] for key in ("url", "image_url", "follower_count")},
        "analysed_post_count": len(posts),
        "is_verified": profile["is_verified"],
    }


def _shown(world: World, post: PublicPost) -> dict[str, Any]:
    head, counts = fetched.of(post.head), post.counts(world.now)
    return {
        "platform_profile_name": post.owner.name,
        **{key: head[key] for key in ("url", "thumbnail_url", "format", "published_at", "title")},
        **{key: counts[key] for key in ("like_count", "view_count", "share_count")},
        "hashtags": [f"#{name}" for name in head["hashtags"]],
    }


def _audience(followers: Mapping[str, Any], posts: Sequence[PublicPost]) -> dict[str, Any]:
    """The followers' shares, a little different for each choice of contents, whatever their order."""
    source = stream(0, "content audience", *sorted(post.thread.post for post in posts))

    def near(shares: Sequence[tuple[Any, float]]) -> list[tuple[Any, float]]:
        return list(percentages((of, share * factor(source, _SPREAD)) for of, share in shares))

    ages = near([((gender, ages), share) for (gender, ages), share in followers["genders_and_ages"]])
    countries = near(followers["countries"])
    return {
        "gender_age_distribution": [
            {"gender": gender, "age_range": ages.replace("+", "-"), "value": share} for (gender, ages), share in ages
        ],
        "countries": [{"code": code, "value": share} for code, share in countries],
    }


FAMILY: Final = family("content_audience", _compute, event="CONTENT_AUDIENCE_FETCH")
