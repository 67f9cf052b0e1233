"""A process that dies in the middle leaves nothing half done.

Here it dies between two transactions, which is where a death shows; `test_killed` does it to real processes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from emulator.settings import Settings
from emulator.world import tables
from emulator.world.store import Store, Transaction
from tests.population.recipes import first_world
from tests.support import Server, TestWorld, running
from tests.worlds.accounts import accounts

SMALL = Path(__file__).with_name("small.yaml")
PLAN: dict[str, Any] = {"name": "small", "seed": 11, "clock": {"mode": "frozen"}}
MEDIA = "{mediaItems(last: 10) {totalCount nodes {id caption}}}"
SPAN = timedelta(days=2) // timedelta(microseconds=1)


class Dead(BaseException):
    """The process is gone."""


@contextmanager
def dying_after(transactions: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The store is written to that many times, and never again."""
    write, left = Store.write, [transactions]

    @contextmanager
    def mortal(store: Store) -> Iterator[Transaction]:
        if left[0] == 0:
            raise Dead
        left[0] -= 1
        with write(store) as transaction:
            yield transaction

    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", mortal)
        yield


def found(server: Server) -> tuple[Any, ...]:
    """The state, and what a further day brings: its tasks have numbers that count all that were ever scheduled."""
    world = first_world(server)
    return world.control("GET", "/clock").json(), accounts(world), world.advance(by="P1D")


def tick(server: Server) -> None:
    """Twice, as a clock on its way is left to whoever drives it until it has stood still for as long as a look."""
    for _ in range(2):
        server.emulator._ticker.tick()


@pytest.mark.parametrize("recipe", [str(SMALL), "empty"])
def test_an_advance_is_completed_wherever_it_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recipe: str
) -> None:
    """Of a frozen clock; one transaction sets the target, one each runs a task, the last one arrives there."""
    with running(Settings(recipe=recipe)) as server:
        untouched = found(server)
    with running(Settings(recipe=recipe)) as server:
        ran = len(server.emulator.control.timeline.advance("default", by=SPAN))
        completed = found(server)
    for transactions in range(ran + 3):
        settings = Settings(recipe=recipe, state=tmp_path / f"{transactions}.db")
        with running(settings) as server, dying_after(transactions, monkeypatch):
            if transactions < ran + 2:
                with pytest.raises(Dead):
                    server.emulator.control.timeline.advance("default", by=SPAN)
            else:
                server.emulator.control.timeline.advance("default", by=SPAN)
        with running(settings) as server:
            tick(server)
            assert found(server) == (completed if transactions else untouched)


@pytest.mark.parametrize("transactions", [0, 1, 2, 3])
def test_an_advance_of_a_running_clock_is_completed_by_the_next_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transactions: int
) -> None:
    with running(Settings(recipe=str(SMALL), clock="running")) as server:
        if transactions:
            server.emulator.control.timeline.advance("default", by=SPAN)
        expected = accounts(first_world(server))
    settings = Settings(recipe=str(SMALL), clock="running", state=tmp_path / "state.db")
    with running(settings) as server, dying_after(transactions, monkeypatch), pytest.raises(Dead):
        server.emulator.control.timeline.advance("default", by=SPAN)
    with running(settings) as server:
        assert accounts(first_world(server)) == expected


@pytest.fixture(scope="module")
def whole() -> tuple[Any, ...]:
    """A world that nobody cut off."""
    with running(Settings(recipe="empty")) as server:
        return seen(server.world(**PLAN))


def seen(world: TestWorld) -> tuple[Any, ...]:
    return accounts(world), world.storyclash("/external-api/campaigns").json(), world.archive(MEDIA)


@pytest.mark.parametrize("transactions", range(4))
def test_a_world_is_made_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: tuple[Any, ...], transactions: int
) -> None:
    """One transaction announces the population, one or more write it, one completes it, one makes the world."""
    settings = Settings(recipe="empty", state=tmp_path / "state.db")
    with running(settings) as server, dying_after(transactions, monkeypatch), pytest.raises(Dead):
        server.world(**PLAN)
    with running(settings) as server:
        assert server.client.get("/_emulator/worlds/small").status_code == 404
        assert seen(server.world(**PLAN)) == whole


def test_a_state_whose_making_was_cut_off_can_be_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All tables are there or none, so that nobody takes the half for a database of another program."""
    settings, create = Settings(recipe="empty", state=tmp_path / "state.db"), tables.metadata.create_all

    def create_and_die(connection: Connection) -> None:
        create(connection)
        raise Dead

    with monkeypatch.context() as patched:
        patched.setattr(tables.metadata, "create_all", create_and_die)
        with pytest.raises(Dead), running(settings):
            pass
    with running(settings) as server:
        assert server.client.get("/_emulator/worlds/default").status_code == 200
