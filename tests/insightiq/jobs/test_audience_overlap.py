"""Audience overlaps: followers as sets of people, and what they have in common."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.discovery.support import ADSENSE, INSTAGRAM, LIVE, TWITCH, YOUTUBE, handles, search
from tests.insightiq.jobs.support import OVERLAPS, at_once, create, fetch, jobs, submit
from tests.insightiq.support import NOBODY, assert_refused
from tests.support import TestWorld

KEYS = ["id", "status", "total_follower_count", "unique_follower_count", "total_subscriber_count"]
KEYS += ["unique_subscriber_count", "profiles"]


def overlap(world: TestWorld, *names: str, platform: str = INSTAGRAM) -> dict[str, Any]:
    return at_once(world, OVERLAPS, {"work_platform_id": platform, "identifiers": list(names)})


def shares(result: dict[str, Any]) -> dict[str, float]:
    return {profile["platform_username"]: profile["overlap_follower_percentage"] for profile in result["profiles"]}


def test_an_accepted_job_repeats_the_identifiers(world: TestWorld) -> None:
    names = handles(world)[:2]
    answer = create(world, OVERLAPS, {"work_platform_id": INSTAGRAM, "identifiers": names})
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "identifiers", "status", "work_platform"]
    assert (accepted["identifiers"], accepted["status"]) == (names, "IN_PROGRESS")
    assert accepted["work_platform"]["id"] == INSTAGRAM
    assert list(accepted["work_platform"]) == ["id", "name", "logo_url"]


def test_before_the_end_nothing_is_known(world: TestWorld) -> None:
    job_id = submit(world, OVERLAPS, {"work_platform_id": INSTAGRAM, "identifiers": handles(world)[:2]})
    result = fetch(world, OVERLAPS, job_id)
    assert list(result) == KEYS
    assert (result["status"], result["profiles"]) == ("IN_PROGRESS", [])
    assert [result[key] for key in KEYS[2:6]] == [None] * 4


@given(data=st.data())
def test_overlaps_are_those_of_sets(world: TestWorld, data: st.DataObject) -> None:
    """All followers together are as many as each of them counts for; nobody shares more than he has."""
    everybody = handles(world)
    names = data.draw(st.lists(st.sampled_from(everybody), min_size=1, max_size=6, unique=True))
    result = overlap(world, *names)
    assert [profile["platform_username"] for profile in result["profiles"]] == names
    sizes = [profile["follower_count"] for profile in result["profiles"]]
    total, unique = result["total_follower_count"], result["unique_follower_count"]
    assert total == sum(sizes)
    assert total >= unique >= max(sizes)
    for profile in result["profiles"]:
        alone, shared = profile["unique_follower_percentage"], profile["overlap_follower_percentage"]
        assert alone + shared == pytest.approx(100, abs=1e-9)
        assert 0 <= shared <= 100
    alone_in_all = sum(profile["unique_follower_percentage"] * profile["follower_count"] / 100 for profile in
                       result["profiles"])  # fmt: skip
    rounding = sum(sizes) * 0.00005 + len(sizes)
    assert alone_in_all <= unique + rounding
    assert unique <= alone_in_all + (total - alone_in_all) / 2 + rounding, "who is shared follows at least two"


@given(data=st.data())
def test_two_share_the_same_people_whoever_is_named_first(world: TestWorld, data: st.DataObject) -> None:
    one, other = data.draw(st.lists(st.sampled_from(handles(world)), min_size=2, max_size=2, unique=True))
    result, reverse = overlap(world, one, other), overlap(world, other, one)
    assert result["profiles"] == reverse["profiles"][::-1]
    assert result["unique_follower_count"] == reverse["unique_follower_count"]
    common = result["total_follower_count"] - result["unique_follower_count"]
    for profile in result["profiles"]:
        assert profile["overlap_follower_percentage"] == pytest.approx(
            100 * common / profile["follower_count"], abs=0.011
        )


@settings(max_examples=20)
@given(data=st.data())
def test_a_further_creator_takes_nothing_away_from_what_is_shared(world: TestWorld, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(handles(world)), min_size=3, max_size=5, unique=True))
    fewer, all_of_them = overlap(world, *names[:-1]), overlap(world, *names)
    assert fewer["unique_follower_count"] <= all_of_them["unique_follower_count"]
    for name, share in shares(fewer).items():
        assert share <= shares(all_of_them)[name]


def test_creators_of_one_country_share_more_than_others(world: TestWorld) -> None:
    """On average, among the larger ones."""
    large = search(world)[:12]
    near: list[float] = []
    far: list[float] = []
    for nth, one in enumerate(large):
        for other in large[nth + 1 :]:
            found = overlap(world, one["platform_username"], other["platform_username"])
            same = one["location"]["country"] == other["location"]["country"]
            (near if same else far).append(max(shares(found).values()))
    assert near
    assert far
    assert sum(near) / len(near) > 2 * sum(far) / len(far) > 0


def test_followers_are_those_of_the_moment_at_which_the_job_ends(world: TestWorld) -> None:
    names = handles(world)[:2]
    world.advance(by="P90D")
    result = overlap(world, *names)
    for profile, name in zip(result["profiles"], names, strict=True):
        live = world.insightiq("GET", LIVE, params={"identifier": name, "work_platform_id": INSTAGRAM}).json()
        assert profile["follower_count"] == live["follower_count"]


def test_a_creator_counts_once_however_it_is_named(world: TestWorld) -> None:
    profile, other = search(world)[:2]
    name = profile["platform_username"]
    plain = overlap(world, name, other["platform_username"])
    again = overlap(world, f"@{name}", profile["url"], name.upper(), other["platform_username"], name)
    assert {**plain, "id": None} == {**again, "id": None}


def test_a_single_creator_shares_nothing(world: TestWorld) -> None:
    result = overlap(world, handles(world)[0])
    assert list(shares(result).values()) == [0]
    assert result["total_follower_count"] == result["unique_follower_count"]


@pytest.mark.parametrize("platform", [YOUTUBE, TWITCH])
def test_a_platform_has_followers_or_subscribers(world: TestWorld, platform: str) -> None:
    result = overlap(world, *handles(world, platform)[:3], platform=platform)
    has, lacks = ("subscriber", "follower") if platform == YOUTUBE else ("follower", "subscriber")
    assert result["status"] == "SUCCESS"
    assert result[f"total_{has}_count"] >= result[f"unique_{has}_count"] > 0
    assert result[f"total_{lacks}_count"] is result[f"unique_{lacks}_count"] is None
    for profile in result["profiles"]:
        assert profile[f"unique_{lacks}_percentage"] is profile[f"overlap_{lacks}_percentage"] is None
        assert profile[f"unique_{has}_percentage"] + profile[f"overlap_{has}_percentage"] == pytest.approx(100)


def test_an_unknown_creator_fails_the_job(world: TestWorld) -> None:
    answer = create(world, OVERLAPS, {"work_platform_id": INSTAGRAM, "identifiers": [handles(world)[0], "nobody here"]})
    world.advance(by="PT2M")
    result = fetch(world, OVERLAPS, answer.json()["id"])
    assert list(result) == [*KEYS, "error"]
    assert (result["status"], result["profiles"], result["total_follower_count"]) == ("FAILURE", [], None)
    assert result["error"]["code"] == "incorrect_identifier"
    assert result["error"]["request_id"] == answer.headers["request-id"]


def test_what_cannot_be_compared_is_refused_and_nothing_is_queued(world: TestWorld) -> None:
    linkedin = "https://www.linkedin.com/in/somebody/"
    asked: list[tuple[dict[str, Any], int, str]] = [
        ({"work_platform_id": INSTAGRAM, "identifiers": []}, 400, "INVALID_FIELDS"),
        ({"work_platform_id": INSTAGRAM}, 400, "MISSING_FIELDS"),
        ({"work_platform_id": "instagram", "identifiers": ["ada"]}, 400, "INVALID_FIELDS"),
        ({"work_platform_id": NOBODY, "identifiers": ["ada"]}, 404, "incorrect_work_platform_id"),
        ({"work_platform_id": ADSENSE, "identifiers": ["ada"]}, 404, "incorrect_work_platform_id"),
        ({"work_platform_id": INSTAGRAM, "identifiers": ["ada", linkedin]}, 404, "incorrect_work_platform_id"),
    ]
    for body, status, code in asked:
        assert_refused(create(world, OVERLAPS, body), status, code)
    assert jobs(world) == []
