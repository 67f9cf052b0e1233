"""The rate limit of an application, on its world's clock."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import Server, TestWorld

SECOND = 1_000_000
ASSUMED = 10


@pytest.fixture
def limited(server: Server) -> Iterator[TestWorld]:
    """Three requests a second."""
    world = server.world(recipe="empty", clock={"mode": "frozen"}, limits={"insightiq": 3})
    yield world
    world.control("DELETE")


def taken(world: TestWorld, path: str = "/v1/users") -> bool:
    return world.insightiq("GET", path).status_code != 429


def test_one_request_too_many_is_refused_until_a_second_has_passed(limited: TestWorld) -> None:
    assert [taken(limited) for _ in range(5)] == [True, True, True, False, False]
    limited.advance(by=0.999999)
    assert not taken(limited)
    limited.advance(by=0.000001)
    assert [taken(limited) for _ in range(4)] == [True, True, True, False]


def test_a_refusal_tells_how_long_to_wait(limited: TestWorld) -> None:
    for _ in range(3):
        taken(limited)
    refused = limited.insightiq("GET", "/v1/users")
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["error"]["code"] == "too_many_requests"
    assert refused.headers["request-id"] == refused.json()["error"]["request_id"]


def test_a_refused_request_changes_nothing(limited: TestWorld) -> None:
    user = {"name": "A", "external_id": "a"}
    assert [taken(limited) for _ in range(3)] == [True] * 3
    assert limited.insightiq("POST", "/v1/users", json=user).status_code == 429
    limited.advance(by=1)
    assert limited.insightiq("GET", "/v1/users").json()["data"] == []
    assert limited.insightiq("POST", "/v1/users", json=user).status_code == 201


def test_requests_count_whatever_they_ask_for(limited: TestWorld) -> None:
    paths = ["/v1/work-platforms", "/v1/users/nobody", "/v1/nowhere"]
    assert [taken(limited, path) for path in paths] == [True] * 3
    assert not taken(limited)


def test_a_wrong_credential_is_refused_before_anything_is_counted(limited: TestWorld) -> None:
    wrong = (limited.insightiq_auth[0], "wrong")
    assert {limited.client.get("/v1/users", auth=wrong).status_code for _ in range(5)} == {401}
    assert taken(limited)


def test_worlds_are_counted_apart(server: Server, limited: TestWorld) -> None:
    other = server.world(recipe="empty", clock={"mode": "frozen"}, limits={"insightiq": 3})
    assert [taken(limited) for _ in range(4)] == [True, True, True, False]
    assert taken(other)
    other.control("DELETE")


def test_a_reset_forgets_what_was_counted(limited: TestWorld) -> None:
    assert [taken(limited) for _ in range(4)] == [True, True, True, False]
    limited.control("POST", "/reset")
    assert [taken(limited) for _ in range(4)] == [True, True, True, False]


def test_the_other_vendors_have_limits_of_their_own(limited: TestWorld) -> None:
    assert [taken(limited) for _ in range(4)] == [True, True, True, False]
    assert limited.storyclash("/external-api/campaigns").json() == []


def test_a_running_world_takes_ten_requests_a_second_unless_told_otherwise(server: Server) -> None:
    world = server.world(recipe="empty", clock={"mode": "running"})
    assert world.control("GET").json()["limits"]["insightiq"] == ASSUMED
    assert [taken(world) for _ in range(ASSUMED + 1)] == [True] * ASSUMED + [False]
    server.real_time.pass_seconds(1)
    assert taken(world)
    world.control("DELETE")


def test_a_faster_clock_lets_more_requests_through(server: Server) -> None:
    world = server.world(recipe="empty", clock={"mode": "running", "rate": 60}, limits={"insightiq": 1})
    assert taken(world)
    assert not taken(world)
    server.real_time.pass_seconds(1 / 50)
    assert taken(world)
    world.control("DELETE")


@pytest.mark.parametrize(("clock", "limits"), [({"mode": "frozen"}, {}), ({"mode": "running"}, {"insightiq": "off"})])
def test_there_is_no_limit_where_time_stands_still_or_it_is_off(
    server: Server, clock: dict[str, str], limits: dict[str, str]
) -> None:
    world = server.world(recipe="empty", clock=clock, limits=limits)
    assert all(taken(world) for _ in range(3 * ASSUMED))
    world.control("DELETE")


@pytest.mark.parametrize("limit", [0, -1, 10_001, 2.5, "on", None, True])
def test_a_limit_that_is_none_is_refused(server: Server, limit: object) -> None:
    refused = server.client.post("/_emulator/worlds", json={"limits": {"insightiq": limit}})
    assert refused.status_code == 400
    assert "insightiq" in refused.json()["detail"]


@given(
    allowed=st.integers(1, 4),
    gaps=st.lists(st.sampled_from([0, 1, 250_000, 333_333, 500_000, 999_999, SECOND, 2 * SECOND]), max_size=25),
)
@settings(max_examples=30)
def test_no_second_has_more_requests_than_allowed_and_none_is_refused_without_need(
    server: Server, allowed: int, gaps: list[int]
) -> None:
    world = server.world(recipe="empty", clock={"mode": "frozen"}, limits={"insightiq": allowed})
    now, accepted = 0, list[int]()
    for gap in gaps:
        world.advance(by=gap / SECOND)
        now += gap
        within = sum(now - SECOND < at for at in accepted)
        assert taken(world) == (within < allowed)
        accepted += [now] * (within < allowed)
    world.control("DELETE")
