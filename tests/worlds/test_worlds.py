"""Worlds are made, found by their credentials, listed, reset and deleted."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.settings import Settings
from emulator.world import instant
from emulator.world.record import Record
from tests.support import RealTime, Server, TestWorld, running

OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.builds(
    lambda at, zone: instant.to_datetime(at).astimezone(zone),
    st.integers(instant.EARLIEST + instant.DAY, instant.LATEST - instant.DAY),
    OFFSETS,
)
PLANS = st.fixed_dictionaries(
    {"recipe": st.just("empty")},
    optional={
        "name": st.from_regex(r"[a-z0-9][a-z0-9-]{0,62}", fullmatch=True).map(lambda name: f"x{name}"[:63]),
        "seed": st.integers(0, 2**63 - 1),
        "epoch": st.none() | MOMENTS.map(datetime.isoformat),
        "clock": st.fixed_dictionaries(
            {},
            optional={
                "mode": st.sampled_from(["running", "frozen"]),
                "rate": st.floats(0, 1e6, exclude_min=True) | st.integers(1, 1_000_000),
            },
        ),
        "limits": st.fixed_dictionaries(
            {},
            optional={
                "insightiq": st.just("off") | st.integers(1, 10_000),
                "storyclash": st.sampled_from(["hourly", "setup", "off"]),
            },
        ),
    },
)


def create(server: Server, **plan: Any) -> httpx.Response:
    return server.client.post("/_emulator/worlds", json=plan)


def names(server: Server) -> list[str]:
    return [world["name"] for world in server.client.get("/_emulator/worlds").json()["data"]]


def sees_its_credentials(world: TestWorld) -> list[bool]:
    """Whether each vendor lets the world's credential in."""
    return [
        world.insightiq("GET", "/v1/users").status_code == 200,
        "data" in world.archive("{mediaItems {totalCount}}"),
        isinstance(world.storyclash("/external-api/campaigns").json(), list),
    ]


@given(plan=PLANS)
def test_a_world_is_made_as_asked(server: Server, plan: dict[str, Any]) -> None:
    made = create(server, **plan)
    assert made.status_code == 201, made.text
    shown = made.json()
    try:
        assert made.headers["location"] == f"/_emulator/worlds/{shown['name']}"
        assert server.client.get(made.headers["location"]).json() == shown
        epoch = plan.get("epoch") or "2026-01-01T00:00:00+00:00"
        assert datetime.fromisoformat(shown["epoch"]) == datetime.fromisoformat(epoch)
        clock = {"mode": "frozen", "rate": 1, **plan.get("clock", {})}
        assert shown["clock"] == {"now": shown["epoch"], "next_due": None, **clock}
        runs = clock["mode"] == "running"
        usual = {"insightiq": 10 if runs else "off", "archive": "plan" if runs else "off", "storyclash": "hourly"}
        assert shown["limits"] == usual | plan.get("limits", {})
        assert shown["seed"] == plan.get("seed", 1)
        assert shown["name"] == plan.get("name", shown["name"])
    finally:
        assert server.client.delete(f"/_emulator/worlds/{shown['name']}").status_code == 204


USUAL = {"insightiq": 10, "archive": "plan", "storyclash": "hourly"}


def test_without_a_body_everything_takes_its_default(server: Server) -> None:
    made = server.client.post("/_emulator/worlds")
    shown = made.json()
    assert made.status_code == 201
    assert (shown["recipe"], shown["seed"], shown["limits"]) == ("default", 1, USUAL)
    assert (shown["clock"]["mode"], shown["clock"]["rate"]) == ("running", 1)
    server.client.delete(made.headers["location"])


def test_made_up_names_are_names_and_differ(server: Server) -> None:
    made = {server.world(recipe="empty").name for _ in range(20)}
    assert len(made) == 20
    for name in made:
        assert server.client.get(f"/_emulator/worlds/{name}").status_code == 200
        assert server.client.delete(f"/_emulator/worlds/{name}").status_code == 204


def test_a_name_is_given_once(server: Server) -> None:
    first = server.world(name="twice", recipe="empty", seed=1)
    user = first.insightiq("POST", "/v1/users", json={"name": "A", "external_id": "a"}).json()
    again = create(server, name="twice", recipe="default", seed=2)
    assert again.status_code == 409
    assert "'twice'" in again.json()["detail"]
    assert first.insightiq("GET", f"/v1/users/{user['id']}").status_code == 200
    assert first.control("GET").json()["recipe"] == "empty"
    first.control("DELETE")


