"""What a world was can be had again, to the last byte: on the spot, in a second world, and on another emulator."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.settings import Settings
from tests.support import Server, TestWorld, running
from tests.worlds.calls import Call, Heard, Population, calls, made, readings, send

PLAN: dict[str, Any] = {"seed": 3, "clock": {"mode": "frozen"}}


@pytest.fixture(scope="module")
def population(server: Server) -> Population:
    with made(server, **PLAN) as world:
        return Population.of(world)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Server]:
    with running(Settings(recipe="empty")) as server:
        yield server


def take(world: TestWorld, name: str = "default") -> None:
    assert world.control("POST", "/snapshots", json={"name": name}).status_code == 200


def restore(world: TestWorld, name: str = "default") -> None:
    assert world.control("POST", f"/snapshots/{name}/restore").status_code == 204


def all_heard(world: TestWorld, asked: Sequence[Call]) -> list[Heard]:
    return [send(world, call) for call in asked]


def steps(population: Population, most: int = 12) -> st.SearchStrategy[list[Call]]:
    """Without what makes a clock run: its time would be that of the machine."""
    still = calls(population).filter(lambda call: (call.method, call.path) != ("PATCH", "/clock"))
    return st.lists(still, max_size=most)


@given(data=st.data())
@settings(max_examples=25)
def test_a_restored_world_answers_as_it_did(server: Server, population: Population, data: st.DataObject) -> None:
    """Calls before the snapshot, after it, and again after it; numbers of requests, tasks and ids go on as they did."""
    before, after, else_ = (data.draw(steps(population)) for _ in range(3))
    with made(server, **PLAN) as world:
        all_heard(world, before)
        take(world)
        heard = all_heard(world, after)
        all_heard(world, else_)
        restore(world)
        assert all_heard(world, after) == heard


@given(data=st.data())
@settings(max_examples=15)
def test_a_world_that_goes_on_from_another_answers_like_it(
    server: Server, elsewhere: Server, population: Population, data: st.DataObject
) -> None:
    """Forked, forked from a snapshot, and imported where nobody has ever heard of it; only the names differ."""
    before, after = data.draw(steps(population)), data.draw(steps(population))
    with made(server, name="origin-of-the-others", **PLAN) as world:
        all_heard(world, before)
        take(world, "here")
        exported = world.control("GET", "/export").json()
        with (
            made(server, **{"from": {"world": "origin-of-the-others"}}) as forked,
            made(server, **{"from": {"world": "origin-of-the-others", "snapshot": "here"}}) as again,
            made(elsewhere, **{"from": {"export": exported}}) as imported,
        ):
            heard = [unnamed(world, each) for each in all_heard(world, [*after, *readings(population)[2:]])]
            for other in (forked, again, imported):
                others = [unnamed(other, each) for each in all_heard(other, [*after, *readings(population)[2:]])]
                assert others == heard


def unnamed(world: TestWorld, heard: Heard) -> tuple[int, bytes]:
    """Tokens that the vendors hand out are signed with the world's own secrets."""
    if heard.call.path in ("/v1/sdk-tokens", "/v1/links"):
        return heard.status, b""
    return heard.status, heard.body.replace(world.name.encode(), b"?")


def test_the_inbox_of_a_fork_is_its_own(server: Server) -> None:
    with made(server, **PLAN) as world:
        url = world.control("GET").json()["inbox_url"]
        named = {"name": "kit", "url": url, "events": ["ACCOUNTS.CONNECTED"]}
        assert world.insightiq("POST", "/v1/webhooks", json=named).status_code == 201
        with made(server, **{"from": {"world": world.name}}) as fork:
            made_there = fork.control("POST", "/insightiq/accounts", json={"work_platform": "Instagram"})
            assert made_there.status_code == 201
            assert [len(each.control("GET", "/inbox").json()["data"]) for each in (world, fork)] == [0, 1]


def test_snapshots_are_listed_replaced_and_forgotten(server: Server) -> None:
    with made(server, **PLAN) as world:
        take(world, "b")
        world.advance(by="PT1H")
        take(world, "a")
        take(world, "b")
        one = "2026-01-01T01:00:00.000000Z"
        assert world.control("GET", "/snapshots").json()["data"] == [{"name": "a", "at": one}, {"name": "b", "at": one}]
        world.control("POST", "/reset")
        restore(world, "a")
        assert world.now() == one
        assert world.control("DELETE", "/snapshots/a").status_code == 204
        for path in ("/snapshots/a/restore", "/snapshots/none/restore"):
            answer = world.control("POST", path)
            assert answer.status_code == 404
            assert answer.json()["detail"].endswith("There are: b.")


