"""Connections that end without an answer, or in the middle of one, seen through a real socket."""

import json
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.process import Served, serving
from tests.faults.setting import Fault, journal, strike
from tests.support import TestWorld

PATH = "/v1/users?limit=5"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("wire"), "--clock", "frozen") as served:
        yield served


@pytest.fixture
def world(served: Served) -> Iterator[TestWorld]:
    world = served.world()
    yield world
    world.control("POST", "/reset")


def refuse(world: TestWorld, fault: Fault, method: str = "GET", path: str = PATH, **arguments: object) -> str:
    """How the client's library puts it."""
    strike(world, fault)
    with pytest.raises(httpx.TransportError) as caught:
        world.insightiq(method, path, **arguments)
    return f"{type(caught.value).__name__}: {caught.value}"


def raw(served: Served, world: TestWorld) -> bytes:
    """Every byte that comes on a connection until it ends."""
    username, password = world.insightiq_auth
    authorization = httpx.BasicAuth(username, password)._auth_header
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        asked = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {authorization}\r\n\r\n"
        connection.sendall(asked.encode())
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_a_dropped_connection_ends_without_a_byte(served: Served, world: TestWorld) -> None:
    strike(world, {"kind": "drop"})
    assert raw(served, world) == b""
    assert "disconnected" in refuse(world, {"kind": "drop"})


@pytest.mark.parametrize(("when", "status"), [("before", 201), ("after", 400)])
def test_a_dropped_request_was_done_or_not_as_was_chosen(world: TestWorld, when: str, status: int) -> None:
    user = {"name": "Ada", "external_id": "ada"}
    refuse(world, {"kind": "drop", "when": when, "times": 1}, "POST", "/v1/users", json=user)
    assert world.insightiq("POST", "/v1/users", json=user).status_code == status


def test_a_time_out_ends_without_a_byte_after_its_time(served: Served, world: TestWorld) -> None:
    strike(world, {"kind": "timeout", "seconds": 0.2})
    assert raw(served, world) == b""


def test_a_client_that_is_less_patient_times_out(served: Served, world: TestWorld) -> None:
    strike(world, {"kind": "timeout", "seconds": 600})
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{served.client.base_url}{PATH}", auth=world.insightiq_auth, timeout=0.2)


def test_a_truncated_answer_ends_before_the_length_that_it_announced(served: Served, world: TestWorld) -> None:
    whole = world.insightiq("GET", PATH)
    strike(world, {"kind": "truncate"})
    head, _, body = raw(served, world).partition(b"\r\n\r\n")
    assert f"content-length: {len(whole.content)}".encode() in head
    assert body == whole.content[: len(whole.content) // 2]
    assert "without sending complete message body" in refuse(world, {"kind": "truncate"})


def test_the_journal_has_what_was_never_answered(world: TestWorld) -> None:
    for kind in ("drop", "timeout", "truncate"):
        refuse(world, {"kind": kind, "seconds": 0.1})
    shown = [(each["fault"]["kind"], each["response"] and each["response"]["status"]) for each in journal(world)]
    assert shown == [("drop", None), ("timeout", None), ("truncate", 200)]


def test_an_answer_that_is_held_back_holds_up_nobody_else(served: Served, world: TestWorld) -> None:
    strike(world, {"kind": "latency", "seconds": 30, "times": 1})
    address, finished = f"{served.client.base_url}{PATH}", threading.Event()

    def slow() -> None:
        with httpx.Client(auth=world.insightiq_auth, timeout=5) as client, pytest.raises(httpx.ReadTimeout):
            client.get(address)
        finished.set()

    thread = threading.Thread(target=slow)
    thread.start()
    for _ in range(20):
        while world.control("GET", "/faults").json()["faults"][0]["matched"] == 0:
            pass
        assert world.insightiq("GET", PATH).status_code == 200
    assert not finished.is_set()
    thread.join()


def test_one_that_is_held_back_comes_in_the_end(world: TestWorld) -> None:
    whole = world.insightiq("GET", PATH).json()
    for when in ("before", "after"):
        strike(world, {"kind": "latency", "seconds": 0.1, "when": when})
        assert world.insightiq("GET", PATH).json() == whole


def test_a_server_that_is_told_to_stop_waits_for_no_fault(tmp_path: Path) -> None:
    with serving(tmp_path, "--recipe", "empty") as served:
        world = served.world()
        strike(world, {"kind": "timeout", "seconds": 600})
        thread = threading.Thread(target=raw, args=(served, world))
        thread.start()
        while world.control("GET", "/faults").json()["faults"][0]["matched"] == 0:
            pass
        assert served.end(signal.SIGTERM) == 0
        thread.join()
        assert all(json.loads(line)["level"] == "info" for line in served.log.read_text().splitlines())


def test_the_server_says_nothing_about_it_in_its_log(served: Served, world: TestWorld) -> None:
    for kind in ("drop", "truncate"):
        refuse(world, {"kind": kind})
    assert all(json.loads(line)["level"] == "info" for line in served.log.read_text().splitlines())
