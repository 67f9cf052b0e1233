"""Every example of the guides is run as printed: tests by pytest, commands against a server, Node's by Node."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from emulator.cli import main
from emulator.testing import Refused, Server, in_subprocess
from tests.test_readme import shell

ROOT = Path(__file__).parents[2]
MINUTE = timedelta(minutes=1)
GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
NAMES = ["demo", "faults", "first-test", "jobs", "limits", "over-http", "parallel-ci", "webhooks"]


def blocks(guide: str, language: str) -> list[str]:
    text = (ROOT / "docs" / "guides" / f"{guide}.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def has_tests(guide: str) -> bool:
    return any("def test_" in block for block in blocks(guide, "python"))


@pytest.fixture(scope="module")
def demo() -> Iterator[Server]:
    with in_subprocess("--recipe", "demo") as server:
        yield server


def test_there_is_a_guide_for_each_task() -> None:
    assert {path.stem for path in GUIDES} >= set(NAMES)


@pytest.mark.parametrize("guide", [name for name in NAMES if has_tests(name)])
def test_the_tests_of_a_guide_pass_as_printed(tmp_path: Path, guide: str) -> None:
    (tmp_path / f"test_{guide.replace('-', '_')}.py").write_text("\n\n".join(blocks(guide, "python")))
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert re.search(r"^\d+ passed", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert not re.search(r"failed|error|skipped", done.stdout.splitlines()[-1])


def test_the_demo_goes_as_printed(demo: Server, tmp_path: Path) -> None:
    serve, *scripts = blocks("demo", "sh")
    known = {option for each in main.commands["serve"].params for option in each.opts}
    assert set(re.findall(r"--[a-z-]+", serve)) <= known
    for script in scripts:
        shell(f'export EMULATOR_URL="{demo.url}"\n{script}', demo.url, tmp_path)
    assert demo.existing("copy").shown()["recipe"] == "demo"
    with pytest.raises(Refused, match="nobody is called"):  # she came after the snapshot
        demo.existing("copy").seed.post("mia.moreau")


def test_jobs_and_webhooks_over_http_go_as_printed(demo: Server, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
    for name, script in zip(("receiver.py", "try_it.py"), blocks("over-http", "python"), strict=True):
        (tmp_path / name).write_text(script.replace("9000", port))
    (example,) = blocks("over-http", "sh")
    told = shell(example, demo.url, tmp_path)
    assert re.findall(r"told: (\S+)", told) == [
        "ACCOUNTS.CONNECTED",
        "PROFILES.ADDED",
        "PROFILES_AUDIENCE.ADDED",
        "PROFILE_ANALYTICS.SUCCESS",
        "PROFILE_ANALYTICS.SUCCESS",
    ]
    assert re.search(r"^SUCCESS [1-9][0-9]* followers$", told, re.MULTILINE)
    tried = told.partition("tried at")[2]
    moments = [datetime.fromisoformat(moment) for moment in re.findall(r"[0-9T:.-]{26}Z", tried)]
    assert [later - earlier for earlier, later in pairwise(moments)] == [MINUTE, 5 * MINUTE, 360 * MINUTE]


def test_the_options_of_parallel_runs_are_those_of_the_plugin() -> None:
    (commands,) = blocks("parallel-ci", "sh")
    plugin = (ROOT / "emulator" / "testing" / "plugin.py").read_text()
    assert set(re.findall(r"--emulator-\w+", commands)) <= set(re.findall(r'"(--emulator-\w+)"', plugin))
    for place in re.findall(r"emulator_server=(\w+)", commands):
        assert f'case "{place}"' in plugin


def test_workflows_and_compose_files_are_yaml_of_their_kind() -> None:
    for workflow in blocks("parallel-ci", "yaml"):
        assert yaml.safe_load(workflow)["jobs"]["tests"]["steps"]
    compose = yaml.safe_load((ROOT / "docs" / "compose.yaml").read_text())
    variables = set(compose["services"]["emulator"]["environment"])
    known = {f"EMULATOR_{option.name.upper()}" for option in main.commands["serve"].params if option.name}
    assert variables <= known


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_example_for_node_passes() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "EMULATOR": f"{sys.executable} -m emulator"}
    command = ["node", "--test", str(ROOT / "docs" / "node" / "emulator.test.mjs")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass 3$", done.stdout, re.MULTILINE)
