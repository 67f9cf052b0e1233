import pytest

from tests.insightiq.engagement.support import (
    CONTENTS,
    FETCHED,
    GROUPS,
    REFRESHED,
    accounts,
    ask,
    busiest,
    day,
    engagement,
    listed,
    state,
)
from tests.insightiq.support import NOBODY, Another, assert_refused, everything
from tests.support import TestWorld

FETCHABLE = (CONTENTS, GROUPS)


def test_a_refresh_brings_the_figures_of_its_time_and_moves_the_last_sync(world: TestWorld) -> None:
    account = busiest(world)
    world.advance(by="PT1H")
    before, sync = listed(world, CONTENTS, account), engagement(world, account)["last_sync_at"]
    ask(world, CONTENTS, account)
    assert listed(world, CONTENTS, account) == before
    world.advance(by=REFRESHED)
    after, synced = listed(world, CONTENTS, account), engagement(world, account)["last_sync_at"]
    assert sync < synced <= world.now()
    changed = [new for new in after if new not in before]
    assert changed
    assert {content["updated_at"] for content in changed} == {synced}


def test_a_refreshed_content_has_the_figures_that_the_public_sees_at_that_time(world: TestWorld) -> None:
    account = busiest(world, "TikTok")
    ask(world, CONTENTS, account)
    synced = world.advance(by=REFRESHED)
    assert synced
    content = listed(world, CONTENTS, account)[-1]
    body = {"work_platform_id": account["work_platform"]["id"], "content_url": content["url"]}
    (public,) = world.insightiq("POST", "/v1/social/creators/contents/fetch", json=body).json()["data"]
    for name, count in public["engagement"].items():
        assert content["engagement"][name] <= count <= content["engagement"][name] + 5


def test_a_refresh_touches_no_other_account(world: TestWorld) -> None:
    account = busiest(world)
    others = [other for other in everything(world, "/v1/accounts") if other["id"] != account["id"]]
    before = [listed(world, path, other) for path in FETCHABLE for other in others]
    for path in FETCHABLE:
        ask(world, path, account)
    world.advance(by=REFRESHED)
    assert [listed(world, path, other) for path in FETCHABLE for other in others] == before
    assert [other for other in everything(world, "/v1/accounts") if other["id"] != account["id"]] == others


@pytest.mark.parametrize("path", FETCHABLE)
def test_a_historic_fetch_reveals_what_is_older_from_its_day_on(world: TestWorld, path: str) -> None:
    account = busiest(world, "Instagram", path=path)
    before = listed(world, path, account)
    ask(world, path, account, day(world.now(), -200))
    world.advance(by="PT89S")
    assert listed(world, path, account) == before
    world.advance(by="PT1S")
    after = listed(world, path, account)
    older = [entry for entry in after if entry["id"] not in {each["id"] for each in before}]
    assert older
    assert len(after) == len(before) + len(older)
    for entry in older:
        assert day(world.now(), -200) <= day(entry["published_at"])
        assert entry["created_at"] == entry["updated_at"] == world.now().removesuffix("Z")
    ask(world, path, account, day(world.now(), -365))
    world.advance(by=FETCHED)
    assert len(listed(world, path, account)) > len(after)


def test_what_is_not_fetched_yet_is_found_by_no_way(world: TestWorld, another: Another) -> None:
    twin = another()
    account = busiest(twin)
    ask(twin, CONTENTS, account, day(twin.now(), -365))
    twin.advance(by=FETCHED)
    shown = {content["id"] for content in listed(world, CONTENTS, account)}
    hidden = next(content["id"] for content in listed(twin, CONTENTS, account) if content["id"] not in shown)
    assert_refused(world.insightiq("GET", f"{CONTENTS}/{hidden}"), 404, "incorrect_content_id")
    assert world.insightiq("POST", f"{CONTENTS}/search", json={"ids": [hidden]}).json() == {"data": []}
    assert listed(world, CONTENTS, account, ids=hidden) == []


def test_a_historic_fetch_from_a_day_to_come_or_of_long_ago_is_accepted(world: TestWorld) -> None:
    account = busiest(world)
    before = listed(world, CONTENTS, account)
    ask(world, CONTENTS, account, day(world.now(), 30))
    world.advance(by=FETCHED)
    assert listed(world, CONTENTS, account) == before
    ask(world, CONTENTS, account, "0000-01-01")
    ask(world, GROUPS, account, "9999-12-31")
    assert "error" not in str(world.advance(by=FETCHED))
    assert len(listed(world, CONTENTS, account)) > len(before)


@pytest.mark.parametrize("path", FETCHABLE)
@pytest.mark.parametrize("operation", ["refresh", "fetch-historic"])
def test_fetches_of_unknown_or_unconnected_accounts_are_refused_and_change_nothing(
    world: TestWorld, another: Another, path: str, operation: str
) -> None:
    before, foreign = state(world), everything(another(seed=2), "/v1/accounts")[0]["id"]
    for key in (NOBODY, foreign):
        body = {"account_id": key, "from_date": "2025-01-01"}
        assert_refused(world.insightiq("POST", f"{path}/{operation}", json=body), 404, "incorrect_account_id")
    for status in ("NOT_CONNECTED", "SESSION_EXPIRED"):
        body = {"account_id": accounts(world, status=status)[0]["id"], "from_date": "2025-01-01"}
        assert_refused(world.insightiq("POST", f"{path}/{operation}", json=body), 403, "account_disconnected")
    world.advance(by=FETCHED)
    assert state(world) == before


def test_a_fetch_of_an_account_that_is_disconnected_meanwhile_brings_nothing(world: TestWorld) -> None:
    account = busiest(world)
    for path in FETCHABLE:
        ask(world, path, account)
        ask(world, path, account, day(world.now(), -365))
    world.insightiq("POST", f"/v1/accounts/{account['id']}/disconnect", json={})
    before = state(world)
    world.advance(by=FETCHED)
    assert state(world) == before


@pytest.mark.parametrize("path", FETCHABLE)
def test_fetches_refuse_bodies_without_an_account_or_a_day(world: TestWorld, path: str) -> None:
    account_id = accounts(world)[0]["id"]
    for operation, body, code in (
        ("refresh", {}, "MISSING_FIELDS"),
        ("refresh", {"account_id": "x"}, "INVALID_FIELDS"),
        ("refresh", {"account_id": None}, "INVALID_FIELDS"),
        ("fetch-historic", {"account_id": account_id}, "MISSING_FIELDS"),
        ("fetch-historic", {"account_id": account_id, "from_date": "2025-13-01"}, "INVALID_FIELDS"),
        ("fetch-historic", {"account_id": account_id, "from_date": 20250101}, "INVALID_FIELDS"),
    ):
        assert_refused(world.insightiq("POST", f"{path}/{operation}", json=body), 400, code)


def test_a_fetch_does_not_reach_worlds_of_the_same_population(world: TestWorld, another: Another) -> None:
    twin = another()
    before = state(twin)
    ask(world, CONTENTS, busiest(world), day(world.now(), -365))
    world.advance(by=FETCHED)
    assert state(twin) == before
    assert state(another()) == before
