"""The switches of the dialect: what releases of graphql-ruby do differently, and what only another schema shows."""

import json
import subprocess
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.vendors.archive.ruby import DEBIAN, Library, Uncoercible, Version
from emulator.vendors.archive.ruby.spelling import corrections
from emulator.vendors.archive.ruby.version import Grammar
from tests.archive.differential import zoo
from tests.archive.differential.oracle import missing

NEWEST = Version()
BEFORE_2_6 = replace(NEWEST, grammar=Grammar.DESCENT)


def answer(query: str, version: Version = NEWEST, **options: Any) -> dict[str, Any]:
    library = Library(zoo.schema(), version, **options)
    shown: dict[str, Any] = json.loads(library.document(query).call(None, {}).run(None).body)
    return shown


def only_error(query: str, version: Version = NEWEST, **options: Any) -> dict[str, Any]:
    [error] = answer(query, version, **options)["errors"]
    shown: dict[str, Any] = error
    return shown


@pytest.mark.parametrize(
    ("query", "version", "message", "locations"),
    [
        ("{pet(a: ) {x}}", NEWEST, 'Expected VALUE, actual: RPAREN (")") at [1, 9]', [{"line": 1, "column": 9}]),
        ("{pet(a: ) {x}}", BEFORE_2_6, 'Expected VALUE, actual: RPAREN (")") at [1, 9]', [{"line": 1, "column": 9}]),
        ("{pet(a: ) {x}}", DEBIAN, 'Parse error on ")" (RPAREN) at [1, 9]', [{"line": 1, "column": 9}]),
        ("{pet {", NEWEST, "Expected NAME, not end of file at [1, 6]", [{"line": 1, "column": 6}]),
        ("{pet {", BEFORE_2_6, 'Expected NAME, actual: (none) (" ") at [1, 6]', [{"line": 1, "column": 6}]),
        ("{pet {", DEBIAN, "Unexpected end of document", []),
    ],
)
def test_each_parser_has_words_of_its_own(query: str, version: Version, message: str, locations: list[Any]) -> None:
    assert only_error(query, version) == {"message": message, "locations": locations}


@pytest.mark.parametrize(("version", "keys"), [(NEWEST, ["errors", "data"]), (DEBIAN, ["data", "errors"])])
def test_errors_stand_before_data_from_2_2_on(version: Version, keys: list[str]) -> None:
    assert list(answer("{loose {broken}}", version)) == keys


def test_null_in_a_field_that_may_not_be_null_has_a_place_from_2_4_on() -> None:
    message = "Cannot return null for non-nullable field Query.none"
    place = {"locations": [{"line": 1, "column": 2}], "path": ["none"]}
    assert answer("{none}") == {"errors": [{"message": message, **place}], "data": None}
    assert answer("{none}", DEBIAN) == {"data": None, "errors": [{"message": message}]}


def test_null_takes_what_is_around_it_up_to_where_null_may_be() -> None:
    shown = answer("{loose {id next {id all {id value}}} some {value}}")
    assert shown["data"] == {"loose": {"id": "7", "next": None}, "some": [{"value": 1}, None, None]}
    assert [error["path"] for error in shown["errors"]] == [["loose", "next", "all", 1], ["some", 2, "value"]]


def test_an_unknown_name_is_followed_by_those_that_are_like_it_where_the_switch_is_on() -> None:
    on = replace(NEWEST, did_you_mean=True)
    assert only_error("{pot {name}}", on)["message"] == (
        "Field 'pot' doesn't exist on type 'Query' (Did you mean `pet`?)"
    )
    assert only_error("{pot {name}}")["message"] == "Field 'pot' doesn't exist on type 'Query'"
    assert only_error("{zebra {name}}", on)["message"] == "Field 'zebra' doesn't exist on type 'Query'"


@pytest.mark.skipif(missing() is not None, reason=missing() or "")
@settings(max_examples=30)  # each starts a Ruby
@given(st.data())
def test_suggestions_are_those_of_ruby(draw: st.DataObject) -> None:
    words = st.text("abcdeABC_", min_size=1, max_size=9)
    asked, known = draw.draw(words), draw.draw(st.lists(words, max_size=6, unique=True))
    program = "puts JSON.generate(DidYouMean::SpellChecker.new(dictionary: ARGV.drop(1)).correct(ARGV[0]))"
    told = subprocess.run(["ruby", "-rjson", "-e", program, asked, *known], capture_output=True, check=True, text=True)
    assert set(corrections(asked, known)) == set(json.loads(told.stdout))


def test_a_missing_key_of_an_object_is_told_with_its_type() -> None:
    assert only_error("{sorted(by: [{order: ASC}])}") == {
        "message": "Argument 'key' on InputObject 'Sorting' is required. Expected type Key!",
        "locations": [{"line": 1, "column": 14}],
        "path": ["query", "sorted", "by", 0, "key"],
        "extensions": {
            "code": "missingRequiredInputObjectAttribute",
            "argumentName": "key",
            "argumentType": "Key!",
            "inputObjectType": "Sorting",
        },
    }


def test_a_field_straight_on_a_union_is_told_of_what_is_around_it() -> None:
    assert only_error("{pet {name}}") == {
        "message": "Selections can't be made directly on unions (see selections on Pet)",
        "locations": [{"line": 1, "column": 2}],
        "path": ["query", "pet", "name"],
        "extensions": {"code": "selectionMismatch", "nodeName": "Pet"},
    }


def test_without_introspection_its_entries_are_unknown_fields_and_typename_is_not() -> None:
    error = only_error("{__schema {types {name}}}", introspection=False)
    assert error["message"] == "Field '__schema' doesn't exist on type 'Query'"
    assert error["extensions"]["code"] == "undefinedField"
    assert answer("{__typename}", introspection=False) == {"data": {"__typename": "Query"}}


def _utc(value: Any) -> Any:
    if not str(value).endswith("Z"):
        raise Uncoercible(f'Cannot coerce "{value}" to When: must be in UTC', code="INTERNAL_SERVER_ERROR")
    return value


def test_a_scalar_may_have_words_of_its_own_for_what_it_does_not_accept() -> None:
    text = 'Cannot coerce "now" to When: must be in UTC'
    assert answer('{sorted(by: [], at: "now")}', scalars={"When": _utc}) == {
        "errors": [{"message": text, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]
    }
    library = Library(zoo.schema(), NEWEST, scalars={"When": _utc})
    call = library.document("query($at: When) {sorted(by: [], at: $at)}").call(None, {"at": "now"})
    [error] = json.loads(call.run(None).body)["errors"]
    assert error["message"] == "Variable $at of type When was provided invalid value"
    assert error["extensions"]["problems"] == [{"path": [], "explanation": text}]


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ("{sorted(by: {key: AGE, order: ASC})}", {"sorted": "done"}),
        ('{sorted(by: [], key: 5) other: sorted(by: [], key: "a")}', {"sorted": "done", "other": "done"}),
        ("{sorted(by: [], weight: 1, at: null)}", {"sorted": "done"}),
        ("{loose {id}}", {"loose": {"id": "7"}}),
    ],
)
def test_single_values_integers_for_ids_and_floats_and_null_are_accepted(query: str, data: Any) -> None:
    assert answer(query) == {"data": data}


def test_the_release_of_debian_refuses_a_default_of_a_required_variable() -> None:
    query = "query($limit: Int! = 1) {sorted(by: [], limit: $limit)}"
    assert answer(query) == {"data": {"sorted": "done"}}
    assert only_error(query, DEBIAN)["message"] == "Non-null variable $limit can't have a default value"
