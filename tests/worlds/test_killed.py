"""Processes that are killed lose nothing that they acknowledged, and nothing of what they had begun to run."""

import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any

import httpx

from emulator.settings import Settings
from tests.cli.process import DEADLINE, Served, serving
from tests.population.recipes import first_world
from tests.support import TestWorld, running
from tests.worlds.accounts import accounts

SPAN = timedelta(days=100)


def write(served: Served, acknowledged: "Queue[dict[str, Any]]") -> None:
    """Users without end, each handed on when it is acknowledged."""
    with httpx.Client(base_url=served.client.base_url, auth=served.world().insightiq_auth, timeout=DEADLINE) as client:
        while True:
            name = f"user-{time.monotonic_ns()}"
            try:
                answer = client.post("/v1/users", json={"name": name, "external_id": name})
            except httpx.TransportError:
                return
            assert answer.status_code == 201, answer.text
            acknowledged.put(answer.json())


def users(world: TestWorld) -> Iterator[dict[str, Any]]:
    offset = 0
    while page := world.insightiq("GET", f"/v1/users?limit=100&offset={offset}").json()["data"]:
        yield from page
        offset += 100


def integrity(state: Path) -> str:
    with closing(sqlite3.connect(state)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        return str(verdict)


def test_every_acknowledged_user_outlives_the_process(tmp_path: Path) -> None:
    known: dict[str, dict[str, Any]] = {}
    credentials = []
    kills = 5
    for lived in range(kills + 1):
        with serving(tmp_path, "--state", "state.db", "--recipe", "empty") as served:
            world = served.world()
            credentials.append(world.credentials)
            found = {user["id"]: user for user in users(world)}
            assert known.items() <= found.items()
            assert len(found) <= len(known) + lived, "one a life may have been written and not been acknowledged"
            known = found
            if lived == kills:
                break
            acknowledged: Queue[dict[str, Any]] = Queue()
            writer = threading.Thread(target=write, args=(served, acknowledged))
            writer.start()
            heard = [acknowledged.get(timeout=DEADLINE) for _ in range(20 + 30 * lived)]
            served.process.kill()
            writer.join(DEADLINE)
            heard += [acknowledged.get() for _ in range(acknowledged.qsize())]
            known |= {user["id"]: user for user in heard}
        assert integrity(tmp_path / "state.db") == "ok"
    assert all(each == credentials[0] for each in credentials)
    assert len(known) >= sum(20 + 30 * lived for lived in range(kills))


def wait_until_past(world: TestWorld, moment: str) -> None:
    """Until the world's time is later; nothing tells of it but its clock."""
    deadline = time.monotonic() + DEADLINE
    while world.now() <= moment:
        assert time.monotonic() < deadline, f"the clock still stands at {moment}"


def test_an_advance_that_was_killed_is_completed_by_whoever_comes_next(tmp_path: Path) -> None:
    """Killed once while it is asked for, and once while it is being completed."""
    with running(Settings(recipe="default", clock="frozen")) as server:
        untouched = first_world(server)
        target = datetime.fromisoformat(untouched.now()) + SPAN
        untouched.advance(to=target.isoformat())
        expected = untouched.control("GET", "/clock").json(), accounts(untouched), untouched.advance(by="P1D")

    arguments = ("--state", "state.db", "--clock", "frozen")
    with serving(tmp_path, *arguments) as served:
        world = served.world()
        start = world.now()
        asking = threading.Thread(target=lambda: advance_until_killed(served, target))
        asking.start()
        wait_until_past(world, start)
        served.process.kill()
        asking.join(DEADLINE)
    assert integrity(tmp_path / "state.db") == "ok"
    with serving(tmp_path, *arguments) as served:
        reached = served.world().now()
        assert start < reached < expected[0]["now"]
        wait_until_past(served.world(), reached)
        served.process.kill()
    assert integrity(tmp_path / "state.db") == "ok"
    with serving(tmp_path, *arguments) as served:
        world = served.world()
        again = world.now()
        assert reached < again < expected[0]["now"]
        wait_until_past(world, (target - timedelta(microseconds=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
        assert (world.control("GET", "/clock").json(), accounts(world), world.advance(by="P1D")) == expected
        assert served.end(signal.SIGTERM) == 0


def advance_until_killed(served: Served, target: datetime) -> None:
    with httpx.Client(base_url=served.client.base_url, timeout=DEADLINE) as client:
        try:
            answer = client.post("/_emulator/worlds/default/clock/advance", json={"to": target.isoformat()})
        except httpx.TransportError:
            return
        raise AssertionError(f"it was done too soon: {answer.text[:200]}")
