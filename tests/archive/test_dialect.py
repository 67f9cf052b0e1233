"""What is wrong with a document, in graphql-ruby's words: each row of the tables of facts/archive-v1.md, section 10."""

from typing import Any

import pytest

from tests.archive.library import Library, ask, only_error

Row = tuple[str, dict[str, Any]]


def at(*columns: int) -> list[dict[str, int]]:
    """Locations on the first line."""
    return [{"line": 1, "column": column} for column in columns]


def found(message: str, columns: list[int], path: list[str | int], **extensions: Any) -> dict[str, Any]:
    return {"message": message, "locations": at(*columns), "path": path, "extensions": extensions}


VALIDATION: dict[str, Row] = {
    "an unknown field": (
        "{creator {likes}}",
        found("Field 'likes' doesn't exist on type 'Creator'", [11], ["query", "creator", "likes"],
              code="undefinedField", typeName="Creator", fieldName="likes"),
    ),
    "missing arguments": (
        "mutation {creatorTrackingStart {id}}",
        found("Field 'creatorTrackingStart' is missing required arguments: id", [11],
              ["mutation", "creatorTrackingStart"],
              code="missingRequiredArguments", className="Field", name="creatorTrackingStart", arguments="id"),
    ),
    "an unknown argument": (
        "query Q {creator(handle: 1) {id}}",
        found("Field 'creator' doesn't accept argument 'handle'", [18], ["query Q", "creator", "handle"],
              code="argumentNotAccepted", name="creator", typeName="Field", argumentName="handle"),
    ),
    "an unknown input field": (
        "{mediaItems(filter: {nope: 1}) {totalCount}}",
        found("InputObject 'Filter' doesn't accept argument 'nope'", [22], ["query", "mediaItems", "filter", "nope"],
              code="argumentNotAccepted", name="Filter", typeName="InputObject", argumentName="nope"),
    ),
    "an enum value that is not there": (
        "{creator(provider: FACEBOOK) {id}}",
        found("Argument 'provider' on Field 'creator' has an invalid value (FACEBOOK). "
              "Expected type 'IntegrationProviderEnum'.", [2], ["query", "creator", "provider"],
              code="argumentLiteralsIncompatible", typeName="Field", argumentName="provider"),
    ),
    "an enum value given as a string": (
        '{c: creator(provider: "TIKTOK") {id}}',
        found("Argument 'provider' on Field 'c' has an invalid value (\"TIKTOK\"). "
              "Expected type 'IntegrationProviderEnum'.", [2], ["query", "c", "provider"],
              code="argumentLiteralsIncompatible", typeName="Field", argumentName="provider"),
    ),
    "a string for an integer": (
        '{creator(id: "1") {id}}',
        found("Argument 'id' on Field 'creator' has an invalid value (\"1\"). Expected type 'Int'.", [2],
              ["query", "creator", "id"],
              code="argumentLiteralsIncompatible", typeName="Field", argumentName="id"),
    ),
    "an integer for a string": (
        "{creator(accountName: 5) {id}}",
        found("Argument 'accountName' on Field 'creator' has an invalid value (5). Expected type 'String'.", [2],
              ["query", "creator", "accountName"],
              code="argumentLiteralsIncompatible", typeName="Field", argumentName="accountName"),
    ),
    "an integer beyond 32 bits": (
        "{creator(id: 3000000000) {id}}",
        found("Argument 'id' on Field 'creator' has an invalid value (3000000000). Expected type 'Int'.", [2],
              ["query", "creator", "id"],
              code="argumentLiteralsIncompatible", typeName="Field", argumentName="id"),
    ),
    "a list with a wrong item": (
        "{mediaItems(filter: {itemTypes: [POST, FOO]}) {totalCount}}",
        found("Argument 'itemTypes' on InputObject 'Filter' has an invalid value ([POST, FOO]). "
              "Expected type '[TypesEnum!]'.", [21], ["query", "mediaItems", "filter", "itemTypes"],
              code="argumentLiteralsIncompatible", typeName="InputObject", argumentName="itemTypes"),
    ),
    "a variable of another type": (
        "query($i: String) {creator(id: $i) {id}}",
        found("Type mismatch on variable $i and argument id (String / Int)", [28], ["query", "creator", "id"],
              code="variableMismatch", variableName="i", typeName="String", argumentName="id",
              errorMessage="Type mismatch"),
    ),
    "a variable that may be null for an argument that may not": (
        "mutation($i: Int) {creatorTrackingStart(id: $i) {id}}",
        found("Nullability mismatch on variable $i and argument id (Int / Int!)", [41],
              ["mutation", "creatorTrackingStart", "id"],
              code="variableMismatch", variableName="i", typeName="Int", argumentName="id",
              errorMessage="Nullability mismatch"),
    ),
    "a variable that is not declared": (
        "{creator(id: $i) {id}}",
        found("Variable $i is used by anonymous query but not declared", [14], ["query", "creator", "id"],
              code="variableNotDefined", variableName="i"),
    ),
    "a variable that is not used": (
        "query Q($i: Int) {__typename}",
        found("Variable $i is declared by Q but not used", [1], ["query Q"], code="variableNotUsed", variableName="i"),
    ),
    "a variable of an unknown type": (
        "query($i: Nope) {creator(id: $i) {id}}",
        found("Nope isn't a defined input type (on $i)", [7], ["query"],
              code="variableRequiresValidType", typeName="Nope", variableName="i"),
    ),
    "an object without selections": (
        "{creator}",
        found("Field must have selections (field 'creator' returns Creator but has no selections. "
              "Did you mean 'creator { ... }'?)", [2], ["query", "creator"],
              code="selectionMismatch", nodeName="field 'creator'", typeName="Creator"),
    ),
    "selections on a scalar": (
        "{creator {id {x}}}",
        found("Selections can't be made on scalars (field 'id' returns Int but has selections [\"x\"])", [11],
              ["query", "creator", "id"], code="selectionMismatch", nodeName="field 'id'", typeName="Int"),
    ),
    "an unknown fragment": (
        "{...F}",
        found("Fragment F was used, but not defined", [2], ["query", "... F"],
              code="useAndDefineFragment", fragmentName="F"),
    ),
    "a fragment that is not used": (
        "{__typename} fragment F on Query {__typename}",
        found("Fragment F was defined, but not used", [14], ["fragment F"],
              code="useAndDefineFragment", fragmentName="F"),
    ),
    "a fragment on an unknown type": (
        "{... on Nope {x}}",
        found("No such type Nope, so it can't be a fragment condition", [2], ["query", "... on Nope"],
              code="undefinedType", typeName="Nope"),
    ),
    "an unknown directive": (
        "{__typename @foo}",
        found("Directive @foo is not defined", [13], ["query", "__typename"],
              code="undefinedDirective", directiveName="foo"),
    ),
    "an argument that is given twice": (
        "{creator(id: 1, id: 2) {id}}",
        found('There can be only one argument named "id"', [10, 17], ["query", "creator"],
              code="argumentNotUnique", name="id"),
    ),
    "a subscription": (
        "subscription {x}",
        found("Schema is not configured for subscriptions", [1], ["subscription"],
              code="missingSubscriptionConfiguration"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", VALIDATION.values(), ids=VALIDATION)
def test_a_mistake_is_told_with_its_place_its_path_and_its_code(library: Library, row: Row) -> None:
    query, error = row
    shown = only_error(ask(library.world, query=query))
    assert shown == error
    assert [list(part) for part in (shown, shown["extensions"])] == [list(error), list(error["extensions"])]


def test_all_mistakes_are_told_in_the_order_of_the_document_and_unused_variables_last(library: Library) -> None:
    query = "query($a: Int, $b: Nope) {likes creator(handle: 1, id: $c) {id {x}} other: creator}"
    messages = [error["message"] for error in ask(library.world, query=query).json()["errors"]]
    assert [message.split(" ")[0] for message in messages[:5]] == ["Nope", "Field", "Field", "Selections", "Field"]
    assert messages[5:] == [
        "Variable $a is declared by anonymous query but not used",
        "Variable $b is declared by anonymous query but not used",
        "Variable $c is used by anonymous query but not declared",
    ]


VALUES = {
    "an enum value that is not there": (
        "$p: IntegrationProviderEnum", "creator(provider: $p) {id}", "FACEBOOK", [],
        'Expected "FACEBOOK" to be one of: INSTAGRAM, TIKTOK',
    ),
    "letters for an integer": ("$p: Int", "creator(id: $p) {id}", "abc", [], 'Could not coerce value "abc" to Int'),
    "digits for an integer": ("$p: Int", "creator(id: $p) {id}", "5", [], 'Could not coerce value "5" to Int'),
    "an integer beyond 32 bits": (
        "$p: Int", "creator(id: $p) {id}", 3_000_000_000, [], "Could not coerce value 3000000000 to Int",
    ),
    "a floating-point number for an integer": (
        "$p: Int", "creator(id: $p) {id}", 1.0, [], "Could not coerce value 1.0 to Int",
    ),
    "an integer for a string": (
        "$p: String", "creator(accountName: $p) {id}", 5, [], "Could not coerce value 5 to String",
    ),
    "null where it may not be": (
        "$p: Filter!", "mediaItems(filter: $p) {totalCount}", None, [], "Expected value to not be null",
    ),
    "a key that is not there": (
        "$p: Filter", "mediaItems(filter: $p) {totalCount}", {"nope": 1}, ["nope"], "Field is not defined on Filter",
    ),
    "a wrong item of a list": (
        "$p: Filter", "mediaItems(filter: $p) {totalCount}", {"itemTypes": ["POST", "X"]}, ["itemTypes", 1],
        'Expected "X" to be one of: POST, REEL, STORY, TIKTOK',
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", VALUES.values(), ids=VALUES)
def test_a_wrong_value_of_a_variable_is_told_with_the_value(library: Library, row: Any) -> None:
    declared, field, value, path, explanation = row
    query = f"query({declared}) {{{field}}}"
    where = f" for {'.'.join(map(str, path))} ({explanation})" if path else ""
    assert only_error(ask(library.world, query=query, variables={"p": value})) == {
        "message": f"Variable $p of type {declared.split()[1]} was provided invalid value{where}",
        "locations": at(7),
        "extensions": {"value": value, "problems": [{"path": path, "explanation": explanation}]},
    }


def test_nested_problems_are_all_told_in_the_message(library: Library) -> None:
    query = "query($f: Filter) {mediaItems(filter: $f) {totalCount}}"
    error = only_error(ask(library.world, query=query, variables={"f": {"nope": 1, "itemTypes": ["X"]}}))
    assert error["message"] == (
        "Variable $f of type Filter was provided invalid value for nope (Field is not defined on Filter), "
        'itemTypes.0 (Expected "X" to be one of: POST, REEL, STORY, TIKTOK)'
    )


SYNTAX = [
    ("{creator(id: ) {id}}", 'Expected VALUE, actual: RPAREN (")") at [1, 14]', 14),
    ("query { creator(id: ", "Expected VALUE, not end of file at [1, 20]", 20),
    ("{ mediaItems { nodes", "Expected NAME, not end of file at [1, 20]", 20),
    ("{creator(id 1) {id}}", 'Expected COLON, actual: INT ("1") at [1, 13]', 13),
    ("{creator(: 1) {id}}", 'Expected NAME, actual: COLON (":") at [1, 10]', 10),
    ("{... on {id}}", 'Expected NAME, actual: LCURLY ("{") at [1, 9]', 9),
    ("query Q", "Expected LCURLY, not end of file at [1, 7]", 7),
]


@pytest.mark.parametrize(("query", "message", "column"), SYNTAX)
def test_a_syntax_error_names_what_was_expected(library: Library, query: str, message: str, column: int) -> None:
    assert only_error(ask(library.world, query=query)) == {"message": message, "locations": at(column)}


@pytest.mark.parametrize("query", ["", "# nothing", " \n,"])
def test_an_empty_text_is_an_unexpected_end_without_locations(library: Library, query: str) -> None:
    assert only_error(ask(library.world, query=query)) == {"message": "Unexpected end of document", "locations": []}


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "No query string was present"),
        ({"query": "query A {a: __typename} query B {b: __typename}"}, "An operation name is required"),
        ({"query": "query A {a: __typename}", "operationName": "Zed"}, 'No operation named "Zed"'),
    ],
)
def test_without_an_operation_there_is_a_message_only(
    library: Library, parameters: dict[str, Any], message: str
) -> None:
    assert only_error(ask(library.world, **parameters)) == {"message": message}


def test_errors_stand_before_data(library: Library) -> None:
    answer = ask(library.world, query='{mediaItems(after: "!!!") {nodes {id}}}')
    assert list(answer.json()) == ["errors", "data"]
    assert answer.content.startswith(b'{"errors":')


def test_an_error_of_a_field_has_message_locations_and_path_and_the_field_is_null(library: Library) -> None:
    assert ask(library.world, query='{list: mediaItems(after: "!!!") {totalCount rows: nodes {id}}}').json() == {
        "errors": [{"message": 'Invalid input: "!!!"', "locations": at(45), "path": ["list", "rows"]}],
        "data": {"list": {"totalCount": len(library.items), "rows": None}},
    }


def test_null_in_a_field_that_may_not_be_null_takes_what_is_around_it(library: Library) -> None:
    query = '{mediaItems(after: "!!!") {pageInfo {endCursor hasNextPage startCursor} totalCount}}'
    answer = ask(library.world, query=query).json()
    page = ["mediaItems", "pageInfo"]
    assert answer["data"] is None
    assert [error["path"] for error in answer["errors"]] == [[*page, "endCursor"], [*page, "hasNextPage"]]


@pytest.mark.parametrize("filter", ["{itemTypes: POST}", "{itemTypes: null}", "{creatorAccountName: []}", "null", "{}"])
def test_null_and_single_values_are_fine_where_they_may_be(library: Library, filter: str) -> None:
    answer = ask(library.world, query=f"{{mediaItems(filter: {filter}) {{totalCount}}}}").json()
    assert answer.keys() == {"data"}


def test_introspection_gives_fields_by_name_and_arguments_as_defined(library: Library) -> None:
    query = """{ __schema { types { name } } creator: __type(name: "Creator") { fields { name } }
      root: __type(name: "Query") { fields { name args { name } } } kinds: __type(name: "TypesEnum") {
      enumValues { name } } filter: __type(name: "Filter") { inputFields { name defaultValue } } }"""
    shown = ask(library.world, query=query).json()["data"]
    for named in (shown["__schema"]["types"], shown["creator"]["fields"], shown["root"]["fields"]):
        names = [each["name"] for each in named]
        assert names == sorted(names)
    [pages] = [each for each in shown["root"]["fields"] if each["name"] == "mediaItems"]
    assert [each["name"] for each in pages["args"]] == ["filter", "after", "before", "first", "last"]
    assert [each["name"] for each in shown["kinds"]["enumValues"]] == ["POST", "REEL", "STORY", "TIKTOK"]
    assert shown["filter"]["inputFields"][2] == {"name": "creatorAccountName", "defaultValue": "[]"}
