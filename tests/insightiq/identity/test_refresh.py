from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.insightiq.identity.support import (
    AUDIENCE,
    REFRESH,
    account,
    accounts,
    audience_of,
    followers,
    identity_state,
    profile_of,
)
from tests.insightiq.support import JSON, NOBODY, Another, assert_refused
from tests.support import TestWorld


def refresh(world: TestWorld, account_id: str) -> None:
    answer = world.insightiq("POST", REFRESH, json={"account_id": account_id})
    assert answer.status_code == 202, answer.text
    assert answer.json() == {"account_id": account_id}


def synced(world: TestWorld, account_id: str) -> str:
    at: str = world.insightiq("GET", f"/v1/accounts/{account_id}").json()["data"]["identity"]["last_sync_at"]
    return at


def test_a_refresh_changes_nothing_until_the_work_is_done(world: TestWorld) -> None:
    before = identity_state(world)
    refresh(world, account(world, "CONNECTED")["id"])
    world.advance(by="PT12S")
    assert identity_state(world) == before


def test_a_refresh_is_done_after_13_to_67_seconds_and_the_profile_is_then_newer(world: TestWorld) -> None:
    for each in [each for each in accounts(world) if each["status"] == "CONNECTED"][:5]:
        began = datetime.fromisoformat(world.now())
        refresh(world, each["id"])
        world.advance(by="PT67S")
        done = datetime.fromisoformat(profile_of(world, each["id"])["updated_at"] + "Z")
        assert timedelta(seconds=13) <= done - began <= timedelta(seconds=67)
        assert synced(world, each["id"]) + "Z" == world_time(done)


def world_time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_a_refresh_counts_the_followers_of_that_time_and_changes_nothing_else_of_the_profile(world: TestWorld) -> None:
    each = next(each for each in accounts(world) if each["status"] == "CONNECTED")
    world.advance(by="PT12H")
    before = profile_of(world, each["id"])
    refresh(world, each["id"])
    world.advance(by="PT67S")
    after = profile_of(world, each["id"])
    changing = {"updated_at": "", "reputation": {}}
    assert after | changing == before | changing
    assert after["updated_at"] > before["updated_at"]
    name = "subscriber_count" if before["reputation"]["follower_count"] is None else "follower_count"
    assert after["reputation"] == before["reputation"] | {name: followers(after)}


def test_a_refresh_leaves_the_account_but_for_its_identity_and_all_other_accounts(world: TestWorld) -> None:
    before = {each["id"]: each for each in accounts(world)}
    chosen = account(world, "CONNECTED")["id"]
    refresh(world, chosen)
    world.advance(by="PT67S")
    for each in accounts(world):
        data = each["data"] | {"identity": before[each["id"]]["data"]["identity"]}
        assert each | {"data": data} == before[each["id"]]
        assert (each == before[each["id"]]) is (each["id"] != chosen)


def test_each_of_two_refreshes_is_done(world: TestWorld) -> None:
    each = account(world, "CONNECTED")["id"]
    refresh(world, each)
    world.advance(by="PT1S")
    refresh(world, each)
    ran = [task["kind"] for task in world.advance(by="PT67S")["ran"]]
    assert ran.count("insightiq.refresh_profile") == 2


def test_a_refresh_comes_to_nothing_if_the_account_is_disconnected_meanwhile(world: TestWorld) -> None:
    each = account(world, "CONNECTED")["id"]
    refresh(world, each)
    world.insightiq("POST", f"/v1/accounts/{each}/disconnect", json={})
    before = identity_state(world)
    world.advance(by="PT67S")
    assert identity_state(world) == before


@pytest.mark.parametrize("status", ["NOT_CONNECTED", "SESSION_EXPIRED"])
def test_an_account_without_access_cannot_be_refreshed(world: TestWorld, status: str) -> None:
    each, before = account(world, status)["id"], identity_state(world)
    assert_refused(world.insightiq("POST", REFRESH, json={"account_id": each}), 403, "account_disconnected")
    world.advance(by="PT67S")
    assert identity_state(world) == before


def test_an_unknown_account_cannot_be_refreshed(world: TestWorld, another: Another) -> None:
    foreign, before = accounts(another(seed=2))[0]["id"], identity_state(world)
    wrong_kind = profile_of(world, accounts(world)[0]["id"])["id"]
    for account_id in (NOBODY, foreign, wrong_kind):
        answer = world.insightiq("POST", REFRESH, json={"account_id": account_id})
        assert_refused(answer, 404, "incorrect_account_id")
    world.advance(by="PT67S")
    assert identity_state(world) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "MISSING_FIELDS"),
        ({"json": {}}, "MISSING_FIELDS"),
        ({"json": {"id": NOBODY}}, "MISSING_FIELDS"),
        ({"json": {"account_id": None}}, "INVALID_FIELDS"),
        ({"json": {"account_id": 7}}, "INVALID_FIELDS"),
        ({"json": {"account_id": "x"}}, "INVALID_FIELDS"),
        ({"json": {"account_id": [NOBODY]}}, "INVALID_FIELDS"),
        ({"json": [NOBODY]}, "INVALID_FIELDS"),
        ({"content": b"{", "headers": JSON}, "MALFORMED_JSON"),
    ],
)
def test_a_bad_request_for_a_refresh_is_refused(world: TestWorld, arguments: dict[str, Any], code: str) -> None:
    assert_refused(world.insightiq("POST", REFRESH, **arguments), 400, code)


def test_a_refresh_is_not_read(world: TestWorld) -> None:
    assert_refused(world.insightiq("GET", REFRESH), 405, "method_not_allowed")


def test_a_refresh_does_not_reach_worlds_of_the_same_population(world: TestWorld, another: Another) -> None:
    twin = another()
    before = identity_state(twin)
    refresh(world, account(world, "CONNECTED")["id"])
    world.advance(by="PT67S")
    assert identity_state(twin) == before != identity_state(world)


def test_the_same_refresh_takes_the_same_time_in_a_twin_world(world: TestWorld, another: Another) -> None:
    twin, each = another(), account(world, "CONNECTED")["id"]
    for one in (world, twin):
        refresh(one, each)
        one.advance(by="PT67S")
    assert identity_state(twin) == identity_state(world)


def test_the_audience_is_fetched_with_the_profile_once_a_week(world: TestWorld) -> None:
    each = account(world, "CONNECTED", "Instagram", "YouTube")["id"]
    seen = {audience_of(world, each)["updated_at"]}
    for _ in range(21):
        world.advance(by="P1D")
        seen.add(audience_of(world, each)["updated_at"])
    times = sorted(datetime.fromisoformat(at) for at in seen)
    assert len(times) in (3, 4)
    for earlier, later in pairwise(times):
        assert timedelta(days=7) <= later - earlier <= timedelta(days=8)
    assert world.insightiq("GET", AUDIENCE, params={"account_id": each}).json()["updated_at"] == max(seen)
