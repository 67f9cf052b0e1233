"""What followers creators share (insightiq-v1.txt, "Creator Discovery" 18 and 19)."""

from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.jobs.engine import submit
from emulator.jobs.family import Job
from emulator.vendors.insightiq import creator_profiles
from emulator.vendors.insightiq.jobs.shared import failure, family, find_job, platform_attribute, social_platform
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world.population import vocabulary
from emulator.world.population.followings import Followers, followers_of, overlap_of, usual_shares
from emulator.world.population.randomness import stream
from emulator.world.store import Row, Statement
from emulator.world.world import World, own

_EMPTY: Final[dict[str, Any]] = {
    "total_follower_count": None,
    "unique_follower_count": None,
    "total_subscriber_count": None,
    "unique_subscriber_count": None,
    "profiles": [],
}
_PROFILE = Statement(
    select(
        profiles.c.id,
        profiles.c.live,
        profiles.c.followers,
        profiles.c.monthly_growth,
        profiles.c.audience,
        profiles.c.main_topic,
        profiles.c.body,
    ).where(own(profiles), profiles.c.id == bindparam("id"))
)


def create_audience_overlap(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """404 `incorrect_work_platform_id`."""
    social_platform(world, body["work_platform_id"], *body["identifiers"])
    job = submit(world, FAMILY, body)
    return {
        "id": job.id,
        "identifiers": body["identifiers"],
        "status": job.status,
        "work_platform": platform_attribute(world, body["work_platform_id"]),
    }


def get_audience_overlap(world: World, id: str) -> dict[str, Any]:
    """404 `incorrect_job_id`."""
    job = find_job(world, id, FAMILY)
    return {"id": job.id, "status": job.status, **(job.result or _EMPTY), **failure(job)}


def _compute(world: World, job: Job, _: str) -> dict[str, Any]:
    """`incorrect_identifier` for an unknown profile; each profile counts once, however often it is named."""
    platform = creator_profiles.platform(world, job.request["work_platform_id"])
    numbers = [creator_profiles.number(world, platform, each) for each in job.request["identifiers"]]
    rows = [row for each in dict.fromkeys(numbers) if (row := world.row(_PROFILE, id=each))]
    shown = [creator_profiles.counted(world, orjson.loads(row[1]), row[2], row[3]) for row in rows]
    overlap = overlap_of([_followers(world, row) for row in rows])
    counts = {"follower": _total(shown, "follower_count"), "subscriber": _total(shown, "subscriber_count")}
    totals = {
        f"{which}_{kind}_count": None if total is None else (total if which == "total" else overlap.union)
        for kind, total in counts.items()
        for which in ("total", "unique")
    }
    alone = zip(shown, overlap.alone, strict=True)
    return {**totals, "profiles": [_profile(profile, count) for profile, count in alone]}


def _followers(world: World, row: Row) -> Followers:
    """Where the audience is not known, it is taken to be that of a usual creator of the country and the topic."""
    number, _, followers, growth, audience, topic, body = row
    if audience is not None:
        known = orjson.loads(audience)
        shares = known["countries"], known["interests"]
    else:
        shares = usual_shares(_country(orjson.loads(body)), vocabulary.topics()[topic].interests)
    count = creator_profiles.followers_now(world, followers, growth)
    return followers_of(stream(world.seed, "followings", number), count, *shares)


def _country(body: dict[str, Any]) -> str:
    name = body["location"]["country"]
    return next(code for code, country in vocabulary.countries().items() if country.name == name)


def _total(shown: list[dict[str, Any]], key: str) -> int | None:
    """None where the platform has no such thing."""
    return None if any(each[key] is None for each in shown) else sum(each[key] for each in shown)


def _profile(shown: dict[str, Any], alone: int) -> dict[str, Any]:
    """Percentages with two decimals; who has no followers shares none."""
    told = {key: shown[key] for key in ("platform_username", "follower_count", "subscriber_count")}
    for kind in ("follower", "subscriber"):
        count = shown[f"{kind}_count"]
        unique = None if count is None else round(100 * alone / count, 2) if count else 100.0
        told[f"unique_{kind}_percentage"] = unique
        told[f"overlap_{kind}_percentage"] = None if unique is None else round(100 - unique, 2)
    return told


FAMILY: Final = family("audience_overlap", _compute, event="AUDIENCE_OVERLAP")
