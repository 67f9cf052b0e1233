"""Which requests a fault strikes, and what becomes of the world."""

from fnmatch import fnmatchcase
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.conftest import Call
from tests.faults.setting import journal, refused, strike, struck
from tests.support import HOST, Server, TestWorld

USER = {"name": "Ada", "external_id": "ada"}
STATUSES = st.lists(st.sampled_from(["/v1/users", "/v1/accounts", "/v1/users/x"]), min_size=1, max_size=20)


def users(world: TestWorld) -> int:
    world.control("PUT", "/faults", json={})
    return sum(user["external_id"] == "ada" for user in world.insightiq("GET", "/v1/users?limit=100").json()["data"])


def test_a_world_without_faults_says_so(world: TestWorld) -> None:
    assert world.control("GET", "/faults").json() == {"faults": [], "webhooks": []}


def test_a_fault_strikes_the_requests_that_it_matches_and_no_others(world: TestWorld) -> None:
    strike(world, {"kind": "error", "error": "incorrect_user_id", "match": {"operation": "list_users"}})
    assert world.insightiq("GET", "/v1/accounts").status_code == 200
    answer = world.insightiq("GET", "/v1/users", params={"limit": 3})
    # a 404 that the contract of this operation does not have: the vendor's error all the same
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "incorrect_user_id")


@pytest.mark.parametrize(
    ("match", "hit"),
    [
        ({}, True),
        ({"vendor": "insightiq"}, True),
        ({"vendor": "storyclash"}, False),
        ({"vendor": "*", "operation": "list_*"}, True),
        ({"operation": "get_*"}, False),
        ({"method": "GET"}, True),
        ({"method": "P*"}, False),
        ({"path": "/v1/users"}, True),
        ({"path": "/v1/*"}, True),
        ({"path": "/v1/users/*"}, False),
        ({"path": "/v1/*", "method": "POST"}, False),
    ],
)
def test_all_that_a_match_names_has_to_fit(world: TestWorld, match: dict[str, str], hit: bool) -> None:
    strike(world, {"kind": "rate_limit", "match": match})
    assert world.insightiq("GET", "/v1/users").status_code == (429 if hit else 200)


def test_a_fault_strikes_the_nth_request(world: TestWorld) -> None:
    strike(world, {"kind": "rate_limit", "skip": 2, "times": 1})
    assert [world.insightiq("GET", "/v1/users").status_code for _ in range(5)] == [200, 200, 429, 200, 200]
    assert world.control("GET", "/faults").json()["faults"][0]["matched"] == 5


def test_the_first_fault_that_strikes_is_the_only_one(world: TestWorld) -> None:
    limit, wrong = {"kind": "rate_limit", "times": 1}, {"kind": "error", "error": "retry_later"}
    strike(world, limit, wrong)
    assert [world.insightiq("GET", "/v1/users").status_code for _ in range(2)] == [429, 400]
    assert [fault and fault["rule"] for fault in struck(world)] == [0, 1]


def test_other_worlds_have_none_of_it(server: Server, world: TestWorld) -> None:
    other = server.world(recipe="empty")
    strike(world, {"kind": "rate_limit"})
    assert other.insightiq("GET", "/v1/users").status_code == 200
    other.control("DELETE")


def test_put_replaces_and_an_empty_object_clears(world: TestWorld) -> None:
    strike(world, {"kind": "rate_limit"}, {"kind": "drop"})
    strike(world, {"kind": "error", "error": "retry_later"})
    assert world.insightiq("GET", "/v1/users").status_code == 400
    cleared = world.control("PUT", "/faults", json={})
    assert cleared.json() == {"faults": [], "webhooks": []}
    assert world.insightiq("GET", "/v1/users").status_code == 200


def test_delete_clears_the_faults_of_webhooks_too(world: TestWorld) -> None:
    set_ = world.control("PUT", "/faults", json={"faults": [{"kind": "drop"}], "webhooks": [{"action": "drop"}]})
    assert [each["action"] for each in set_.json()["webhooks"]] == ["drop"]
    assert world.control("GET", "/webhook-faults").json()["data"] == set_.json()["webhooks"]
    assert world.control("DELETE", "/faults").status_code == 204
    assert world.control("GET", "/faults").json() == {"faults": [], "webhooks": []}


