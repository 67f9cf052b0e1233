"""Estimated metrics: what a content of a creator usually comes to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insightiq.discovery.support import INSTAGRAM, TIKTOK, search
from tests.insightiq.jobs.support import ESTIMATES, at_once, create, fetch, jobs, submit
from tests.insightiq.support import NOBODY, assert_refused
from tests.support import TestWorld

KEYS = ["id", "profile_url", "content_type", "format", "status", "work_platform"]
KEYS += ["estimated_reach", "estimated_impressions"]
FETCH = "/v1/social/creators/contents/fetch"
SHOWINGS_PER_VIEW = 1.25
KINDS = [("REELS", None), ("STORY", None), ("STORY", "VIDEO"), ("FEED", None), ("FEED", "IMAGE"), ("FEED", "VIDEO")]


def question(url: str, kind: str = "REELS", form: str | None = None, platform: str = INSTAGRAM) -> dict[str, Any]:
    asked = {"profile_url": url, "content_type": kind, "work_platform_id": platform}
    return asked if form is None else {**asked, "format": form}


def impressions(world: TestWorld, url: str, kind: str, form: str | None = None) -> int:
    estimate: int = at_once(world, ESTIMATES, question(url, kind, form))["estimated_impressions"]["absolute"]
    return estimate


def test_an_accepted_job_repeats_the_question(world: TestWorld) -> None:
    url = search(world)[0]["url"]
    answer = create(world, ESTIMATES, question(url))
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "profile_url", "content_type", "format", "work_platform", "status"]
    assert [accepted[key] for key in ("profile_url", "content_type", "format")] == [url, "REELS", None]
    assert accepted["work_platform"]["name"] == "Instagram"
    assert accepted["status"] == "IN_PROGRESS"


def test_before_the_end_nothing_is_estimated(world: TestWorld) -> None:
    job_id = submit(world, ESTIMATES, question(search(world)[0]["url"], "FEED", "VIDEO"))
    result = fetch(world, ESTIMATES, job_id)
    assert list(result) == KEYS
    assert (result["status"], result["format"]) == ("IN_PROGRESS", "VIDEO")
    assert result["estimated_reach"] == result["estimated_impressions"] == {}


@given(data=st.data())
def test_estimates_lie_in_their_range_and_fewer_see_a_content_than_it_is_seen(
    world: TestWorld, data: st.DataObject
) -> None:
    profile = data.draw(st.sampled_from(search(world)))
    result = at_once(world, ESTIMATES, question(profile["url"], *data.draw(st.sampled_from(KINDS))))
    assert result["status"] == "SUCCESS"
    for key in ("estimated_reach", "estimated_impressions"):
        assert result[key]["min"] <= result[key]["absolute"] <= result[key]["max"]
    for key in ("min", "max", "absolute"):
        assert 0 <= result["estimated_reach"][key] <= result["estimated_impressions"][key]


def test_estimates_follow_from_the_numbers_of_the_creator(world: TestWorld) -> None:
    """Films from the views that they usually have, pictures from the likes, stories from the followers."""
    told = (("FEED", "VIDEO", "average_views"), ("FEED", "IMAGE", "average_likes"), ("STORY", None, "follower_count"))
    for kind, form, number in told:
        ratios = [
            impressions(world, profile["url"], kind, form) / profile[number]
            for profile in search(world)
            if profile[number] > 1_000
        ]
        assert len(ratios) > 5
        assert max(ratios) < 1.02 * min(ratios)


def test_kinds_of_content_do_not_do_alike(world: TestWorld) -> None:
    url = search(world)[0]["url"]
    reel, film = impressions(world, url, "REELS"), impressions(world, url, "FEED", "VIDEO")
    picture, story = impressions(world, url, "FEED", "IMAGE"), impressions(world, url, "STORY")
    assert len({reel, film, picture, story}) == 4
    assert reel > film
    assert impressions(world, url, "REELS", "IMAGE") == reel, "a reel is a film, whatever is said"
    assert impressions(world, url, "FEED") == picture


def test_what_reels_really_came_to_lies_in_the_range_about_every_second_time(world: TestWorld) -> None:
    """Some were paid for, and some are of a time with fewer followers, so that it is not exactly half of them."""
    within = []
    for profile in search(world):
        estimate = at_once(world, ESTIMATES, question(profile["url"]))["estimated_impressions"]
        asked = {"work_platform_id": INSTAGRAM, "profile_url": profile["url"], "content_type": "REELS", "limit": 100}
        for reel in world.insightiq("POST", FETCH, json=asked).json()["data"]:
            seen = reel["engagement"]["view_count"] * SHOWINGS_PER_VIEW
            within.append(estimate["min"] <= seen <= estimate["max"])
    assert len(within) > 50
    assert 0.35 < sum(within) / len(within) < 0.65


def test_an_address_without_profile_fails_the_job(world: TestWorld) -> None:
    for url in ("https://www.instagram.com/nobody.here/", "https://example.com/ada", "https://www.instagram.com/p/x/"):
        answer = create(world, ESTIMATES, question(url))
        world.advance(by="PT2M")
        result = fetch(world, ESTIMATES, answer.json()["id"])
        assert list(result) == [*KEYS, "error"]
        assert result["status"] == "FAILURE"
        assert result["estimated_reach"] == result["estimated_impressions"] == {}
        assert result["error"]["code"] == "incorrect_identifier"
        assert result["error"]["request_id"] == answer.headers["request-id"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (question("https://www.instagram.com/ada/", platform=NOBODY), 404, "incorrect_work_platform_id"),
        (question("https://www.tiktok.com/@ada", platform=TIKTOK), 404, "incorrect_work_platform_id"),
        (question("https://www.linkedin.com/in/ada/"), 404, "incorrect_work_platform_id"),
        (question("no address"), 400, "INVALID_FIELDS"),
        (question("https://www.instagram.com/ada/", "IGTV"), 400, "INVALID_FIELDS"),
        (question("https://www.instagram.com/ada/", "FEED", "TEXT"), 400, "INVALID_FIELDS"),
        ({"profile_url": "https://www.instagram.com/ada/"}, 400, "MISSING_FIELDS"),
    ],
)
def test_what_cannot_be_estimated_is_refused_and_nothing_is_queued(
    world: TestWorld, body: dict[str, Any], status: int, code: str
) -> None:
    assert_refused(create(world, ESTIMATES, body), status, code)
    assert jobs(world) == []
