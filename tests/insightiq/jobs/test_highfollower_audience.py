"""Who in the audience of a profile has many followers: a part of the world's profiles, narrowed by what is asked."""

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.discovery.support import INSTAGRAM, LIVE, TIKTOK, TWITCH, YOUTUBE, handles, search
from tests.insightiq.jobs.support import create, fetch, finished, job, jobs, just_before, seconds_taken, submit
from tests.insightiq.support import NOBODY, assert_refused
from tests.support import TestWorld

JOBS: Final = "/v1/social/creators/highfollower-audience"
ANALYTICS: Final = "/v1/social/creators/profiles/analytics"
PLATFORMS: Final = (INSTAGRAM, TIKTOK, YOUTUBE)
KEYS: Final = [
    "work_platform", "platform_username", "url", "image_url", "full_name", "introduction", "is_verified",
    "platform_account_type", "gender", "age_group", "language", "follower_count", "engagement_rate", "location",
    "contact_details",
]  # fmt: skip

anybody = st.tuples(st.sampled_from(PLATFORMS), st.integers(0, 10_000))


def asked(platform: str, identifier: str, **conditions: Any) -> dict[str, Any]:
    return {"work_platform_id": platform, "identifier": identifier, **conditions}


def audience(world: TestWorld, platform: str, identifier: str, **conditions: Any) -> list[dict[str, Any]]:
    """At the same instant each time, as the figures of then are told."""
    world.control("POST", "/reset")
    result = finished(world, JOBS, asked(platform, identifier, **conditions))
    assert result["status"] == "SUCCESS"
    data: list[dict[str, Any]] = result["data"]
    return data


def one_of(world: TestWorld, anyone: tuple[str, int]) -> tuple[str, str]:
    platform, number = anyone
    everybody = handles(world, platform)
    return platform, everybody[number % len(everybody)]


def names(profiles: list[dict[str, Any]]) -> list[str]:
    return [profile["platform_username"] for profile in profiles]


def test_an_accepted_job_repeats_the_question_with_what_it_leaves_out(world: TestWorld) -> None:
    answer = create(world, JOBS, asked(INSTAGRAM, "somebody", follower_count={}))
    assert answer.status_code == 200
    accepted = answer.json()
    assert list(accepted) == [
        "id", "work_platform", "identifier", "dry_run", "audience_type", "follower_count", "has_email", "status",
    ]  # fmt: skip
    assert accepted["follower_count"] == {"min": 1000}
    assert (accepted["dry_run"], accepted["audience_type"], accepted["has_email"]) == (False, "all", False)
    assert accepted["status"] == "IN_PROGRESS"


def test_a_job_is_in_progress_until_its_time_has_come(world: TestWorld) -> None:
    number = submit(world, JOBS, asked(INSTAGRAM, handles(world)[0], limit=7))
    due = job(world, number)["due"]
    world.advance(to=just_before(due))
    before = fetch(world, JOBS, number)
    assert before == {
        "id": number, "status": "IN_PROGRESS", "data": [], "audience_details": None,
        "metadata": {"offset": 0, "limit": 7},
    }  # fmt: skip
    world.advance(to=due)
    after = fetch(world, JOBS, number)
    assert list(after) == list(before)
    assert (after["status"], after["metadata"], len(after["data"])) == ("SUCCESS", before["metadata"], 7)
    world.advance(by="P20D")
    assert fetch(world, JOBS, number) == after
    assert 20 <= seconds_taken(job(world, number)) <= 90


@settings(max_examples=20)
@given(anyone=anybody)
def test_whoever_is_found_is_somebody_else_of_the_world(world: TestWorld, anyone: tuple[str, int]) -> None:
    platform, handle = one_of(world, anyone)
    everybody = {profile["platform_username"]: profile for profile in search(world, platform)}
    found = audience(world, platform, handle)
    assert all(list(each) == KEYS for each in found)
    assert len(set(names(found))) == len(found)
    assert handle not in names(found)
    same = [key for key in KEYS if key not in ("follower_count", "contact_details")]
    for each in found:
        known = everybody[each["platform_username"]]
        assert {key: each[key] for key in same} == {key: known[key] for key in same}
        live = world.insightiq("GET", LIVE, params=asked(platform, each["platform_username"])).json()
        assert each["follower_count"] == (live["follower_count"] or live["subscriber_count"])


