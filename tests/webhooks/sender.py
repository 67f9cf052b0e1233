"""What a user of the emulator does about webhooks, over its interfaces."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.cli.process import DEADLINE
from tests.support import TestWorld

EVENT = "PROFILE_ANALYTICS.SUCCESS"
OTHER_EVENT = "EMAIL_LOOKUP.SUCCESS"


def subscribe(world: TestWorld, url: str, *events: str) -> dict[str, Any]:
    answer = world.insightiq("POST", "/v1/webhooks", json=_webhook(url, events))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def switch_on(world: TestWorld, webhook: dict[str, Any]) -> None:
    body = _webhook(webhook["url"], webhook["events"])
    assert world.insightiq("PUT", f"/v1/webhooks/{webhook['id']}", json=body).status_code == 200


def is_active(world: TestWorld, webhook: dict[str, Any]) -> bool:
    return bool(world.insightiq("GET", f"/v1/webhooks/{webhook['id']}").json()["is_active"])


def raise_event(world: TestWorld, event: str = EVENT, number: int = 0) -> None:
    """Of a job's end, in the shape that the contract has for it."""
    payload = {"event": event, "data": {"job_id": str(UUID(int=number))}}
    answer = world.insightiq("POST", "/v1/webhooks/send", json={"payload": payload})
    assert answer.status_code == 200, answer.text


def settle(world: TestWorld) -> None:
    """Until what is due is delivered, without moving time: nothing is delivered again, and that is waited for."""
    answer = world.control("POST", "/deliveries/redeliver", json={"event": "none"})
    assert answer.json() == {"data": []}


def log(world: TestWorld, **wanted: Any) -> list[dict[str, Any]]:
    """Oldest first."""
    answer = world.control("GET", "/deliveries", params=wanted)
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data[::-1]


def inbox(world: TestWorld, **wanted: Any) -> list[dict[str, Any]]:
    """Oldest first."""
    data: list[dict[str, Any]] = world.control("GET", "/inbox", params=wanted).json()["data"]
    return data[::-1]


def change(world: TestWorld, what: str, content: Any) -> None:
    answer = world.control("PUT", f"/{what}", json=content)
    assert answer.status_code == 200, answer.text


def later(moment: str, **distance: float) -> str:
    return (datetime.fromisoformat(moment) + timedelta(**distance)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < deadline, "it never came true"


def _webhook(url: str, events: Any) -> dict[str, Any]:
    return {"url": url, "name": "a receiver", "events": list(events or (EVENT,))}
