"""Receivers that call the emulator while they are being called, as applications do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.process import serving
from tests.support import TestWorld
from tests.webhooks.receiver import Handler, Receiver
from tests.webhooks.sender import change, log, subscribe, wait_until

LOOKUPS = "/v1/social/creators/email-lookup"
TOLD = "EMAIL_LOOKUP.SUCCESS"
ONCE = {"insightiq": {"timeout_seconds": 5, "retry_seconds": []}}

Call = Callable[..., httpx.Response]


@pytest.fixture(params=["frozen", "running"])
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TestWorld]:
    """On a server of its own, so that receivers call it over the network as everybody does."""
    with serving(tmp_path, "--recipe", "empty", "--clock", request.param) as served:
        world = served.world()
        change(world, "webhook-settings", ONCE)
        yield world


def ask(world: TestWorld) -> str:
    job: str = world.insightiq("POST", LOOKUPS, json={"emails": ["ada@example.com"]}).json()["id"]
    return job


def call(world: TestWorld, method: str, path: str, **arguments: Any) -> httpx.Response:
    """From whatever thread."""
    arguments = {"auth": world.insightiq_auth, **arguments}
    return httpx.request(method, f"{world.client.base_url}".rstrip("/") + path, timeout=30, **arguments)


def test_a_receiver_finds_the_result_that_it_is_told_of(world: TestWorld, receiver: Receiver) -> None:
    found: list[str] = []

    def fetch(handler: Handler) -> None:
        job = handler.receiver.received[-1].content["data"]["job_id"]
        found.append(call(world, "GET", f"{LOOKUPS}/{job}").json()["lookup_report"]["status"])
        handler.reply(200, {})

    subscribe(world, receiver.url, TOLD)
    receiver.then = fetch
    ask(world)
    world.advance(by="PT2M")
    assert found == ["SUCCESS"]
    assert [each["state"] for each in log(world)] == ["delivered"]


@pytest.mark.parametrize("world", ["frozen"], indirect=True)  # a running clock is at its goal before it all begins
def test_a_receiver_may_ask_for_more_while_time_waits_for_it(world: TestWorld, receiver: Receiver) -> None:
    """One job after the other, each when the one before has ended, in a single move of the clock."""

    def again(handler: Handler) -> None:
        if len(handler.receiver.received) < 3:
            assert call(world, "POST", LOOKUPS, json={"emails": ["bob@example.com"]}).status_code == 202
        handler.reply(200, {})

    subscribe(world, receiver.url, TOLD)
    receiver.then = again
    ask(world)
    world.advance(by="PT10M")
    assert [each["state"] for each in log(world)] == ["delivered"] * 3


def test_a_receiver_may_command_the_world_that_waits_for_it(world: TestWorld, receiver: Receiver) -> None:
    commanded: list[int] = []

    def complete(handler: Handler) -> None:
        if len(handler.receiver.received) == 1:
            path = f"/_emulator/worlds/{world.name}/jobs/{waiting}/complete"
            commanded.append(call(world, "POST", path, json={}, auth=None).status_code)
        handler.reply(200, {})

    subscribe(world, receiver.url, TOLD)
    receiver.then = complete
    change(world, "job-rules", [{"after": 3600, "skip": 1, "times": 1}])
    ask(world)
    waiting = ask(world)
    world.advance(by="PT2M")
    assert commanded == [200]
    wait_until(lambda: [each["state"] for each in log(world)] == ["delivered"] * 2)
