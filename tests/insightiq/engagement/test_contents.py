from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.engagement.support import (
    CONTENTS,
    GROUPS,
    KINDS,
    PUBLICATIONS,
    SUBSTACK,
    accounts,
    busiest,
    day,
    engagement,
    listed,
    moment,
)
from tests.insightiq.support import NOBODY, Another, assert_refused, everything
from tests.support import TestWorld

KEYS = [
    "id", "created_at", "updated_at", "user", "account", "work_platform", "engagement", "external_id", "title",
    "format", "type", "url", "media_url", "duration", "description", "hashtags", "mentions", "visibility",
    "thumbnail_url", "persistent_thumbnail_url", "published_at", "platform_profile_id", "platform_profile_name",
    "authors", "audience", "platform", "content_tags", "sponsored", "collaboration", "is_owned_by_platform_user",
]  # fmt: skip
FIGURES = [
    "like_count", "dislike_count", "comment_count", "impression_organic_count", "reach_organic_count", "save_count",
    "view_count", "watch_time_in_hours", "share_count", "impression_paid_count", "reach_paid_count", "email_open_rate",
    "email_click_rate", "unsubscribe_count", "spam_report_count", "click_count", "additional_info", "replay_count",
    "avg_watch_time_in_sec",
]  # fmt: skip


def test_contents_have_every_documented_key_in_its_order_and_belong_to_their_account(world: TestWorld) -> None:
    for account in everything(world, "/v1/accounts"):
        for content in listed(world, CONTENTS, account):
            assert list(content) == KEYS
            assert list(content["engagement"]) == FIGURES
            assert content["user"] == account["user"]
            assert content["account"] == {key: account[key] for key in ("id", "platform_username")}
            assert content["work_platform"] == account["work_platform"]
            assert content["platform_profile_id"] == account["platform_profile_id"]


def test_contents_are_listed_latest_first_from_90_days_before_the_last_sync_up_to_it(world: TestWorld) -> None:
    found = 0
    for account in everything(world, "/v1/accounts"):
        published = [content["published_at"] for content in listed(world, CONTENTS, account)]
        assert published == sorted(published, reverse=True)
        found += len(published)
        if published:
            block = account["data"]["engagement"]
            assert block["refresh_since"] <= published[-1]
            assert published[0] <= block["last_sync_at"]
    assert found > 80


def test_contents_are_first_seen_between_publishing_and_the_last_sync(world: TestWorld) -> None:
    for account in everything(world, "/v1/accounts"):
        for content in listed(world, CONTENTS, account):
            last_sync = account["data"]["engagement"]["last_sync_at"]
            assert content["published_at"] <= content["created_at"] <= content["updated_at"] <= last_sync
            assert content["created_at"] >= account["created_at"]


def test_what_was_there_before_an_account_was_connected_comes_soon_after_its_profile(world: TestWorld) -> None:
    found = 0
    for profile in everything(world, "/v1/profiles"):
        account = world.insightiq("GET", f"/v1/accounts/{profile['account']['id']}").json()
        for content in listed(world, CONTENTS, account):
            if content["published_at"] <= account["created_at"]:
                later = moment(content["created_at"]) - moment(profile["created_at"])
                assert timedelta(0) <= later <= timedelta(seconds=54)
                found += 1
    assert found > 20


def test_pages_put_together_are_the_whole_list(world: TestWorld) -> None:
    account = busiest(world)
    whole = listed(world, CONTENTS, account)
    assert len(whole) > 10
    for limit in (1, 7, 100):
        paged: list[dict[str, Any]] = []
        for offset in range(0, len(whole) + limit, limit):
            asked = {"account_id": account["id"], "limit": limit, "offset": offset}
            answer = world.insightiq("GET", CONTENTS, params=asked).json()
            assert answer["metadata"] == {"offset": offset, "limit": limit, "from_date": None, "to_date": None}
            paged += answer["data"]
        assert paged == whole


