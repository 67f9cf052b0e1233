"""Answers that are damaged on their way: no JSON, or not what the contract promises."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.contract.document import load, resolve
from tests.contract.documents import operations
from tests.faults.conftest import Call
from tests.faults.setting import strike, struck
from tests.support import HOST, Server, TestWorld, validator

ITEMS = "{mediaItems(first: 3) {totalCount nodes {id provider takenAt creator {accountName}}}}"
LISTS = {"/v1/users": "list_users", "/v1/accounts": "list_accounts", "/v1/work-platforms": "list_work_platforms"}


def errors(operation: str, answer: Any) -> list[str]:
    """What the contract says against a successful answer."""
    response = resolve(load("insightiq"), operations("insightiq")[operation]["responses"]["200"])
    schema = response["content"]["application/json"]["schema"]
    return [error.message for error in validator("insightiq", json.dumps(schema)).iter_errors(answer)]


def effect(world: TestWorld) -> str:
    fault = struck(world)[-1]
    assert fault
    told: str = fault["effect"]
    return told


def pointed(node: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def archive(server: Server, world: TestWorld, query: str) -> Any:
    raw = httpx.Client(transport=server.client._transport, base_url=HOST)
    token = {"authorization": f"Bearer {world.credentials['archive']['token']}"}
    return raw.post("/api/v1", headers=token, json={"query": query}).json()


def test_a_malformed_body_is_no_json_though_it_is_said_to_be(world: TestWorld, call: Call) -> None:
    strike(world, {"kind": "malform"})
    answer = call("GET", "/v1/users")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    with pytest.raises(ValueError, match="Expecting value"):
        answer.json()


@pytest.mark.parametrize(("path", "operation"), LISTS.items())
@pytest.mark.parametrize("how", ["missing", "type", "enum", None])
def test_a_broken_answer_breaks_the_contract_at_one_place(
    world: TestWorld, call: Call, path: str, operation: str, how: str | None
) -> None:
    whole = call("GET", path).json()
    strike(world, {"kind": "break", **({"how": how} if how else {})})
    answer = call("GET", path).json()
    if path == "/v1/work-platforms" and how == "enum" and answer == whole:
        assert effect(world) == "nothing in the answer could be broken so"
        return
    assert errors(operation, answer)
    pointer = effect(world).partition(" ")[0]
    assert pointed(whole, pointer) is not None or how != "enum"
    if how == "missing":
        with pytest.raises((KeyError, IndexError)):
            pointed(answer, pointer)
    if how == "enum":
        assert isinstance(pointed(answer, pointer), str)


@settings(max_examples=20)
@given(seed=st.integers(0, 2**31), path=st.sampled_from(sorted(LISTS)))
def test_whatever_the_seed_the_answer_is_broken_and_the_same_every_time(server: Server, seed: int, path: str) -> None:
    seen = []
    for _ in range(2):
        world = server.world(seed=seed, clock={"mode": "frozen"})
        strike(world, {"kind": "break"})
        client = httpx.Client(transport=server.client._transport, base_url=HOST, auth=world.insightiq_auth)
        seen.append([client.get(path).content for _ in range(3)])
        world.control("DELETE")
    assert seen[0] == seen[1]
    assert all(errors(LISTS[path], json.loads(body)) for body in seen[0])


def test_a_pointer_names_the_place(world: TestWorld, call: Call) -> None:
    strike(world, {"kind": "break", "pointer": "/data/1/name", "how": "type"})
    answer = call("GET", "/v1/users").json()
    assert isinstance(answer["data"][0]["name"], str)
    assert not isinstance(answer["data"][1]["name"], str)
    assert effect(world) == "/data/1/name is of another type"


def test_a_pointer_that_leads_nowhere_leaves_the_answer_alone_and_says_so(world: TestWorld) -> None:
    strike(world, {"kind": "break", "pointer": "/data/0/nmae"})
    assert world.insightiq("GET", "/v1/users").status_code == 200
    assert effect(world) == "nothing in the answer could be broken so"


@pytest.mark.parametrize("how", ["missing", "type", "enum"])
def test_answers_of_graphql_break_too(server: Server, world: TestWorld, how: str) -> None:
    whole = archive(server, world, ITEMS)
    strike(world, {"kind": "break", "how": how})
    answer = archive(server, world, ITEMS)
    assert answer != whole
    pointer, _, _ = effect(world).partition(" ")
    assert pointer.startswith("/data/")
    if how == "enum":
        assert pointer.endswith("/provider")
        assert pointed(answer, pointer) not in ("INSTAGRAM", "TIKTOK")


def test_storyclash_breaks_too(server: Server, world: TestWorld) -> None:
    token = {"token": world.credentials["storyclash"]["token"]}
    raw = httpx.Client(transport=server.client._transport, base_url=HOST)
    whole = raw.get("/external-api/campaigns", params=token).json()
    strike(world, {"kind": "break", "how": "missing"})
    answer = raw.get("/external-api/campaigns", params=token).json()
    assert sum(a != b for a, b in zip(whole, answer, strict=True)) == 1


def test_an_answer_without_a_body_has_nothing_to_break(world: TestWorld) -> None:
    strike(world, {"kind": "break"})
    assert world.client.options("/v1/users", auth=world.insightiq_auth).status_code == 204


def test_what_was_done_before_the_damage_is_done(world: TestWorld, call: Call) -> None:
    strike(world, {"kind": "malform", "times": 1})
    call("POST", "/v1/users", json={"name": "Ada", "external_id": "ada"})
    again = world.insightiq("POST", "/v1/users", json={"name": "Ada", "external_id": "ada"})
    assert again.json()["error"]["code"] == "user_exists_with_external_id"
