"""What the test kit costs a test: `python -m benchmarks.kit`.

Each figure stands beside that of the cheapest call there is, reading the clock, taken in turn with it in one run: a
busy machine slows both, so that the ratio says more than the milliseconds.
"""

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median, quantiles
from time import perf_counter

from emulator.testing import Emulator, Server, in_process

TIMES = 300
IMPORTS = 15


def main() -> None:
    print(f"{'':44}{'median':>10}{'p99':>10}{'/ a call':>10}")
    with in_process(listen=False) as server, server.world(recipe="empty") as idle:
        with server.world(clock={"mode": "frozen"}):
            pass  # the population is made once
        show("fresh world, default recipe", lambda stack: fresh(server, stack), idle)
        show("advance over an empty queue", lambda _: lambda: idle.advance(1), idle)
        show("snapshot of a default world", lambda stack: snapshot(server, stack), idle, times=50)
        show("rollback of a default world", lambda stack: rollback(server, stack), idle, times=50)
        show("fork of a default world", lambda stack: fork(server, stack), idle, times=50)
        show("export of a default world", lambda stack: exported(server, stack), idle, times=50)
        show("import of a default world", lambda stack: read_in(server, stack), idle, times=50)
        show("a creator in an empty world", lambda stack: creator(server, stack, "empty"), idle, times=50)
        show("a creator in a default world", lambda stack: creator(server, stack, "default"), idle, times=50)
        show("a request", lambda stack: request(server, stack), idle)
        show("a request beside faults of another vendor", lambda stack: request(server, stack, "storyclash"), idle)
        show("a request that a fault answers", lambda stack: request(server, stack, "insightiq"), idle)
    plain, loaded = imported("pytest"), imported("pytest, emulator.testing.plugin")
    print(f"{'importing the plugin, beside pytest':44}{(loaded - plain) * 1000:>7.1f} ms")


Prepare = Callable[[ExitStack], Callable[[], object]]


def show(name: str, prepare: Prepare, idle: Emulator, times: int = TIMES) -> None:
    took, calls = [], []
    for _ in range(times):
        with ExitStack() as stack:
            act = prepare(stack)
            calls.append(timed(lambda: idle.now))
            took.append(timed(act))
    p99 = quantiles(took, n=100)[98]
    print(f"{name:44}{median(took) * 1000:>7.2f} ms{p99 * 1000:>7.2f} ms{median(took) / median(calls):>10.1f}")


def timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def fresh(server: Server, stack: ExitStack) -> Callable[[], object]:
    return lambda: stack.enter_context(server.world(clock={"mode": "frozen"}))


def lived(server: Server, stack: ExitStack) -> Emulator:
    """A world in which something has happened, so that some tables are its own."""
    world = stack.enter_context(server.world(clock={"mode": "frozen"}))
    world.seed.account()
    world.advance("PT1H")
    return world


def snapshot(server: Server, stack: ExitStack) -> Callable[[], object]:
    return lived(server, stack).snapshot


def rollback(server: Server, stack: ExitStack) -> Callable[[], object]:
    world = lived(server, stack)
    world.snapshot()
    return world.rollback


def fork(server: Server, stack: ExitStack) -> Callable[[], object]:
    world = lived(server, stack)
    return lambda: stack.enter_context(world.fork())


def exported(server: Server, stack: ExitStack) -> Callable[[], object]:
    return lived(server, stack).export


def read_in(server: Server, stack: ExitStack) -> Callable[[], object]:
    document = lived(server, stack).export()
    return lambda: stack.enter_context(server.world(name="copy", **{"from": {"export": document}}))


def creator(server: Server, stack: ExitStack, recipe: str) -> Callable[[], object]:
    world = stack.enter_context(server.world(recipe=recipe, clock={"mode": "frozen"}))
    return lambda: world.seed.creator("mia.moreau")


def request(server: Server, stack: ExitStack, faulty: str | None = None) -> Callable[[], object]:
    world = stack.enter_context(server.world(recipe="empty", clock={"mode": "frozen"}))
    if faulty is not None:
        world.faults.set({"kind": "answer", "match": {"vendor": faulty}})
    client = world.client("insightiq")
    return lambda: client.get("/v1/users")


def imported(modules: str) -> float:
    """Seconds, the best of some tries, without what starting Python takes."""
    program = f"import time; t = time.perf_counter(); import {modules}; print(time.perf_counter() - t)"
    tries = (subprocess.run([sys.executable, "-c", program], capture_output=True, text=True) for _ in range(IMPORTS))
    return min(float(done.stdout) for done in tries)


if __name__ == "__main__":
    main()