def test_a_list_that_is_left_out_stays_as_it_is(world: TestWorld) -> None:
    world.control("PUT", "/webhook-faults", json=[{"action": "drop"}])
    strike(world, {"kind": "drop"})
    kept = world.control("PUT", "/faults", json={"webhooks": [{"action": "duplicate"}]}).json()
    assert [each["kind"] for each in kept["faults"]] == ["drop"]
    assert [each["action"] for each in kept["webhooks"]] == ["duplicate"]


def test_a_reset_world_has_no_faults(world: TestWorld) -> None:
    strike(world, {"kind": "rate_limit"})
    world.control("POST", "/reset")
    assert world.insightiq("GET", "/v1/users").status_code == 200


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_before_leaves_the_world_as_it_was_and_after_does_not(world: TestWorld, when: str, made: int) -> None:
    strike(world, {"kind": "rate_limit", "when": when, "match": {"operation": "create_user"}})
    answer = world.insightiq("POST", "/v1/users", json=USER)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert users(world) == made


def test_a_struck_request_has_an_id_as_every_other(server: Server) -> None:
    """Worlds with faults number their requests as those without, so that only what is struck differs."""
    ids = []
    for faults in ([], [{"kind": "rate_limit", "times": 1, "skip": 1}]):
        world = server.world(seed=5, clock={"mode": "frozen"})
        strike(world, *faults)
        ids.append([world.insightiq("GET", "/v1/users").headers["request-id"] for _ in range(4)])
        world.control("DELETE")
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 4


def test_the_error_carries_the_id_of_its_request(world: TestWorld) -> None:
    strike(world, {"kind": "error", "error": "incorrect_user_id"})
    answer = world.insightiq("GET", "/v1/users/x")
    assert answer.json()["error"]["request_id"] == answer.headers["request-id"]


@pytest.mark.parametrize(("body", "sent"), [({"a": [1]}, b'{"a":[1]}'), ("<b>", b"<b>"), (None, b"")])
def test_an_answer_of_ones_own_is_sent_as_it_is(world: TestWorld, call: Call, body: object, sent: bytes) -> None:
    strike(world, {"kind": "answer", "status": 502, "headers": {"Content-Type": "text/html", "Via": "x"}, "body": body})
    answer = call("GET", "/v1/users")
    assert (answer.status_code, answer.headers["content-type"], answer.headers["via"]) == (502, "text/html", "x")
    assert answer.content == sent


def test_an_answer_of_which_nothing_is_said_is_an_empty_503(world: TestWorld, call: Call) -> None:
    strike(world, {"kind": "answer"})
    answer = call("GET", "/v1/users")
    assert (answer.status_code, answer.content) == (503, b"")


@settings(max_examples=15)
@given(seed=st.integers(0, 2**31), probability=st.sampled_from([0.2, 0.5, 0.9]), paths=STATUSES)
def test_the_same_calls_meet_the_same_faults(server: Server, seed: int, probability: float, paths: list[str]) -> None:
    met = []
    for _ in range(2):
        world = server.world(recipe="empty", seed=seed)
        strike(world, {"kind": "rate_limit", "probability": probability, "match": {"operation": "list_*"}})
        met.append([world.insightiq("GET", path).status_code for path in paths])
        world.control("DELETE")
    assert met[0] == met[1]


RULES = st.fixed_dictionaries(
    {
        "kind": st.just("error"),
        "error": st.sampled_from(["incorrect_user_id", "retry_later", "account_disconnected"]),
        "match": st.fixed_dictionaries(
            {}, optional={"operation": st.sampled_from(["list_users", "list_*", "get_user"])}
        ),
        "skip": st.integers(0, 3),
        "times": st.none() | st.integers(1, 3),
    }
)
STATUS = {"incorrect_user_id": 404, "retry_later": 400, "account_disconnected": 403}
CALLS = {"/v1/users": "list_users", "/v1/accounts": "list_accounts"}


