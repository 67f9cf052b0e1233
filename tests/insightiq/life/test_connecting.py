"""Connecting an account: it is there at once, its data some seconds later, and webhooks tell of both."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from emulator.settings import Settings
from tests.insightiq.engagement.support import CONTENTS, GROUPS, KINDS, listed
from tests.insightiq.life.support import (
    ACCOUNTS,
    SYNCED,
    command,
    connect,
    items,
    naive,
    shown,
    state,
    told,
)
from tests.insightiq.support import NOBODY, Another, assert_refused, create_user, everything
from tests.support import TestWorld, running
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import subscribe

PLATFORMS = {  # the seconds in which the real service was seen to be done
    "TikTok": (13, 38),
    "YouTube": (13, 14),
    "Twitch": (26, 27),
    "X": (27, 29),
    "Instagram": (60, 67),
    "Facebook": (13, 67),
    "Spotify": (13, 67),
}
ARTISTS, HEARD = "/v1/media/activity/artists", "/v1/media/activity/contents"
EVERYTHING = (  # that a connection can raise, in the order that reality allows
    "ACCOUNTS.CONNECTED",
    "PROFILES.ADDED",
    "PROFILES_AUDIENCE.ADDED",
    "CONTENTS.ADDED",
    "CONTENT-GROUPS.ADDED",
    "CONTENTS_COMMENTS.ADDED",
    "ACTIVITY-ARTISTS.ADDED",
    "ACTIVITY-CONTENTS.ADDED",
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def platform_of(world: TestWorld, name: str) -> str:
    found: str = world.insightiq("GET", "/v1/work-platforms", params={"name": name}).json()["data"][0]["id"]
    return found


def profiles_of(world: TestWorld, account: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in everything(world, "/v1/profiles") if each["account"]["id"] == account["id"]]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_connected_account_is_there_at_once_and_nothing_of_it_is_synced(telling: TestWorld, platform: str) -> None:
    telling.advance(by="PT5H")
    before = everything(telling, ACCOUNTS)
    account = connect(telling, platform)
    assert everything(telling, ACCOUNTS) == [account, *before]
    assert account["status"] == "CONNECTED"
    assert account["created_at"] == account["updated_at"] == naive(telling)
    assert account["work_platform"]["name"] == platform
    assert list(account) == list(before[0])
    assert {(block["status"], block["last_sync_at"]) for block in account["data"].values()} == {("NOT_SYNCED", None)}
    assert [(each.at, each.event) for each in told(telling, account)] == [(naive(telling), "ACCOUNTS.CONNECTED")]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_product_is_synced_within_the_observed_time_and_told_of_at_that_instant(
    telling: TestWorld, platform: str
) -> None:
    account = connect(telling, platform)
    telling.advance(by=SYNCED)
    fastest, slowest = PLATFORMS[platform]
    done = {name: block["last_sync_at"] for name, block in shown(telling, account)["data"].items()}
    for at in done.values():
        assert timedelta(seconds=fastest) <= moment(at) - moment(account["created_at"]) <= timedelta(seconds=slowest)
    products = {"PROFILES": "identity", "CONTENT": "engagement", "ACTIVITY": "activity"}
    events = told(telling, account)
    for each in events[1:]:
        assert each.at == next(done[name] for start, name in products.items() if each.event.startswith(start))
        assert each.data["last_updated_time"] == each.at
    assert [each.at for each in events] == sorted(each.at for each in events)
    names = list(dict.fromkeys(each.event for each in events))
    assert names == [event for event in EVERYTHING if event in names]
    assert names[:2] == ["ACCOUNTS.CONNECTED", "PROFILES.ADDED"]
    assert ("PROFILES_AUDIENCE.ADDED" in names) is (platform in ("Instagram", "YouTube"))
    assert ("ACTIVITY-ARTISTS.ADDED" in names) is ("ACTIVITY-CONTENTS.ADDED" in names) is (platform == "Spotify")


def test_nothing_happens_before_the_first_product_is_there(telling: TestWorld) -> None:
    account = connect(telling, "Instagram")
    before = state(telling), told(telling)
    telling.advance(by="PT59S")
    assert (state(telling), told(telling)) == before
    assert profiles_of(telling, account) == []


@pytest.mark.parametrize("platform", ["Instagram", "Spotify"])
def test_data_is_refused_with_403_until_it_is_synced(telling: TestWorld, platform: str) -> None:
    account = connect(telling, platform)
    asked = {"account_id": account["id"]}
    paths = ["/v1/profiles", *((ARTISTS, HEARD) if platform == "Spotify" else ("/v1/audience", *KINDS))]
    for path in paths:
        assert_refused(telling.insightiq("GET", path, params=asked), 403, "account_not_synced")
    if platform == "Instagram":
        comments = telling.insightiq("GET", "/v1/social/comments", params={**asked, "content_id": NOBODY})
        assert_refused(comments, 403, "account_not_synced")
        assert_refused(telling.insightiq("POST", f"{CONTENTS}/refresh", json=asked), 403, "account_not_synced")
    assert_refused(telling.insightiq("POST", "/v1/profiles/refresh", json=asked), 403, "account_not_synced")
    telling.advance(by=SYNCED)
    for path in paths:
        assert telling.insightiq("GET", path, params=asked).status_code == 200


def test_what_is_not_synced_yet_is_found_by_no_id(world: TestWorld, another: Another) -> None:
    twin = another()
    handle = connect(twin, "Instagram")["platform_username"]
    twin.advance(by=SYNCED)
    account = connect(world, "Instagram", handle=handle)
    (profile,) = profiles_of(twin, account)
    ids = [each["id"] for each in listed(twin, CONTENTS, account)]
    assert_refused(world.insightiq("GET", f"/v1/profiles/{profile['id']}"), 404, "incorrect_profile_id")
    assert_refused(world.insightiq("GET", f"{CONTENTS}/{ids[0]}"), 404, "incorrect_content_id")
    assert world.insightiq("POST", f"{CONTENTS}/search", json={"ids": ids}).json() == {"data": []}


@pytest.mark.parametrize("platform", ["TikTok", "Instagram", "YouTube"])
def test_events_name_exactly_what_can_then_be_read(telling: TestWorld, platform: str) -> None:
    accounts = [connect(telling, platform) for _ in range(4)]
    telling.advance(by=SYNCED)
    assert any(listed(telling, CONTENTS, account) for account in accounts)
    for account in accounts:
        events, contents = told(telling, account), listed(telling, CONTENTS, account)
        groups = listed(telling, GROUPS, account)
        commented = [each for each in contents if each["engagement"]["comment_count"]]
        for name, found in (("CONTENTS", contents), ("CONTENT-GROUPS", groups), ("CONTENTS_COMMENTS", commented)):
            assert sorted(items(events, f"{name}.ADDED")) == sorted(each["id"] for each in found)
        engaged = shown(telling, account)["data"]["engagement"]["last_sync_at"]
        assert {(each["created_at"], each["updated_at"]) for each in contents} <= {(engaged, engaged)}
        assert {each.data["user_id"] for each in events} == {account["user"]["id"]}


@pytest.mark.parametrize("platform", ["TikTok", "YouTube"])
def test_the_events_on_a_profile_name_the_one_that_can_then_be_read(telling: TestWorld, platform: str) -> None:
    account = connect(telling, platform)
    telling.advance(by=SYNCED)
    events = told(telling, account)
    (profile,) = profiles_of(telling, account)
    ids = {each.data["profile_id"] for each in events if each.event.startswith("PROFILES")}
    assert ids == {profile["id"]}
    assert profile["created_at"] == profile["updated_at"] == shown(telling, account)["data"]["identity"]["last_sync_at"]


@pytest.mark.parametrize("platform", ["TikTok", "Instagram", "YouTube", "X"])
def test_the_profile_is_the_one_that_the_public_sees(world: TestWorld, platform: str) -> None:
    world.advance(by="P40D")
    account = connect(world, platform)
    world.advance(to=f"{first_sync(world, account)}Z")
    (profile,) = profiles_of(world, account)
    asked = {"identifier": account["platform_username"], "work_platform_id": account["work_platform"]["id"]}
    public = world.insightiq("GET", "/v1/social/creators/profiles", params=asked).json()
    assert public["platform_username"] == profile["platform_username"] == account["platform_username"]
    for name in ("follower_count", "subscriber_count"):
        assert profile["reputation"][name] == public[name]
    assert public["url"] == profile["url"]


def first_sync(world: TestWorld, account: dict[str, Any]) -> str:
    """The instant of the next task, which is this account's: no other is due within the minute."""
    due: str = world.control("GET", "/clock").json()["next_due"]
    assert moment(due.rstrip("Z")) - moment(account["created_at"]) < timedelta(seconds=67)
    return due.rstrip("Z")