@settings(max_examples=10)
@given(st.tuples(st.integers(-100, 3), st.integers(-100, 3)).map(sorted))
def test_days_keep_what_was_published_on_them_or_between(world: TestWorld, days: list[int]) -> None:
    account, (first, last) = busiest(world, "Instagram"), days
    dates = {"from_date": day(world.now(), first), "to_date": day(world.now(), last)}
    for narrowed in (dates, {"from_date": dates["from_date"]}, {"to_date": dates["to_date"]}):
        since, until = narrowed.get("from_date", "0"), narrowed.get("to_date", "9")
        assert listed(world, CONTENTS, account, **narrowed) == [
            content for content in listed(world, CONTENTS, account) if since <= day(content["published_at"]) <= until
        ]


def test_the_metadata_repeats_the_days(world: TestWorld) -> None:
    asked = {"account_id": busiest(world)["id"], "from_date": "2025-12-01", "to_date": "2025-12-31"}
    metadata = world.insightiq("GET", CONTENTS, params=asked).json()["metadata"]
    assert metadata == {"offset": 0, "limit": 10, "from_date": "2025-12-01", "to_date": "2025-12-31"}


@pytest.mark.parametrize("date", ["0000-01-01", "0001-01-01", "1969-12-31", "9999-12-31"])
def test_the_farthest_days_are_days_too(world: TestWorld, date: str) -> None:
    account = busiest(world)
    whole = listed(world, CONTENTS, account)
    late = date.startswith("9")
    assert listed(world, CONTENTS, account, from_date=date) == ([] if late else whole)
    assert listed(world, CONTENTS, account, to_date=date) == (whole if late else [])


def test_ids_narrow_a_list_to_those_of_the_account(world: TestWorld) -> None:
    account, other = accounts(world, "TikTok")[0], busiest(world, "Instagram")
    whole, strange = listed(world, CONTENTS, account), listed(world, CONTENTS, other)[0]["id"]
    chosen = [content["id"] for content in whole[:2]]
    assert listed(world, CONTENTS, account, ids=",".join([*reversed(chosen), strange, "x"])) == whole[:2]
    assert listed(world, CONTENTS, account, ids=strange) == []


@pytest.mark.parametrize("path", KINDS)
def test_each_object_is_found_by_its_id_and_in_bulk_as_in_the_list(another: Another, path: str) -> None:
    world = another(seed=SUBSTACK)
    whole = [entry for account in everything(world, "/v1/accounts") for entry in listed(world, path, account)][:100]
    assert whole
    for entry in whole[:20]:
        assert world.insightiq("GET", f"{path}/{entry['id']}").json() == entry
    ids = [entry["id"] for entry in reversed(whole)]
    assert world.insightiq("POST", f"{path}/search", json={"ids": ids}).json() == {"data": whole[::-1]}


@pytest.mark.parametrize("path", KINDS)
def test_a_search_leaves_out_unknown_ids_and_repetitions(another: Another, path: str) -> None:
    world = another(seed=SUBSTACK)
    entry = listed(world, path, busiest(world, path=path))[0]
    found = world.insightiq("POST", f"{path}/search", json={"ids": [NOBODY, entry["id"], entry["id"]]})
    assert found.json() == {"data": [entry]}
    assert world.insightiq("POST", f"{path}/search", json={"ids": [NOBODY]}).json() == {"data": []}


@pytest.mark.parametrize(
    ("path", "thing"), [(CONTENTS, "content"), (GROUPS, "content_group"), (PUBLICATIONS, "content")]
)
def test_unknown_foreign_and_wrong_ids_are_not_found(world: TestWorld, another: Another, path: str, thing: str) -> None:
    foreign = another(seed=SUBSTACK)
    strangers = [listed(foreign, path, busiest(foreign, path=path))[0]["id"], accounts(world)[0]["id"]]
    others = [listed(foreign, kind, busiest(foreign, path=kind))[0]["id"] for kind in KINDS if kind != path]
    for key in (NOBODY, "x", *strangers):
        assert_refused(world.insightiq("GET", f"{path}/{key}"), 404, f"incorrect_{thing}_id")
    for key in others:
        assert_refused(foreign.insightiq("GET", f"{path}/{key}"), 404, f"incorrect_{thing}_id")