@settings(max_examples=40)
@given(rules=st.lists(RULES, max_size=4), calls=st.lists(st.sampled_from(sorted(CALLS)), max_size=15))
def test_any_list_of_faults_strikes_as_its_description_says(
    server: Server, rules: list[dict[str, Any]], calls: list[str]
) -> None:
    world = server.world(recipe="empty")
    strike(world, *rules)
    matched = [0] * len(rules)
    for path in calls:
        expected = 200
        for nth, rule in enumerate(rules):
            if fnmatchcase(CALLS[path], rule["match"].get("operation", "*")):
                matched[nth] += 1
                after = matched[nth] - rule["skip"]
                if after > 0 and (rule["times"] is None or after <= rule["times"]):
                    expected = STATUS[rule["error"]]
                    break
        client = httpx.Client(transport=server.client._transport, base_url=HOST, auth=world.insightiq_auth)
        assert client.get(path).status_code == expected
    assert [each["matched"] for each in world.control("GET", "/faults").json()["faults"]] == matched
    world.control("DELETE")


def test_probability_is_about_how_often_it_strikes(server: Server) -> None:
    world = server.world(recipe="empty")
    strike(world, {"kind": "rate_limit", "probability": 0.25})
    met = sum(world.insightiq("GET", "/v1/users").status_code == 429 for _ in range(200))
    world.control("DELETE")
    assert 25 <= met <= 75


@pytest.mark.parametrize(("probability", "status"), [(0, 200), (1, 429)])
def test_never_and_always(world: TestWorld, probability: float, status: int) -> None:
    strike(world, {"kind": "rate_limit", "probability": probability})
    assert {world.insightiq("GET", "/v1/users").status_code for _ in range(20)} == {status}


def test_the_journal_says_which_fault_struck(world: TestWorld) -> None:
    world.insightiq("GET", "/v1/users")
    strike(world, {"kind": "error", "error": "retry_later", "times": 1})
    world.insightiq("GET", "/v1/users")
    plain, hit = journal(world)
    assert plain["fault"] is None
    assert hit["fault"] == {"kind": "error", "when": "before", "rule": 0, "error": "retry_later", "effect": None}
    assert hit["operation"] == "list_users"
    assert hit["response"]["status"] == 400


def test_whoever_shows_no_credential_meets_no_fault(server: Server, world: TestWorld) -> None:
    strike(world, {"kind": "rate_limit"})
    assert server.client.get("/v1/users").status_code == 401


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ({}, '"kind" is a required property'),
        ({"kind": "slow"}, "faults.0.kind"),
        ({"kind": "error"}, "faults.0.error: is missing; the names are at /_emulator/errors."),
        ({"kind": "error", "error": "incorrect_usr_id"}, "did you mean 'incorrect_user_id'?"),
        ({"kind": "error", "error": "retry_later", "match": {"vendor": "archive"}}, "is no error of archive"),
        ({"kind": "drop", "match": {"operation": "list_user"}}, "did you mean 'list_users'?"),
        ({"kind": "drop", "match": {"vendor": "storyclash", "operation": "list_users"}}, "no operation of storyclash"),
        ({"kind": "drop", "match": {"vendor": "insight"}}, "match.vendor: is 'insight'; did you mean 'insightiq'?"),
        ({"kind": "drop", "match": {"verb": "GET"}}, '"verb" is not known; did you mean'),
        ({"kind": "drop", "error": "retry_later"}, "error: a fault of kind drop does not take it"),
        ({"kind": "drop", "secnds": 1}, "did you mean 'seconds'?"),
        ({"kind": "break", "when": "before"}, "when: a fault of kind break works on the answer"),
        ({"kind": "latency", "seconds": 61}, "seconds: is 61; a fault of kind latency takes 60 at most."),
        ({"kind": "latency", "probability": 1.5}, "faults.0.probability"),
        ({"kind": "answer", "headers": {"Content-Length": "3"}}, "faults.0.headers"),
        ({"kind": "answer", "headers": {"x": "a\r\nb: c"}}, "faults.0.headers.x"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(world: TestWorld, fault: dict[str, Any], complaint: str) -> None:
    strike(world, {"kind": "rate_limit"})
    assert complaint in refused(world, fault)
    assert [each["kind"] for each in world.control("GET", "/faults").json()["faults"]] == ["rate_limit"]
