"""Whatever is sent, the answer is in the vendor's form, and the next one is right.

That form is seen to by the client of the tests; an exception of the server's would come through to it.
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive.library import Library, ask, data, only_error, post

TOO_LARGE = "This query is too large to execute."
NESTED_FILTER = "query($filter: Filter) {mediaItems(filter: $filter) {totalCount}}"


@pytest.fixture(autouse=True)
def _still_right(library: Library) -> Any:
    yield
    assert data(library.world, "{mediaItems {totalCount}}") == {"mediaItems": {"totalCount": len(library.items)}}


def chain(length: int, end: str = "{mediaItems {totalCount}}") -> str:
    """Fragments that each spread the next one."""
    links = "".join(f" fragment f{n} on Query {{...f{n + 1}}}" for n in range(length))
    return f"{{...f0}}{links} fragment f{length} on Query {end}"


def deep(depth: int) -> str:
    """So many fields within one another, below two more: each in a fragment of its own."""
    links = "".join(f" fragment t{n} on __Type {{ofType {{...t{n + 1}}}}}" for n in range(depth))
    return f'{{__type(name: "Int") {{...t0}}}}{links} fragment t{depth} on __Type {{name}}'


@pytest.mark.parametrize(
    "text", ["{a" * 1_000, "{mediaItems(filter: " + "[" * 101, "(" * 200_000, "{a" * 101 + "}" * 101]
)
def test_deep_nesting_is_refused(library: Library, text: str) -> None:
    assert only_error(ask(library.world, query=text))["message"] == TOO_LARGE


@pytest.mark.parametrize(("depth", "refused"), [(18, False), (19, True), (60, True)])
def test_more_than_twenty_levels_of_fields_are_refused_through_fragments_too(
    library: Library, depth: int, refused: bool
) -> None:
    answer = ask(library.world, query=deep(depth)).json()
    message = f"Query has depth of {depth + 2}, which exceeds max depth of 20"
    assert answer.get("errors") == ([{"message": message}] if refused else None)


@pytest.mark.parametrize("length", [1, 50, *range(100, 200, 9), 300, 480])
def test_a_long_chain_of_fragments_is_answered_or_refused(library: Library, length: int) -> None:
    answer = ask(library.world, query=chain(length)).json()
    assert answer.get("data") == {"mediaItems": {"totalCount": len(library.items)}} or "data" not in answer


@pytest.mark.parametrize("length", [0, 1, 2, 100, 480])
def test_fragments_that_contain_themselves_are_refused(library: Library, length: int) -> None:
    errors = ask(library.world, query=chain(length, "{...f0}")).json()["errors"]
    loops = [f"Fragment f{number} contains an infinite loop" for number in range(length + 1)]
    assert sorted(error["message"] for error in errors) in (sorted(loops), [TOO_LARGE])


@pytest.mark.parametrize("token", ["a ", "a:b ", '"" ', "... on Query{a} ", "@d ", "$ "])
def test_ten_thousand_tokens_are_refused(library: Library, token: str) -> None:
    error = only_error(ask(library.world, query="{" + token * 10_000 + "}"))
    assert error["message"] == TOO_LARGE or error["message"].startswith("Expected ")


@pytest.mark.parametrize("name", ["nodes {id}", "totalCount", "nope", "... on MediaItemConnection {totalCount}"])
def test_thousands_of_equal_fields_are_answered(library: Library, name: str) -> None:
    tokens = len(name.replace("{", " { ").replace("}", " } ").split())
    assert ask(library.world, query="{mediaItems {" + f"{name} " * (3_900 // tokens) + "}}").status_code == 200


@pytest.mark.parametrize("text", ["x" * 900_000, "\\u0041" * 100_000, "é" * 300_000, "{" * 90, "\U0001f600" * 1_000])
def test_huge_and_odd_strings_are_nobody(library: Library, text: str) -> None:
    query = "query($name: String) {creator(accountName: $name) {id}}"
    assert data(library.world, query, name=text) == {"creator": None}
    assert data(library.world, f'{{creator(accountName: "{text}") {{id}}}}') == {"creator": None}


def test_a_body_over_a_megabyte_is_too_large(library: Library) -> None:
    refused = ask(library.world, query="{__typename}" + " " * 1_048_576)
    assert refused.status_code == 413
    assert refused.json() == {"errors": "Request entity too large"}


@pytest.mark.parametrize("body", [b'{"query": "\xff"}', b"\xff\xfe", b'{"query": "\\ud800"}', b'{"query": "\\udc00x"}'])
def test_text_that_is_not_unicode_is_a_bad_request(library: Library, body: bytes) -> None:
    assert post(library.world, body).status_code == 400


@pytest.mark.parametrize("escape", ["\\ud800", "\\udc00", "\\ud800\\u0041", "\\u{110000}", "\\uZZZZ", "\\q"])
def test_an_escape_that_is_no_character_is_a_syntax_error(library: Library, escape: str) -> None:
    error = only_error(ask(library.world, query=f'{{creator(accountName: "{escape}") {{id}}}}'))
    assert error["message"].startswith("Expected VALUE, actual: ")


@pytest.mark.parametrize("text", ["\0", "a\0b", "\x7f", "\u2028", "\ufffe", "' OR 1=1 --", "%", "_"])
def test_signs_that_mean_something_elsewhere_find_nobody(library: Library, text: str) -> None:
    query = """query($text: String, $names: [String!]) {
      creator(accountName: $text) {id} mediaItem(externalId: $text) {id}
      mediaItems(filter: {creatorAccountName: $names}) {totalCount}
    }"""
    shown = data(library.world, query, text=text, names=[text])
    assert shown == {"creator": None, "mediaItem": None, "mediaItems": {"totalCount": 0}}


@pytest.mark.parametrize("depth", [100, 900])
def test_deeply_nested_variables_are_answered(library: Library, depth: int) -> None:
    nested = "[" * depth + "]" * depth
    for variables in (f'{{"filter": {nested}}}', f'{{"filter": {{"itemTypes": {nested}}}}}', f'{{"more": {nested}}}'):
        body = f'{{"query": {json.dumps(NESTED_FILTER)}, "variables": {variables}}}'
        assert post(library.world, body).status_code == 200


def test_a_filter_of_many_names_is_answered(library: Library) -> None:
    names = [f"nobody{number}" for number in range(50_000)]
    wanted = {"creatorAccountName": [*names, library.items[0]["creator"]["accountName"]]}
    assert data(library.world, NESTED_FILTER, filter=wanted)["mediaItems"]["totalCount"] > 0


def test_more_wrong_values_than_anybody_reads_are_answered(library: Library) -> None:
    answer = ask(library.world, query=NESTED_FILTER, variables={"filter": {"creatorAccountName": [0] * 100_000}})
    [error] = answer.json()["errors"]
    assert len(error["extensions"]["problems"]) == 100


WORDS = st.sampled_from(
    ["{", "}", "(", ")", "[", "]", ":", "$", "...", "@", "!", "=", "|", "query", "mutation", "fragment", "on", "F",
     "Query", "mediaItems", "nodes", "id", "creator", "first", "last", "after", "before", "filter", "1", "-1", "1e999",
     '"MQ"', '"!!!"', '"""', "null", "true", "INSTAGRAM", "itemTypes", "POST", "__typename", "pageInfo", "hasNextPage"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text())
