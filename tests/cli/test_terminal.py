"""What people see on a terminal: tables that fit it, and a table of contents."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from emulator.cli import main
from tests.cli.asked import told
from tests.cli.process import DEADLINE, ROOT, Served, command, ended, environment
from tests.support import TestWorld

LISTS = [
    "world list",
    "snapshot list",
    "requests",
    "jobs",
    "jobs rules",
    "webhooks",
    "webhooks faults",
    "inbox",
    "fault list",
    "fault names",
    "account list",
    "wallet list",
]


@pytest.fixture
def busy(served: Served, world: TestWorld) -> TestWorld:
    """A world in which every list has something long to show."""
    inbox = f"{world.control('GET').json()['inbox_url']}-{'with-a-long-name' * 3}"
    hook = {"url": inbox, "events": ["ACCOUNTS.CONNECTED"], "is_active": True, "name": "x"}
    assert world.insightiq("POST", "/v1/webhooks", json=hook).status_code == 201
    world.insightiq("GET", f"/v1/social/creators/profiles/{'long' * 40}")
    world.insightiq("POST", "/v1/social/creators/email-lookup", json={"emails": ["jane@example.com"]})
    told(served, "account", "connect")
    match = ("--vendor", "insight*", "--operation", "fetch_profile_analytics*")
    told(served, "fault", "set", "error", "--error", "incorrect_user_id", *match, "--path", "/v1/social/creators/*")
    told(served, "webhooks", "faults", "set", "delay", "--event", "ACCOUNTS.*", "--to", f"*{'long' * 20}*")
    told(served, "jobs", "rules", "set", "FAILURE", "--family", "email_lookup", "--id", "long" * 20)
    told(served, "snapshot", "take")
    return world


def on_terminal(served: Served, columns: int, line: str) -> list[str]:
    """The lines that are written to a terminal of that width."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    variables = environment(EMULATOR_URL=str(served.client.base_url))
    variables.pop("COLUMNS", None)
    with subprocess.Popen(command(*line.split()), cwd=ROOT, env=variables, stdout=theirs) as process:
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        assert process.wait(DEADLINE) == 0
    return written.decode().splitlines()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # as Linux says that nobody writes any more
        return b""


def test_lists_fit_the_terminal(served: Served, busy: TestWorld) -> None:
    for line in LISTS:
        head, *rows = on_terminal(served, 100, line)
        assert head == head.upper(), line
        assert rows, line
        assert all(len(row) <= 100 for row in (head, *rows)), line


def test_what_is_not_read_on_a_terminal_is_not_cut(served: Served, busy: TestWorld) -> None:
    assert f"GET /v1/social/creators/profiles/{'long' * 40}" in told(served, "requests")


def test_numbers_stand_below_each_other_and_times_are_short(served: Served, busy: TestWorld) -> None:
    head, row = told(served, "wallet", "list").splitlines()
    assert head.index("MONTHLY") + len("MONTHLY") == row.index("70000") + len("70000")
    assert len(head) == len(row)
    assert "2026-01-01 00:00:00" in told(served, "snapshot", "list")
    assert "000Z" not in told(served, "clock", "show")


def test_help_is_a_table_of_contents(tmp_path: Path) -> None:
    """In sections, every command once, each in one line."""
    shown = ended(tmp_path, "--help", COLUMNS="80").stdout.partition("Server:")[2]
    named = [line.split()[0] for line in shown.splitlines() if line.startswith("  ")]
    assert named[0] == "serve"
    assert sorted(named) == sorted(main.commands)
    assert "..." not in shown


def test_a_group_alone_shows_its_commands(tmp_path: Path) -> None:
    done = ended(tmp_path, "world")
    assert done.returncode == 2
    assert all(f"  {name} " in done.stderr for name in ("list", "create", "show", "export", "reset", "delete"))
