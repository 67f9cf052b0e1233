"""What is answered outside of GraphQL, and how documents are read (facts/archive-v2.md, sections 1 to 3)."""

from typing import Any

import pytest

from tests.archive.workspace.client import PATH, ask, data, post, problems
from tests.archive.workspace.refreshes import choose
from tests.support import Server, TestWorld

QUERY = "{workspace {id}}"
NOT_FOUND = {"errors": "Shop not found"}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic {token}", "{token}", "Bearer {token}x", "Bearer {other}"]
)
def test_without_a_known_token_the_answer_is_401_and_a_string(quiet: TestWorld, header: str) -> None:
    token, other = quiet.credentials["archive"]["token"], quiet.credentials["storyclash"]["token"]
    refused = post(quiet, QUERY, authorization=header.format(token=token, other=other))
    assert refused.status_code == 401
    assert refused.json() == {"errors": "Missing or invalid authentication token"}


def test_the_token_is_asked_for_before_the_workspace(quiet: TestWorld) -> None:
    assert post(quiet, QUERY, workspace="nonsense", authorization="Bearer x").status_code == 401


@pytest.mark.parametrize("workspace", ["", "4821", "00000000-0000-4000-8000-000000000000", "null", "*"])
def test_a_workspace_that_the_token_does_not_cover_is_not_found(quiet: TestWorld, workspace: str) -> None:
    refused = post(quiet, QUERY, workspace=workspace)
    assert refused.status_code == 404
    assert refused.json() == NOT_FOUND


def test_the_workspace_of_another_world_is_not_found(quiet: TestWorld, server: Server) -> None:
    other = server.world(recipe="default", seed=2, clock={"mode": "frozen"})
    assert post(quiet, QUERY, workspace=other.credentials["archive"]["workspace_ids"][0]).json() == NOT_FOUND
    other.control("DELETE")


def test_the_workspace_is_looked_for_before_the_document_is_read(quiet: TestWorld) -> None:
    assert post(quiet, "{nonsense", workspace="").json() == NOT_FOUND


def test_workspaces_alone_need_no_header(quiet: TestWorld) -> None:
    [known] = quiet.credentials["archive"]["workspace_ids"]
    query = "query Mine($after: String) {workspaces(after: $after) {nodes {id} totalCount}}"
    assert post(quiet, query, workspace="").json()["data"] == {
        "workspaces": {"nodes": [{"id": known}], "totalCount": 1}
    }
    assert post(quiet, "{workspaces {totalCount} workspace {id}}", workspace="").status_code == 404
    assert post(quiet, "{__typename}", workspace="").status_code == 404


def test_a_client_can_ask_for_status_200_always(world: TestWorld) -> None:
    choose(world, statuses="always_200")
    refused = post(world, QUERY, workspace="")
    assert (refused.status_code, refused.json()) == (200, NOT_FOUND)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_another_method_is_not_allowed(quiet: TestWorld, method: str) -> None:
    headers = {"authorization": f"Bearer {quiet.credentials['archive']['token']}"}
    refused = quiet.client.request(method, PATH, headers=headers)
    assert refused.status_code == 405
    assert refused.headers["allow"] == "OPTIONS, POST"


def test_a_path_below_is_not_found(quiet: TestWorld) -> None:
    assert quiet.client.post(f"{PATH}/docs", json={}).status_code == 404


@pytest.mark.parametrize("query", ["{__schema {queryType {name}}}", '{__type(name: "Item") {fields {name}}}'])
def test_introspection_is_off(quiet: TestWorld, query: str) -> None:
    [error] = problems(quiet, query)
    name = query[1:].partition(" ")[0].partition("(")[0]
    assert error["message"] == f"Field '{name}' doesn't exist on type 'Query'"
    assert error["extensions"]["code"] == "undefinedField"
    assert data(quiet, "{__typename workspace {__typename}}") == {
        "__typename": "Query", "workspace": {"__typename": "Workspace"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{items {nodes {publishedAt}}}", "undefinedField"),
        ("{items {nodes {socialProfile {platform}}}}", "undefinedField"),
        ("{items {nodes {currentEngagement {saves}}}}", "undefinedField"),
        ("{items(sorting: [{sortKey: PUBLISHED_AT, sortOrder: DESC}]) {totalCount}}", "argumentLiteralsIncompatible"),
        ("{items(filter: {providers: [TIKTOK]}) {totalCount}}", "argumentNotAccepted"),
        ('{items(filter: {capturedAfter: "2026-01-01T00:00:00Z"}) {totalCount}}', "argumentNotAccepted"),
        ("{items {nodes {postedAt}}}", "undefinedField"),
        ("{items(last: 3) {totalCount}}", "argumentNotAccepted"),
        ("{operation {id}}", "missingRequiredArguments"),
    ],
)
def test_names_that_do_not_exist_are_refused(quiet: TestWorld, query: str, code: str) -> None:
    assert code in [error["extensions"]["code"] for error in problems(quiet, query)]


