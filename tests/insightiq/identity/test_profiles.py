import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator import resources
from tests.insightiq.identity.support import PROFILES, accounts, followers, profile_of
from tests.insightiq.support import NOBODY, Another, assert_refused, everything, segment
from tests.support import TestWorld

SAMPLE: Final = Path(resources.fixtures() / "documented" / "insightiq" / "identity" / "get_profile.json")
DOCUMENTED: Final[dict[str, Any]] = json.loads(SAMPLE.read_bytes())["response"]["body"]
CAREER: Final = {
    "work_experiences",
    "education",
    "publications",
    "certifications",
    "volunteer_experiences",
    "honors",
    "projects",
}


def test_every_account_has_exactly_one_profile(world: TestWorld) -> None:
    owned = [profile["account"]["id"] for profile in everything(world, PROFILES)]
    assert sorted(owned) == sorted(account["id"] for account in accounts(world))


def test_a_profile_has_the_documented_keys_in_their_order_and_then_those_of_a_career(world: TestWorld) -> None:
    for profile in everything(world, PROFILES):
        assert [key for key in profile if key not in CAREER] == list(DOCUMENTED)
        assert set(list(profile)[len(DOCUMENTED) :]) == CAREER
        counts = list(profile["reputation"])
        assert [key for key in counts if key in DOCUMENTED["reputation"]] == list(DOCUMENTED["reputation"])
        assert len(counts) == 9


def test_a_profile_belongs_to_its_account_and_shows_the_same_person(world: TestWorld) -> None:
    known = {account["id"]: account for account in accounts(world)}
    for profile in everything(world, PROFILES):
        account = known[profile["account"]["id"]]
        same = ("user", "work_platform", "platform_username", "platform_profile_name", "platform_profile_id")
        assert {key: profile[key] for key in same} == {key: account[key] for key in same}
        assert profile["image_url"] == account["profile_pic_url"]
        assert profile["external_id"] == account["platform_profile_id"]
        assert profile["platform_profile_published_at"] == account["platform_profile_published_at"]


def test_a_profile_was_created_soon_after_its_account_and_last_fetched_when_that_was_synced(world: TestWorld) -> None:
    known = {account["id"]: account for account in accounts(world)}
    for profile in everything(world, PROFILES):
        account = known[profile["account"]["id"]]
        assert account["created_at"] < profile["created_at"] < profile["updated_at"]
        assert profile["updated_at"] == account["data"]["identity"]["last_sync_at"]


def test_each_profile_is_found_by_its_id_as_in_the_list(world: TestWorld) -> None:
    for profile in everything(world, PROFILES):
        assert world.insightiq("GET", f"{PROFILES}/{profile['id']}").json() == profile


def test_followers_of_youtube_and_of_newsletters_are_subscribers(world: TestWorld) -> None:
    for profile in everything(world, PROFILES):
        assert followers(profile) > 0
        subscribed = profile["work_platform"]["name"] in ("YouTube", "Substack", "Beehiiv")
        assert (profile["reputation"]["subscriber_count"] is not None) is subscribed


def on_instagram(world: TestWorld, connected: bool) -> list[tuple[int, int]]:
    """The followers of each such account, here and as Archive shows them."""
    asked = "query($account: String!) { creator(accountName: $account, provider: INSTAGRAM) { followersCount } }"
    return [
        (
            followers(profile_of(world, account["id"])),
            world.archive(asked, account=account["username"])["data"]["creator"]["followersCount"],
        )
        for account in accounts(world)
        if account["work_platform"]["name"] == "Instagram" and (account["status"] == "CONNECTED") is connected
    ]


def test_a_connected_creator_has_the_followers_that_archive_shows(world: TestWorld) -> None:
    counts = on_instagram(world, connected=True)
    assert counts
    assert all(here == there for here, there in counts)


def test_an_ended_connection_has_the_followers_of_its_last_sync(world: TestWorld) -> None:
    counts = on_instagram(world, connected=False)
    assert counts
    assert all(here != there for here, there in counts)


def test_a_profile_on_instagram_is_a_business_if_its_type_says_so(world: TestWorld) -> None:
    shown = [each for each in everything(world, PROFILES) if each["work_platform"]["name"] == "Instagram"]
    assert {each["is_business"] for each in shown} == {True, False}
    for each in shown:
        assert (each["platform_account_type"] == "BUSINESS") is each["is_business"]


def test_a_profile_is_verified_if_archive_says_so(world: TestWorld) -> None:
    asked = "query($account: String!) { creator(accountName: $account, provider: INSTAGRAM) { verified } }"
    shown = [each for each in everything(world, PROFILES) if each["work_platform"]["name"] == "Instagram"]
    assert {each["is_verified"] for each in shown} == {True, False}
    for each in shown:
        creator = world.archive(asked, account=each["platform_username"])["data"]["creator"]
        assert creator == {"verified": each["is_verified"]}


