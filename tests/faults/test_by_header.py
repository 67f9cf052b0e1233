"""A fault that one request brings with it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from emulator.faults.wire import Dropped
from emulator.settings import Settings
from tests.faults.conftest import Call
from tests.faults.setting import strike, struck
from tests.support import Server, TestWorld, running

SETTINGS = Settings(recipe="empty")


def brought(world: TestWorld, fault: str, path: str = "/v1/users") -> int:
    return world.insightiq("GET", path, headers={"Emulator-Fault": fault}).status_code


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("rate_limit", 429),
        ("incorrect_user_id", 404),
        ("INVALID_FIELDS", 400),
        ('{"kind": "error", "error": "retry_later"}', 400),
        ('{"kind": "rate_limit", "retry_after": 3}', 429),
    ],
)
def test_it_is_a_kind_or_an_error_or_json(world: TestWorld, fault: str, status: int) -> None:
    assert brought(world, fault) == status
    assert brought(world, "") == 200
    (seen,) = [each for each in struck(world) if each]
    assert seen["rule"] is None


def test_it_goes_before_the_worlds_faults_and_does_not_count_there(world: TestWorld) -> None:
    strike(world, {"kind": "rate_limit", "times": 1})
    assert brought(world, "incorrect_user_id") == 404
    assert world.insightiq("GET", "/v1/users").status_code == 429


def test_without_a_socket_a_dropped_connection_is_an_error_of_connections(world: TestWorld) -> None:
    with pytest.raises(Dropped):
        brought(world, "drop")


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ("nonsense", "is neither a kind of fault nor an error of insightiq"),
        ("incorect_user_id", "did you mean 'incorrect_user_id'?"),
        ("{", "not JSON"),
        ("[]", "is neither a kind"),
        ('{"kind": "slow"}', "kind: "),
        ('{"kind": "drop", "times": 1}', "times: a fault that comes with a request strikes just this one."),
        ('{"kind": "error", "error": "shop_not_found"}', "error: 'shop_not_found' is no error of insightiq"),
        ('{"kind": "drop", "match": {}}', "match: a fault that comes with a request strikes just this one."),
        ('{"kind": "latency", "seconds": "1"}', "seconds: "),
        ('{"kind": "latency", "seconds": 1e9}', "seconds: "),
    ],
)
def test_one_that_is_not_understood_is_told(world: TestWorld, call: Call, fault: str, complaint: str) -> None:
    answer = call("GET", "/v1/users", headers={"Emulator-Fault": fault})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert complaint in answer.json()["detail"]


@pytest.fixture
def deaf() -> Iterator[Server]:
    with running(replace(SETTINGS, faults_by_header="off")) as server:
        yield server


def test_where_it_is_switched_off_the_header_means_nothing(deaf: Server) -> None:
    world = deaf.world(recipe="empty")
    assert brought(world, "rate_limit") == brought(world, "nonsense") == 200
    strike(world, {"kind": "rate_limit"})
    assert brought(world, "incorrect_user_id") == 429


@pytest.mark.parametrize(
    ("host", "chosen", "taken"),
    [
        ("127.0.0.1", "local", True),
        ("localhost", "local", True),
        ("0.0.0.0", "local", False),
        ("0.0.0.0", "on", True),
        ("127.0.0.1", "off", False),
    ],
)
def test_others_who_reach_the_server_bring_no_faults_unless_that_is_wanted(host: str, chosen: str, taken: bool) -> None:
    settings = replace(SETTINGS, host=host, faults_by_header=chosen, control_token="open-sesame")  # type: ignore[arg-type]
    assert settings.takes_faults_by_header is taken
