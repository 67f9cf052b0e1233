"""`mediaItems(first: 50)` with every field against a plain ariadne server: `python -m benchmarks.partners`."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any

from benchmarks import load
from benchmarks.run import ROUNDS, SECONDS, control, emulator, report

PLAIN_PORT = 18_112
ROOT = Path(__file__).parents[1]
SDL = ROOT / "contracts" / "archive" / "partners.graphql"
QUERY = (ROOT / "fixtures" / "documented" / "archive" / "partners" / "mediaItems.graphql").read_text()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, emulator(["--log-level", "warning"]) as (port, _):
        token = control(port, "GET", "/worlds/default")["credentials"]["archive"]["token"]
        nodes = re.sub(r"edges \{.*?\n    \}\n", "", QUERY, count=1, flags=re.DOTALL)
        body = json.dumps({"query": nodes, "variables": {"first": 50}}).encode()
        sent = load.request("/api/v1", {"Authorization": f"Bearer {token}"}, body)
        page = json.loads(load.answer(port, sent).partition(b"\r\n\r\n")[2])["data"]["mediaItems"]
        for node in page["nodes"]:
            node["engagementHistory"] = (node["engagementHistory"] * 5 or node["engagement"] * 5)[:5]
        (Path(folder) / "page.json").write_text(json.dumps(page))
        (Path(folder) / "schema.graphql").write_text(SDL.read_text())
        with plain(Path(folder)):
            report("mediaItems(first: 50) to plain ariadne", compared(port, sent, body), "0.87")


def compared(port: int, sent: bytes, body: bytes) -> str:
    """Requests a second, as a part of those of the other; 0.87 is 1.15 of its time."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(load.rate(PLAIN_PORT, load.request("/", {}, body), SECONDS))
        ours.append(load.rate(port, sent, SECONDS))
    ratio = median(mine / other for mine, other in zip(ours, theirs, strict=True))
    return f"{ratio:.2f} ({median(ours):,.0f} of {median(theirs):,.0f} a second)"


@contextmanager
def plain(folder: Path) -> Iterator[None]:
    environment: dict[str, Any] = {**os.environ, "PLAIN_DATA": str(folder), "PLAIN_PORT": str(PLAIN_PORT)}
    with subprocess.Popen([sys.executable, "-m", "benchmarks.plain"], env=environment) as process:
        try:
            _wait()
            yield
        finally:
            process.terminate()


def _wait() -> None:
    for _ in range(100):
        try:
            load.answer(PLAIN_PORT, load.request("/", {}, b'{"query": "{__typename}"}'))
        except OSError:
            sleep(0.1)
        else:
            return
    raise TimeoutError("the plain server does not answer")


if __name__ == "__main__":
    main()
