"""Measures the emulator against a bare server in one run, and prints a table.

Reads are rounds of both servers in turn, so that a busy machine slows both; the median of the ratios is shown.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.request import Request, urlopen

from benchmarks import load
from benchmarks.searches import searches

ROUNDS, SECONDS = 5, 2.0
BARE_PORT = 18_111


def main() -> None:
    unlimited = ["--log-level", "warning", "--insightiq-limit", "off"]
    with tempfile.TemporaryDirectory() as folder, emulator(unlimited) as (port, started):
        report("cold start to first answer", f"{started:.2f} s", "1.2 s")
        report("idle memory", f"{memory(pid(port)):.0f} MB", "120 MB")
        world = control(port, "GET", "/worlds/default")
        reads(port, world, Path(folder))
        report(
            "reset of the default world", milliseconds(lambda: control(port, "POST", "/worlds/default/reset")), "20 ms"
        )
        changed(port, world)
        report(
            "  after its accounts changed",
            milliseconds(lambda: control(port, "POST", "/worlds/default/reset")),
            "20 ms",
        )
        report("a world like one that exists", milliseconds(lambda: control(port, "POST", "/worlds", {})), "")
        seeds = iter(range(1000, 2000))
        new = milliseconds(lambda: control(port, "POST", "/worlds", {"seed": next(seeds)}), times=3)
        report("a default world of a new seed", new, "")
    large = perf_counter()
    with emulator(["--recipe", "large", "--log-level", "warning", "--insightiq-limit", "off"]) as (port, _):
        report("start with the recipe large", f"{perf_counter() - large:.1f} s", "60 s")
        searches(port, basic(control(port, "GET", "/worlds/default")), report)


def basic(world: dict[str, Any]) -> dict[str, str]:
    keys = world["credentials"]["insightiq"]
    return {"Authorization": "Basic " + b64encode(f"{keys['username']}:{keys['password']}".encode()).decode()}


def reads(port: int, world: dict[str, Any], folder: Path) -> None:
    headers = basic(world)
    accounts = json.loads(load.answer(port, load.request("/v1/accounts?limit=100", headers)).partition(b"\r\n\r\n")[2])
    one = max((each["id"] for each in accounts["data"]), key=len)
    campaigns = {"object": f"/v1/accounts/{one}", "list": "/v1/accounts?limit=100"}
    for name, path in campaigns.items():
        (folder / name).write_bytes(load.answer(port, load.request(path, headers)).partition(b"\r\n\r\n")[2])
    with bare(folder):
        for name, path in campaigns.items():
            size = (folder / name).stat().st_size / 1000
            report(f"GET {name}, {size:.1f} kB", compared(port, load.request(path, headers), name), "0.40")


def compared(port: int, sent: bytes, name: str) -> str:
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(load.rate(BARE_PORT, load.request(f"/{name}", {}), SECONDS))
        ours.append(load.rate(port, sent, SECONDS))
    ratio = median(mine / bare for mine, bare in zip(ours, theirs, strict=True))
    return f"{ratio:.2f} ({median(ours):,.0f} of {median(theirs):,.0f} a second)"


def changed(port: int, world: dict[str, Any]) -> None:
    control(port, "POST", "/worlds/default/clock/advance", {"by": "P1D"})
    assert world["name"] == "default"


def milliseconds(call: Callable[[], Any], times: int = 20) -> str:
    taken = []
    for _ in range(times):
        start = perf_counter()
        call()
        taken.append(1000 * (perf_counter() - start))
    return f"{median(taken):.1f} ms"


def control(port: int, method: str, path: str, body: Any = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} if data else {}
    request = Request(f"http://127.0.0.1:{port}/_emulator{path}", data, headers, method=method)
    with urlopen(request) as response:
        answer: dict[str, Any] = json.load(response)
        return answer


@contextmanager
def emulator(arguments: list[str]) -> Iterator[tuple[int, float]]:
    """Port, and seconds until the first answer."""
    start = perf_counter()
    command = [sys.executable, "-m", "emulator", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rsplit(":", 1)[1])
        control(port, "GET", "/health")
        _pids[port] = process.pid
        try:
            yield port, perf_counter() - start
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def bare(folder: Path) -> Iterator[None]:
    environment = {**os.environ, "BARE_BODIES": str(folder), "BARE_PORT": str(BARE_PORT)}
    with subprocess.Popen([sys.executable, "-m", "benchmarks.bare"], env=environment) as process:
        _wait_for(BARE_PORT)
        try:
            yield
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = perf_counter() + 10
    while True:
        try:
            load.answer(port, load.request("/object", {}))
        except OSError:
            if perf_counter() > end:
                raise
        else:
            return


_pids: dict[int, int] = {}


def pid(port: int) -> int:
    return _pids[port]


def memory(pid: int) -> float:
    """Resident megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def report(what: str, value: str, wanted: str) -> None:
    print(f"{what:<36}{value:<44}{wanted and 'to reach: ' + wanted}", flush=True)


if __name__ == "__main__":
    main()
