"""What goes wrong, and that it comes with HTTP 200 (facts/storyclash.md, sections 1 and 2.3)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.storyclash.reports import CAMPAIGNS, Report, fetch, path
from tests.support import Server, TestWorld

BAD_KEY = {"message": "Invalid API Key"}
WHOLE_NUMBER = "Malformed input, {} needs to be of type int"


@pytest.mark.parametrize("place", [CAMPAIGNS, path(1), path("x")])
@pytest.mark.parametrize("query", ["", "token", "token=", "token=nope", "token={good}x", "Token={good}",
                                   "token={good}&token={good}", "token={other}"])  # fmt: skip
def test_without_a_good_token_everything_is_an_invalid_key(unlimited: TestWorld, place: str, query: str) -> None:
    good, other = unlimited.credentials["storyclash"]["token"], unlimited.credentials["archive"]["token"]
    answer = unlimited.client.get(f"{place}?{query.format(good=good, other=other)}")
    assert (answer.status_code, answer.json()) == (200, BAD_KEY)
    assert "www-authenticate" not in answer.headers


def test_a_token_in_a_header_counts_for_nothing(unlimited: TestWorld) -> None:
    token = unlimited.credentials["storyclash"]["token"]
    headers = {"authorization": f"Bearer {token}", "token": token}
    assert unlimited.client.get(CAMPAIGNS, headers=headers).json() == BAD_KEY


def test_the_token_of_a_deleted_world_is_invalid(server: Server) -> None:
    world = server.world(recipe="empty")
    assert world.storyclash(CAMPAIGNS).json() == []
    world.control("DELETE")
    assert world.storyclash(CAMPAIGNS).json() == BAD_KEY


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_an_unknown_campaign_is_not_found(reports: list[Report], campaign_id: int) -> None:
    assert campaign_id not in {report.campaign["id"] for report in reports}
    assert fetch(reports[0].world, campaign_id) == {"message": "Campaign not found"}


@pytest.mark.parametrize(
    "campaign_id", ["x", "1.0", "1e3", "0x1", "+1", "1 ", "%31x", "1%0A", "%00", 10**18, "-", "\u0661"]
)
def test_a_campaign_id_that_is_no_whole_number_is_malformed(unlimited: TestWorld, campaign_id: Any) -> None:
    assert fetch(unlimited, campaign_id) == {"message": WHOLE_NUMBER.format("campaign_id")}


@pytest.mark.parametrize("name", ["page", "from", "to"])
@pytest.mark.parametrize("value", ["x", "", "1.5", "1,2", " 1", "true", "null", str(10**18), "\uff12"])
def test_a_parameter_that_is_no_whole_number_is_malformed(reports: list[Report], name: str, value: str) -> None:
    assert reports[0].fetch(**{name: value}) == {"message": WHOLE_NUMBER.format(name)}


@pytest.mark.parametrize("page", [0, -1, -(10**17)])
def test_a_page_below_one_is_not_valid(reports: list[Report], page: int) -> None:
    assert reports[0].fetch(page=page) == {"message": "Malformed input, page not valid"}


@pytest.mark.parametrize("name", ["page", "from", "to"])
def test_a_parameter_is_given_only_once(reports: list[Report], name: str) -> None:
    assert reports[0].fetch(**{name: [1, 1]}) == {"message": f"Malformed input, {name} not valid"}


def test_what_is_not_a_parameter_is_ignored(reports: list[Report]) -> None:
    assert reports[0].fetch(offset=5, limit=1, Page="x") == reports[0].fetch()


@pytest.mark.parametrize(
    "place", ["", "/", "/campaign", "/campaign/", "/campaigns/", "/campaign/1/posts", "/Campaigns"]
)
def test_an_unknown_path_is_not_found(unlimited: TestWorld, place: str) -> None:
    answer = unlimited.storyclash(f"/external-api{place}")
    assert (answer.status_code, answer.json()) == (404, {"message": "Not found"})


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("place", [CAMPAIGNS, path(1)])
def test_another_method_is_not_allowed(unlimited: TestWorld, method: str, place: str) -> None:
    answer = unlimited.client.request(method, place, params=unlimited.credentials["storyclash"])
    assert (answer.status_code, answer.json()) == (405, {"message": "Method not allowed"})
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@given(st.dictionaries(st.sampled_from(["page", "from", "to", "", "x"]), st.text(max_size=10) | st.integers()))
def test_any_parameters_are_answered_with_data_or_a_message(reports: list[Report], parameters: dict[str, Any]) -> None:
    assert reports[0].fetch(**parameters).keys() in (
        {"message"}, {"campaign", "posts", "creators", "hasMoreResults"},
    )  # fmt: skip


@pytest.mark.parametrize("query", ["%FF", "page=%FF", "&" * 600 + "a=1", "a=1&" * 600, "page=%00", "token2=%ED%A0%80"])
def test_any_query_is_answered_with_data_or_a_message(reports: list[Report], query: str) -> None:
    world, campaign_id = reports[0].world, reports[0].campaign["id"]
    token = world.credentials["storyclash"]["token"]
    assert world.client.get(f"{path(campaign_id)}?token={token}&{query}").status_code == 200
