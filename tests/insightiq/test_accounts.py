from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from tests.insightiq.support import NOBODY, Another, account_with, assert_refused, everything, state
from tests.support import TestWorld

PATH = "/v1/accounts"
STATUSES = ("CONNECTED", "NOT_CONNECTED", "SESSION_EXPIRED")
KEYS = [
    "id",
    "created_at",
    "updated_at",
    "user",
    "work_platform",
    "username",
    "platform_username",
    "profile_pic_url",
    "status",
    "platform_profile_name",
    "platform_profile_id",
    "platform_profile_published_at",
    "disconnection_source",
    "data",
]


def get(world: TestWorld, id: str) -> dict[str, Any]:
    account: dict[str, Any] = world.insightiq("GET", f"{PATH}/{id}").json()
    return account


def test_an_account_has_the_keys_of_real_ones_in_their_order(world: TestWorld) -> None:
    accounts = everything(world, PATH)
    assert len(accounts) > 10
    for account in accounts:
        assert list(account) == KEYS
        assert list(account["user"]) == ["id", "name"]
        assert list(account["work_platform"]) == ["id", "name", "logo_url"]


def test_a_population_has_accounts_of_every_status(world: TestWorld) -> None:
    assert {account["status"] for account in everything(world, PATH)} == set(STATUSES)


def test_only_disconnected_accounts_say_who_disconnected_them(world: TestWorld) -> None:
    for account in everything(world, PATH):
        disconnected = account["status"] == "NOT_CONNECTED"
        assert (account["disconnection_source"] in ("DEVELOPER_API", "INTERNAL_API")) is disconnected
        assert (account["disconnection_source"] is None) is not disconnected


def test_each_account_is_found_by_its_id_as_in_the_list(world: TestWorld) -> None:
    for account in everything(world, PATH):
        assert get(world, account["id"]) == account


def test_accounts_name_users_and_work_platforms_that_exist(world: TestWorld) -> None:
    users = {user["id"]: user["name"] for user in everything(world, "/v1/users")}
    platforms = {platform["id"]: platform for platform in everything(world, "/v1/work-platforms")}
    for account in everything(world, PATH):
        assert users[account["user"]["id"]] == account["user"]["name"]
        assert account["work_platform"].items() <= platforms[account["work_platform"]["id"]].items()


def test_the_data_of_an_account_holds_exactly_the_products_that_its_platform_supports(world: TestWorld) -> None:
    platforms = {platform["id"]: platform["products"] for platform in everything(world, "/v1/work-platforms")}
    for account in everything(world, PATH):
        products = platforms[account["work_platform"]["id"]]
        assert set(account["data"]) == {name for name, block in products.items() if block["is_supported"]}
        for name, block in account["data"].items():
            assert ("audience" in block) is products[name].get("audience", {}).get("is_supported", False)


def test_the_state_of_a_product_has_the_observed_keys_and_the_monitoring_under_both_names(world: TestWorld) -> None:
    synced = ["status", "monitor_type", "monitoring_type", "last_sync_at"]
    for account in everything(world, PATH):
        for name, block in account["data"].items():
            keys = [*synced, "refresh_since", "data_available_from"] if name == "engagement" else synced
            assert [key for key in block if key != "audience"] == keys
            assert block.get("audience", {}).items() <= block.items()
            assert (block["monitor_type"], block["monitoring_type"]) == ("STANDARD", "STANDARD")


def test_accounts_are_listed_last_updated_first(world: TestWorld) -> None:
    updated = [account["updated_at"] for account in everything(world, PATH)]
    assert updated == sorted(updated, reverse=True)


def test_filters_keep_the_accounts_of_a_user_of_a_platform_and_of_both(world: TestWorld) -> None:
    accounts = everything(world, PATH)
    users = {account["user"]["id"] for account in accounts}
    platforms = {account["work_platform"]["id"] for account in accounts}
    for user, platform in product([None, NOBODY, *users], [None, NOBODY, *platforms]):
        asked = {"user_id": user, "work_platform_id": platform, "limit": 100}
        shown = world.insightiq("GET", PATH, params={key: value for key, value in asked.items() if value is not None})
        assert shown.json()["data"] == [
            account
            for account in accounts
            if user in (None, account["user"]["id"]) and platform in (None, account["work_platform"]["id"])
        ]


def test_an_unknown_account_is_not_found(world: TestWorld, another: Another) -> None:
    foreign = everything(another(seed=2), PATH)[0]["id"]
    for account_id in (NOBODY, foreign, "x"):
        assert_refused(world.insightiq("GET", f"{PATH}/{account_id}"), 404, "incorrect_account_id")
        assert_refused(world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={}), 404, "incorrect_account_id")


