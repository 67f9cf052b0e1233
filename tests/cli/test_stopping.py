"""Told to stop, a server finishes what it has begun."""

import signal
import socket
import subprocess
import time
from base64 import b64encode
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.process import DEADLINE, Served, command, environment, serving

STOPS = [signal.SIGTERM, signal.SIGINT]


@pytest.mark.parametrize("stop", STOPS)
def test_it_ends_with_code_0_and_says_nothing(tmp_path: Path, stop: signal.Signals) -> None:
    with serving(tmp_path, "--recipe", "empty", "--log-level", "warning") as served:
        assert served.end(stop) == 0
        assert served.log.read_text() == ""


@pytest.mark.parametrize("stop", STOPS)
def test_a_request_under_way_is_finished(tmp_path: Path, stop: signal.Signals) -> None:
    """The server has asked for the body when it answers 100, and has begun to stop when nobody gets in any more."""
    body = b'{"name": "Late", "external_id": "late"}'
    with serving(tmp_path, "--recipe", "empty", "--state", "state.db") as served:
        credential = _basic(served)
        with closing(socket.create_connection(("127.0.0.1", served.port), DEADLINE)) as line:
            line.sendall(
                b"POST /v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Authorization: Basic %b\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n"
                % (credential, len(body))
            )
            assert line.recv(100).startswith(b"HTTP/1.1 100")
            served.process.send_signal(stop)
            _wait_until_closed(served)
            line.sendall(body)
            assert line.recv(65536).startswith(b"HTTP/1.1 20")
        assert served.process.wait(DEADLINE) == 0
    with serving(tmp_path, "--state", "state.db") as served:
        world = served.world()
        assert world.insightiq("GET", "/v1/users/external_id/late").json()["name"] == "Late"
        journal = world.control("GET", "/journal").json()["data"]
        assert [exchange["operation"] for exchange in journal] == ["get_user_by_external_id", "create_user"]


def test_the_journal_is_written_before_it_ends(tmp_path: Path) -> None:
    with serving(tmp_path, "--recipe", "empty", "--state", "state.db") as served:
        for _ in range(3):
            served.world().insightiq("GET", "/v1/work-platforms")
        assert served.end(signal.SIGTERM) == 0
    with serving(tmp_path, "--state", "state.db") as served:
        assert [each["number"] for each in served.world().control("GET", "/journal").json()["data"]] == [3, 2, 1]


def _basic(served: Served) -> bytes:
    return b64encode(":".join(served.world().insightiq_auth).encode())


def _wait_until_closed(served: Served) -> None:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", served.port), 1).close()
        except ConnectionRefusedError:
            return
        except ConnectionResetError:  # it was just about to
            continue
    raise AssertionError("the server still listens")


@pytest.mark.parametrize("given", ["--until-eof", "EMULATOR_UNTIL_EOF"])
def test_it_can_end_with_its_input(tmp_path: Path, given: str) -> None:
    arguments = [given] if given.startswith("--") else []
    variables = {} if arguments else {given: "true"}
    with subprocess.Popen(
        command("serve", "--port", "0", "--recipe", "empty", *arguments),
        cwd=tmp_path,
        env=environment(**variables),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"Base URL")
        process.stdin.write(b"whatever is said, it goes on\n")
        process.stdin.flush()
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(DEADLINE) == 0
