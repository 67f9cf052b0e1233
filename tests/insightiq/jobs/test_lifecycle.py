"""From the question to the end: what all jobs have in common, shown for those on Creator Discovery's profiles."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from emulator.settings import Settings
from tests.insightiq.discovery.support import INSTAGRAM, search
from tests.insightiq.jobs import support
from tests.insightiq.jobs.support import EMAILS, ESTIMATES, OVERLAPS, Answer
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import Server, TestWorld, running


@dataclass(frozen=True)
class Kind:
    """A family as its users know it; `question` has an answer in the world, `hopeless` has none."""

    path: str
    event: str | None
    question: Callable[[TestWorld], dict[str, Any]]
    hopeless: dict[str, Any] | None
    strange_id: tuple[int, str]  # status and code for an id that is no uuid

    def status(self, answer: Answer) -> str:
        return str(answer.get("lookup_report", answer)["status"])

    def __str__(self) -> str:
        return self.path.rpartition("/")[2]


def names(world: TestWorld) -> list[str]:
    return [profile["platform_username"] for profile in search(world)[:3]]


def metrics(url: str) -> dict[str, Any]:
    return {"profile_url": url, "content_type": "REELS", "work_platform_id": INSTAGRAM}


KINDS = [
    Kind(
        EMAILS,
        "EMAIL_LOOKUP",
        lambda world: {"emails": [*support.contacts(world, INSTAGRAM).values(), "nobody@example.org"]},
        None,
        (400, "INVALID_FIELDS"),
    ),
    Kind(
        OVERLAPS,
        "AUDIENCE_OVERLAP",
        lambda world: {"work_platform_id": INSTAGRAM, "identifiers": names(world)},
        {"work_platform_id": INSTAGRAM, "identifiers": ["nobody here"]},
        (404, "incorrect_job_id"),
    ),
    Kind(
        ESTIMATES,
        None,
        lambda world: metrics(search(world)[0]["url"]),
        metrics("https://www.instagram.com/nobody.here/"),
        (404, "incorrect_job_id"),
    ),
]
EVENTS = [f"{kind.event}.{end}" for kind in KINDS if kind.event for end in ("SUCCESS", "FAILURE")]

every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


@every_kind
def test_a_job_is_in_progress_until_the_very_instant_at_which_it_ends(world: TestWorld, kind: Kind) -> None:
    job_id = support.submit(world, kind.path, kind.question(world))
    first = support.fetch(world, kind.path, job_id)
    due = support.job(world, job_id)["due"]
    world.advance(to=support.just_before(due))
    assert kind.status(first) == "IN_PROGRESS"
    assert support.fetch(world, kind.path, job_id) == first
    world.advance(to=due)
    ended = support.fetch(world, kind.path, job_id)
    assert kind.status(ended) == "SUCCESS"
    world.advance(by="P10D")
    assert support.fetch(world, kind.path, job_id) == ended


@every_kind
def test_jobs_take_between_twenty_and_ninety_seconds(world: TestWorld, kind: Kind) -> None:
    question = kind.question(world)
    ids = [support.submit(world, kind.path, question) for _ in range(10)]
    world.advance(by="PT90S")
    taken = {support.seconds_taken(support.job(world, job_id)) for job_id in ids}
    assert len(taken) == 10
    assert all(20 <= seconds <= 90 for seconds in taken)


@every_kind
def test_the_end_is_told_once_and_at_its_instant(world: TestWorld, kind: Kind) -> None:
    support.subscribe(world, *EVENTS)
    job_id = support.submit(world, kind.path, kind.question(world))
    due = support.job(world, job_id)["due"]
    world.advance(to=support.just_before(due))
    assert support.told(world) == []
    world.advance(by="P1D")
    assert support.told(world) == ([(f"{kind.event}.SUCCESS", job_id)] if kind.event else [])
    for delivery in world.control("GET", "/deliveries").json()["data"]:
        assert delivery["raised_at"] == due


@every_kind
def test_a_failure_is_told_too(world: TestWorld, kind: Kind) -> None:
    support.subscribe(world, *EVENTS)
    if kind.hopeless is None:
        support.set_rules(world, {"outcome": "FAILURE"})
    job_id = support.submit(world, kind.path, kind.hopeless or kind.question(world))
    support.wait_for(world, job_id)
    assert support.told(world) == ([(f"{kind.event}.FAILURE", job_id)] if kind.event else [])
    assert kind.status(support.fetch(world, kind.path, job_id)) == "FAILURE"


def test_events_come_in_the_order_in_which_jobs_end(world: TestWorld) -> None:
    support.subscribe(world, *EVENTS)
    questions = [(kind, kind.question(world)) for kind in KINDS if kind.event]
    asked = [(kind, support.submit(world, kind.path, body)) for kind, body in questions for _ in range(4)]
    ends = sorted(asked, key=lambda each: str(support.job(world, each[1])["due"]))
    assert ends != asked
    world.advance(by="PT5M")
    assert support.told(world) == [(f"{kind.event}.SUCCESS", job_id) for kind, job_id in ends]


@every_kind
def test_a_job_that_nobody_asked_for_is_unknown(world: TestWorld, kind: Kind) -> None:
    assert_refused(world.insightiq("GET", f"{kind.path}/{NOBODY}"), 404, "incorrect_job_id")
    assert_refused(world.insightiq("GET", f"{kind.path}/strange"), *kind.strange_id)


@every_kind
def test_a_job_is_unknown_to_other_worlds(world: TestWorld, another: Another, kind: Kind) -> None:
    job_id = support.submit(world, kind.path, kind.question(world))
    world.advance(by="PT2M")
    assert_refused(another().insightiq("GET", f"{kind.path}/{job_id}"), 404, "incorrect_job_id")


@every_kind
def test_a_job_of_another_kind_is_unknown(world: TestWorld, kind: Kind) -> None:
    job_id = support.submit(world, kind.path, kind.question(world))
    for other in KINDS:
        if other is not kind:
            assert_refused(world.insightiq("GET", f"{other.path}/{job_id}"), 404, "incorrect_job_id")


def test_worlds_of_one_seed_have_the_same_jobs(world: TestWorld, another: Another) -> None:
    def lives(in_world: TestWorld) -> list[Any]:
        ids = [support.submit(in_world, kind.path, kind.question(in_world)) for kind in KINDS]
        in_world.advance(by="PT2M")
        answers = [support.fetch(in_world, kind.path, job_id) for kind, job_id in zip(KINDS, ids, strict=True)]
        return [*answers, [{**each, "request_id": None} for each in support.jobs(in_world)]]

    assert lives(world) == lives(another())


def test_another_seed_has_other_jobs(world: TestWorld, another: Another) -> None:
    other = another(seed=7)
    question = {"emails": ["ada@example.com"]}
    ids = [support.submit(each, EMAILS, question) for each in (world, other)]
    assert ids[0] != ids[1]
    assert support.job(world, ids[0])["due"] != support.job(other, ids[1])["due"]


def test_a_running_clock_ends_jobs_too(server: Server, another: Another) -> None:
    """Without anybody advancing it."""
    running = another(clock={"mode": "running", "rate": 1})
    job_id = support.submit(running, EMAILS, {"emails": ["ada@example.com"]})
    server.real_time.pass_seconds(19)
    assert support.fetch(running, EMAILS, job_id)["lookup_report"]["status"] == "IN_PROGRESS"
    server.real_time.pass_seconds(72)
    assert support.fetch(running, EMAILS, job_id)["lookup_report"]["status"] == "SUCCESS"
    ended = support.job(running, job_id)
    assert ended["ended_at"] == ended["due"] < running.now()


def test_reset_forgets_jobs_and_rules(world: TestWorld) -> None:
    support.set_rules(world, {"after": 1})
    job_id = support.submit(world, EMAILS, {"emails": ["ada@example.com"]})
    world.control("POST", "/reset")
    assert support.jobs(world) == []
    assert world.control("GET", "/job-rules").json() == {"data": []}
    assert_refused(world.insightiq("GET", f"{EMAILS}/{job_id}"), 404, "incorrect_job_id")


def test_a_job_outlives_a_restart(tmp_path: Path) -> None:
    settings = Settings(recipe="default", clock="frozen", state=tmp_path / "state.db")
    with running(settings) as server:
        before = server.world(name="kept", clock={"mode": "frozen"})
        job_id = support.submit(before, EMAILS, {"emails": ["nobody@example.org"]})
        due = support.job(before, job_id)["due"]
    with running(settings) as server:
        after = TestWorld("kept", before.credentials, server.client)
        assert support.job(after, job_id)["status"] == "IN_PROGRESS"
        support.wait_for(after, job_id)
        assert support.fetch(after, EMAILS, job_id)["lookup_report"]["status"] == "SUCCESS"
        assert support.job(after, job_id)["ended_at"] == due
