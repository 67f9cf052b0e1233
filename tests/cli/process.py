"""The command `emulator` in a process of its own; a server is ready when it has printed its banner."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from tests.support import TestWorld, hold_to_contract

ROOT = Path(__file__).parents[2]
_LOGS = count()
DEADLINE = 20.0  # seconds for whatever should take one


def environment(**variables: str) -> dict[str, str]:
    """That of the tests, without the emulator's own variables; the package is the one beside these tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EMULATOR_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"} | variables


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "emulator", *arguments]


def ended(cwd: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """An invocation that ends by itself."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )


@dataclass(frozen=True)
class Served:
    """A server that has said that it is ready. `banner` is by label, those below another as `<other> <label>`."""

    process: subprocess.Popen[str]
    banner: dict[str, str]
    log: Path
    client: httpx.Client

    @property
    def port(self) -> int:
        assert self.client.base_url.port
        return self.client.base_url.port

    def world(self, name: str = "default") -> TestWorld:
        shown = self.client.get(f"/_emulator/worlds/{name}")
        assert shown.status_code == 200, shown.text
        return TestWorld(name, shown.json()["credentials"], self.client)

    def end(self, number: signal.Signals) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(DEADLINE)


@contextmanager
def serving(
    cwd: Path, *arguments: str, address: str | None = None, control_token: str | None = None, **variables: str
) -> Iterator[Served]:
    """`emulator serve`; on a free port, unless the caller gives it an address. Killed in the end if it still runs."""
    log = cwd / f"log-{next(_LOGS)}"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command("serve", *(["--port", "0"] if address is None else []), *arguments),
            cwd=cwd,
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            banner = _banner(process, log)
            headers = {"authorization": f"Bearer {control_token}"} if control_token else {}
            base_url = address or banner["Base URL"]
            with httpx.Client(base_url=base_url, timeout=DEADLINE, event_hooks=_hooks()) as client:
                client.headers.update(headers)
                yield Served(process, banner, log, client)
        finally:
            process.kill()


def _hooks() -> dict[str, list[Callable[..., Any]]]:
    return {"response": [lambda response: response.read(), hold_to_contract]}


def _banner(process: subprocess.Popen[str], log: Path) -> dict[str, str]:
    timer = threading.Timer(DEADLINE, process.kill)
    timer.start()
    found: dict[str, str] = {}
    above = ""
    for line in process.stdout or ():
        label, value = line[:18].rstrip(), line[18:].rstrip("\n")
        above = above if label.startswith(" ") else label
        found[f"{above} {label.strip()}" if label.startswith(" ") else label] = value
        if label == "World":
            timer.cancel()
            return found
    timer.cancel()
    raise AssertionError(f"the server did not start: {log.read_text()}")