@pytest.mark.parametrize("status", ["CONNECTED", "SESSION_EXPIRED"])
def test_a_disconnection_changes_status_source_and_time_and_leaves_the_rest(world: TestWorld, status: str) -> None:
    account = account_with(world, status)
    world.advance(by="PT1H")
    account = get(world, account["id"])
    world.insightiq("POST", f"{PATH}/{account['id']}/disconnect", json={})
    changed = {
        "status": "NOT_CONNECTED",
        "disconnection_source": "DEVELOPER_API",
        "updated_at": world.now().removesuffix("Z"),
    }
    assert get(world, account["id"]) == account | changed
    assert list(get(world, account["id"])) == KEYS


def test_a_disconnection_answers_the_account_in_short(world: TestWorld) -> None:
    account_id = account_with(world, "CONNECTED")["id"]
    answer = world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={}).json()
    assert list(answer) == ["id", "created_at", "updated_at", "user", "work_platform", "status"]
    assert answer.items() <= get(world, account_id).items()


@pytest.mark.parametrize("arguments", [{}, {"json": {}}, {"json": {"reason": "unknown keys are ignored"}}])
def test_a_disconnection_needs_no_body(world: TestWorld, arguments: dict[str, Any]) -> None:
    account_id = account_with(world, "CONNECTED")["id"]
    answer = world.insightiq("POST", f"{PATH}/{account_id}/disconnect", **arguments)
    assert answer.status_code == 200
    assert answer.json()["status"] == "NOT_CONNECTED"


def test_a_disconnection_moves_the_account_to_the_front_and_touches_no_other(world: TestWorld) -> None:
    before = everything(world, PATH)
    account_id = before[-1]["id"]
    world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={})
    after = everything(world, PATH)
    assert after[0]["id"] == account_id
    assert after[1:] == before[:-1]


def test_of_accounts_that_were_disconnected_at_one_instant_the_last_is_listed_first(world: TestWorld) -> None:
    chosen = [account["id"] for account in everything(world, PATH) if account["status"] == "CONNECTED"]
    for account_id in chosen:
        world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={})
    assert [account["id"] for account in everything(world, PATH)][: len(chosen)] == chosen[::-1]


def test_a_second_disconnection_answers_403_and_changes_nothing(world: TestWorld) -> None:
    account_id = account_with(world, "CONNECTED")["id"]
    world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={})
    world.advance(by=1)
    before = state(world)
    assert_refused(world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={}), 403, "account_disconnected")
    assert state(world) == before


def test_an_account_that_was_disconnected_from_the_beginning_cannot_be_disconnected(world: TestWorld) -> None:
    account_id = account_with(world, "NOT_CONNECTED")["id"]
    assert_refused(world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={}), 403, "account_disconnected")


def test_a_disconnection_does_not_reach_worlds_of_the_same_population(world: TestWorld, another: Another) -> None:
    twin, later = another(), account_with(world, "CONNECTED")["id"]
    before = state(twin)
    assert before == state(world)
    world.insightiq("POST", f"{PATH}/{later}/disconnect", json={})
    assert state(twin) == before
    assert state(another()) == before


def test_connected_accounts_are_synced_daily_and_the_others_keep_their_data(world: TestWorld) -> None:
    before = {account["id"]: account for account in everything(world, PATH)}
    world.advance(by="P3D")
    now = datetime.fromisoformat(world.now().removesuffix("Z"))
    for account in everything(world, PATH):
        synced = {block["last_sync_at"] for block in account["data"].values()}
        if account["status"] == "CONNECTED":
            assert all(now - timedelta(days=1) < datetime.fromisoformat(at) <= now for at in synced)
            assert account == before[account["id"]] | {"data": account["data"]}
        else:
            assert account == before[account["id"]]


def test_a_disconnected_account_is_synced_no_more(world: TestWorld) -> None:
    account_id = account_with(world, "CONNECTED")["id"]
    world.insightiq("POST", f"{PATH}/{account_id}/disconnect", json={})
    before = get(world, account_id)
    world.advance(by="P3D")
    assert get(world, account_id) == before


def test_engagement_is_refreshed_from_the_midnight_90_days_before_the_sync(world: TestWorld) -> None:
    world.advance(by="P1D")
    for account in everything(world, PATH):
        block = account["data"].get("engagement")
        if block is not None:
            synced = datetime.fromisoformat(block["last_sync_at"]).replace(hour=0, minute=0, second=0, microsecond=0)
            assert datetime.fromisoformat(block["refresh_since"]) == synced - timedelta(days=90)
