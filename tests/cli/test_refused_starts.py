"""What `serve` cannot do, it says in a line, with exit code 2 and before it listens to anybody."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.process import ended


def complaint(cwd: Path, *arguments: str, **variables: str) -> str:
    """Our own in one line; those about an option's value as click words them, after how to call the command."""
    done = ended(cwd, "serve", *arguments, **variables)
    lines = done.stderr.splitlines()
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(lines) == 1 or lines[0].startswith("Usage: "), done.stderr
    assert lines[-1].startswith(("emulator: ", "Error: "))
    return lines[-1]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--recipe", "nope"], "'nope'; there are: default, demo, empty, large"),
        (["--recipe", "nope.yaml"], "nope.yaml: cannot be read"),
        (["--epoch", "yesterday"], "'yesterday'"),
        (["--epoch", "1969-12-31"], "1970"),
        (["--port", "65536"], "--port"),
        (["--port", "http"], "--port"),
        (["--seed", "-1"], "--seed"),
        (["--clock", "stopped"], "--clock"),
        (["--clock-rate", "0"], "--clock-rate"),
        (["--clock-rate", "nan"], "--clock-rate"),
        (["--storyclash-limit", "never"], "--storyclash-limit"),
        (["--insightiq-limit", "0"], "--insightiq-limit"),
        (["--insightiq-limit", "never"], "--insightiq-limit"),
        (["--log-level", "loud"], "--log-level"),
        (["--host", "nowhere.invalid"], "nowhere.invalid"),
        (["--config", "missing.toml"], "missing.toml"),
        (["--nonsense"], "--nonsense"),
    ],
    ids=str,
)
def test_a_wrong_option_is_named(tmp_path: Path, arguments: list[str], named: str) -> None:
    assert named in complaint(tmp_path, "--port", "0", *arguments)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("prot = 1", "unknown key prot; known: allow-webhooks-to, archive-limit, base-url, clock"),
        ("port = ", "cannot be read as TOML"),
        ("port = 'http'", "--port"),
        ("seed = 1.5", "--seed"),
        ("state = 5", "state"),
        ("allow-webhooks-to = 'a.example'", "--allow-webhooks-to is 'a.example', not a list"),
        ("allow-webhooks-to = [1]", "--allow-webhooks-to is 1, not a text"),
        ("[serve]\nport = 1", "unknown key serve"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "emulator.toml").write_text(content)
    assert named in complaint(tmp_path)


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    assert "--port" in complaint(tmp_path, EMULATOR_PORT="many")


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        assert f"127.0.0.1:{port}" in complaint(tmp_path, "--port", port, "--recipe", "empty")


def test_a_state_that_is_none_is_named_and_left_alone(tmp_path: Path) -> None:
    """Root may write anywhere, so what cannot be opened lies below a file."""
    (tmp_path / "garbage.db").write_text("garbage" * 1000)
    (tmp_path / "folder.db").mkdir()
    for state in ("garbage.db", "garbage.db/state.db", "folder.db", "missing/state.db"):
        assert state in complaint(tmp_path, "--port", "0", "--state", state)
    assert (tmp_path / "garbage.db").read_text() == "garbage" * 1000


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    assert "foreign.db was not written by" in complaint(tmp_path, "--port", "0", "--state", "foreign.db")
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_state_of_another_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "newer.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    assert "newer.db was not written by this version" in complaint(tmp_path, "--port", "0", "--state", "newer.db")


def test_a_population_that_would_outlast_time_is_refused(tmp_path: Path) -> None:
    assert "9999" in complaint(tmp_path, "--port", "0", "--epoch", "9999-12-31T00:00:00Z")
