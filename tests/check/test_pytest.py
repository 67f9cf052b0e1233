"""The same checks under pytest: as a folder, and beside a user's own tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.check.command import CREDENTIALS
from tests.check.foreign import serving

ROOT = Path(__file__).parents[2]


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **CREDENTIALS, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_folder_holds_a_server_to_the_contract() -> None:
    with serving() as foreign:
        only = ["--vendor", "storyclash", "-k", "list_campaigns and response"]
        done = run(ROOT, "contracts/suite", "--target", foreign.url, *only)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "test_responses[storyclash/list_campaigns/response]" in done.stdout
    assert "storyclash/list_campaigns/response.schema" in done.stdout
    assert CREDENTIALS["STORYCLASH_TOKEN"] not in done.stdout


def test_the_plugin_adds_the_checks_to_a_users_own_tests(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text("def test_mine():\n    pass\n")
    chosen = ["--vendor", "storyclash", "-k", "mine or (storyclash and documents) or (storyclash and responses)"]
    done = run(tmp_path, "-p", "emulator.check.plugin", "test_mine.py", *chosen)
    assert done.returncode == 0, done.stdout
    (passed,) = re.findall(r"(\d+) passed", done.stdout)
    assert int(passed) > 2


def test_where_everything_is_skipped_nothing_has_passed() -> None:
    with serving() as foreign:
        chosen = ["--vendor", "insightiq", "-k", "test_responses and create_user"]
        done = run(ROOT, "contracts/suite", "--target", foreign.url, *chosen)
    assert done.returncode == 4
    assert "No check was executed." in done.stdout
