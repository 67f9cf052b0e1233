"""What somebody reads whose suite goes wrong: one clear line, and the line of the test."""

import re
from pathlib import Path

import pytest

from emulator.testing import in_subprocess
from tests.check.foreign import serving
from tests.cli.process import serving as served_at
from tests.kit.test_plugin import run

HERE = ("-o", "emulator_server=asgi")
NOBODY = "http://127.0.0.1:9"
MANY = """
import pytest


@pytest.mark.parametrize("number", range(50))
def test_something(emulator, number):
    pass
"""


@pytest.mark.parametrize("arguments", [(), ("-n", "2")])
def test_where_no_emulator_answers_the_run_ends_with_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, "--emulator-url", NOBODY, *arguments, suite=MANY)
    assert done.returncode == pytest.ExitCode.INTERRUPTED
    told = f"emulator: no emulator answers at {NOBODY}: [Errno 111] Connection refused; start one with: emulator serve"
    assert f"Interrupted: {told} !" in done.stdout
    assert re.search(r"^[12] errors? in", done.stdout, re.MULTILINE), "one for each worker"
    assert "Traceback" not in done.stdout
    assert "INTERNALERROR" not in done.stdout
    assert "plugin.py" not in done.stdout


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("127.0.0.1:8000", "127.0.0.1:8000 is not an address that begins with http:// or https://"),
        ("http://127.0.0.1:65536", "no emulator answers at http://127.0.0.1:65536: "),
        ("http://[::1", "no emulator answers at http://[::1: "),
    ],
)
def test_an_address_that_is_none_is_told(tmp_path: Path, url: str, told: str) -> None:
    done = run(tmp_path, "--emulator-url", url, suite=MANY)
    assert f"Interrupted: emulator: {told}" in done.stdout


def test_a_server_that_is_no_emulator_is_told(tmp_path: Path) -> None:
    with serving() as foreign:
        done = run(tmp_path, "--emulator-url", foreign.url, suite=MANY)
    assert f"Interrupted: emulator: {foreign.url} answers, but this seems to be no emulator" in done.stdout


def test_a_token_that_is_wanted_is_told(tmp_path: Path) -> None:
    with in_subprocess(control_token="open sesame") as server:
        done = run(tmp_path, "--emulator-url", server.url, suite=MANY)
    assert "Interrupted: emulator: This server wants its control token" in done.stdout


def test_a_server_that_dies_ends_the_run(tmp_path: Path) -> None:
    with served_at(tmp_path, "--recipe", "empty") as served:
        suite = MANY.replace("pass", f"number == 2 and __import__('os').kill({served.process.pid}, 9)")
        done = run(tmp_path, "--emulator-url", str(served.client.base_url), suite=suite)
    assert "Interrupted: emulator: no emulator answers at http://127.0.0.1:" in done.stdout
    assert "3 passed, 1 error in" in done.stdout


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ('recipe="defalt"', "emulator: no recipe is called 'defalt'; there are: default, demo"),
        ("sed=7", "emulator: body: \"sed\" is not known; did you mean 'seed'?"),
        ('"empty"', "@pytest.mark.emulator takes names, such as recipe='empty', not ('empty',)"),
    ],
)
def test_a_plan_that_cannot_be_is_told_in_one_line(tmp_path: Path, marker: str, told: str) -> None:
    suite = (
        f"import pytest\n\n@pytest.mark.emulator({marker})\ndef test_it(emulator): pass\n\ndef test_another(): pass\n"
    )
    done = run(tmp_path, *HERE, suite=suite)
    assert "ERROR at setup of test_it" in done.stdout, done.stdout + done.stderr
    _, shown = done.stdout.split("ERROR at setup of test_it")
    assert shown.splitlines()[1].startswith(told)
    assert shown.splitlines()[2].startswith("====")
    assert "1 passed, 1 error in" in done.stdout


FAILING = """
import pytest
from emulator.testing import in_process

pytestmark = pytest.mark.emulator(recipe="empty", seed=9)


def test_refused(emulator):
    emulator.jobs.get("no-such-job")


def test_not_made(emulator):
    emulator.requests.assert_made("list_users")


def test_misspelt(emulator):
    emulator.webhooks.assert_not_sent(evnt="ACCOUNTS.CONNECTED")


def test_shown(emulator, emulator_server):
    print(emulator, emulator.aio, emulator_server)
    assert False


def test_with_a_body(emulator):
    emulator.client("insightiq").get("/v1/users")
    assert emulator.requests.all() == []


def test_the_worlds_of_those_that_failed_are_gone(emulator, emulator_server):
    assert len(emulator_server.control.get("worlds")["data"]) == 2
"""