def test_a_running_clock_goes_on_from_where_it_stood(server: Server) -> None:
    with made(server, recipe="empty", clock={"mode": "running", "rate": 60}) as world:
        server.real_time.pass_seconds(10)
        take(world)
        server.real_time.pass_seconds(1000)
        restore(world)
        server.real_time.pass_seconds(1)
        assert world.now() == "2026-01-01T00:11:00.000000Z"


def test_nothing_is_left_of_a_world_that_had_snapshots(server: Server) -> None:
    """A new world of that name has none of them, and the old rows are gone from the database."""
    with made(server, name="gone", **PLAN) as world:
        world.insightiq("POST", "/v1/users", json={"name": "A", "external_id": "a"})
        take(world)
    with server.emulator._store.read() as transaction:
        assert leftovers(transaction) == set()
    with made(server, name="gone", **PLAN) as world:
        assert world.control("GET", "/snapshots").json() == {"data": []}


def leftovers(transaction: Any) -> set[str]:
    from sqlalchemy import select

    from emulator.world.tables import PER_WORLD, POPULATED

    found: set[str] = set()
    for table in (*PER_WORLD, *POPULATED.values()):
        found |= {row[0] for row in transaction.query(select(table.c.world).distinct(), {}) if row[0].startswith("~")}
    return found


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"format": "a picture"}, "its format is 'a picture'"),
        ({"version": 99}, "of version 99"),
        ({"name": "other"}, "changed or cut off"),
        ({"digest": None}, "changed or cut off"),
        ({"tables": {}}, "changed or cut off"),
    ],
)
def test_an_export_that_is_not_whole_is_refused(server: Server, change: dict[str, Any], seen: str) -> None:
    with made(server, **PLAN) as world:
        exported = {**world.control("GET", "/export").json(), **change}
        before = [each["name"] for each in server.client.get("/_emulator/worlds").json()["data"]]
        answer = server.client.post("/_emulator/worlds", json={"name": "new", "from": {"export": exported}})
        assert answer.status_code == 400
        assert seen in answer.json()["detail"]
        assert [each["name"] for each in server.client.get("/_emulator/worlds").json()["data"]] == before


@pytest.mark.parametrize(
    ("body", "status", "seen"),
    [
        ({"from": {}}, 400, "from"),
        ({"from": {"world": "nobody"}}, 404, "There is no world 'nobody'"),
        ({"from": {"world": "default", "snapshot": "none"}}, 404, "has no snapshot 'none'"),
        ({"from": {"world": "default"}, "seed": 2}, 400, "body seed: a world that is made from another one"),
        ({"from": {"world": "default"}, "name": "default"}, 409, "A world 'default' exists"),
        ({"from": {"export": {}}}, 400, "this is no world"),
    ],
)
def test_what_cannot_be_gone_on_from_is_told(server: Server, body: dict[str, Any], status: int, seen: str) -> None:
    answer = server.client.post("/_emulator/worlds", json=body)
    assert answer.status_code == status
    assert seen in answer.json()["detail"]


def test_an_export_is_one_text_that_can_be_kept(server: Server) -> None:
    with made(server, name="kept", **PLAN) as world:
        text = world.control("GET", "/export").text
        accounts = world.insightiq("GET", "/v1/accounts").json()["data"]
    with made(server, **{"from": {"export": json.loads(text)}}) as world:
        assert world.name == "kept"
        assert world.insightiq("GET", "/v1/accounts").json()["data"] == accounts


def test_an_export_of_another_version_is_refused(server: Server) -> None:
    """Whole, but with a column less in the world's own row."""
    with made(server, recipe="empty") as world:
        exported = world.control("GET", "/export").json()
    del exported["digest"], exported["world"]["sequence"]
    content = orjson.dumps(exported, option=orjson.OPT_SORT_KEYS)
    exported["digest"] = sha256(content).hexdigest()
    answer = server.client.post("/_emulator/worlds", json={"from": {"export": exported}})
    assert answer.status_code == 400
    assert "exported by another version" in answer.json()["detail"]