def test_any_text_is_answered_as_a_query(library: Library, text: str) -> None:
    assert ask(library.world, query=text).status_code in (200, 400)


@given(JSON, JSON, JSON)
def test_any_values_are_answered_as_parameters(library: Library, query: Any, variables: Any, name: Any) -> None:
    body = json.dumps({"query": query, "variables": variables, "operationName": name})
    assert post(library.world, body).status_code in (200, 400)
    body = json.dumps({"query": NESTED_FILTER, "variables": {"filter": variables}, "operationName": name})
    assert post(library.world, body).status_code in (200, 400)


@given(st.binary(), st.sampled_from(["application/json", "application/x-www-form-urlencoded", "", "text/plain"]))
def test_any_bytes_are_answered(library: Library, body: bytes, media_type: str) -> None:
    assert post(library.world, body, media_type).status_code in (200, 400)


@given(st.text(max_size=12), st.sampled_from(["after", "before"]))
def test_any_cursor_is_a_place_or_an_invalid_input(library: Library, text: str, name: str) -> None:
    query = f"query($cursor: String) {{mediaItems({name}: $cursor, first: 1) {{nodes {{id}}}}}}"
    answer = library.world.archive(query, cursor=text)
    if "errors" in answer:
        [error] = answer["errors"]
        assert error["message"].startswith('Invalid input: "')
        assert answer["data"] == {"mediaItems": {"nodes": None}}
    else:
        # ahead of the place 0, the library counts -1 items, which is less than the first one and means no bound
        assert len(answer["data"]["mediaItems"]["nodes"]) in ((0, 1, 100) if name == "before" else (0, 1))
