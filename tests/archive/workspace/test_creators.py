"""`creator` and `creators`."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.world.population import vocabulary
from tests.archive.library import data as partners_data
from tests.archive.workspace.client import data, everything, post
from tests.archive.workspace.people import People, creators, error, everybody, ids, make_view
from tests.support import Server, TestWorld

CASES: list[Callable[[str], str]] = [str.lower, str.upper, str.title]
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def homes(people: People) -> dict[str, dict[str, str]]:
    """Where creators live, as far as it can be seen."""
    return people.holders("ships_to")


def cursor(content: str) -> str:
    return b64encode(content.encode()).decode()


def located(*places: dict[str, Any]) -> dict[str, Any]:
    return {"locations": list(places)}


def test_creators_are_listed_newest_first(quiet: TestWorld) -> None:
    """By the numbers that their accounts have in version 1."""
    query = "query($name: String!, $on: IntegrationProviderEnum!) {creator(accountName: $name, provider: $on) {id}}"
    numbers = []
    for node in everything(quiet, "creators", "socialProfiles {accountName provider}"):
        known = [each for each in node["socialProfiles"] if each["provider"] != "YOUTUBE"]
        for profile in known[:1]:
            name, provider = profile["accountName"], profile["provider"]
            numbers.append(partners_data(quiet, query, name=name, on=provider)["creator"]["id"])
    assert len(numbers) > 20
    assert numbers == sorted(numbers, reverse=True)


@given(st.integers(1, 100))
@settings(max_examples=30)
def test_pages_of_any_size_make_up_the_list(quiet: TestWorld, first: int) -> None:
    whole = creators(quiet)
    after, more, nodes = None, True, []
    while more:
        page = creators(quiet, first=first, after=after)
        assert page["totalCount"] == whole["totalCount"] == len(whole["nodes"])
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        nodes += page["nodes"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert nodes == whole["nodes"]


def test_twenty_creators_are_a_page_unless_more_are_wanted(quiet: TestWorld) -> None:
    assert len(data(quiet, "{creators {nodes {id}}}")["creators"]["nodes"]) == 20


def test_more_than_a_hundred_are_refused(quiet: TestWorld) -> None:
    assert error(quiet, first=101) == ("first must be less than or equal to 100", None)


def test_no_creators_are_an_empty_page(quiet: TestWorld) -> None:
    page = creators(quiet, first=0)
    assert page["nodes"] == []
    assert page["totalCount"] > 0


def test_a_cursor_of_nobody_gives_an_empty_page(quiet: TestWorld) -> None:
    page = creators(quiet, after=cursor(f'{{"id":"{UNKNOWN}"}}'))
    assert (page["nodes"], page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]) == ([], False, None)


@pytest.mark.parametrize("after", ["!", "MQ", cursor("1"), cursor('{"id":1}'), cursor("[]"), "é"])
def test_what_is_no_cursor_is_refused(quiet: TestWorld, after: str) -> None:
    assert error(quiet, after=after) == ("Invalid cursor", None)


def test_a_creator_is_found_by_id_as_in_the_list(quiet: TestWorld) -> None:
    fields = "id customAttributes socialProfiles {id accountName provider}"
    for node in everything(quiet, "creators", fields):
        assert data(quiet, f"query($id: ID!) {{creator(id: $id) {{{fields}}}}}", id=node["id"])["creator"] == node


@pytest.mark.parametrize("id", ["", "1", "x" * 500, UNKNOWN, "\x00"])
def test_an_unknown_creator_makes_the_whole_answer_null(quiet: TestWorld, id: str) -> None:
    answer = post(quiet, "query($id: ID!) {creator(id: $id) {id}}", {"id": id}).json()
    assert answer["data"] is None
    assert [each["message"] for each in answer["errors"]] == ["Cannot return null for non-nullable field Query.creator"]


def test_creators_of_another_workspace_are_unknown(server: Server) -> None:
    world = server.world(recipe="demo", clock={"mode": "frozen"})
    first, second = world.credentials["archive"]["workspace_ids"]
    own, foreign = ({each["id"] for each in creators(world, each)["nodes"]} for each in (first, second))
    assert own
    assert foreign
    assert not own & foreign
    message, _ = error(world, "query($id: ID!) {creator(id: $id) {id}}", id=next(iter(foreign)))
    assert message == "Cannot return null for non-nullable field Query.creator"
    world.control("DELETE")


def test_accounts_and_creators_lead_to_each_other(quiet: TestWorld) -> None:
    fields = "id socialProfiles {id creator {id socialProfiles {id}}}"
    listed = everything(quiet, "creators", fields)
    for node in listed:
        back = {"id": node["id"], "socialProfiles": [{"id": each["id"]} for each in node["socialProfiles"]]}
        assert [each["creator"] for each in node["socialProfiles"]] == [back] * len(node["socialProfiles"])
    profiles = {each["id"] for each in everything(quiet, "socialProfiles", "id")}
    assert profiles == {each["id"] for node in listed for each in node["socialProfiles"]}


@given(st.data())
def test_a_location_keeps_those_who_live_there(
    quiet: TestWorld, homes: dict[str, dict[str, str]], draw: st.DataObject
) -> None:
    place = draw.draw(st.sampled_from(list(homes.values())))
    parts = draw.draw(st.sets(st.sampled_from(["city", "region", "country"]), min_size=1))
    case = draw.draw(st.sampled_from(CASES))
    found = ids(quiet, filter=located({part: case(place[part]) for part in parts}))
    expected = {creator for creator, home in homes.items() if all(home[part] == place[part] for part in parts)}
    assert expected
    assert found & set(homes) == expected


def test_a_country_is_known_by_code_and_by_name(quiet: TestWorld, homes: dict[str, dict[str, str]]) -> None:
    for code in {home["country"] for home in homes.values()}:
        by_name = ids(quiet, filter=located({"country": vocabulary.countries()[code].name}))
        assert ids(quiet, filter=located({"country": code})) == by_name != set()


def test_several_locations_keep_those_of_any_of_them(quiet: TestWorld, homes: dict[str, dict[str, str]]) -> None:
    codes = sorted({home["country"] for home in homes.values()})[:2]
    first, second = (ids(quiet, filter=located({"country": code})) for code in codes)
    assert not first & second
    assert ids(quiet, filter=located(*({"country": code} for code in codes))) == first | second


def test_a_city_in_the_wrong_country_has_nobody(quiet: TestWorld, homes: dict[str, dict[str, str]]) -> None:
    here, there = (next(h for h in homes.values() if h["country"] == code) for code in ("US", "DE"))
    assert ids(quiet, filter=located({"city": here["city"], "country": there["country"]})) == set()


@pytest.mark.parametrize("filter", [None, {}, {"locations": []}, {"locations": None}, {"locations": [{"city": None}]}])
def test_a_filter_that_names_no_place_leaves_nobody_out(people: People, filter: Any) -> None:
    assert creators(people.world, filter=filter)["totalCount"] == len(people.attributes)


def test_locations_and_conditions_narrow_each_other(quiet: TestWorld, people: People) -> None:
    there = ids(quiet, filter=located({"country": "US"}))
    partners = people.passing("stage", "IS", "Partner")
    both = ids(quiet, filter=located({"country": "US"}), conditions=[people.condition("stage", "IS", "Partner")])
    assert both == there & partners


@given(st.integers(1, 9))
@settings(max_examples=30)
def test_narrowed_lists_have_pages_too(people: People, first: int) -> None:
    wanted = [people.condition("contract_signed", "IS", True)]
    after, more, found = None, True, []
    while more:
        page = creators(people.world, conditions=wanted, first=first, after=after)
        found += [node["id"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    signed = people.holders("contract_signed")
    assert found == [each for each in people.attributes if signed.get(each)]
    assert page["totalCount"] == len(found)


def test_of_a_view_only_the_conditions_narrow(world: TestWorld) -> None:
    """Its filters are stored and not applied, which the vendor mentions as a trap."""
    people = everybody(world)
    signed = people.condition("contract_signed", "IS", True)
    view = make_view(world, "creator", signed, locations=[{"country": "nowhere"}])
    expected = people.passing("contract_signed", "IS", True)
    assert expected
    assert ids(world, preset=view) == expected
    plain = make_view(world, "creator", locations=[{"country": "nowhere"}])
    assert ids(world, preset=plain) == set(people.attributes)


def test_arguments_narrow_what_a_view_leaves(world: TestWorld) -> None:
    people = everybody(world)
    view = make_view(world, "creator", people.condition("contract_signed", "IS", True))
    place, partner = located({"country": "US"}), people.condition("stage", "IS", "Partner")
    left = people.passing("contract_signed", "IS", True) & people.passing("stage", "IS", "Partner")
    assert left
    assert ids(world, preset=view, conditions=[partner]) == left
    assert ids(world, preset=view, conditions=[partner], filter=place) == left & ids(world, filter=place)


@pytest.mark.parametrize("kind", ["content", "social profile"])
def test_another_kind_of_view_is_refused(world: TestWorld, kind: str) -> None:
    assert error(world, preset=make_view(world, kind))[1] == "WRONG_VIEW_TYPE"


def test_a_preset_of_items_is_refused(quiet: TestWorld) -> None:
    for preset in data(quiet, "{filterPresets {id}}")["filterPresets"]:
        assert error(quiet, preset=preset["id"])[1] == "WRONG_VIEW_TYPE"


@pytest.mark.parametrize("preset", [UNKNOWN, "", "x"])
def test_an_unknown_view_is_refused(quiet: TestWorld, preset: str) -> None:
    assert error(quiet, preset=preset)[1] == "NOT_FOUND"
