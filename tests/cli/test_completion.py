"""What shells complete."""

import os
import subprocess
import sys

import pytest

from tests.cli.asked import read, told
from tests.cli.process import Served
from tests.support import TestWorld


def completed(served: Served, words: str) -> list[str]:
    """What a shell would offer for the last word."""
    environment = {
        **os.environ,
        "EMULATOR_URL": str(served.client.base_url),
        "_EMULATOR_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    program = "from emulator.cli import main; main(prog_name='emulator')"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return [line.partition(",")[2] for line in done.stdout.split()]


def test_shells_complete_commands_options_kinds_errors_and_worlds(served: Served) -> None:
    assert {"world", "clock", "fault", "serve"} <= set(completed(served, "emulator "))
    assert completed(served, "emulator clock fr") == ["freeze"]
    assert completed(served, "emulator fault set dr") == ["drop"]
    assert completed(served, "emulator fault set error --error incorrect_u") == ["incorrect_user_id"]
    assert completed(served, "emulator world show d") == ["default"]
    assert completed(served, "emulator clock show --world d") == ["default"]
    assert completed(served, "emulator requests ") == ["list", "show", "clear"]
    assert completed(served, "emulator world create --recipe de") == ["default", "demo"]


def test_shells_complete_what_a_world_has(served: Served, world: TestWorld) -> None:
    world.control("POST", "/snapshots", json={"name": "before"})
    assert completed(served, "emulator snapshot restore b") == ["before"]
    world.insightiq("POST", "/v1/social/creators/email-lookup", json={"emails": ["jane@example.com"]})
    (job,) = read(served, "jobs")["data"]
    assert completed(served, "emulator jobs complete ") == [job["id"]]
    assert completed(served, "emulator snapshot restore --world nobody ") == []
    told(served, "snapshot", "delete", "before")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_every_shell_can_be_had(shell: str) -> None:
    program = "from emulator.cli import main; main(prog_name='emulator')"
    environment = {**os.environ, "_EMULATOR_COMPLETE": f"{shell}_source"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert "_EMULATOR_COMPLETE" in done.stdout
