"""What the tests of jobs share: asking for them, their timeline, and what is told of their end."""

import json
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from tests.insightiq.discovery.support import ask
from tests.support import TestWorld

EMAILS: Final = "/v1/social/creators/email-lookup"
OVERLAPS: Final = "/v1/social/creators/audience-overlap"
ESTIMATES: Final = "/v1/social/creators/estimated-metrics"

Answer = dict[str, Any]
Job = dict[str, Any]


def create(world: TestWorld, path: str, body: Any) -> httpx.Response:
    return world.insightiq("POST", path, json=body)


def submit(world: TestWorld, path: str, body: Any) -> str:
    """The id of the accepted job."""
    answer = create(world, path, body)
    assert answer.status_code in (200, 202), answer.text
    return str(answer.json()["id"])


def fetch(world: TestWorld, path: str, id: str, **query: Any) -> Answer:
    answer = world.insightiq("GET", f"{path}/{id}", params=query)
    assert answer.status_code in (200, 202), answer.text
    fetched: Answer = answer.json()
    return fetched


def jobs(world: TestWorld, **wanted: Any) -> list[Job]:
    """Newest first."""
    answer = world.control("GET", "/jobs", params=wanted)
    assert answer.status_code == 200, answer.text
    data: list[Job] = answer.json()["data"]
    return data


def job(world: TestWorld, id: str) -> Job:
    answer = world.control("GET", f"/jobs/{id}")
    assert answer.status_code == 200, answer.text
    found: Job = answer.json()
    return found


def wait_for(world: TestWorld, id: str) -> None:
    """Until the instant at which the job ends."""
    assert "clock" in world.advance(to=job(world, id)["due"])


def finished(world: TestWorld, path: str, body: Any) -> Answer:
    job_id = submit(world, path, body)
    wait_for(world, job_id)
    return fetch(world, path, job_id)


def at_once(world: TestWorld, path: str, body: Any) -> Answer:
    """What comes of a job that ends on command, before any time has passed."""
    job_id = submit(world, path, body)
    answer = world.control("POST", f"/jobs/{job_id}/complete")
    assert answer.status_code == 200, answer.text
    return fetch(world, path, job_id)


def just_before(moment: str) -> str:
    return (datetime.fromisoformat(moment) - timedelta(microseconds=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seconds_taken(found: Job) -> float:
    ended = datetime.fromisoformat(found["ended_at"])
    return (ended - datetime.fromisoformat(found["created_at"])).total_seconds()


def set_rules(world: TestWorld, *rules: Any) -> list[Any]:
    answer = world.control("PUT", "/job-rules", json=list(rules))
    assert answer.status_code == 200, answer.text
    kept: list[Any] = answer.json()["data"]
    return kept


def subscribe(world: TestWorld, *events: str) -> None:
    """The world's own inbox."""
    url = world.control("GET").json()["inbox_url"]
    answer = world.insightiq("POST", "/v1/webhooks", json={"url": url, "name": "inbox", "events": list(events)})
    assert answer.status_code == 201, answer.text


def told(world: TestWorld) -> list[tuple[str, str]]:
    """Event and job of what was sent to webhooks, in the order in which it was raised."""
    deliveries = world.control("GET", "/deliveries").json()["data"]
    bodies = [json.loads(each["request"]["body"]) for each in reversed(deliveries)]
    return [(body["event"], body["data"]["job_id"]) for body in bodies]


def contacts(world: TestWorld, platform: str) -> dict[str, str]:
    """The e-mail addresses that profiles of the platform tell, by user name."""
    return {
        profile["platform_username"]: detail["value"]
        for profile in ask(world, platform).json()["data"]
        for detail in profile["contact_details"]
        if detail["type"] == "email"
    }