def test_contents_have_the_figures_that_the_public_sees(telling: TestWorld) -> None:
    accounts = [connect(telling, "TikTok") for _ in range(4)]
    telling.advance(by=SYNCED)
    contents = [(account, content) for account in accounts for content in listed(telling, CONTENTS, account)[-3:]]
    assert contents
    for account, content in contents:
        body = {"work_platform_id": account["work_platform"]["id"], "content_url": content["url"]}
        (public,) = telling.insightiq("POST", "/v1/social/creators/contents/fetch", json=body).json()["data"]
        for name in ("like_count", "comment_count", "share_count"):
            assert 0 <= public["engagement"][name] - content["engagement"][name] <= 5


def test_a_creator_becomes_a_user_and_stays_the_same_one(telling: TestWorld) -> None:
    users = everything(telling, "/v1/users")
    accounts = [connect(telling, platform) for platform in ("TikTok", "Instagram", "YouTube", "X") for _ in range(6)]
    made = [user for user in everything(telling, "/v1/users") if user not in users]
    assert made
    known = {user["id"]: user["name"] for user in [*users, *made]}
    assert all(known[account["user"]["id"]] == account["user"]["name"] for account in accounts)
    assert len({user["name"] for user in made}) == len(made)


def test_an_account_goes_to_the_user_who_is_named(telling: TestWorld) -> None:
    user = create_user(telling)
    account = connect(telling, user_id=user["id"])
    assert account["user"] == {"id": user["id"], "name": user["name"]}
    listed_accounts = telling.insightiq("GET", ACCOUNTS, params={"user_id": user["id"]}).json()["data"]
    assert listed_accounts == [account]
    telling.advance(by=SYNCED)
    assert profiles_of(telling, account)[0]["user"] == account["user"]


