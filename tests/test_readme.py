"""The README's examples, run as printed against a server as `make run` starts it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    state = tmp_path_factory.mktemp("state") / "state.db"
    command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--state", str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()


def shell(script: str, url: str) -> str:
    """What the last command of the script prints; `.venv/bin/emulator` is the one that is tested here."""
    script = script.replace(".venv/bin/emulator env", f"{sys.executable} -m emulator env --url {url}")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_example_but_the_first_is_run_here() -> None:
    assert len(BLOCKS) == 7
    assert "make run" in BLOCKS[0]


def test_the_examples_of_the_three_vendors_work_as_printed(url: str) -> None:
    insightiq, archive, storyclash = (json.loads(shell(BLOCKS[1] + block, url)) for block in BLOCKS[2:5])
    assert len(insightiq["data"]) == 1
    assert len(archive["data"]["mediaItems"]["nodes"]) == 2
    assert {campaign["type"] for campaign in storyclash} == {1, 2}


def test_the_examples_of_worlds_and_time_work_as_printed(url: str) -> None:
    printed = shell(BLOCKS[1] + BLOCKS[5] + BLOCKS[6], url)
    made, *rest = (json.loads(line) for line in re.sub(r"\}\{", "}\n{", printed).splitlines())
    advanced, journal, again = rest
    assert made["name"] == "my-test"
    assert advanced["ran_total"] == len(advanced["ran"]) > 0
    assert journal == {"data": []}
    assert again["clock"] == made["clock"]
