"""Jobs under control: their timeline, rules that say how they end, and ends on command."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insightiq.jobs import support
from tests.insightiq.jobs.support import (
    EMAILS,
    OVERLAPS,
    fetch,
    job,
    jobs,
    set_rules,
    submit,
    subscribe,
    told,
    wait_for,
)
from tests.support import TestWorld

INSTAGRAM = "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
COMPANIES = "/v1/professional/companies/contents/fetch"
NOBODY = {"emails": ["nobody@example.org"]}
STRANGERS = {"work_platform_id": INSTAGRAM, "identifiers": ["nobody here"]}
KEYS = ["id", "vendor", "family", "status", "request", "request_id", "created_at", "due", "ended_at", "has_result"]
KEYS += ["error", "rule"]
RULE: dict[str, Any] = {"match": {}, "outcome": None, "after": None, "error": None, "skip": 0, "times": None}


def look_up(world: TestWorld, email: str = "nobody@example.org") -> str:
    return submit(world, EMAILS, {"emails": [email]})


def status_after(world: TestWorld, id: str) -> str:
    """Of the job, once its time has come."""
    wait_for(world, id)
    return str(job(world, id)["status"])


def refused(world: TestWorld, method: str, path: str, status: int, *named: str, body: Any = None) -> None:
    answer = world.control(method, path) if body is None else world.control(method, path, json=body)
    assert answer.status_code == status, answer.text
    for text in named:
        assert text in answer.json()["detail"]


def test_a_job_in_progress_is_shown_with_its_timeline(world: TestWorld) -> None:
    answer = world.insightiq("POST", EMAILS, json=NOBODY)
    (shown,) = jobs(world)
    assert list(shown) == KEYS
    assert shown["id"] == answer.json()["id"]
    assert (shown["vendor"], shown["family"], shown["status"]) == ("insightiq", "email_lookup", "IN_PROGRESS")
    assert (shown["request"], shown["request_id"]) == (NOBODY, answer.headers["request-id"])
    assert shown["created_at"] == world.now() < shown["due"]
    assert (shown["ended_at"], shown["has_result"], shown["error"], shown["rule"]) == (None, False, None, None)


def test_a_job_that_has_ended_is_shown_with_what_came_of_it(world: TestWorld) -> None:
    job_id = look_up(world)
    due = job(world, job_id)["due"]
    wait_for(world, job_id)
    shown = job(world, job_id)
    assert list(shown) == [*KEYS, "result"]
    assert (shown["status"], shown["ended_at"], shown["due"], shown["has_result"]) == ("SUCCESS", due, due, True)
    assert shown["result"] == {"matched_emails": [], "non_matched_emails": NOBODY["emails"]}


def test_a_job_that_has_failed_is_shown_with_its_error(world: TestWorld) -> None:
    job_id = submit(world, OVERLAPS, STRANGERS)
    wait_for(world, job_id)
    shown = job(world, job_id)
    assert (shown["status"], shown["has_result"], shown["result"]) == ("FAILURE", False, None)
    assert shown["error"] == fetch(world, OVERLAPS, job_id)["error"]


def test_jobs_are_listed_newest_first_and_narrowed(world: TestWorld) -> None:
    ids = [look_up(world), submit(world, OVERLAPS, STRANGERS), look_up(world)]
    assert [each["id"] for each in jobs(world)] == ids[::-1]
    assert [each["id"] for each in jobs(world, limit=2)] == ids[:0:-1]
    assert [each["id"] for each in jobs(world, family="email_lookup")] == [ids[2], ids[0]]
    assert jobs(world, vendor="archive") == jobs(world, family="no_such") == jobs(world, status="SUCCESS") == []
    world.advance(by="PT2M")
    assert [each["id"] for each in jobs(world, status="SUCCESS", vendor="insightiq")] == [ids[2], ids[0]]
    assert [each["id"] for each in jobs(world, status="FAILURE")] == [ids[1]]


def test_an_unknown_job_or_world_is_told(world: TestWorld) -> None:
    for method, path in (("GET", ""), ("POST", "/complete"), ("POST", "/fail")):
        refused(world, method, f"/jobs/nobody{path}", 404, "nobody")
    for path in ("jobs", "jobs/nobody", "job-rules"):
        assert world.client.get(f"/_emulator/worlds/no-such-world/{path}").status_code == 404


def test_a_rule_holds_for_the_family_that_it_names(world: TestWorld) -> None:
    set_rules(world, {"match": {"vendor": "insightiq", "family": "email_lookup"}, "outcome": "FAILURE"})
    failing, other = look_up(world), submit(world, OVERLAPS, {**STRANGERS, "identifiers": [handle(world)]})
    world.advance(by="PT2M")
    assert [job(world, job_id)["status"] for job_id in (failing, other)] == ["FAILURE", "SUCCESS"]
    assert job(world, failing)["rule"] == {**RULE, "match": {"vendor": "insightiq", "family": "email_lookup"}} | {
        "outcome": "FAILURE"
    }


def handle(world: TestWorld) -> str:
    return next(iter(support.contacts(world, INSTAGRAM)))


def test_a_rule_holds_for_the_requests_that_have_what_it_names(world: TestWorld) -> None:
    set_rules(world, {"match": {"request": {"emails": ["ada@example.com"]}}, "outcome": "FAILURE"})
    asked = [["ada@example.com"], ["bob@example.com", "ada@example.com"], ["bob@example.com"]]
    ids = [submit(world, EMAILS, {"emails": emails}) for emails in asked]
    world.advance(by="PT2M")
    assert [job(world, job_id)["status"] for job_id in ids] == ["FAILURE", "FAILURE", "SUCCESS"]
    other = submit(world, OVERLAPS, {**STRANGERS, "identifiers": [handle(world)]})
    assert status_after(world, other) == "SUCCESS"


def test_a_rule_holds_for_the_one_job_whose_id_it_names(world: TestWorld) -> None:
    one, other = look_up(world), look_up(world)
    set_rules(world, {"match": {"id": one}, "outcome": "FAILURE"})
    world.advance(by="PT2M")
    assert (job(world, one)["status"], job(world, other)["status"]) == ("FAILURE", "SUCCESS")


def test_a_rule_changes_when_a_job_in_progress_ends(world: TestWorld) -> None:
    """Earlier, later, or right now if its time would have come."""
    sooner, later, now = look_up(world), look_up(world), look_up(world)
    begun = world.now()
    world.advance(by=10)
    changes = {sooner: 15, later: 3600.5, now: 5}
    set_rules(world, *({"match": {"id": each}, "after": after} for each, after in changes.items()))
    assert support.seconds_taken(job(world, now)) == 10
    world.advance(by="PT2H")
    assert support.seconds_taken(job(world, sooner)) == 15
    assert support.seconds_taken(job(world, later)) == 3600.5
    assert {each["status"] for each in jobs(world)} == {"SUCCESS"}
    assert {each["created_at"] for each in jobs(world)} == {begun}


@given(skip=st.integers(0, 4), times=st.none() | st.integers(1, 4), count=st.integers(1, 8))
def test_a_rule_leaves_some_alone_and_is_used_up(world: TestWorld, skip: int, times: int | None, count: int) -> None:
    set_rules(world, {"match": {"family": "email_lookup"}, "outcome": "FAILURE", "skip": skip, "times": times})
    ids = [look_up(world) for _ in range(count)]
    world.advance(by="PT2M")
    failing = range(skip, count if times is None else min(count, skip + times))
    expected = ["FAILURE" if nth in failing else "SUCCESS" for nth in range(count)]
    assert [job(world, job_id)["status"] for job_id in ids] == expected
    assert world.control("GET", "/job-rules").json()["data"][0]["matched"] == count


def test_the_first_rule_that_holds_counts(world: TestWorld) -> None:
    """One that is used up, or leaves a job alone, leaves it to the next ones."""
    mail = {"family": "email_lookup"}
    set_rules(world, {"match": mail, "skip": 1, "times": 1, "after": 1}, {"match": mail, "outcome": "FAILURE"})
    ids = [look_up(world) for _ in range(3)]
    world.advance(by="PT2M")
    assert [job(world, job_id)["status"] for job_id in ids] == ["FAILURE", "SUCCESS", "FAILURE"]
    assert support.seconds_taken(job(world, ids[1])) == 1
    assert [rule["matched"] for rule in world.control("GET", "/job-rules").json()["data"]] == [3, 2]


def test_jobs_end_after_the_time_that_a_rule_gives(world: TestWorld) -> None:
    set_rules(world, {"after": 0.5, "times": 1}, {"after": 0})
    job_id = look_up(world)
    due = job(world, job_id)["due"]
    world.advance(to=support.just_before(due))
    assert job(world, job_id)["status"] == "IN_PROGRESS"
    assert status_after(world, job_id) == "SUCCESS"
    assert support.seconds_taken(job(world, job_id)) == 0.5


def test_the_error_of_a_rule_takes_the_place_of_the_usual_one(world: TestWorld) -> None:
    error = {"type": "RECORD_NOT_FOUND", "code": "incorrect_identifier", "message": "Nobody", "status": 404}
    set_rules(
        world,
        {"match": {"family": "email_lookup"}, "outcome": "FAILURE", "error": error, "times": 1},
        {"match": {"family": "audience_overlap"}, "outcome": "FAILURE"},
    )
    told_one, usual = look_up(world), submit(world, OVERLAPS, STRANGERS)
    world.advance(by="PT2M")
    shown = fetch(world, EMAILS, told_one)["error"]
    assert (shown["type"], shown["code"], shown["error_code"]) == (error["type"], error["code"], error["code"])
    assert (shown["message"], shown["status_code"], shown["http_status_code"]) == ("Nobody", 404, 404)
    assert fetch(world, OVERLAPS, usual)["error"]["code"] == "internal_error", "it was not even looked for"


def test_a_rule_without_family_holds_for_those_that_have_its_outcome(world: TestWorld) -> None:
    set_rules(world, {"outcome": "FAILED"})
    assert status_after(world, look_up(world)) == "SUCCESS"
    assert world.control("GET", "/job-rules").json()["data"][0]["matched"] == 0


def test_rules_are_kept_with_all_their_keys_and_replaced(world: TestWorld) -> None:
    kept = set_rules(world, {"outcome": "FAILURE", "skip": 1.0}, {"match": {"family": "email_lookup"}, "after": 7})
    assert kept == [
        {**RULE, "outcome": "FAILURE", "skip": 1, "matched": 0},
        {**RULE, "match": {"family": "email_lookup"}, "after": 7, "matched": 0},
    ]
    assert world.control("GET", "/job-rules").json() == {"data": kept}
    look_up(world)
    assert [rule["matched"] for rule in world.control("GET", "/job-rules").json()["data"]] == [1, 1]
    assert set_rules(world) == []
    assert status_after(world, look_up(world)) == "SUCCESS"


def test_what_a_rule_has_made_of_a_job_stays_when_the_rules_are_cleared(world: TestWorld) -> None:
    set_rules(world, {"outcome": "FAILURE", "after": 300})
    job_id = look_up(world)
    set_rules(world)
    assert status_after(world, job_id) == "FAILURE"
    assert support.seconds_taken(job(world, job_id)) == 300


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ({"match": {"family": "no_such_family"}}, ("body.0.match", "email_lookup")),
        ({"match": {"vendor": "archive", "family": "email_lookup"}}, ("body.0.match", "refetch_engagement")),
        ({"match": {"vendor": "nobody"}}, ("vendor",)),
        ({"match": {"family": "email_lookup"}, "outcome": "FAILED"}, ("body.0.outcome", "FAILED", "FAILURE, SUCCESS")),
        ({"outcome": "LATER"}, ("body.0.outcome", "LATER", "SUCCESS")),
        ({"outcome": "SUCCESS", "error": {"code": "x"}}, ("body.0.error", "FAILURE")),
        ({"error": {"code": "x"}}, ("body.0.error",)),
        ({"outcome": "FAILURE", "error": {"status": 200}}, ("status",)),
        ({"after": -1}, ("after",)),
        ({"after": "PT1S"}, ("after",)),
        ({"times": 0}, ("times",)),
        ({"skip": -1}, ("skip",)),
        ({"outcom": "FAILURE"}, ("outcom",)),
        ("FAILURE", ("body",)),
    ],
)
def test_a_wrong_rule_is_told_and_changes_nothing(world: TestWorld, rule: Any, named: tuple[str, ...]) -> None:
    before = set_rules(world, {"outcome": "FAILURE"})
    refused(world, "PUT", "/job-rules", 400, *named, body=[rule])
    assert world.control("GET", "/job-rules").json() == {"data": before}


def test_rules_hold_in_their_own_world_only(world: TestWorld, server: Any) -> None:
    other = server.world(clock={"mode": "frozen"})
    set_rules(world, {"outcome": "FAILURE"})
    assert status_after(other, look_up(other)) == "SUCCESS"
    other.control("DELETE")


def test_a_job_is_done_now_on_command(world: TestWorld) -> None:
    subscribe(world, "EMAIL_LOOKUP.SUCCESS", "EMAIL_LOOKUP.FAILURE")
    job_id, begun = look_up(world), world.now()
    answer = world.control("POST", f"/jobs/{job_id}/complete")
    assert answer.status_code == 200
    assert answer.json() == job(world, job_id)
    assert (answer.json()["status"], answer.json()["ended_at"], world.now()) == ("SUCCESS", begun, begun)
    assert fetch(world, EMAILS, job_id)["non_matched_emails"] == NOBODY["emails"]
    assert told(world) == [("EMAIL_LOOKUP.SUCCESS", job_id)]
    world.advance(by="PT5M")
    assert told(world) == [("EMAIL_LOOKUP.SUCCESS", job_id)], "its time comes, and nothing happens any more"
    assert job(world, job_id) == answer.json()


def test_a_question_without_answer_fails_even_when_it_is_done_on_command(world: TestWorld) -> None:
    job_id = submit(world, OVERLAPS, STRANGERS)
    answer = world.control("POST", f"/jobs/{job_id}/complete", json={})
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["error"]["code"]) == ("FAILURE", "incorrect_identifier")


def test_a_job_fails_now_on_command(world: TestWorld) -> None:
    subscribe(world, "EMAIL_LOOKUP.SUCCESS", "EMAIL_LOOKUP.FAILURE")
    job_id = look_up(world)
    answer = world.control("POST", f"/jobs/{job_id}/fail", json={"error": {"message": "Out of order"}})
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["result"]) == ("FAILURE", None)
    assert fetch(world, EMAILS, job_id)["error"]["message"] == "Out of order"
    assert told(world) == [("EMAIL_LOOKUP.FAILURE", job_id)]


def test_what_has_ended_does_not_end_again(world: TestWorld) -> None:
    job_id = look_up(world)
    wait_for(world, job_id)
    before = job(world, job_id)
    refused(world, "POST", f"/jobs/{job_id}/complete", 409, job_id, "SUCCESS")
    refused(world, "POST", f"/jobs/{job_id}/fail", 409, job_id, "SUCCESS", body={"outcome": "FAILURE"})
    set_rules(world, {"match": {"id": job_id}, "outcome": "FAILURE"})
    world.advance(by="P1D")
    assert job(world, job_id) == before


def test_only_outcomes_of_the_family_are_had_on_command(world: TestWorld) -> None:
    job_id = look_up(world)
    refused(world, "POST", f"/jobs/{job_id}/complete", 400, "FAILURE", "SUCCESS", body={"outcome": "FAILURE"})
    refused(world, "POST", f"/jobs/{job_id}/complete", 400, "PARTIAL_SUCCESS", body={"outcome": "PARTIAL_SUCCESS"})
    refused(world, "POST", f"/jobs/{job_id}/fail", 400, "SUCCESS", "FAILURE", body={"outcome": "SUCCESS"})
    refused(world, "POST", f"/jobs/{job_id}/fail", 400, "outcom", body={"outcom": "FAILURE"})
    assert job(world, job_id)["status"] == "IN_PROGRESS"


@pytest.mark.parametrize("outcome", ["FAILED", "TIMED_OUT", "THROTTLED"])
def test_families_have_outcomes_of_their_own(world: TestWorld, outcome: str) -> None:
    platforms = world.insightiq("GET", "/v1/work-platforms", params={"limit": 100}).json()["data"]
    linkedin = next(platform["id"] for platform in platforms if platform["name"] == "LinkedIn")
    asked = {"profile_url": "https://www.linkedin.com/company/nobody/", "work_platform_id": linkedin}
    job_id = submit(world, COMPANIES, asked)
    answer = world.control("POST", f"/jobs/{job_id}/fail", json={"outcome": outcome})
    assert answer.json()["status"] == fetch(world, COMPANIES, job_id)["status"] == outcome
