"""Several who move one world's time at once: no task runs twice, none is lost, and the spans add up."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest

from emulator.settings import Settings
from emulator.world import instant
from emulator.world.store import Transaction
from emulator.world.tasks import Ran
from tests.cli.process import serving
from tests.population.recipes import first_world, write_recipe
from tests.support import Server, TestWorld, running
from tests.worlds.accounts import accounts, dues, last_sync, syncs

SYNCED = Path(__file__).with_name("small.yaml")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
SPAN, TIMES = timedelta(hours=12), 10


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What they return that begin together."""
    barrier = threading.Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def check(before: Sequence[dict[str, Any]], lists: Sequence[Sequence[Ran]], world: TestWorld) -> None:
    """`lists` are what each of those has run, in its order."""
    end = EPOCH + len(lists) * TIMES * SPAN
    assert datetime.fromisoformat(world.now()) == end
    every = list(chain(*lists))
    assert len({task.id for task in every}) == len(every)
    expected = sorted(chain(*(syncs(account, end) for account in before)))
    assert sorted(instant.to_datetime(task.due) for task in every) == expected
    assert {last_sync(account) for account in accounts(world)} == {
        max([last_sync(account), *syncs(account, end)]) for account in before
    }


@pytest.mark.parametrize("mode", ["frozen", "running"])
@pytest.mark.parametrize("processes", [1, 2])
def test_threads_that_advance_one_world(tmp_path: Path, mode: str, processes: int) -> None:
    """Of one emulator, or of one each on the same file."""
    settings = Settings(recipe=str(SYNCED), state=tmp_path / "state.db")
    with ExitStack() as stack:
        servers = [stack.enter_context(running(settings)) for _ in range(processes)]
        world = first_world(servers[0])
        world.control("PATCH", "/clock", json={"mode": mode})
        before = accounts(world)

        def advance(server: Server) -> list[Ran]:
            timeline = server.emulator.control.timeline
            return list(
                chain(*(timeline.advance("default", by=SPAN // timedelta(microseconds=1)) for _ in range(TIMES)))
            )

        check(before, at_once(*(lambda server=each: advance(server) for each in (servers * 2)[:2])), world)


def before_each_write(server: Server, monkeypatch: pytest.MonkeyPatch, act: Callable[[int], Any]) -> None:
    """`act` happens when this thread is about to write: a target, then task by task. It gets their number."""
    write, writes, advancing = server.emulator._store.write, count(), threading.current_thread()

    @contextmanager
    def interrupted() -> Iterator[Transaction]:
        if threading.current_thread() is advancing:
            act(next(writes))
        with write() as transaction:
            yield transaction

    monkeypatch.setattr(server.emulator._store, "write", interrupted)


def settle(server: Server) -> None:
    """As a request does that finds a running world behind."""
    server.emulator.control.timeline.settle("default")


def tick(server: Server) -> None:
    """Until the ticker would find that nobody drives the clock any more."""
    for _ in range(3):
        server.emulator._ticker.tick()


@pytest.mark.parametrize("mode", ["frozen", "running"])
@pytest.mark.parametrize("thief", [settle, tick])
def test_nobody_takes_a_task_away_from_an_advance(
    monkeypatch: pytest.MonkeyPatch, mode: str, thief: Callable[[Server], None]
) -> None:
    """Who wants to settle the world waits; the ticker, which has other worlds to look after, passes it over."""
    with running(Settings(recipe=str(SYNCED))) as server:
        world = first_world(server)
        world.control("PATCH", "/clock", json={"mode": mode})
        before, thread = accounts(world), threading.Thread(target=thief, args=(server,))

        def interfere(writes: int) -> None:
            if writes == 2:
                thread.start()
                thread.join(0.3)
                assert thread.is_alive() == (thief is settle)

        before_each_write(server, monkeypatch, interfere)
        ran = server.emulator.control.timeline.advance("default", by=TIMES * SPAN // timedelta(microseconds=1))
        thread.join()
        monkeypatch.undo()
        check(before, [ran], world)


def test_the_ticker_of_another_process_leaves_a_moving_clock_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(recipe=str(SYNCED), state=tmp_path / "state.db")
    with running(settings) as server, running(settings) as other:
        world = first_world(server)
        before = accounts(world)
        before_each_write(server, monkeypatch, lambda _: other.emulator._ticker.tick())
        ran = server.emulator.control.timeline.advance("default", by=TIMES * SPAN // timedelta(microseconds=1))
        monkeypatch.undo()
        check(before, [ran], world)


def test_processes_that_advance_one_world(tmp_path: Path) -> None:
    arguments = ("--state", "state.db", "--recipe", str(SYNCED))
    with serving(tmp_path, *arguments) as one, serving(tmp_path, *arguments) as two:
        before = accounts(one.world())

        def advance(world: TestWorld) -> list[dict[str, Any]]:
            return [world.advance(by=SPAN.total_seconds()) for _ in range(TIMES)]

        worlds = [served.world() for served in (one, two)]
        answers = list(chain(*at_once(*(lambda world=each: advance(world) for each in worlds))))
        end = EPOCH + 2 * TIMES * SPAN
        assert {datetime.fromisoformat(world.now()) for world in worlds} == {end}
        ids = [task["id"] for answer in answers for task in answer["ran"]]
        assert len(set(ids)) == len(ids)
        assert sorted(chain(*map(dues, answers))) == sorted(chain(*(syncs(account, end) for account in before)))
        assert accounts(worlds[0]) == accounts(worlds[1])


def test_processes_that_begin_one_state_at_once(tmp_path: Path) -> None:
    """Neither finds half of what the other is making."""
    arguments = ("--state", "state.db", "--recipe", "empty")

    def begin() -> str:
        with serving(tmp_path, *arguments) as served:
            return served.banner["Archive Bearer token"]

    assert len(set(at_once(begin, begin, begin))) == 1


def ran_alone(recipe: Path, now: datetime, span: timedelta) -> int:
    """How many tasks a world of that recipe runs in that span if its clock is moved by nobody else."""
    with running(Settings(recipe=str(recipe), clock="frozen")) as server:
        alone = first_world(server)
        alone.advance(to=now.isoformat())
        return int(alone.advance(to=(now + span).isoformat())["ran_total"])


def many_accounts(folder: Path) -> Path:
    return write_recipe(folder, epoch=EPOCH.isoformat(), creators=60, posts=300, connected_users=25)


def test_a_long_advance_of_a_served_world_lists_all_that_ran(tmp_path: Path) -> None:
    """It takes longer than the ticker, which lets running clocks run, waits between two looks."""
    recipe = many_accounts(tmp_path)
    with serving(tmp_path, "--clock", "running", "--recipe", str(recipe)) as served:
        world = served.world()
        now = datetime.fromisoformat(world.now())
        answer = world.advance(to=(now + timedelta(days=100)).isoformat())
        assert answer["ran_total"] == ran_alone(recipe, now, timedelta(days=100))


def test_what_is_asked_of_a_running_world_while_it_advances_takes_no_task_away(tmp_path: Path) -> None:
    recipe = many_accounts(tmp_path)
    with serving(tmp_path, "--clock", "running", "--recipe", str(recipe)) as served:
        world, ended = served.world(), threading.Event()
        now = datetime.fromisoformat(world.now())

        def advance() -> dict[str, Any]:
            try:
                return world.advance(to=(now + timedelta(days=30)).isoformat())
            finally:
                ended.set()

        def ask() -> None:
            while not ended.is_set():
                assert world.insightiq("GET", "/v1/users").status_code == 200

        answer, _ = at_once(advance, ask)
        assert answer["ran_total"] == ran_alone(recipe, now, timedelta(days=30))