def test_a_profile_is_named_by_its_handle_and_a_platform_by_name_or_id(world: TestWorld, another: Another) -> None:
    account = connect(world, "tiktok")
    handle = account["platform_username"]
    for name in (handle, f"@{handle.upper()}"):
        twin = another()
        assert connect(twin, platform_of(twin, "TikTok"), handle=name)["id"] == account["id"]


def test_only_the_products_that_are_asked_for_are_synced(telling: TestWorld) -> None:
    account = connect(telling, "Instagram", products=["IDENTITY", "ENGAGEMENT.AUDIENCE", "ACTIVITY"])
    assert list(account["data"]) == ["identity"]
    telling.advance(by="P8D")
    assert {each.event for each in told(telling, account)} <= {
        "ACCOUNTS.CONNECTED", "PROFILES.ADDED", "PROFILES.UPDATED"
    }  # fmt: skip
    asked = {"account_id": account["id"]}
    assert_refused(telling.insightiq("GET", "/v1/audience", params=asked), 404, "incorrect_account_id")
    assert listed(telling, CONTENTS, account) == []


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, "work_platform"),
        ({"work_platform": "Myspace"}, 400, "There is no work platform 'Myspace'"),
        ({"work_platform": "AdSense"}, 400, "Nobody in this world can connect a profile on AdSense"),
        ({"work_platform": "Discord"}, 400, "Nobody in this world can connect a profile on Discord"),
        ({"work_platform": "TikTok", "handle": "nobody.at.all"}, 404, "'nobody.at.all'"),
        ({"work_platform": "TikTok", "user_id": NOBODY}, 404, f"There is no user '{NOBODY}'"),
        ({"work_platform": "TikTok", "products": ["ACTIVITY"]}, 400, "TikTok has none of these products"),
        ({"work_platform": "TikTok", "products": ["LOVE"]}, 400, "LOVE"),
        ({"work_platform": "TikTok", "products": []}, 400, "products"),
        ({"work_platform": "TikTok", "handel": "x"}, 400, "handel"),
    ],
)
def test_what_cannot_be_connected_is_refused_and_changes_nothing(
    telling: TestWorld, body: dict[str, Any], status: int, words: str
) -> None:
    before = state(telling)
    answer = command(telling, **body)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    assert telling.advance(by=SYNCED)["ran"] == []
    assert (state(telling), told(telling)) == (before, [])


