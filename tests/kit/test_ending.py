"""An emulator in a process of tests ends cleanly, whatever it is doing just then."""

import subprocess
import sys

import pytest

from emulator.testing import Refused, connect

PROGRAM = """
from emulator.testing import in_process

for _ in range(25):
    with in_process(listen=False) as server, server.world(recipe="empty"):
        pass
print("ended")
"""


def test_an_emulator_may_end_at_any_moment() -> None:
    """Its clocks may be looked at just then, in another thread: the database is not taken away from it."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")


KILLED = """
import os
from emulator.testing import in_subprocess

with in_subprocess() as server:
    print(server.url, flush=True)
    os.kill(os.getpid(), 9)
"""


def test_a_server_of_its_own_process_ends_with_those_who_are_killed() -> None:
    """Its log, which it shares with them, ends when it does."""
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == -9
    with pytest.raises(Refused, match="no emulator answers"), connect(done.stdout.strip()):
        pass
