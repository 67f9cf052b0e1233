"""A world is a universe of its own, and reset is the way back to its beginning."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.settings import Settings
from tests.support import Server, TestWorld, running
from tests.worlds.calls import Call, Heard, Population, calls, made, readings, send

PLAN: dict[str, Any] = {"seed": 3, "clock": {"mode": "frozen", "rate": 2}}


@pytest.fixture(scope="module")
def population(server: Server) -> Population:
    with made(server, **PLAN) as world:
        return Population.of(world)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Server]:
    """A server on which no other worlds are made meanwhile."""
    with running(Settings(recipe="empty")) as server:
        yield server


def alone(server: Server, name: str, asked: Sequence[Call]) -> list[Heard]:
    """What a world hears that was made for these calls only."""
    with made(server, name=name, **PLAN) as world:
        return [send(world, call) for call in asked]


def journal(world: TestWorld) -> list[dict[str, Any]]:
    """Without how long the answers took."""
    exchanges = world.control("GET", "/journal", params={"limit": 1000}).json()["data"]
    return [{**each, "milliseconds": None} for each in exchanges]


@given(data=st.data())
@settings(max_examples=40)
def test_a_world_beside_another_answers_like_a_world_alone(
    server: Server, elsewhere: Server, population: Population, data: st.DataObject
) -> None:
    """The same seed, so that they have all ids in common; the calls come in any order."""
    asked = data.draw(st.lists(st.tuples(st.sampled_from(["one", "two"]), calls(population)), min_size=6, max_size=25))
    heard: dict[str, list[Heard]] = {"one": [], "two": []}
    with made(server, name="one", **PLAN) as one, made(server, name="two", **PLAN) as two:
        for name, call in asked:
            heard[name].append(send({"one": one, "two": two}[name], call))
    for name, answers in heard.items():
        assert answers == alone(elsewhere, name, [call for named, call in asked if named == name])


@given(data=st.data())
@settings(max_examples=20)
def test_a_reset_world_answers_like_a_new_one(
    server: Server, elsewhere: Server, population: Population, data: st.DataObject
) -> None:
    asked = readings(population)
    with made(server, name="reset", **PLAN) as world, made(elsewhere, name="reset", **PLAN) as fresh:
        for call in data.draw(st.lists(calls(population), max_size=25)):
            send(world, call)
            server.real_time.pass_seconds(data.draw(st.sampled_from([0, 0, 5000])))
        assert world.control("POST", "/reset").status_code == 200
        heard = [send(world, call) for call in asked]
        assert heard[0].body == b'{"data":[]}'
        assert heard == [send(fresh, call) for call in asked]
        assert journal(world) == journal(fresh)


def test_reset_shows_the_world_as_creation_did(server: Server) -> None:
    with made(server, name="again", **PLAN, limits={"storyclash": "off"}) as world:
        before = world.control("GET").json()
        world.advance(by="P3D")
        world.control("PATCH", "/clock", json={"mode": "running", "rate": 7})
        assert world.control("GET").json() != before
        assert world.control("POST", "/reset").json() == before
        assert world.control("GET").json() == before


def test_a_running_world_runs_again_from_its_beginning_when_it_is_reset(server: Server) -> None:
    with made(server, clock={"mode": "running", "rate": 60}) as world:
        server.real_time.pass_seconds(10)
        assert world.now() == "2026-01-01T00:10:00.000000Z"
        assert world.control("POST", "/reset").json()["clock"]["now"] == "2026-01-01T00:00:00.000000Z"
        server.real_time.pass_seconds(1)
        assert world.now() == "2026-01-01T00:01:00.000000Z"


def test_reset_opens_the_limits_again(server: Server, population: Population) -> None:
    page = f"/external-api/campaign/{population.campaigns[0]}"
    with made(server, **PLAN) as world:
        assert "posts" in world.storyclash(page).json()
        assert world.storyclash(page).json() == {"message": "Rate Limit reached"}
        world.control("POST", "/reset")
        assert "posts" in world.storyclash(page).json()


@given(data=st.data())
@settings(max_examples=10)
def test_what_is_written_in_one_world_shows_in_none_of_the_same_origin(
    server: Server, population: Population, data: st.DataObject
) -> None:
    """The rows of the population are shared until a world first writes to them."""
    asked = readings(population)
    with made(server, **PLAN) as written:
        with made(server, name="sibling", **PLAN) as sibling:
            before = [send(sibling, call) for call in asked]
            sibling.control("POST", "/reset")
            for call in data.draw(st.lists(calls(population), min_size=1, max_size=15)):
                send(written, call)
            assert [send(sibling, call) for call in asked] == before
        assert alone(server, "sibling", asked) == before


def test_deleting_a_world_leaves_its_siblings_their_population(server: Server, population: Population) -> None:
    with made(server, **PLAN) as kept:
        with made(server, **PLAN) as doomed:
            doomed.insightiq("POST", "/v1/users", json={"name": "A", "external_id": "a"})
        assert Population.of(kept) == population
