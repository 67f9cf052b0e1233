"""docs/faults.md and docs/command-line.md: what they say is so, and their examples run."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from emulator.cli import main
from emulator.faults.fault import KINDS
from tests.cli.process import ROOT, Served, serving

FAULTS, COMMANDS = ((ROOT / "docs" / name).read_text() for name in ("faults.md", "command-line.md"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("docs"), "--clock", "frozen") as served:
        yield served


def shell(page: str, served: Served, cwd: Path) -> str:
    """What all examples of the page print, run as they are."""
    script = "\n".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL))
    emulator = f'emulator() {{ "{sys.executable}" -m emulator "$@"; }}\n'
    world = served.world()
    username, password = world.insightiq_auth
    url = str(served.client.base_url)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "EMULATOR_URL": url,
        "INSIGHTIQ_URL": url,
        "INSIGHTIQ_USERNAME": username,
        "INSIGHTIQ_PASSWORD": password,
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", emulator + script],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_examples_of_faults_do_what_they_say(served: Served, tmp_path: Path) -> None:
    printed = shell(FAULTS, served, tmp_path)
    assert '"matched":0' in printed
    assert '"too_many_requests"' in printed


def test_the_examples_of_commands_run(served: Served, tmp_path: Path) -> None:
    printed = shell(COMMANDS, served, tmp_path)
    assert "checkout-test is deleted" in printed
    assert "incorrect_user_id" in printed
    assert "mine.yaml is written" in printed


def test_every_kind_of_fault_is_documented_with_its_keys() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\|([^|]*)\|$", FAULTS, re.MULTILINE)
    assert {kind: set(re.findall(r"`(\w+)`", keys)) for kind, keys in rows} == {
        kind: set(traits.keys) for kind, traits in KINDS.items()
    }


def documented(command: click.Command, path: str) -> None:
    if not isinstance(command, click.Group):
        assert f"`{path}`" in COMMANDS
        return
    rows = [line for line in COMMANDS.splitlines() if line.startswith(f"| `{path} ")]
    for name, below in command.commands.items():
        if isinstance(below, click.Group):
            documented(below, f"{path} {name}")
        else:
            assert any(f" {name}`" in row or f"`{name}`" in row for row in rows), f"{path} {name}"


def test_every_command_is_documented() -> None:
    for name, command in main.commands.items():
        documented(command, f"emulator {name}")


def test_every_group_has_an_example() -> None:
    examples = "\n".join(re.findall(r"```sh\n(.*?)```", COMMANDS, re.DOTALL))
    missing = {name for name in main.commands if not re.search(rf"emulator {name}\b", examples)}
    assert missing <= {"serve", "check"}, "these have pages of their own"
