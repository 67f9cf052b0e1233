"""The pytest plugin as a suite of somebody else's uses it: in a process of its own, beside xdist and asyncio."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SETTINGS = """[pytest]
asyncio_default_fixture_loop_scope = function
filterwarnings = error
"""

SUITE = """
import httpx
import pytest


@pytest.mark.parametrize("number", range(6))
def test_a_world_of_its_own(emulator, number):
    client = emulator.client("insightiq")
    assert client.get("/v1/users/external_id/x").status_code == 404
    assert client.post("/v1/users", json={"name": "x", "external_id": "x"}).status_code == 201
    assert str(emulator.now) == "2026-01-01 00:00:00+00:00"
    emulator.advance("PT1H")


@pytest.mark.emulator(recipe="empty", seed=9)
class TestMarked:
    @pytest.mark.emulator(limits={"storyclash": "off"})
    def test_the_nearest_marker_adds_to_others(self, emulator):
        shown = emulator.shown()
        assert (shown["recipe"], shown["seed"], shown["limits"]["storyclash"]) == ("empty", 9, "off")


@pytest.mark.asyncio
async def test_that_awaits(async_emulator):
    await async_emulator.advance("PT1H")
    assert str(await async_emulator.now()) == "2026-01-01 01:00:00+00:00"
    async with async_emulator.client("insightiq") as client:
        assert (await client.get("/v1/users")).status_code == 200
    await async_emulator.requests.assert_made("list_users", times=1)
"""


def run(folder: Path, *arguments: str, suite: str = SUITE) -> subprocess.CompletedProcess[str]:
    (folder / "test_suite.py").write_text(suite)
    (folder / "pytest.ini").write_text(SETTINGS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def installed() -> set[str]:
    from importlib.metadata import entry_points

    return {each.name for each in entry_points(group="pytest11")}


def test_the_plugin_is_there_with_the_package() -> None:
    assert "emulator" in installed(), "install the package again: pip install -e ."


@pytest.mark.parametrize("arguments", [(), ("-n", "2"), ("-n", "2", "--dist=loadscope")])
@pytest.mark.parametrize("where", ["thread", "process", "asgi"])
def test_each_test_has_a_world_wherever_the_server_is(tmp_path: Path, arguments: tuple[str, ...], where: str) -> None:
    done = run(tmp_path, *arguments, "-o", f"emulator_server={where}")
    assert "8 passed" in done.stdout, done.stdout + done.stderr


def test_a_server_that_runs_already_is_shared_by_all_workers(tmp_path: Path) -> None:
    from emulator.testing import in_subprocess

    with in_subprocess(control_token="open sesame") as server:
        done = run(tmp_path, "-n", "2", "--emulator-url", server.url, "--emulator-token", "open sesame")
    assert "8 passed" in done.stdout, done.stdout + done.stderr


def test_an_unknown_place_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", "emulator_server=cloud")
    assert done.stderr.strip() == "ERROR: emulator_server is 'cloud'; it can be thread, process or asgi"


def test_a_run_without_the_emulator_does_not_load_it(tmp_path: Path) -> None:
    suite = """
import sys

def test_nothing_is_loaded():
    loaded = {name for name in sys.modules if name.partition(".")[0] in ("emulator", "httpx", "sqlalchemy", "uvicorn")}
    assert loaded <= {"emulator", "emulator.testing", "emulator.testing.plugin"}
"""
    done = run(tmp_path, suite=suite)
    assert "1 passed" in done.stdout, done.stdout
