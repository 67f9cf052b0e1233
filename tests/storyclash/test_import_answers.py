"""What the creator import answers: every text of facts/storyclash.md, section 4.2; what counts towards its limit."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.contract.document import load
from tests.storyclash.imports import IMPORT, INITIATED, call, callbacks, campaigns, inbox, members
from tests.support import Server, TestWorld

BROKEN = "Something went wrong."
BAD_KEY = {"message": "Invalid API Key"}
REACHED = {"message": "Rate Limit reached"}
FIELD_ID = "Malformed input, additional field id needs to be set and type of int"
FIELD_VALUE = "Malformed input, additional field value needs to be set and type of string"
FIELD_ERROR = "Malformed input, error in additional field"
NO_JSON = "Malformed input, additional field value must be a JSON string"
NO_NAME = "Malformed input, set at least one platform name to import"
NO_FIELD = "Malformed input, additional field id not valid"

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({}, NO_NAME),
    "empty name": ({"instagramName": ""}, NO_NAME),
    "blank names": ({"instagramName": "  ", "tiktokName": None}, NO_NAME),
    "a name of a platform that there is not": ({"twitterName": "x"}, NO_NAME),
    "name of another type": ({"instagramName": 5}, BROKEN),
    "campaign as text": ({"campaign": "1"}, "Malformed input, campaign id needs to of type int"),
    "campaign as fraction": ({"campaign": 1.5}, "Malformed input, campaign id needs to of type int"),
    "campaign as truth": ({"campaign": True}, "Malformed input, campaign id needs to of type int"),
    "unknown campaign": ({"campaign": 1}, "Campaign not found"),
    "negative campaign": ({"campaign": -1}, "Campaign not found"),
    "huge campaign": ({"campaign": 10**40}, "Campaign not found"),
    "list as text": ({"list": "1"}, "Malformed input, list id needs to of type int"),
    "list as list": ({"list": [1]}, "Malformed input, list id needs to of type int"),
    "fields as object": ({"additional_fields": {"id": 1, "value": "1"}}, FIELD_ERROR),
    "field as text": ({"additional_fields": ["x"]}, FIELD_ERROR),
    "field without id": ({"additional_fields": [{"value": "1"}]}, FIELD_ID),
    "field with a text as id": ({"additional_fields": [{"id": "1", "value": "1"}]}, FIELD_ID),
    "field without value": ({"additional_fields": [{"id": 1}]}, FIELD_VALUE),
    "field with a number as value": ({"additional_fields": [{"id": 1, "value": 1}]}, FIELD_VALUE),
    "value that is no JSON": ({"additional_fields": [{"id": 1, "value": "test"}]}, NO_JSON),
    "unknown field": ({"additional_fields": [{"id": 1, "value": "1"}]}, NO_FIELD),
    "huge field": ({"additional_fields": [{"id": 10**40, "value": "1"}]}, NO_FIELD),
    "webhook of another type": ({"webhook": 5}, BROKEN),
    "webhook that is no address": ({"webhook": "receiver"}, BROKEN),
    "webhook elsewhere than on the web": ({"webhook": "ftp://127.0.0.1/"}, BROKEN),
    "nested too deeply": ({"x": json.loads("[" * 400 + "]" * 400)}, BROKEN),
}
NAMED = {"no name", "empty name", "blank names", "a name of a platform that there is not", "name of another type"}


@pytest.fixture
def proper(server: Server) -> Iterator[TestWorld]:
    made = server.world(clock={"mode": "frozen"}, choices={"storyclash": {"errors": "proper"}})
    yield made
    made.control("DELETE")


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_gets_its_text_and_starts_nothing(unlimited: TestWorld, case: str) -> None:
    body, message = WRONG[case]
    answer = call(unlimited, **({} if case in NAMED else {"instagramName": "somebody"}), **body)
    assert (answer.status_code, answer.json()) == (200, {"message": message})
    assert unlimited.control("GET", "/jobs").json()["data"] == []


@pytest.mark.parametrize("case", WRONG)
def test_with_proper_statuses_wrong_input_is_a_bad_request(proper: TestWorld, case: str) -> None:
    body, message = WRONG[case]
    answer = call(proper, **({} if case in NAMED else {"instagramName": "somebody"}), **body)
    assert answer.status_code == (404 if message == "Campaign not found" else 400)
    assert answer.json() == {"message": message}


def test_a_market_report_takes_no_creators(unlimited: TestWorld) -> None:
    (report,) = [each for each in campaigns(unlimited) if each["type"] == 2]
    message = "Malformed input, campaign needs to be of type campaign report"
    assert call(unlimited, instagramName="x", campaign=report["id"]).json() == {"message": message}


def test_a_field_takes_values_of_its_own_type_once(unlimited: TestWorld) -> None:
    creator, *_ = members(unlimited, campaigns(unlimited)[0]["id"])
    kinds = {bool: "boolean", str: "string", list: "array"}
    examples = {"boolean": "true", "string": '"x"', "array": '["x"]', "number": "5", "null": "null", "object": "{}"}
    for field in creator["additionalFields"]:
        for kind, value in examples.items():
            asked = [{"id": field["id"], "value": value}] * (2 if kind == kinds[type(field["value"])] else 1)
            answer = call(unlimited, instagramName="x", additional_fields=asked)
            assert answer.json() == {"message": FIELD_ERROR}
    assert {type(field["value"]) for field in creator["additionalFields"]} == set(kinds)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"5", b'"x"', b"\xff", b'{"instagramName": "x"}', b'{"token": 5}', b'{"token": "nope"}'],
    ids=repr,
)
def test_without_a_good_token_in_the_body_the_key_is_invalid(unlimited: TestWorld, content: bytes) -> None:
    token = unlimited.credentials["storyclash"]
    queries: list[dict[str, str]] = [{}, token]
    for query in queries:
        answer = unlimited.client.post(IMPORT, content=content, params=query)
        assert (answer.status_code, answer.json()) == (200, BAD_KEY)


def test_a_body_that_says_to_be_no_json_is_refused(unlimited: TestWorld) -> None:
    content = json.dumps({**unlimited.credentials["storyclash"], "instagramName": "x"})
    answer = unlimited.client.post(IMPORT, content=content, headers={"content-type": "text/plain"})
    assert answer.status_code == 415
    assert unlimited.client.get(IMPORT, params=unlimited.credentials["storyclash"]).status_code == 405


def test_where_the_import_is_off_every_key_is_invalid(server: Server) -> None:
    world = server.world(clock={"mode": "frozen"}, choices={"storyclash": {"creator_import": "off"}})
    assert call(world, instagramName="somebody").json() == BAD_KEY
    assert campaigns(world)
    world.control("DELETE")


def test_two_hundred_calls_are_taken_in_any_24_hours(world: TestWorld) -> None:
    for _ in range(100):
        assert call(world, instagramName="nobody").json() == INITIATED
    world.advance(by="PT12H")
    for _ in range(100):
        assert call(world, instagramName="nobody").json() == INITIATED
    assert call(world, instagramName="nobody").json() == REACHED
    world.advance(by=12 * 3600 - 0.000001)
    assert call(world, instagramName="nobody").json() == REACHED
    world.advance(by=0.000001)
    for _ in range(100):
        assert call(world, instagramName="nobody").json() == INITIATED
    assert call(world, instagramName="nobody").json() == REACHED


def test_calls_that_start_nothing_are_not_counted(world: TestWorld) -> None:
    for _ in range(201):
        assert call(world).json() == {"message": NO_NAME}
        assert call(world, instagramName="x", campaign=1).json() == {"message": "Campaign not found"}
    assert call(world, instagramName="nobody").json() == INITIATED


def test_every_text_that_the_contract_names_is_one_that_some_test_here_expects() -> None:
    node = load("storyclash")["paths"][IMPORT]["post"]["responses"]["200"]["content"]["application/json"]
    promised = {example["value"]["message"] for example in node["examples"].values()}
    report = "Malformed input, campaign needs to be of type campaign report"
    expected = {message for _, message in WRONG.values()} | {INITIATED["message"], BAD_KEY["message"], report}
    assert promised == expected | {REACHED["message"]}


PLAIN = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
)
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))
FIELDS = st.lists(st.fixed_dictionaries({}, optional={"id": JSON, "value": JSON | st.text()}), max_size=3) | JSON


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "instagramName": JSON,
            "youtubeName": st.text(max_size=9),
            "campaign": JSON,
            "list": JSON,
            "additional_fields": FIELDS,
            "webhook": JSON,
        },
    )
)
def test_anything_is_answered_with_a_text_that_the_contract_names(unlimited: TestWorld, body: dict[str, Any]) -> None:
    node = load("storyclash")["paths"][IMPORT]["post"]["responses"]["200"]["content"]["application/json"]
    answer = call(unlimited, **body)
    assert answer.status_code == 200
    assert answer.json()["message"] in {example["value"]["message"] for example in node["examples"].values()}
    unlimited.control("POST", "/reset")


def test_the_token_is_repeated_to_nobody(world: TestWorld) -> None:
    assert call(world, instagramName="nobody", webhook=inbox(world), more={"a": [1]}).json() == INITIATED
    world.advance(by="PT10M")
    (callback,) = callbacks(world)
    assert callback["requestData"] == [{"instagramName": "nobody", "webhook": inbox(world), "more": {"a": [1]}}]