def test_youtube_and_facebook_tell_when_most_creators_were_born_and_no_others_do(world: TestWorld) -> None:
    profiles = everything(world, PROFILES)
    told = [profile for profile in profiles if profile["work_platform"]["name"] in ("YouTube", "Facebook")]
    born = [profile["date_of_birth"] for profile in told if profile["date_of_birth"] is not None]
    assert len(born) > len(told) / 2
    assert all(date.fromisoformat(day) < date(2012, 1, 1) for day in born)
    assert not any(profile["date_of_birth"] for profile in profiles if profile not in told)


def test_profiles_are_listed_newest_first(world: TestWorld) -> None:
    created = [profile["created_at"] for profile in everything(world, PROFILES)]
    assert created == sorted(created, reverse=True)


def test_the_order_outlasts_a_sync_so_that_pages_fit_together(world: TestWorld) -> None:
    before = [profile["id"] for profile in everything(world, PROFILES)]
    world.advance(by="PT13H")
    assert [profile["id"] for profile in everything(world, PROFILES)] == before


def test_filters_keep_the_profiles_of_a_user_of_a_platform_of_an_account_and_of_all_three(world: TestWorld) -> None:
    profiles = everything(world, PROFILES)
    values = {
        name: [None, NOBODY, *list(dict.fromkeys(profile[key]["id"] for profile in profiles))[:4]]
        for name, key in (("user_id", "user"), ("work_platform_id", "work_platform"), ("account_id", "account"))
    }
    for user, platform, account in product(*values.values()):
        wanted = {"user_id": user, "work_platform_id": platform, "account_id": account}
        asked = {key: value for key, value in wanted.items() if value is not None}
        shown = world.insightiq("GET", PROFILES, params={**asked, "limit": 100}).json()
        assert shown["data"] == [
            profile
            for profile in profiles
            if user in (None, profile["user"]["id"])
            and platform in (None, profile["work_platform"]["id"])
            and account in (None, profile["account"]["id"])
        ]


def test_a_page_is_the_part_of_the_list_that_was_asked_for(world: TestWorld) -> None:
    profiles = everything(world, PROFILES)

    @settings(max_examples=25)
    @given(limit=st.integers(1, 100), offset=st.integers(0, len(profiles) + 3))
    def hold(limit: int, offset: int) -> None:
        page = world.insightiq("GET", PROFILES, params={"limit": limit, "offset": offset}).json()
        assert page["data"] == profiles[offset : offset + limit]
        assert page["metadata"] == {"offset": offset, "limit": limit, "from_date": None, "to_date": None}

    hold()


@pytest.mark.parametrize(
    "asked",
    [{"limit": 0}, {"limit": 101}, {"limit": "ten"}, {"offset": -1}, {"account_id": "x"}, {"account_id": ""}],
)
def test_a_bad_parameter_of_the_list_is_refused_by_name(world: TestWorld, asked: dict[str, Any]) -> None:
    assert_refused(world.insightiq("GET", PROFILES, params=asked), 400, "INVALID_FIELDS", *asked)


def test_an_unknown_profile_is_not_found(world: TestWorld, another: Another) -> None:
    foreign = everything(another(seed=2), PROFILES)[0]["id"]
    account = accounts(world)[0]
    for profile_id in (NOBODY, foreign, account["id"], account["user"]["id"], "x", segment("' OR 1=1 --")):
        assert_refused(world.insightiq("GET", f"{PROFILES}/{profile_id}"), 404, "incorrect_profile_id")


def test_profiles_of_ended_connections_stay_as_they_were(world: TestWorld) -> None:
    ended = [account["id"] for account in accounts(world) if account["status"] != "CONNECTED"]
    before = [profile_of(world, account_id) for account_id in ended]
    world.advance(by="P3D")
    assert [profile_of(world, account_id) for account_id in ended] == before


def test_a_disconnected_account_keeps_its_profile(world: TestWorld) -> None:
    account_id = next(account["id"] for account in accounts(world) if account["status"] == "CONNECTED")
    before = profile_of(world, account_id)
    world.insightiq("POST", f"/v1/accounts/{account_id}/disconnect", json={})
    world.advance(by="P3D")
    assert profile_of(world, account_id) == before


def test_the_daily_sync_brings_the_profiles_of_connected_accounts_up_to_date(world: TestWorld) -> None:
    connected = [account["id"] for account in accounts(world) if account["status"] == "CONNECTED"]
    before = {account_id: profile_of(world, account_id) for account_id in connected}
    world.advance(by="P10D")
    for account in accounts(world):
        if account["id"] in before:
            profile, earlier = profile_of(world, account["id"]), before[account["id"]]
            assert profile["updated_at"] == account["data"]["identity"]["last_sync_at"] > earlier["updated_at"]
            assert profile | {"updated_at": "", "reputation": {}} == earlier | {"updated_at": "", "reputation": {}}
    assert sum(followers(profile_of(world, each)) != followers(before[each]) for each in connected) > len(connected) / 2