def test_a_failure_shows_the_line_of_the_test_and_not_ours(tmp_path: Path) -> None:
    done = run(tmp_path, *HERE, suite=FAILING)
    assert "5 failed, 1 passed" in done.stdout
    for line in (
        '>       emulator.jobs.get("no-such-job")\nE       emulator.client.Refused: There is no job',
        '>       emulator.requests.assert_made("list_users")\nE       AssertionError: there are no requests with',
        "E       TypeError: webhooks have no 'evnt'; they have body, event, event_id",
    ):
        assert line in done.stdout
    assert "def _ask" not in done.stdout
    assert "def assert_made" not in done.stdout


def test_worlds_and_servers_say_what_they_are(tmp_path: Path) -> None:
    done = run(tmp_path, *HERE, suite=FAILING)
    began = r"world-\w+ at http://127.0.0.1:\d+: recipe empty, seed 9, epoch 2026-01-01T00:00:00.000000Z>"
    assert re.search(rf"<Emulator {began} <AsyncEmulator {began} <Server at http://127.0.0.1:\d+, in", done.stdout)
    assert re.search(r"Exchange\(number=1, .*path='/v1/users', query=\{\}, body='', .*status=200\)", done.stdout)
    assert "authorization" not in done.stdout


CARELESS = """
import gc
import httpx
import pytest
from emulator.testing import in_subprocess, in_process

pytestmark = pytest.mark.emulator(recipe="empty")


def test_that_leaves_clients_open(emulator):
    emulator.client("insightiq").get("/v1/users")
    httpx.Client(base_url=emulator.url("archive"), transport=emulator.transport).get("/docs")


def test_that_deletes_its_world(emulator_server, emulator):
    emulator_server.control.delete("worlds", emulator.name)


@pytest.mark.parametrize("opened", [in_process, in_subprocess])
def test_that_leaves_visited_worlds_open(opened):
    with opened() as server:
        world = server.existing()
        assert world.client("insightiq").get("/v1/users").status_code == 200
    gc.collect()


def test_whose_server_does_not_start():
    with pytest.raises(Exception, match="did not start; its log says why"), in_subprocess("--no-such-option"):
        pass
    with pytest.raises(Exception, match="nope"), in_process(settings("nope")):
        pass
    gc.collect()


def settings(recipe):
    from emulator.settings import Settings
    return Settings(recipe=recipe)


def test_that_goes_on_when_the_server_has_ended():
    with in_process(listen=False) as server:
        transport = server.transport
    with httpx.Client(transport=transport) as client, pytest.raises(httpx.ConnectError, match="has ended"):
        client.get("http://127.0.0.1/v1/users")


@pytest.mark.asyncio
async def test_that_leaves_an_async_client_open(async_emulator):
    assert (await async_emulator.client("insightiq").get("/v1/users")).status_code == 200
"""


def test_careless_tests_leave_nothing_open(tmp_path: Path) -> None:
    """Warnings are errors here, such as those of sockets and databases that nobody has closed."""
    done = run(tmp_path, *HERE, suite=CARELESS)
    assert "7 passed" in done.stdout, done.stdout + done.stderr
    assert "warning" not in done.stdout + done.stderr
    assert "ignored" not in done.stderr


def test_the_plugin_can_be_left_out(tmp_path: Path) -> None:
    done = run(tmp_path, "-p", "no:emulator", suite="def test_it(): pass\n\ndef test_other(emulator): pass\n")
    assert "1 passed, 1 error in" in done.stdout
    assert "fixture 'emulator' not found" in done.stdout


def test_tests_that_await_need_no_marker_in_auto_mode(tmp_path: Path) -> None:
    suite = """
async def test_it(async_emulator):
    assert await async_emulator.advance(1) == []
    async with async_emulator.fork() as forked:
        await forked.advance(1)
        assert (await forked.now() - await async_emulator.now()).total_seconds() == 1
        assert forked.name != async_emulator.name
"""
    done = run(tmp_path, *HERE, "-o", "asyncio_mode=auto", suite=suite)
    assert "1 passed" in done.stdout, done.stdout