@pytest.mark.parametrize("path", KINDS)
def test_lists_need_an_account_that_exists(world: TestWorld, another: Another, path: str) -> None:
    foreign = everything(another(seed=2), "/v1/accounts")[0]["id"]
    for key in (NOBODY, foreign):
        assert_refused(world.insightiq("GET", path, params={"account_id": key}), 404, "incorrect_account_id")
    assert_refused(world.insightiq("GET", path), 400, "MISSING_FIELDS", "account_id")


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize(
    ("name", "value"),
    [("account_id", "x"), ("from_date", "yesterday"), ("to_date", "2025-02-30"), ("from_date", "2025-01-01T00:00:00"),
     ("limit", 0), ("limit", 101), ("offset", -1)],
)  # fmt: skip
def test_lists_refuse_what_is_no_id_day_or_number(world: TestWorld, path: str, name: str, value: Any) -> None:
    asked = {"account_id": accounts(world)[0]["id"], name: value}
    assert_refused(world.insightiq("GET", path, params=asked), 400, "INVALID_FIELDS", name)


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("narrowed", [{}, {"ids": NOBODY}])
def test_days_the_wrong_way_round_are_refused(world: TestWorld, path: str, narrowed: dict[str, str]) -> None:
    asked = {"account_id": accounts(world)[0]["id"], "from_date": "2025-12-02", "to_date": "2025-12-01", **narrowed}
    refused = world.insightiq("GET", path, params=asked)
    assert_refused(refused, 400, "INVALID_FIELDS", "to_date", "2025-12-01", "from_date", "2025-12-02")


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("ids", [[], ["x"], [NOBODY] * 101, NOBODY, None])
def test_a_search_takes_1_to_100_ids(world: TestWorld, path: str, ids: Any) -> None:
    assert_refused(world.insightiq("POST", f"{path}/search", json={"ids": ids}), 400, "INVALID_FIELDS", "ids")


def test_what_an_account_had_stays_when_it_is_disconnected(world: TestWorld) -> None:
    account = busiest(world)
    before = listed(world, CONTENTS, account)
    world.insightiq("POST", f"/v1/accounts/{account['id']}/disconnect", json={})
    world.advance(by="P2D")
    assert listed(world, CONTENTS, account) == before


def test_daily_syncs_bring_newer_figures_that_never_fall_and_what_was_published_meanwhile(world: TestWorld) -> None:
    account = busiest(world)
    before = {content["id"]: content for content in listed(world, CONTENTS, account)}
    world.advance(by="P1D")
    after = {content["id"]: content for content in listed(world, CONTENTS, account)}
    assert before.keys() <= after.keys()
    changed = [key for key in before if before[key]["engagement"] != after[key]["engagement"]]
    assert 0 < len(changed) < len(before)
    assert all(before[key] == after[key] for key in before if key not in changed)
    for key in before:
        for old, new in zip(before[key]["engagement"].values(), after[key]["engagement"].values(), strict=True):
            assert old is new is None or old <= new
    synced = engagement(world, account)["last_sync_at"]
    for key in changed:
        kept = {name: before[key][name] for name in KEYS if name not in ("updated_at", "engagement")}
        assert after[key] == {**after[key], **kept}
        assert after[key]["updated_at"] == synced


def test_every_timestamp_is_naive_with_microseconds(world: TestWorld) -> None:
    for content in listed(world, CONTENTS, busiest(world)):
        for name in ("created_at", "updated_at", "published_at"):
            assert len(content[name]) == len("2026-01-01T00:00:00.000000")
            assert moment(content[name]).tzinfo is None


def test_the_same_seed_gives_the_same_contents_and_another_one_others(world: TestWorld, another: Another) -> None:
    first, twin, other = (
        [listed(each, CONTENTS, account) for account in accounts(each)] for each in (world, another(), another(seed=2))
    )
    assert first == twin
    ids = [content["id"] for contents in (*first, *other) for content in contents]
    assert len(ids) == len(set(ids))
    assert all(older >= newer for older, newer in pairwise(c["published_at"] for c in max(first, key=len)))