def test_a_profile_is_connected_once(telling: TestWorld) -> None:
    account = connect(telling, "YouTube")
    before = state(telling)
    answer = command(telling, work_platform="YouTube", handle=account["platform_username"])
    assert answer.status_code == 409
    assert "CONNECTED" in answer.json()["detail"]
    assert state(telling) == before


def test_when_all_profiles_are_connected_the_next_one_is_refused(world: TestWorld) -> None:
    made = []
    while (answer := command(world, work_platform="Twitch")).status_code == 201:
        made.append(answer.json()["platform_username"])
    assert answer.status_code == 409
    assert len(set(made)) == len(made) > 0


def test_a_world_without_creators_has_nobody_to_connect(another: Another) -> None:
    answer = command(another(recipe="empty"), work_platform="TikTok")
    assert answer.status_code == 400
    assert "Nobody in this world" in answer.json()["detail"]


def test_a_connection_does_not_reach_worlds_of_the_same_population(world: TestWorld, another: Another) -> None:
    twin = another()
    before = state(twin)
    connect(world)
    world.advance(by=SYNCED)
    twin.advance(by=SYNCED)
    assert state(twin) == before == state(another())


def test_equal_calls_raise_equal_events_byte_for_byte(world: TestWorld, another: Another, receiver: Receiver) -> None:
    def live(one: TestWorld) -> list[Any]:
        subscribe(one, receiver.url, "ACCOUNTS.CONNECTED", "PROFILES.ADDED", "CONTENTS.ADDED", "CONTENTS.UPDATED")
        for platform in ("TikTok", "Instagram"):
            connect(one, platform)
        one.advance(by="P2D")
        return [*told(one), state(one)]

    assert live(world) == live(another())


def test_accounts_are_connected_by_another_process_on_the_same_state(tmp_path: Path, receiver: Receiver) -> None:
    settings = Settings(recipe="default", clock="frozen", state=tmp_path / "state")
    handles: list[str] = []
    for _ in range(2):
        with running(settings) as server:
            answer = server.client.get("/_emulator/worlds/default").json()
            world = TestWorld(answer["name"], answer["credentials"], server.client)
            if not handles:
                subscribe(world, receiver.url, "ACCOUNTS.CONNECTED", "PROFILES.ADDED")
            account = connect(world)
            handles.append(account["platform_username"])
            world.advance(by=SYNCED)
            assert [each.event for each in told(world, account)] == ["ACCOUNTS.CONNECTED", "PROFILES.ADDED"]
    assert len(set(handles)) == 2


def test_the_control_api_lists_accounts_as_insightiq_does(world: TestWorld) -> None:
    account = connect(world, "TikTok")
    theirs = everything(world, ACCOUNTS)
    ours = world.control("GET", "/insightiq/accounts", params={"limit": 1000}).json()["data"]
    assert [each["id"] for each in ours] == [each["id"] for each in theirs]
    for status in {each["status"] for each in theirs}:
        of_status = world.control("GET", "/insightiq/accounts", params={"status": status, "limit": 1000}).json()["data"]
        assert [each["id"] for each in of_status] == [each["id"] for each in theirs if each["status"] == status]
    named = world.control("GET", "/insightiq/accounts", params={"handle": account["platform_username"]}).json()["data"]
    assert account in named
    assert {each["platform_username"] for each in named} == {account["platform_username"]}
    assert len(world.control("GET", "/insightiq/accounts", params={"limit": 2}).json()["data"]) == 2