@pytest.mark.parametrize(
    ("plan", "detail"),
    [
        ({"name": "Capital"}, ("name", "Capital")),
        ({"name": "under_score"}, ("name", "under_score")),
        ({"name": "-dash"}, ("name", "-dash")),
        ({"name": ""}, ("name",)),
        ({"name": "a" * 64}, ("name", "a" * 64)),
        ({"name": "new\n"}, ("name",)),
        ({"name": None}, ("name", "null")),
        ({"name": 5}, ("name", "5")),
        ({"recipe": "nope"}, ("'nope'", "default, demo, empty, large")),
        ({"recipe": "../default"}, ("recipe", "../default")),
        ({"recipe": "fixtures/worlds/default.yaml"}, ("recipe",)),
        ({"seed": -1}, ("seed", "-1")),
        ({"seed": 2**63}, ("seed",)),
        ({"seed": 1.5}, ("seed", "1.5")),
        ({"seed": "1"}, ("seed", '"1"')),
        ({"seed": True}, ("seed", "true")),
        ({"epoch": "yesterday"}, ("epoch", "yesterday")),
        ({"epoch": "2026-01-01"}, ("epoch", "2026-01-01")),
        ({"epoch": "2026-01-01T00:00:00"}, ("epoch",)),
        ({"epoch": "2026-02-30T00:00:00Z"}, ("epoch",)),
        ({"epoch": "1969-12-31T23:59:59.999999Z"}, ("1969", "1970")),
        ({"epoch": "0000-01-01T00:00:00Z"}, ("0000", "1970")),
        ({"epoch": "9999-12-31T23:59:59-00:01"}, ("9999",)),
        ({"epoch": 1767225600}, ("epoch",)),
        ({"epoch": "9999-12-31T00:00:00Z"}, ("9999",)),
        ({"clock": "frozen"}, ("clock",)),
        ({"clock": {"mode": "stopped"}}, ("clock.mode", "running", "frozen")),
        ({"clock": {"rate": 0}}, ("clock.rate",)),
        ({"clock": {"rate": 1_000_001}}, ("clock.rate", "1000000")),
        ({"clock": {"speed": 1}}, ("clock", "speed")),
        ({"limits": {"storyclash": "never"}}, ("limits.storyclash", "hourly")),
        ({"limits": {"archive": "off"}}, ("limits", "archive")),
        ({"sead": 1}, ("sead",)),
    ],
    ids=str,
)
def test_a_wrong_plan_is_told_and_makes_nothing(server: Server, plan: dict[str, Any], detail: tuple[str, ...]) -> None:
    before = names(server)
    refused = create(server, **plan)
    assert refused.status_code == 400
    for part in detail:
        assert part in refused.json()["detail"]
    assert names(server) == before


@given(name=st.text(max_size=70))
def test_any_other_name_is_refused(server: Server, name: str) -> None:
    made = create(server, name=name, recipe="empty")
    fits = 0 < len(name) < 64 and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and name[0] != "-"
    assert made.status_code == (201 if fits else 400)
    if fits:
        server.client.delete(made.headers["location"])


def test_a_whole_number_is_a_seed_however_it_is_written(server: Server) -> None:
    plan = '{"seed": %s, "clock": {"mode": "frozen"}}'
    made = [server.client.post("/_emulator/worlds", content=plan % seed).json() for seed in ("5", "5.0", "0.5e1")]
    users = []
    for shown in made:
        world = TestWorld(shown["name"], shown["credentials"], server.client)
        users.append(world.insightiq("GET", "/v1/users").content)
        world.control("DELETE")
    assert {shown["seed"] for shown in made} == {5}
    assert len(set(users)) == 1


def test_worlds_are_listed_by_name(server: Server) -> None:
    made = [server.world(name=name, recipe="empty") for name in ("zz", "a-first", "0", "mm-9", "mm-10")]
    shown = server.client.get("/_emulator/worlds").json()["data"]
    listed = [world["name"] for world in shown]
    assert listed == sorted(listed)
    assert {world.name for world in made} <= set(listed)
    for world in made:
        assert world.control("GET").json() in shown
        world.control("DELETE")


def test_a_world_that_is_deleted_while_they_are_listed_is_left_out(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds = server.emulator.control.worlds
    doomed, listed = server.world(name="doomed", recipe="empty"), worlds.list

    def interrupted() -> list[Record]:
        records = listed()
        worlds.delete(doomed.name)
        return records

    monkeypatch.setattr(worlds, "list", interrupted)
    shown = server.client.get("/_emulator/worlds")
    assert shown.status_code == 200
    assert "doomed" not in [world["name"] for world in shown.json()["data"]]


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Server]:
    """Another server."""
    with running(Settings(recipe="empty")) as server:
        yield server


