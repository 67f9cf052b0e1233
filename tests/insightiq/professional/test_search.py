from itertools import chain
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insightiq.professional.support import (
    INSTAGRAM,
    LINKEDIN,
    SEARCH,
    SORT,
    Directory,
    found,
    search,
)
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld

FIELDS: Final = ("AVERAGE_LIKES", "FOLLOWER_COUNT", "AVERAGE_SHARES", "CONTENT_COUNT", "AVERAGE_COMMENTS")
KEYS: Final = [
    "full_name", "url", "image_url", "follower_count", "connection_count", "work_platform", "introduction",
    "engagement_rate", "creator_location", "external_id", "profile_headline", "talks_about", "current_positions",
    "creator_account_type", "open_to",
]  # fmt: skip


def test_a_result_has_the_documented_keys_in_the_documented_order(directory: Directory) -> None:
    assert len(directory.profiles) > 20
    for profile in directory.profiles:
        assert list(profile) == KEYS
        assert list(profile["creator_location"]) == ["city", "state", "country"]
        for position in profile["current_positions"]:
            assert list(position) == ["title", "company", "description", "location", "time_period"]


@pytest.mark.parametrize("field", FIELDS)
def test_results_fall_in_the_order_of_the_field(directory: Directory, field: str) -> None:
    sorted_ = found(directory.world, sort_by={"field": field, "order": "DESCENDING"})
    assert sorted(p["url"] for p in sorted_) == sorted(p["url"] for p in directory.profiles)
    if field != "CONTENT_COUNT":
        figures = [directory.reports[profile["url"]][field.lower()] for profile in sorted_]
        assert figures == sorted(figures, reverse=True)


@given(limit=st.integers(1, 500), offset=st.integers(0, 499))
def test_a_page_is_a_slice_of_all_results(directory: Directory, limit: int, offset: int) -> None:
    answer = search(directory.world, limit=limit, offset=offset)
    if limit + offset > 500:
        assert_refused(answer, 400, "INVALID_FIELDS", "500")
        return
    assert answer.json()["data"] == directory.profiles[offset : offset + limit]
    assert answer.json()["metadata"] == {"offset": offset, "limit": limit, "from_date": None, "to_date": None}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("limit", [1, 7])
def test_pages_neither_overlap_nor_leave_gaps(directory: Directory, field: str, limit: int) -> None:
    sort = {"field": field, "order": "DESCENDING"}
    whole = found(directory.world, sort_by=sort)
    pages = [found(directory.world, sort_by=sort, limit=limit, offset=offset) for offset in range(0, len(whole), limit)]
    assert list(chain(*pages)) == whole


def test_ten_results_are_shown_if_nothing_is_asked(directory: Directory) -> None:
    answer = search(directory.world).json()
    assert answer["data"] == directory.profiles[:10]
    assert answer["metadata"]["limit"] == 10


def test_a_profile_is_that_of_the_same_creator_elsewhere(directory: Directory) -> None:
    accounts = directory.world.insightiq(
        "GET", "/v1/accounts", params={"work_platform_id": LINKEDIN, "limit": 100}
    ).json()["data"]
    by_handle = {profile["url"].rstrip("/").rpartition("/")[2]: profile for profile in directory.profiles}
    for account in accounts:
        profile = by_handle[account["platform_username"]]
        assert profile["full_name"] == account["platform_profile_name"]
        assert profile["external_id"] == account["platform_profile_id"]


def test_worlds_of_one_seed_answer_alike_and_of_another_seed_otherwise(world: TestWorld, another: Another) -> None:
    assert found(world) == found(another()) != []
    assert found(world) != found(another(seed=2))
    assert found(another(recipe="empty")) == []


@pytest.mark.parametrize("platform", [INSTAGRAM, NOBODY, "x", "", "LinkedIn"])
def test_other_platforms_are_not_served(world: TestWorld, platform: str) -> None:
    assert_refused(search(world, work_platform_id=platform), 404, "incorrect_work_platform_id")


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": 0}, {"limit": 501}, {"limit": "10"}, {"offset": -1}, {"offset": 500}, {"limit": 250, "offset": 251},
        {"sort_by": {"field": "ENGAGEMENT_RATE", "order": "DESCENDING"}},
        {"sort_by": {"field": "FOLLOWER_COUNT", "order": "ASCENDING"}}, {"follower_count": 5},
        {"follower_count": {"min": "5"}}, {"average_likes": {"max": 1.5}}, {"has_contact_details": "true"},
        {"creator_account_type": ["OTHER"]}, {"mentions": [{"name": "x", "type": "PERSON"}]},
        {"work_experiences": [{"company": "x"}]}, {"education": [{"degree": "x"}]}, {"bio_phrase": None},
        {"last_post_timestamp": "2025-02-30T00:00:00"}, {"last_post_timestamp": "yesterday"},
        {"last_post_timestamp": "0000-01-01T00:00:00"}, {"creator_location_names": ["x"] * 51},
        {"engagement_rate": {"percentage_value": 2}},
        *(
            {"engagement_rate": {"percentage_value": text}}
            for text in ("", "two", "nan", "inf", "1e5", "2%", "1_0", "٣")
        ),
    ],
)  # fmt: skip
def test_wrong_values_are_refused(world: TestWorld, wrong: dict[str, Any]) -> None:
    assert_refused(search(world, **wrong), 400, "INVALID_FIELDS", next(iter(wrong)) if len(wrong) == 1 else "offset")


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({}, "work_platform_id"),
        ({"work_platform_id": LINKEDIN}, "sort_by"),
        ({"work_platform_id": LINKEDIN, "sort_by": {"field": "FOLLOWER_COUNT"}}, "order"),
        ({"work_platform_id": LINKEDIN, "sort_by": SORT, "hashtags": [{}]}, "name"),
        ({"work_platform_id": LINKEDIN, "sort_by": SORT, "mentions": [{"name": "x"}]}, "type"),
        ({"work_platform_id": LINKEDIN, "sort_by": SORT, "engagement_rate": {}}, "percentage_value"),
    ],
)
def test_missing_keys_are_named(world: TestWorld, body: dict[str, Any], missing: str) -> None:
    assert_refused(world.insightiq("POST", SEARCH, json=body), 400, "MISSING_FIELDS", missing)
