"""Contents of companies on LinkedIn (insightiq-v1.txt, "Public Content" 13 and 14).

A page's address and a content's can be asked for at once: if one of them leads nowhere, the job has succeeded in part
(assumed).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.refusal import Refusal
from emulator.vendors.insightiq import public_posts
from emulator.vendors.insightiq.dialect import not_found
from emulator.vendors.insightiq.items import within
from emulator.vendors.insightiq.jobs import fetched
from emulator.vendors.insightiq.jobs.shared import family, find_job
from emulator.vendors.insightiq.public_posts import Platform, PublicPost
from emulator.world.world import World

_PARTIAL: Final = "PARTIAL_SUCCESS"
_PAGE: Final = "https://www.linkedin.com/company/{}/"


def create_company_contents_fetch(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id` for any other platform than LinkedIn (assumed)."""
    platform = public_posts.platform(world, body["work_platform_id"], public_posts.PROFESSIONAL)
    job = submit(world, FAMILY, body)
    return {
        "id": job.id,
        "profile_url": body.get("profile_url"),
        "content_url": body.get("content_url"),
        "work_platform": orjson.Fragment(platform.attribute),
        "status": job.status,
    }


def get_company_contents_fetch(world: World, id: str, limit: int, offset: int) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    return fetched.state(find_job(world, id, FAMILY), limit, offset)


def _compute(world: World, job: Job, outcome: str) -> tuple[str, list[dict[str, Any]]]:
    """What is found at the addresses, newest first. Told to succeed in part, the job has the newer half of it.

    Raises what looking up an address raises, if there is nothing at any of them.
    """
    platform = public_posts.platform(world, job.request["work_platform_id"], public_posts.PROFESSIONAL)
    found, missed = _looked_up(world, platform, job.request)
    posts = {post.thread.post: post for post in found}
    newest = sorted(posts.values(), key=lambda post: (-post.thread.published, post.thread.post))
    shown = newest[: -(-len(newest) // 2)] if outcome == _PARTIAL else newest
    contents = [_content(world, platform, post) for post in shown]
    return (_PARTIAL if missed else outcome), contents


def _looked_up(world: World, platform: Platform, request: Mapping[str, Any]) -> tuple[list[PublicPost], list[Refusal]]:
    """What there is at the addresses, and why there is nothing at others."""
    found: list[PublicPost] = []
    missed: list[Refusal] = []
    searches = {"profile_url": _of_page, "content_url": _single}
    asked = [search for key, search in searches.items() if key in request]
    for search in asked:
        try:
            found += search(world, platform, request)
        except Refusal as refusal:
            missed.append(refusal)
    if len(missed) == len(asked):
        raise missed[0]
    return found, missed


def _of_page(world: World, platform: Platform, request: Mapping[str, Any]) -> Iterator[PublicPost]:
    """Those of the days asked for."""
    first, end = within(request.get("from_date"), request.get("to_date"))
    company = public_posts.company(world, platform, request["profile_url"])
    posts = public_posts.page(world, company, "ALL", 0, fetched.ALL)
    return (post for post in posts if first <= post.thread.published < end)


def _single(world: World, platform: Platform, request: Mapping[str, Any]) -> Iterator[PublicPost]:
    post = public_posts.post(world, platform, request["content_url"])
    if not post.owner.organisation:
        raise not_found("content")
    return iter([post])


def _content(world: World, platform: Platform, post: PublicPost) -> dict[str, Any]:
    """ProfessionalCompanyContentItem, in the documented order."""
    head = fetched.of(post.head)
    return {
        "work_platform": orjson.loads(platform.attribute),
        "profile": _profile(post),
        **{key: head[key] for key in ("audio_track_info", "platform_content_id", "title", "format", "type", "url")},
        "media_urls": [head["media_url"]] if head["media_url"] else [],
        "duration": None,  # nobody in the population posts films there
        **{key: head[key] for key in ("description", "thumbnail_url", "published_at")},
        "is_reposted": False,
        "engagement": fetched.engagement(world, platform, post),
        "collaborators": [],  # nor together with others
        "sponsors": [_named(each) for each in head["sponsors"]],
        "mentions": [_named(each) for each in head["mentions"]],
        "links": next((_link(each) for each in head["links"]), None),
        "hashtags": head["hashtags"],
    }


def _profile(post: PublicPost) -> dict[str, Any]:
    profile = orjson.loads(post.profile)
    return {
        "organization_name": post.owner.name,
        "platform_username": profile["platform_username"],
        "url": _PAGE.format(profile["platform_username"]),
        "external_id": post.owner.external_id,
        "image_url": profile["image_url"],
        "is_verified": profile["is_verified"],
    }


def _named(profile: Mapping[str, Any]) -> dict[str, Any]:
    """A profile that a content names, under this operation's own keys."""
    return {
        "username": profile["platform_username"],
        "full_name": profile["first_name"],
        "profile_pic_url": profile["image_url"],
        "is_verified": profile["is_verified"],
    }


def _link(link: Mapping[str, Any]) -> dict[str, Any]:
    return {"link_title": link["title"], "url": link["url"], "display_url": link["display_url"]}


FAMILY: Final = family(
    "company_contents_fetch",
    _compute,
    event="CONTENTS_FETCH",
    seconds=fetched.ON_LINKEDIN,
    failed="FAILED",
    outcomes=("SUCCESS", _PARTIAL, "FAILED", "TIMED_OUT", "THROTTLED"),
    computed=("SUCCESS", _PARTIAL),
)
