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
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
(TEST,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    state = tmp_path_factory.mktemp("state") / "state.db"
    command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--state", str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()


def shell(script: str, url: str, folder: Path | None = None) -> str:
    """What the commands of the script print; the emulator and the Python are those that are tested here."""
    script = script.replace(".venv/bin/python", sys.executable)
    script = script.replace(".venv/bin/emulator env", f"{sys.executable} -m emulator env --url {url}")
    script = script.replace(".venv/bin/emulator check", f"{sys.executable} -m emulator check")
    script = script.replace("--target http://127.0.0.1:8000", f"--target {url}")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_example_but_the_first_is_run_here() -> None:
    assert len(BLOCKS) == 9
    assert "make run" in BLOCKS[0]


def test_the_examples_of_the_three_vendors_work_as_printed(url: str) -> None:
    answers = [json.loads(shell(BLOCKS[1] + block, url)) for block in BLOCKS[2:6]]
    insightiq, archive, workspace, storyclash = answers
    assert len(insightiq["data"]) == 1
    assert len(archive["data"]["mediaItems"]["nodes"]) == 2
    assert len(workspace["data"]["items"]["nodes"]) == 2
    assert {campaign["type"] for campaign in storyclash} == {1, 2}


def test_the_examples_of_worlds_and_time_work_as_printed(url: str) -> None:
    printed = shell(BLOCKS[1] + BLOCKS[6] + BLOCKS[7], url)
    made, *rest = (json.loads(line) for line in re.sub(r"\}\{", "}\n{", printed).splitlines())
    advanced, journal, again = rest
    assert made["name"] == "my-test"
    assert advanced["ran_total"] == len(advanced["ran"]) > 0
    assert journal == {"data": []}
    assert again["clock"] == made["clock"]


def test_the_example_of_checks_works_as_printed(url: str, tmp_path: Path) -> None:
    (example,) = (block for block in BLOCKS if "emulator check" in block)
    told = shell(example, url, tmp_path)
    assert len(re.findall(r"^The contract holds: [0-9]+ checks held, 0 failed", told, re.MULTILINE)) == 2
    assert "The contract holds" in (tmp_path / "report.html").read_text()


def test_the_example_of_a_test_passes_as_printed(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    printed = shell(".venv/bin/python -m pytest -q -p no:cacheprovider", "", tmp_path)
    assert "1 passed" in printed