@settings(max_examples=20)
@given(anyone=anybody, least=st.integers(0, 200_000), limit=st.integers(0, 100))
def test_conditions_only_narrow(world: TestWorld, anyone: tuple[str, int], least: int, limit: int) -> None:
    platform, handle = one_of(world, anyone)
    everybody = audience(world, platform, handle, follower_count={"min": 0})
    sizes = [each["follower_count"] for each in everybody]
    assert sizes == sorted(sizes, reverse=True)
    large = [each for each in everybody if each["follower_count"] >= least]
    assert audience(world, platform, handle, follower_count={"min": least}) == large
    assert audience(world, platform, handle, follower_count={"min": least}, limit=limit) == large[:limit]
    reachable = [each for each in large if any(way["type"] == "email" for way in each["contact_details"])]
    assert audience(world, platform, handle, follower_count={"min": least}, has_email=True) == reachable
    assert audience(world, platform, handle, follower_count={"min": least}, dry_run=True) == []


def test_whoever_is_in_an_audience_follows_likes_or_comments(world: TestWorld) -> None:
    seen: dict[str, int] = {}
    for handle in handles(world)[:10]:
        parts = {
            part: names(audience(world, INSTAGRAM, handle, audience_type=part))
            for part in ("all", "followers", "likers", "commenters")
        }
        assert set(parts["all"]) == set(parts["followers"]) | set(parts["likers"]) | set(parts["commenters"])
        seen = {part: seen.get(part, 0) + len(parts[part]) for part in parts}
    assert seen["all"] > seen["followers"] > seen["likers"] > seen["commenters"] > 0


def test_the_larger_a_profile_the_more_follow_it(world: TestWorld) -> None:
    ranked = handles(world)
    counts = [len(audience(world, INSTAGRAM, handle, follower_count={"min": 0})) for handle in ranked]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] > 0


def test_the_analysis_of_a_profile_names_the_same_people(world: TestWorld) -> None:
    handle = handles(world, has_audience_info=True)[0]
    report = create(world, ANALYTICS, asked(INSTAGRAM, handle)).json()["profile"]
    followers = names(audience(world, INSTAGRAM, handle, audience_type="followers"))
    likers = names(audience(world, INSTAGRAM, handle, audience_type="likers"))
    assert names(report["audience"]["significant_followers"]) == followers[:10]
    assert names(report["audience_likers"]["significant_likers"]) == likers[:10]


def test_an_unknown_profile_makes_the_job_fail(world: TestWorld) -> None:
    failed = finished(world, JOBS, asked(INSTAGRAM, "nobody_at_all"))
    assert list(failed)[-1] == "error"
    assert (failed["status"], failed["data"]) == ("FAILURE", [])
    assert failed["error"]["code"] == "incorrect_identifier"


@pytest.mark.parametrize("platform", [NOBODY, TWITCH, "instagram", ""])
def test_other_platforms_are_not_served(world: TestWorld, platform: str) -> None:
    assert_refused(create(world, JOBS, asked(platform, "somebody")), 404, "incorrect_work_platform_id")
    assert jobs(world) == []


def test_what_the_contract_does_not_have_is_refused(world: TestWorld) -> None:
    for wrong in ({"limit": 101}, {"limit": -1}, {"audience_type": "friends"}, {"follower_count": {"min": "1"}}):
        assert_refused(create(world, JOBS, asked(INSTAGRAM, "somebody", **wrong)), 400, "INVALID_FIELDS")
    linkedin = asked(INSTAGRAM, "https://www.linkedin.com/in/somebody")
    assert_refused(create(world, JOBS, linkedin), 404, "incorrect_work_platform_id")
    assert jobs(world) == []
    assert_refused(world.insightiq("GET", f"{JOBS}/nothing"), 404, "incorrect_job_id")