@given(name=st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True).map(lambda name: f"same-{name}"))
@settings(max_examples=10)
def test_credentials_follow_from_the_name_alone(server: Server, elsewhere: Server, name: str) -> None:
    here, there = server.world(name=name, recipe="empty"), elsewhere.world(name=name, recipe="empty", seed=9)
    other = server.world(recipe="empty")
    assert here.credentials == there.credentials
    assert here.credentials["insightiq"]["username"] != other.credentials["insightiq"]["username"]
    assert here.credentials["insightiq"]["password"] != other.credentials["insightiq"]["password"]
    assert here.credentials["archive"]["token"] != other.credentials["archive"]["token"]
    assert here.credentials["storyclash"]["token"] != other.credentials["storyclash"]["token"]
    for world in (here, there, other):
        world.control("DELETE")


def test_a_credential_leads_to_its_world_at_every_vendor(server: Server) -> None:
    plan = {"clock": {"mode": "frozen"}}
    worlds = [server.world(seed=1, **plan), server.world(seed=2, **plan), server.world(seed=1, **plan)]
    seen = [
        (
            world.insightiq("GET", "/v1/users").content,
            str(world.archive("{mediaItems(first: 3) {nodes {id externalId}}}")),
            world.storyclash("/external-api/campaigns").content,
        )
        for world in worlds
    ]
    for first, second, third in zip(*seen, strict=True):
        assert first == third
        assert first != second
    for world in worlds:
        world.control("DELETE")


def test_a_credential_of_one_vendor_opens_no_other(server: Server, world: TestWorld) -> None:
    swapped = {
        "insightiq": {"username": "x", "password": world.credentials["storyclash"]["token"]},
        "archive": {"token": world.credentials["storyclash"]["token"]},
        "storyclash": {"token": world.credentials["archive"]["token"]},
    }
    assert sees_its_credentials(world) == [True, True, True]
    assert sees_its_credentials(TestWorld(world.name, swapped, server.client)) == [False, False, False]


def test_a_deleted_world_is_a_stranger_to_every_vendor(server: Server) -> None:
    gone = server.world(name="gone", recipe="empty")
    assert gone.control("DELETE").status_code == 204
    assert gone.control("DELETE").status_code == 404
    assert "gone" not in names(server)
    refused = gone.insightiq("GET", "/v1/users")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "invalid_credentials")
    headers = {"authorization": f"Bearer {gone.credentials['archive']['token']}"}
    refused = server.client.post("/api/v1", json={"query": "{__typename}"}, headers=headers)
    assert (refused.status_code, list(refused.json())) == (401, ["errors"])
    refused = gone.storyclash("/external-api/campaigns")
    assert (refused.status_code, refused.json()) == (200, {"message": "Invalid API Key"})


def test_a_name_is_free_again_after_its_world(server: Server) -> None:
    first = server.world(name="phoenix")
    first.insightiq("POST", "/v1/users", json={"name": "A", "external_id": "ash"})
    first.control("DELETE")
    second = server.world(name="phoenix")
    assert second.credentials == first.credentials
    assert sees_its_credentials(second) == [True, True, True]
    assert second.insightiq("GET", "/v1/users/external_id/ash").status_code == 404
    second.control("DELETE")


class Interrupting(RealTime):
    """Something else happens when the time is asked for the n-th time from now."""

    def __init__(self) -> None:
        super().__init__()
        self.in_turn: list[Any] = []

    def __call__(self) -> int:
        if self.in_turn and (act := self.in_turn.pop(0)):
            act()
        return super().__call__()


def test_no_population_is_dropped_from_under_a_world_that_another_process_makes(tmp_path: Path) -> None:
    """Unused ones are dropped some time after they were seen to be unused."""
    real_time, state = Interrupting(), Settings(recipe="empty", state=tmp_path / "state.db")
    recipe = {"recipe": "default", "clock": {"mode": "frozen"}}
    with running(state, real_time) as server, running(state) as other:
        first = server.world(seed=100, **recipe)
        users = first.insightiq("GET", "/v1/users").json()["data"]
        first.control("DELETE")
        for seed in range(101, 105):
            real_time.pass_seconds(1)  # the oldest are dropped
            server.world(seed=seed, recipe="empty").control("DELETE")
        made: list[TestWorld] = []
        # the new population is written down with a time, then the time is asked for to tell which are abandoned
        real_time.in_turn = [None, lambda: made.append(other.world(seed=100, **recipe))]
        server.world(seed=105, recipe="empty")
        assert made[0].insightiq("GET", "/v1/users").json()["data"] == users


def test_two_processes_may_begin_the_same_state_at_once(tmp_path: Path) -> None:
    """The second one finds the first world being made."""
    settings = Settings(recipe="empty", state=tmp_path / "state.db")
    real_time = Interrupting()

    def overtake() -> None:
        with running(settings) as other:
            assert names(other) == ["default"]

    real_time.in_turn = [overtake]
    with running(settings, real_time) as server:
        assert names(server) == ["default"]
