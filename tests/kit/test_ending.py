"""An emulator in a process of tests ends cleanly, whatever it is doing just then."""

import subprocess
import sys

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
