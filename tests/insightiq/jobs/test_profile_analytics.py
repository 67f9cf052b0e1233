"""Analyses of public profiles as jobs: what is asked and answered when, and what is refused."""

from typing import Final

import pytest
from hypothesis import given, settings

from tests.insightiq.discovery.support import INSTAGRAM, handles
from tests.insightiq.jobs.analyses import DIRECT, DIRECT_ONLY, JOBS, PLATFORMS, PROFILE, anybody, asked, direct, found
from tests.insightiq.jobs.support import (
    create,
    fetch,
    finished,
    job,
    jobs,
    just_before,
    seconds_taken,
    submit,
    subscribe,
    told,
    wait_for,
)
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld

LINKEDIN_URL: Final = "https://www.linkedin.com/in/somebody/"


def test_an_accepted_job_repeats_the_question(world: TestWorld) -> None:
    answer = create(world, JOBS, asked(INSTAGRAM, "@Somebody"))
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "status", "identifier", "work_platform"]
    assert (accepted["status"], accepted["identifier"]) == ("IN_PROGRESS", "@Somebody")
    assert accepted["work_platform"]["name"] == "Instagram"


def test_a_job_has_no_report_before_its_end_and_has_it_from_then_on(world: TestWorld) -> None:
    number = submit(world, JOBS, asked(INSTAGRAM, handles(world)[0]))
    due = job(world, number)["due"]
    world.advance(to=just_before(due))
    before = fetch(world, JOBS, number)
    assert list(before) == ["id", "status", "report_generated_at", "updated_at", "work_platform", "profile"]
    assert (before["status"], before["report_generated_at"], before["updated_at"], before["profile"]) == (
        "IN_PROGRESS", None, None, None,
    )  # fmt: skip
    world.advance(to=due)
    after = fetch(world, JOBS, number)
    assert after["status"] == "SUCCESS"
    assert f"{after['report_generated_at']}Z" == f"{after['updated_at']}Z" == due
    world.advance(by="P40D")
    assert fetch(world, JOBS, number) == after
    assert 60 <= seconds_taken(job(world, number)) <= 300


def test_a_report_has_the_documented_keys_in_their_order(world: TestWorld) -> None:
    for platform in PLATFORMS:
        handle = handles(world, platform)[0]
        answer = direct(world, platform, handle)
        priced = ["pricing", "pricing_explanations"] if platform == INSTAGRAM else []
        assert list(answer) == ["id", "work_platform", "profile", *priced]
        assert list(answer["profile"]) == PROFILE
        reported = finished(world, JOBS, asked(platform, handle))
        assert list(reported)[5:] == ["profile", *priced]
        assert list(reported["profile"]) == [key for key in PROFILE if key not in DIRECT_ONLY]


@settings(max_examples=30)
@given(anyone=anybody)
def test_the_job_and_the_direct_call_tell_the_same(world: TestWorld, anyone: tuple[str, int]) -> None:
    platform, profile = found(world, anyone)
    reported = finished(world, JOBS, asked(platform, profile["url"]))
    at_once = direct(world, platform, profile["platform_username"])
    told_by_both = {key: value for key, value in at_once["profile"].items() if key not in DIRECT_ONLY}
    assert reported["profile"] == told_by_both
    assert reported.get("pricing") == at_once.get("pricing")
    assert reported.get("pricing_explanations") == at_once.get("pricing_explanations")
    assert reported["work_platform"] == at_once["work_platform"] == profile["work_platform"]


def test_an_unknown_profile_makes_the_job_fail(world: TestWorld) -> None:
    subscribe(world, "PROFILE_ANALYTICS.SUCCESS", "PROFILE_ANALYTICS.FAILURE")
    answer = create(world, JOBS, asked(INSTAGRAM, "nobody_at_all"))
    number = answer.json()["id"]
    wait_for(world, number)
    failed = fetch(world, JOBS, number)
    assert list(failed)[-2:] == ["profile", "error"]
    assert (failed["status"], failed["profile"], failed["report_generated_at"]) == ("FAILURE", None, None)
    assert failed["error"]["code"] == "incorrect_identifier"
    assert failed["error"]["request_id"] == answer.headers["request-id"]
    known = submit(world, JOBS, asked(INSTAGRAM, handles(world)[0]))
    wait_for(world, known)
    assert told(world) == [("PROFILE_ANALYTICS.FAILURE", number), ("PROFILE_ANALYTICS.SUCCESS", known)]


def test_the_direct_call_waits_for_a_job_on_the_same_profile(world: TestWorld) -> None:
    first, second = handles(world)[:2]
    number = submit(world, JOBS, asked(INSTAGRAM, first))
    for way in (first, f"@{first.upper()}", f"https://www.instagram.com/{first}/"):
        assert_refused(create(world, DIRECT, asked(INSTAGRAM, way)), 400, "retry_later")
    direct(world, INSTAGRAM, second)
    wait_for(world, number)
    direct(world, INSTAGRAM, first)


def test_the_direct_call_knows_neither_strangers_nor_changes(world: TestWorld) -> None:
    assert_refused(create(world, DIRECT, asked(INSTAGRAM, "nobody_at_all")), 404, "incorrect_identifier")
    handle = handles(world)[0]
    assert direct(world, INSTAGRAM, handle) == direct(world, INSTAGRAM, handle)
    assert jobs(world) == []


@pytest.mark.parametrize("path", [JOBS, DIRECT])
def test_what_cannot_be_analysed_is_refused_and_nothing_is_queued(world: TestWorld, path: str) -> None:
    platforms = world.insightiq("GET", "/v1/work-platforms", params={"limit": 100}).json()["data"]
    linkedin = next(platform["id"] for platform in platforms if platform["name"] == "LinkedIn")
    handle = handles(world)[0]
    for platform, identifier in ((NOBODY, handle), ("", handle), (linkedin, handle), (INSTAGRAM, LINKEDIN_URL)):
        assert_refused(create(world, path, asked(platform, identifier)), 404, "incorrect_work_platform_id")
    assert_refused(create(world, path, {"identifier": handle}), 400, "MISSING_FIELDS", "work_platform_id")
    assert_refused(create(world, path, asked(INSTAGRAM, handle) | {"is_premium": "yes"}), 400, "INVALID_FIELDS")
    assert jobs(world) == []


def test_a_job_is_known_in_its_own_world_alone(world: TestWorld, another: Another) -> None:
    number = submit(world, JOBS, asked(INSTAGRAM, handles(world)[0]))
    assert_refused(another().insightiq("GET", f"{JOBS}/{number}"), 404, "incorrect_job_id")
    assert_refused(world.insightiq("GET", f"{JOBS}/{NOBODY}"), 404, "incorrect_job_id")
    assert_refused(world.insightiq("GET", f"{JOBS}/one"), 400, "INVALID_FIELDS")
    export = "/v1/social/creators/profiles/search-export"
    assert_refused(world.insightiq("GET", f"{export}/{number}"), 404, "incorrect_job_id")
