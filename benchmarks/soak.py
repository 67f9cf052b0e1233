"""Ten thousand jobs that end in one advance, with a webhook each to a receiver on this machine.

python -m benchmarks.soak
"""

import json
import tempfile
from base64 import b64encode
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import load
from benchmarks.run import BARE_PORT, bare, control, emulator, memory, pid, report

JOBS = 10_000
EVENT = "EMAIL_LOOKUP.SUCCESS"
URL = f"http://127.0.0.1:{BARE_PORT}/object"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "object").write_bytes(b"{}")
        state = ["--state", str(Path(folder) / "state.db")]
        with bare(Path(folder)), emulator([*state, "--log-level", "warning"]) as (port, _):
            soak(port, control(port, "POST", "/worlds", {"clock": {"mode": "frozen"}}))


def soak(port: int, world: dict[str, Any]) -> None:
    ask(port, world, "/v1/webhooks", {"url": URL, "events": [EVENT], "name": "soak"})
    seconds = timed(lambda: submit(port, world))
    report(f"{JOBS:,} jobs submitted", f"{seconds:.1f} s", "")
    before = memory(pid(port))
    path = f"/worlds/{world['name']}"
    seconds = timed(lambda: control(port, "POST", f"{path}/clock/advance", {"by": "PT10M"}))
    report(f"{JOBS:,} jobs ended, and {JOBS:,} webhooks delivered", f"{seconds:.1f} s", "60 s")
    report("memory before and after", f"{before:.0f} and {memory(pid(port)):.0f} MB", "flat")
    for state in ("pending", "sending", "dead"):
        left = control(port, "GET", f"{path}/deliveries?state={state}&limit=1")["data"]
        assert not left, f"there are deliveries {state}"
    (last,) = control(port, "GET", f"{path}/deliveries?state=delivered&limit=1")["data"]
    assert last["event"] == EVENT


LOOKUP = {"emails": ["nobody@example.com"]}


def submit(port: int, world: dict[str, Any]) -> None:
    for _ in range(JOBS):
        ask(port, world, "/v1/social/creators/email-lookup", LOOKUP)


def ask(port: int, world: dict[str, Any], path: str, body: Any) -> None:
    keys = world["credentials"]["insightiq"]
    basic = b64encode(f"{keys['username']}:{keys['password']}".encode()).decode()
    sent = load.request(path, {"Authorization": f"Basic {basic}"}, json.dumps(body).encode())
    status = load.answer(port, sent).split(b" ", 2)[1]
    assert status in (b"201", b"202"), status


def timed(work: Any) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


if __name__ == "__main__":
    main()
