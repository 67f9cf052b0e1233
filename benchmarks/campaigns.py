"""Storyclash's largest campaign: making it, its first and its last page, memory: `python -m benchmarks.campaigns`.

The pages are asked for in turns, so that a busy machine slows both; a cold one is the first of a server just started.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import load
from benchmarks.run import control, emulator, memory, pid, report

ROUNDS, STARTS = 30, 5
RECIPE = "storyclash-large"


def main(state: Path) -> None:
    arguments = ["--recipe", RECIPE, "--state", str(state), "--storyclash-limit", "off", "--log-level", "warning"]
    arguments += ["--clock", "frozen"]
    with emulator(arguments) as (port, seconds):
        report("start with the recipe", f"{seconds:.1f} s", "90 s")
        report("  memory then", f"{memory(pid(port)):.0f} MB", "250 MB")
        *_, large, larger = _campaigns(port)
        last = _pages(port, large)
        report("  pages", f"{last}, and one more: {_answer(port, large, last + 1)}", "250")
        report("  of 250,001 posts", f"{_answer(port, larger, 1)}", "Maximum results reached")
        _compare(port, large, "the last page by the first, warm", {}, last)
        middle = (large["from"] + large["to"]) // 2
        _compare(port, large, "  of what came later", {"from": middle}, _pages(port, large, {"from": middle}))
        report("  memory then", f"{memory(pid(port)):.0f} MB", "250 MB")
    _compare_cold(arguments, large, last)


def _compare(port: int, campaign: dict[str, Any], what: str, period: dict[str, int], last: int) -> None:
    first, end = [], []
    for _ in range(ROUNDS):
        first.append(_milliseconds(port, campaign, {**period, "page": 1}))
        end.append(_milliseconds(port, campaign, {**period, "page": last}))
    report(what, _ratio(end, first), "1.5")


def _compare_cold(arguments: list[str], campaign: dict[str, Any], last: int) -> None:
    taken: dict[int, list[float]] = {1: [], last: []}
    for nth in range(2 * STARTS):
        page = (1, last)[nth % 2]
        with emulator(arguments) as (port, _):
            taken[page].append(_milliseconds(port, campaign, {"page": page}))
    report("the last page by the first, cold", _ratio(taken[last], taken[1]), "1.5")


def _ratio(end: Sequence[float], first: Sequence[float]) -> str:
    return f"{median(end) / median(first):.2f} ({median(end):.1f} and {median(first):.1f} ms)"


def _pages(port: int, campaign: dict[str, Any], period: dict[str, int] | None = None) -> int:
    """The number of the last page: there are more results on each one before."""
    low, high = 1, 2_000
    while low < high:
        middle = (low + high) // 2
        more = json.loads(_asked(port, campaign, {**(period or {}), "page": middle})).get("hasMoreResults", False)
        low, high = (middle + 1, high) if more else (low, middle)
    return low


def _answer(port: int, campaign: dict[str, Any], page: int) -> str:
    return str(json.loads(_asked(port, campaign, {"page": page})).get("message"))


def _milliseconds(port: int, campaign: dict[str, Any], parameters: dict[str, int]) -> float:
    start = perf_counter()
    body = _asked(port, campaign, parameters)
    assert len(body) > 100_000, body[:100]
    return 1000 * (perf_counter() - start)


def _asked(port: int, campaign: dict[str, Any], parameters: dict[str, int]) -> bytes:
    query = "&".join(f"{name}={value}" for name, value in {**parameters, "token": _token(port)}.items())
    path = f"/external-api/campaign/{campaign['id']}?{query}"
    return load.answer(port, load.request(path, {})).partition(b"\r\n\r\n")[2]


def _campaigns(port: int) -> list[dict[str, Any]]:
    path = f"/external-api/campaigns?token={_token(port)}"
    found: list[dict[str, Any]] = json.loads(load.answer(port, load.request(path, {})).partition(b"\r\n\r\n")[2])
    return found


_tokens: dict[int, str] = {}


def _token(port: int) -> str:
    if port not in _tokens:
        _tokens[port] = control(port, "GET", "/worlds/default")["credentials"]["storyclash"]["token"]
    return _tokens[port]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else folder) / "state.db")
