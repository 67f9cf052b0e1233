from typing import Any
from uuid import UUID

from tests.insightiq.support import NOBODY, USER, Another, assert_refused
from tests.support import TestWorld

CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/v1/users", {}),
    ("POST", "/v1/users", {"json": USER}),
    ("POST", "/v1/users", {"json": USER}),
    ("POST", "/v1/users", {"json": {}}),
    ("POST", "/v1/users", {"content": b"{"}),
    ("POST", "/v1/users", {"content": b"x" * 1_100_000}),
    ("POST", "/v1/users", {"content": b"x", "headers": {"content-type": "text/plain"}}),
    ("POST", "/v1/links", {"json": {"external_id": "a"}}),
    ("GET", "/v1/accounts?limit=0", {}),
    ("GET", f"/v1/accounts/{NOBODY}", {}),
    ("GET", "/v1/nope", {}),
    ("DELETE", "/v1/users", {}),
    ("HEAD", "/v1/users", {}),
    ("GET", "/v1/users", {"headers": {"authorization": "Basic eDp5"}}),
]


def request_ids(world: TestWorld) -> list[str]:
    answers = []
    for method, path, arguments in CALLS:
        auth = None if "authorization" in arguments.get("headers", {}) else world.insightiq_auth
        answers.append(world.client.request(method, path, auth=auth, **arguments))
    return [answer.headers["request-id"] for answer in answers]


def test_every_answer_has_a_request_id_of_its_own(world: TestWorld) -> None:
    ids = request_ids(world) + request_ids(world)
    assert [str(UUID(each)) for each in ids] == ids
    assert len(set(ids)) == 2 * len(CALLS)


def test_the_request_id_that_a_client_sends_is_not_taken_over(world: TestWorld) -> None:
    answer = world.insightiq("GET", "/v1/nope", headers={"request-id": NOBODY})
    assert_refused(answer, 404, "incorrect_path")
    assert answer.headers["request-id"] != NOBODY


def test_the_same_calls_in_worlds_of_one_seed_have_the_same_request_ids(another: Another) -> None:
    known = [number for number, (_, _, arguments) in enumerate(CALLS) if len(arguments.get("content", b"")) < 1_000_000]
    ids = [[request_ids(world)[number] for number in known[:-1]] for world in (another(), another(), another(seed=2))]
    assert ids[0] == ids[1]
    assert not set(ids[0]) & set(ids[2])
