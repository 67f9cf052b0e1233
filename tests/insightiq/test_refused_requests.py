"""Bad input: each is answered with the vendor's error, and leaves everything as it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.http import MAX_BODY
from tests.insightiq.support import JSON, LISTS, NOBODY, USER, Another, account_with, assert_refused, everything, state
from tests.support import TestWorld

WRITES = ("/v1/users", "/v1/sdk-tokens", "/v1/links", f"/v1/accounts/{NOBODY}/disconnect")

NOT_JSON = {
    "malformed": b"{",
    "two values": b"{}{}",
    "single quotes": b"{'name': 'Ada'}",
    "a comment": b"{} // nothing",
    "NaN": b'{"name": NaN}',
    "a number without bounds": b'{"name": 1e999}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "invalid UTF-8": b'{"name": "\xff"}',
    "UTF-16": '{"name": "Ada"}'.encode("utf-16"),
    "a lone surrogate": rb'{"name": "\ud800", "external_id": "a"}',
    "a surrogate in UTF-8": b'{"name": "\xed\xa0\x80", "external_id": "a"}',
    "a raw control character": b'{"name": "\x01", "external_id": "a"}',
    "a deeply nested array": b"[" * 100_000,
}

NOT_AN_OBJECT = (b"[]", b"null", b"7", b"true", b'"text"', b"[{}]")


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("content", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_a_body_that_is_not_json_is_refused(world: TestWorld, path: str, content: bytes) -> None:
    before = state(world)
    assert_refused(world.insightiq("POST", path, content=content, headers=JSON), 400, "MALFORMED_JSON")
    assert state(world) == before


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("content", NOT_AN_OBJECT)
def test_a_body_that_is_no_object_is_refused(world: TestWorld, path: str, content: bytes) -> None:
    before = state(world)
    assert_refused(world.insightiq("POST", path, content=content, headers=JSON), 400, "INVALID_FIELDS", "object")
    assert state(world) == before


@pytest.mark.parametrize(
    ("depth", "code"),
    [(2, "INVALID_FIELDS"), (200, "INVALID_FIELDS"), (300, "MALFORMED_JSON"), (2000, "MALFORMED_JSON")],
)
def test_a_field_that_is_nested_deeply_is_refused(world: TestWorld, depth: int, code: str) -> None:
    content = b'{"external_id": "a", "name": %b1%b}' % (b"[" * depth, b"]" * depth)
    before = state(world)
    refused = world.insightiq("POST", "/v1/users", content=content, headers=JSON)
    assert_refused(refused, 400, code)
    assert state(world) == before


@pytest.mark.parametrize("path", ["/v1/users", "/v1/sdk-tokens", "/v1/links"])
def test_an_empty_body_is_refused_where_one_is_needed(world: TestWorld, path: str) -> None:
    before = state(world)
    assert_refused(world.insightiq("POST", path), 400, "MISSING_FIELDS", "[body]")
    assert state(world) == before


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/v1/users", {}, "Request is missing required fields: [name, external_id]."),
        ("/v1/users", {"name": "Ada"}, "Request is missing required fields: [external_id]."),
        ("/v1/users", {"external_id": 7}, "Request is missing required fields: [name]."),
        ("/v1/sdk-tokens", {}, "Request is missing required fields: [user_id, products]."),
        ("/v1/sdk-tokens", {"user_id": NOBODY}, "Request is missing required fields: [products]."),
        ("/v1/links", {"name": "Ada"}, "Request is missing required fields: [external_id]."),
    ],
)
def test_missing_fields_are_named_in_the_documented_words(
    world: TestWorld, path: str, body: dict[str, Any], message: str
) -> None:
    refused = world.insightiq("POST", path, json=body)
    assert_refused(refused, 400, "MISSING_FIELDS")
    assert refused.json()["error"]["message"] == message


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/users", USER | {"name": None}, "name"),
        ("/v1/users", USER | {"name": 7}, "name"),
        ("/v1/users", USER | {"name": {"first": "Ada"}}, "name"),
        ("/v1/users", USER | {"external_id": 7}, "external_id"),
        ("/v1/users", USER | {"external_id": None}, "external_id"),
        ("/v1/users", USER | {"external_id": ["a"]}, "external_id"),
        ("/v1/users", USER | {"external_id": "x" * 101}, "external_id"),
        ("/v1/sdk-tokens", {"user_id": 7, "products": []}, "user_id"),
        ("/v1/sdk-tokens", {"user_id": NOBODY, "products": None}, "products"),
        ("/v1/sdk-tokens", {"user_id": NOBODY, "products": "IDENTITY"}, "products"),
        ("/v1/sdk-tokens", {"user_id": NOBODY, "products": ["IDENTITY", "SWITCH"]}, "products.1"),
        ("/v1/sdk-tokens", {"user_id": NOBODY, "products": ["identity"]}, "products.0"),
        ("/v1/sdk-tokens", {"user_id": NOBODY, "products": ["ENGAGEMENT_AUDIENCE"]}, "products.0"),
        ("/v1/sdk-tokens", {"user_id": NOBODY, "products": [1]}, "products.0"),
        ("/v1/links", {"external_id": 7}, "external_id"),
        ("/v1/links", {"external_id": "a", "name": None}, "name"),
    ],
)
def test_a_field_with_a_wrong_value_is_named(world: TestWorld, path: str, body: dict[str, Any], field: str) -> None:
    before = state(world)
    assert_refused(world.insightiq("POST", path, json=body), 400, "INVALID_FIELDS", f"{field}: ")
    assert state(world) == before


def test_all_wrong_fields_are_named_at_once(world: TestWorld) -> None:
    refused = world.insightiq("POST", "/v1/users", json={"name": 1, "external_id": 2})
    assert_refused(refused, 400, "INVALID_FIELDS", "name: ", "external_id: ")


def test_the_message_stays_short_however_long_the_wrong_value_is(world: TestWorld) -> None:
    refused = world.insightiq("POST", "/v1/users", json={"name": "Ada", "external_id": "x" * 100_000})
    assert_refused(refused, 400, "INVALID_FIELDS", "external_id: ")
    assert len(refused.json()["error"]["message"]) < 600


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "limit: "),
        ("limit=101", "limit: "),
        ("limit=-1", "limit: "),
        ("limit=x", "limit: "),
        ("limit=", "limit: "),
        ("limit=1e3", "limit: "),
        ("limit=1.0", "limit: "),
        ("limit=%2B1", "limit: "),
        ("limit=0x10", "limit: "),
        ("limit=1_0", "limit: "),
        ("limit=%D9%A1", "limit: "),  # an Arabic-Indic one
        ("limit=%00", "limit: "),
        ("limit=10%0A", "limit: "),
        ("limit=%25zz", "limit: "),
        ("limit=99999999999999999999", "limit: "),
        ("limit=" + "9" * 5000, "limit: "),
        ("limit=1&limit=1", "limit: "),
        ("limit=1&limit=x", "limit: "),
        ("offset=-1", "offset: "),
        ("offset=x", "offset: "),
        ("offset=9999999999999999999", "offset: "),
        ("offset=0&offset=0", "offset: "),
        ("limit=%FF", "query: "),
        ("whatever=%ED%A0%80", "query: "),
        ("&".join(["a=1"] * 501), "query: "),
    ],
)
def test_a_query_outside_the_contract_is_refused(world: TestWorld, path: str, query: str, named: str) -> None:
    assert_refused(world.insightiq("GET", f"{path}?{query}"), 400, "INVALID_FIELDS", named)


@pytest.mark.parametrize(("path", "filter"), [("/v1/users", "external_id"), ("/v1/accounts", "user_id")])
def test_a_repeated_filter_is_refused(world: TestWorld, path: str, filter: str) -> None:
    assert_refused(world.insightiq("GET", f"{path}?{filter}=a&{filter}=b"), 400, "INVALID_FIELDS", f"{filter}: ")


@pytest.mark.parametrize("id", ["x", "%00", "%0A", "9bb8913bddd9430ba66ad74d846e6c66", f"{NOBODY}x", f"{NOBODY}%0A"])
def test_the_id_of_a_work_platform_has_to_be_a_uuid(world: TestWorld, id: str) -> None:
    assert_refused(world.insightiq("GET", f"/v1/work-platforms/{id}"), 400, "INVALID_FIELDS", "id: ")


@pytest.mark.parametrize("id", ["%00", "%0A", "%0D%0A", "%C2%85", "a%2Fb", "%2E%2E", "%F0%9F%98%80", "'%20OR%201=1--"])
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/users/{}", "incorrect_user_id"),
        ("/v1/users/external_id/{}", "incorrect_user_id"),
        ("/v1/accounts/{}", "incorrect_account_id"),
    ],
)
def test_any_text_may_stand_for_an_id_and_is_not_found(world: TestWorld, path: str, code: str, id: str) -> None:
    assert_refused(world.insightiq("GET", path.format(id)), 404, code)


@pytest.mark.parametrize(
    "path",
    [
        "/v1",
        "/v1/",
        "/v1/nope",
        "/v1/Users",
        "/v1/users/",
        "/v1//users",
        "/v1/users//",
        "/v1/users/a/b",
        "/v1/users%0A",
        "/v1/%0A",
        "/v1/%00",
        "/v1/users%2Fa",
        "/v1/users/%FF",
        "/v1/users/%ED%A0%80",
        "/v1/users/external_id/",
        "/v1/users/external_id/%C3%28",
        "/v1/accounts/a/disconnect/",
        "/v1/{id}",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_an_unknown_path_answers_404_in_the_vendors_words(world: TestWorld, method: str, path: str) -> None:
    assert_refused(world.insightiq(method, path), 404, "incorrect_path")


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonp",
        "json",
        "*/*",
        "text/plain; a=application/json",
    ],
)
def test_a_body_of_another_content_type_is_refused(world: TestWorld, path: str, content_type: str) -> None:
    before = state(world)
    refused = world.insightiq("POST", path, content=b"{}", headers={"content-type": content_type})
    assert_refused(refused, 415, "unsupported_media_type", content_type.partition(";")[0])
    assert state(world) == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": ""},
        {"content-type": "application/json; charset=utf-8"},
        {"content-type": "Application/JSON"},
        {"content-type": "application/vnd.api+json"},
    ],
)
def test_json_is_taken_under_each_of_its_names_and_without_a_name(world: TestWorld, headers: dict[str, str]) -> None:
    created = world.insightiq("POST", "/v1/users", content=b'{"name": "Ada", "external_id": "a"}', headers=headers)
    assert created.status_code == 201


def body_of(size: int) -> bytes:
    frame = b'{"external_id": "a", "name": "%b"}'
    return frame % (b"x" * (size - len(frame) + 2))


def test_a_body_of_one_mebibyte_is_taken_and_one_byte_more_is_refused(world: TestWorld) -> None:
    before = state(world)
    assert_refused(world.insightiq("POST", "/v1/users", content=body_of(MAX_BODY + 1)), 413, "request_too_large")
    assert state(world) == before
    assert world.insightiq("POST", "/v1/users", content=body_of(MAX_BODY)).status_code == 201


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_that_is_too_long_is_refused(world: TestWorld, method: str) -> None:
    before = state(world)
    for target in (f"/v1/users?a={'x' * 16_384}", f"/v1/users/{'x' * 16_384}"):
        assert_refused(world.insightiq(method, target), 413, "request_too_large")
    assert state(world) == before


def test_an_account_of_another_world_cannot_be_disconnected(world: TestWorld, another: Another) -> None:
    other = another(seed=2)
    foreign = account_with(other, "CONNECTED")["id"]
    before = state(world), state(other)
    assert_refused(world.insightiq("POST", f"/v1/accounts/{foreign}/disconnect", json={}), 404, "incorrect_account_id")
    assert (state(world), state(other)) == before


def test_the_ids_of_another_world_filter_everything_out(world: TestWorld, another: Another) -> None:
    user = everything(another(seed=2), "/v1/accounts")[0]["user"]["id"]
    assert world.insightiq("GET", "/v1/accounts", params={"user_id": user}).json()["data"] == []


@given(content=st.binary(max_size=200) | st.text(max_size=50).map(str.encode))
def test_no_bytes_make_the_server_fail(world: TestWorld, content: bytes) -> None:
    for path in WRITES[:3]:
        assert world.insightiq("POST", path, content=content, headers=JSON).status_code == 400


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(name=json_values, external_id=json_values)
def test_a_user_is_created_from_two_texts_and_from_nothing_else(world: TestWorld, name: Any, external_id: Any) -> None:
    world.control("POST", "/reset")
    answer = world.insightiq("POST", "/v1/users", json={"name": name, "external_id": external_id})
    if isinstance(name, str) and isinstance(external_id, str):
        assert answer.status_code == 201
    else:
        assert_refused(answer, 400, "INVALID_FIELDS")