def test_suggestions_can_be_switched_off(world: TestWorld) -> None:
    query = "{workspace {nam}}"
    hint = problems(world, query)[0]["message"]
    assert hint == "Field 'nam' doesn't exist on type 'Workspace' (Did you mean `name`?)"
    choose(world, did_you_mean=False)
    assert problems(world, query)[0]["message"] == "Field 'nam' doesn't exist on type 'Workspace'"


CONNECTIONS = [
    "campaigns", "competitorBrands", "creators", "items", "operations", "socialProfiles", "workspaces",
]  # fmt: skip


@pytest.mark.parametrize("name", [*CONNECTIONS, "engagementHistory", "competitorBrandItems"])
def test_more_than_100_rows_are_an_error_and_no_clamp(quiet: TestWorld, name: str) -> None:
    extra = {
        "engagementHistory": 'itemId: "x", ',
        "competitorBrandItems": 'brandId: "x", filter: {takenAt: {}}, ',
    }.get(name, "")
    answer = ask(quiet, f"{{{name}({extra}first: 101) {{totalCount}}}}")
    assert answer["data"] is None
    [error] = answer["errors"]
    assert error == {
        "message": "first must be less than or equal to 100",
        "locations": [{"line": 1, "column": 2}],
        "path": [name],
    }
    assert list(answer) == ["errors", "data"]


def test_the_code_of_that_error_can_be_chosen(world: TestWorld) -> None:
    choose(world, first_error_code="INTERNAL_SERVER_ERROR")
    [error] = problems(world, "{items(first: 101) {totalCount}}")
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}


@pytest.mark.parametrize("name", CONNECTIONS)
@pytest.mark.parametrize("cursor", ["abc123", "MQ", "eyJpZCI6MX0=", "e30=", "!", "bnVsbA=="])
def test_what_is_no_cursor_is_refused(quiet: TestWorld, name: str, cursor: str) -> None:
    answer = ask(quiet, f"query($after: String) {{{name}(after: $after) {{totalCount}}}}", after=cursor)
    assert (answer["data"], [error["message"] for error in answer["errors"]]) == (None, ["Invalid cursor"])


@pytest.mark.parametrize("name", CONNECTIONS)
def test_a_cursor_of_what_is_not_there_gives_an_empty_page(quiet: TestWorld, name: str) -> None:
    documented = "eyJpZCI6Ii4uLiJ9"
    page = data(
        quiet, f"query($after: String) {{{name}(after: $after) {{edges {{cursor}} totalCount}}}}", after=documented
    )
    assert page[name]["edges"] == []
    assert page[name]["totalCount"] >= 0


def test_a_document_may_be_ten_fields_deep_and_no_more(quiet: TestWorld) -> None:
    def deep(levels: int) -> str:
        inside = "id"
        for place in range(levels - 3):
            around = "socialProfiles" if (levels - place) % 2 else "creator"
            inside = f"{around} {{{inside}}}"
        return f"{{items(first: 1) {{nodes {{{inside}}}}}}}"

    assert "data" in ask(quiet, deep(10))
    assert ask(quiet, deep(11)) == {"errors": [{"message": "Query has depth of 11, which exceeds max depth of 10"}]}


COERCION = "must be in UTC (ending with Z, +00:00, or -00:00)"


@pytest.mark.parametrize("moment", ["2026-01-01T00:00:00+02:00", "2026-01-01T00:00:00", "2026-01-01", "yesterday", ""])
def test_a_moment_that_is_not_utc_is_refused_as_a_literal_and_as_a_variable(quiet: TestWorld, moment: str) -> None:
    text = f'Cannot coerce "{moment}" to DateTime: {COERCION}'
    literal = ask(quiet, f'{{items(filter: {{takenAt: {{from: "{moment}"}}}}) {{totalCount}}}}')
    assert literal == {"errors": [{"message": text, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}
    [error] = problems(quiet, "query($f: DateTime) {items(filter: {takenAt: {from: $f}}) {totalCount}}", f=moment)
    assert error["message"] == "Variable $f of type DateTime was provided invalid value"
    assert error["extensions"]["problems"][0]["explanation"] == text


@pytest.mark.parametrize("moment", ["2025-06-01T00:00:00Z", "2025-06-01T00:00:00+00:00", "2025-06-01T00:00:00.5-00:00"])
def test_moments_in_utc_are_accepted_in_every_form(quiet: TestWorld, moment: str) -> None:
    answer: dict[str, Any] = data(quiet, f'{{items(filter: {{takenAt: {{from: "{moment}"}}}}) {{totalCount}}}}')
    assert answer["items"]["totalCount"] > 0
