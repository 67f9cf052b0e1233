"""`socialProfile` and `socialProfiles`."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.library import data as partners_data
from tests.archive.workspace.client import data, everything
from tests.archive.workspace.people import error, everybody, make_view
from tests.support import TestWorld

FIELDS = """id accountName avatar email followers following fullName originalUrl phoneNumbers private proAccount
  provider verified creator {id}"""
LIST = """query($platform: Provider, $preset: ID, $first: Int = 100, $after: String) {
  socialProfiles(filter: {platform: $platform}, presetId: $preset, first: $first, after: $after) {
    totalCount nodes {id provider creator {id}} edges {cursor node {id}}
    pageInfo {startCursor endCursor hasNextPage}
  }
}"""
ONE = """query($id: ID, $name: String, $on: Provider, $fallback: Boolean) {
  socialProfile(id: $id, accountName: $name, provider: $on, fallback: $fallback) {%s}
}"""
OF_VERSION_1 = """query($name: String!, $on: IntegrationProviderEnum!) {
  creator(accountName: $name, provider: $on) {id followersCount followingCount verified avatarUrl}
}"""


def profiles(world: TestWorld) -> list[dict[str, Any]]:
    return everything(world, "socialProfiles", FIELDS)


@pytest.fixture(scope="module")
def known(quiet: TestWorld) -> list[dict[str, Any]]:
    """All accounts, in the order of the list."""
    return profiles(quiet)


def page(world: TestWorld, **arguments: Any) -> dict[str, Any]:
    found: dict[str, Any] = data(world, LIST, **arguments)["socialProfiles"]
    return found


def find(world: TestWorld, **arguments: Any) -> Any:
    return data(world, ONE % FIELDS, **arguments)["socialProfile"]


def in_version_1(world: TestWorld, profile: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = partners_data(world, OF_VERSION_1, name=profile["accountName"], on=profile["provider"])
    shown: dict[str, Any] = found["creator"]
    return shown


def on_one_platform(listed: list[dict[str, Any]]) -> dict[str, Any]:
    """An account whose name nobody has elsewhere, which is not on TikTok."""
    names = [each["accountName"] for each in listed]
    return next(each for each in listed if names.count(each["accountName"]) == 1 and each["provider"] != "TIKTOK")


def test_version_1_says_the_same_of_an_account(quiet: TestWorld, known: list[dict[str, Any]]) -> None:
    shared = [each for each in known if each["provider"] != "YOUTUBE"]
    assert shared
    for profile in shared:
        creator = in_version_1(quiet, profile)
        assert creator["followersCount"] == profile["followers"]
        assert creator["followingCount"] == profile["following"]
        assert creator["verified"] == profile["verified"]
        assert creator["avatarUrl"] == profile["avatar"]


def test_profiles_are_listed_newest_first(quiet: TestWorld, known: list[dict[str, Any]]) -> None:
    numbers = [in_version_1(quiet, each)["id"] for each in known if each["provider"] != "YOUTUBE"]
    assert numbers == sorted(numbers, reverse=True)


def test_followers_move_with_time_alike_in_both_versions(world: TestWorld) -> None:
    before = {each["id"]: each["followers"] for each in profiles(world)}
    world.advance(by="P60D")
    after = profiles(world)
    assert {each["id"]: each["followers"] for each in after} != before
    for profile in [each for each in after if each["provider"] != "YOUTUBE"][:10]:
        assert in_version_1(world, profile)["followersCount"] == profile["followers"]


def test_profiles_show_where_their_owner_can_be_reached(quiet: TestWorld, known: list[dict[str, Any]]) -> None:
    people = everybody(quiet).attributes
    for profile in known:
        owner = people[profile["creator"]["id"]]
        assert profile["email"] == owner["contact_email"]
        assert profile["phoneNumbers"] == [owner["contact_phone"]]


def test_some_profiles_are_professional_and_some_are_not(quiet: TestWorld, known: list[dict[str, Any]]) -> None:
    assert {each["proAccount"] for each in known} == {True, False}


@pytest.mark.parametrize("platform", ["INSTAGRAM", "TIKTOK", "YOUTUBE"])
def test_a_platform_keeps_its_accounts(quiet: TestWorld, known: list[dict[str, Any]], platform: str) -> None:
    expected = [each["id"] for each in known if each["provider"] == platform]
    found = page(quiet, platform=platform)
    assert [each["id"] for each in found["nodes"]] == expected
    assert found["totalCount"] == len(expected) > 0


def test_archive_itself_has_no_accounts(quiet: TestWorld) -> None:
    found = page(quiet, platform="INTERNAL")
    assert (found["totalCount"], found["nodes"], found["pageInfo"]["endCursor"]) == (0, [], None)


@given(st.integers(1, 100))
@settings(max_examples=30)
def test_pages_of_any_size_make_up_the_list(quiet: TestWorld, known: list[dict[str, Any]], first: int) -> None:
    after, more, nodes = None, True, []
    while more:
        found = page(quiet, first=first, after=after)
        assert [each["node"]["id"] for each in found["edges"]] == [each["id"] for each in found["nodes"]]
        nodes += found["nodes"]
        after, more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]
    assert [each["id"] for each in nodes] == [each["id"] for each in known]


@given(st.integers(1, 40))
@settings(max_examples=30)
def test_no_cursor_but_that_of_the_pages_end_may_be_passed_back(quiet: TestWorld, first: int) -> None:
    found = page(quiet, first=first)
    cursors = {each["cursor"] for each in found["edges"]}
    assert len(cursors) == first
    assert found["pageInfo"]["startCursor"] in cursors
    assert found["pageInfo"]["endCursor"] not in cursors
    for cursor in sorted(cursors)[:3]:
        assert error(quiet, LIST, after=cursor) == ("Invalid cursor", None)


def test_cursors_lose_their_padding_where_it_is_chosen(world: TestWorld) -> None:
    chosen = world.control("PUT", "/archive/settings", json={"cursor_padding": False})
    assert chosen.status_code == 200, chosen.text
    found = page(world, first=3)
    given_back = [found["pageInfo"]["endCursor"], found["pageInfo"]["startCursor"]]
    assert not [each for each in given_back if "=" in each]
    assert page(world, after=given_back[0])["nodes"]
    assert error(world, LIST, after=given_back[1]) == ("Invalid cursor", None)


def test_more_than_a_hundred_are_refused(quiet: TestWorld) -> None:
    assert error(quiet, LIST, first=101) == ("first must be less than or equal to 100", None)


@given(st.data())
def test_an_account_is_found_by_id_and_by_name_and_provider(
    quiet: TestWorld, known: list[dict[str, Any]], draw: st.DataObject
) -> None:
    profile = draw.draw(st.sampled_from(known))
    assert find(quiet, id=profile["id"]) == profile
    assert find(quiet, name=profile["accountName"], on=profile["provider"]) == profile


def test_an_account_name_alone_finds_somebody_of_that_name(quiet: TestWorld, known: list[dict[str, Any]]) -> None:
    for profile in known[:20]:
        assert find(quiet, name=profile["accountName"])["accountName"] == profile["accountName"]


def test_the_id_decides_over_the_name(quiet: TestWorld, known: list[dict[str, Any]]) -> None:
    first, *_, last = known
    assert find(quiet, id=first["id"], name=last["accountName"]) == first


def test_an_id_on_another_platform_finds_nobody(quiet: TestWorld, known: list[dict[str, Any]]) -> None:
    profile = on_one_platform(known)
    assert find(quiet, id=profile["id"], on="TIKTOK", fallback=True) is None


def test_fallback_takes_the_account_of_that_name_on_another_platform(
    quiet: TestWorld, known: list[dict[str, Any]]
) -> None:
    profile = on_one_platform(known)
    wanted = {"name": profile["accountName"], "on": "TIKTOK"}
    assert find(quiet, **wanted) is None
    assert find(quiet, **wanted, fallback=False) is None
    assert find(quiet, **wanted, fallback=True) == profile


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"on": "TIKTOK"},
        {"fallback": True},
        {"id": ""},
        {"id": "1"},
        {"id": "\x00"},
        {"name": ""},
        {"name": "nobody.at.all", "fallback": True},
        {"name": "nobody.at.all", "on": "INTERNAL", "fallback": True},
    ],
)
def test_who_is_unknown_is_null(quiet: TestWorld, wanted: dict[str, Any]) -> None:
    assert find(quiet, **wanted) is None


def test_of_a_view_only_the_conditions_narrow(world: TestWorld) -> None:
    """A profile has the custom attributes of its creator."""
    people = everybody(world)
    signed = people.condition("contract_signed", "IS", True)
    view = make_view(world, "social profile", signed, platform="INTERNAL")
    owners = people.passing("contract_signed", "IS", True)
    expected = {each["id"] for each in profiles(world) if each["creator"]["id"] in owners}
    found = everything(world, "socialProfiles", "id", f', presetId: "{view}"')
    assert {each["id"] for each in found} == expected != set()
    on_tiktok = page(world, preset=view, platform="TIKTOK")["nodes"]
    assert {each["id"] for each in on_tiktok} < expected
    assert {each["provider"] for each in on_tiktok} == {"TIKTOK"}


@pytest.mark.parametrize("kind", ["content", "creator"])
def test_another_kind_of_view_is_refused(world: TestWorld, kind: str) -> None:
    assert error(world, LIST, preset=make_view(world, kind))[1] == "WRONG_VIEW_TYPE"


def test_an_unknown_view_is_refused(quiet: TestWorld) -> None:
    assert error(quiet, LIST, preset="00000000-0000-4000-8000-000000000000")[1] == "NOT_FOUND"
