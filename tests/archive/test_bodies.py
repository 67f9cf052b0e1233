"""How the parameters of a query are read from a body (facts/archive-v1.md, sections 10.3 and 10.6)."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.archive.library import Library, ask, only_error, post

TOTAL = "{mediaItems {totalCount}}"
FIRST = "query($first: Int) {mediaItems(first: $first) {nodes {id}}}"
TWO = "query A {mediaItems {totalCount}} query B {a: __typename}"
NO_QUERY = {"message": "No query string was present"}


@pytest.mark.parametrize(
    "body", ["{", "nope", "{'query': 1}", '{"query": NaN}', "[" * 2000, "\ufeff{}", '{"a": 1e999}']
)
def test_a_body_that_is_not_json_is_a_bad_request(library: Library, body: str) -> None:
    refused = post(library.world, body)
    assert refused.status_code == 400
    assert refused.json()["errors"].startswith("Bad request: ")


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"null", b"5", b'"query"', b"[]", b'[{"query": "{__typename}"}]', b'{"query": 5}', b'{"query": null}',
     b'{"query": ["{__typename}"]}', b'{"Query": "{__typename}"}'],
)  # fmt: skip
def test_without_a_text_to_execute_no_query_string_was_present(library: Library, body: bytes) -> None:
    """A batch is no object, so it has no query either."""
    assert only_error(post(library.world, body)) == NO_QUERY


@pytest.mark.parametrize("text", ["", " ", "\n\t ,,,", "# a comment", "#{mediaItems {totalCount}}\n#"])
def test_a_text_without_tokens_ends_unexpectedly(library: Library, text: str) -> None:
    assert only_error(ask(library.world, query=text)) == {"message": "Unexpected end of document", "locations": []}


@pytest.mark.parametrize(
    "text",
    ["{", "}", "{creator(}", "query", "{mediaItems {", "{a(b: )}", "?", '{creator(accountName: "', "\0", "\ufeff"],
)
def test_a_syntax_error_has_a_message_and_a_location(library: Library, text: str) -> None:
    error = only_error(ask(library.world, query=text))
    assert error.keys() == {"message", "locations"}
    [location] = error["locations"]
    assert location.keys() == {"line", "column"}


@pytest.mark.parametrize("name", [None, "", 5, ["A"]])
def test_one_of_several_operations_has_to_be_named(library: Library, name: Any) -> None:
    error = only_error(ask(library.world, query=TWO, operationName=name))
    assert error["message"] == "An operation name is required"


def test_an_operation_that_is_not_there_is_an_error(library: Library) -> None:
    assert only_error(ask(library.world, query=TWO, operationName="Zed"))["message"] == 'No operation named "Zed"'
    assert only_error(ask(library.world, query=TOTAL, operationName="Zed"))["message"] == 'No operation named "Zed"'


def test_the_named_operation_is_executed(library: Library) -> None:
    assert ask(library.world, query=TWO, operationName="B").json() == {"data": {"a": "Query"}}


@pytest.mark.parametrize(
    "text",
    ["{likes}", "{mediaItems}", "{mediaItems {totalCount {x}}}", "{mediaItem(handle: 1) {id}}",
     "query($i: Int) {mediaItem(id: $i) {id}}", "query($i: Int) {__typename}", "{...F}", "mutation {x}",
     "subscription {x}", "{creator(provider: FACEBOOK) {id}}", "{creator(id: 2147483648) {id}}",
     "{creator(id: 1, id: 2) {id}}", "{mediaItem(id: 5) {id}}", "fragment F on Query {__typename}"],
)  # fmt: skip
def test_what_the_schema_does_not_know_is_an_error_without_data(library: Library, text: str) -> None:
    answer = ask(library.world, query=text)
    assert answer.status_code == 200
    assert answer.json().keys() == {"errors"}


@pytest.mark.parametrize("variables", [{"first": 2}, '{"first": 2}', '{"first": 2, "unknown": {}}'])
def test_variables_are_an_object_or_one_as_a_json_string(library: Library, variables: Any) -> None:
    answer = ask(library.world, query=FIRST, variables=variables).json()
    assert len(answer["data"]["mediaItems"]["nodes"]) == 2


@pytest.mark.parametrize("variables", [None, {}, "", "  ", "null", "{}"])
def test_variables_may_be_blank(library: Library, variables: Any) -> None:
    answer = ask(library.world, query=FIRST, variables=variables).json()
    assert len(answer["data"]["mediaItems"]["nodes"]) == 100


@pytest.mark.parametrize("variables", [5, True, [], "5", "[]", "{", "nope", [{"first": 2}]])
def test_variables_of_another_kind_are_a_bad_request(library: Library, variables: Any) -> None:
    refused = ask(library.world, query=FIRST, variables=variables)
    assert refused.status_code == 400
    assert refused.json()["errors"].startswith("Bad request: ")


@pytest.mark.parametrize("value", ["2", 1.5, True, [1], {}, 2**31, -(2**31) - 1, 2**63, 2**200, 3_000_000_000.0])
def test_a_variable_of_a_wrong_type_is_an_error_without_data(library: Library, value: Any) -> None:
    error = only_error(ask(library.world, query=FIRST, variables={"first": value}))
    assert "locations" in error
    assert "path" not in error


@pytest.mark.parametrize("extra", [{}, {"variables": ""}, {"variables": '{"first": 2}', "operationName": ""}])
def test_a_form_is_read_like_an_object(library: Library, extra: dict[str, str]) -> None:
    form = urlencode({"query": FIRST} | extra)
    answer = post(library.world, form, "application/x-www-form-urlencoded").json()
    assert len(answer["data"]["mediaItems"]["nodes"]) == (2 if extra.get("variables") else 100)


@pytest.mark.parametrize("form", [b"query=%FF", b"query=\xff", b"&".join([b"a=1"] * 50)])
def test_a_form_that_cannot_be_read_is_a_bad_request(library: Library, form: bytes) -> None:
    assert post(library.world, form, "application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize("media_type", ["text/plain", "application/graphql", "multipart/form-data", "nonsense"])
def test_a_body_of_another_kind_has_no_parameters(library: Library, media_type: str) -> None:
    assert only_error(post(library.world, json.dumps({"query": TOTAL}), media_type)) == NO_QUERY


@pytest.mark.parametrize("media_type", ["", "application/json; charset=utf-8", "APPLICATION/JSON"])
def test_json_may_be_called_so_in_several_ways(library: Library, media_type: str) -> None:
    assert "data" in post(library.world, json.dumps({"query": TOTAL}), media_type).json()


def test_errors_stand_before_data(library: Library) -> None:
    answer = ask(library.world, query='{mediaItems(after: "!!!") {nodes {id}}}')
    assert list(answer.json()) == ["errors", "data"]


def test_an_answer_is_json_and_a_success(library: Library) -> None:
    answer = ask(library.world, query="{likes}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


def test_introspection_is_on(library: Library) -> None:
    answer = ask(library.world, query='{__type(name: "StatusesEnum") {enumValues {name}}}').json()
    assert [each["name"] for each in answer["data"]["__type"]["enumValues"]] == ["REQUESTED", "APPROVED", "REJECTED"]
