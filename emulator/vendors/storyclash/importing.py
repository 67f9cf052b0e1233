"""The creator import: what comes of it, and who is told (facts/storyclash.md, sections 4.3 and 4.4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import orjson

from emulator.contract.document import load
from emulator.jobs.engine import submit
from emulator.jobs.family import Family, Job
from emulator.refusal import Refusal
from emulator.vendors.storyclash import members
from emulator.webhooks import schedules
from emulator.webhooks.outbox import Notification, put
from emulator.world import instant
from emulator.world.casts import cast_of
from emulator.world.life import later_posts
from emulator.world.population import Cast, Creator, Post, Profile
from emulator.world.vendor import Webhooks
from emulator.world.world import World

_VENDOR: Final = "storyclash"
_CONTRACT: Final = load(_VENDOR)
_CODES: Final[dict[str, int]] = _CONTRACT["components"]["schemas"]["ImportStatus"]["x-codes"]
_NEW, _KNOWN, _REVIEW = "CREATED_NEW", "FOUND_EXISTING", "NEEDS_REVIEW"
_ANY: Final = "IMPORTED"  # new or not, as it is; nobody is told this word

_HANDLE: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")  # in which each platform's are contained
_LEAST_FOLLOWERS: Final = 50
_RECENT: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Feed:
    """A profile, and whose it is."""

    creator: Creator
    profile: Profile


def _compute(world: World, job: Job, outcome: str) -> tuple[str, Any]:
    """The status, and the feed that was found. What was commanded holds for a creator who can be imported."""
    cast = cast_of(world)
    if cast is None:
        return "ERROR", None
    found = _found(cast, job.request["platform"], job.request["name"].removeprefix("@"))
    if isinstance(found, str):
        return found, None
    feed = {"feed": found.profile.id, "creator": found.creator.id}
    refused = _refused(world, cast, found)
    if refused is not None:
        return refused, feed
    natural = _KNOWN if members.is_known(world, cast, found.creator.id, found.profile.id) else _NEW
    return (natural if outcome == _ANY else outcome), feed


def _found(cast: Cast, platform: str, handle: str) -> Feed | str:
    """Or the status of the import, if there is none."""
    if not _HANDLE.fullmatch(handle):
        return "INVALID_HANDLE"
    for creator in cast.creators:
        for profile in creator.profiles:
            if profile.platform == platform and profile.handle.lower() == handle.lower():
                return Feed(creator, profile)
    return "NOT_FOUND"


def _refused(world: World, cast: Cast, feed: Feed) -> str | None:
    now = instant.to_datetime(world.now)
    if feed.profile.private:
        return "PRIVATE"
    if feed.profile.followers_at(now) < _LEAST_FOLLOWERS:
        return "TOO_SMALL_FANBASE"
    published = [post.published_at for post in _posts(world, cast, feed)]
    if not published:
        return "NO_CONTENT"
    return "NO_RECENT_CONTENT" if max(published) < now - _RECENT else None


def _posts(world: World, cast: Cast, feed: Feed) -> Iterator[Post]:
    for posts in (cast.posts_of(feed.creator), later_posts(cast, feed.creator, world.now)):
        yield from (post for post in posts if post.profile.id == feed.profile.id)


def _ended(world: World, job: Job) -> None:
    """Whoever was found takes part from now on; the webhook is told, and told again after a review."""
    cast, request = cast_of(world), job.request
    if cast is not None and job.status in (_NEW, _KNOWN):
        members.admit(world, cast, job.result["creator"], job.result["feed"], request["campaign"], request["fields"])
    if request["webhook"] is not None:
        put(world, _told(world, job))
    if job.status == _REVIEW:
        submit(world, REVIEW, request, id=f"{job.id}-review")


def _told(world: World, job: Job) -> Notification:
    request = job.request
    body = {
        "packageId": request["package"],
        "entryId": request["entry"],
        "status": _CODES[job.status],
        "statusName": job.status,
        "feedId": (job.result or {"feed": 0})["feed"],
        "requestData": [orjson.Fragment(request["asked"])],
    }
    event_id = world.new_uuid("storyclash event")
    headers = {"content-type": "application/json"}
    endpoint, event = f"import {request['package']}", "CREATOR_IMPORT"  # both are our words: the vendor names neither
    return Notification(_VENDOR, endpoint, request["webhook"], event, event_id, headers, orjson.dumps(body))


def _worded(_: Refusal, job: Job) -> dict[str, Any]:
    """All that the vendor tells is the status, which an import that does not succeed gets when it ends."""
    return {"message": f"{job.request['platform']} {job.request['name']} is not imported"}


IMPORT: Final = Family(
    vendor=_VENDOR,
    name="creator_import",
    seconds=(30, 600),
    compute=_compute,
    ended=_ended,
    worded=_worded,
    succeeded=_ANY,
    failed="ERROR",
    outcomes=tuple(_CODES),
    computed=(_ANY, _NEW, _KNOWN),
)
REVIEW: Final = replace(
    IMPORT,
    name="creator_import_review",
    seconds=(3_600, 86_400),
    outcomes=tuple(each for each in _CODES if each != _REVIEW),
)
FAMILIES: Final = (IMPORT, REVIEW)

WEBHOOKS: Final = Webhooks(
    schedule=schedules.promised(_CONTRACT["x-delivery"]),
    active=lambda _, __: True,  # a call's webhook cannot be taken back
    exhausted=lambda _, __: None,
    verified=lambda _, __, ___: None,  # nothing is signed (assumed)
)
