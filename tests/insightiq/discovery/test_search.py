from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.discovery.support import (
    ADSENSE,
    INSTAGRAM,
    NAMES,
    QUICK,
    SEARCH,
    TWITCH,
    ask,
    handles,
    locations,
    search,
)
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld

KEYS = [
    "platform_username", "url", "image_url", "follower_count", "subscriber_count", "is_verified", "work_platform",
    "full_name", "introduction", "platform_account_type", "gender", "age_group", "language", "content_count",
    "engagement_rate",
]  # fmt: skip
FULL = [*KEYS, "average_likes", "average_views", "location", "creator_location", "filter_match", "contact_details"]


@settings(max_examples=25)
@given(limit=st.integers(1, 25), path=st.sampled_from([SEARCH, QUICK]))
def test_pages_follow_each_other_without_overlap_or_gap(world: TestWorld, limit: int, path: str) -> None:
    order = {"field": "ENGAGEMENT_RATE", "order": "DESCENDING"}
    everybody = search(world, INSTAGRAM, path, sort_by=order)
    pages = [
        search(world, INSTAGRAM, path, sort_by=order, limit=limit, offset=offset)
        for offset in range(0, len(everybody) + 1, limit)
    ]
    assert [profile for page in pages for profile in page] == everybody


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("AVERAGE_LIKES", "average_likes"),
        ("AVERAGE_LIKE", "average_likes"),
        ("AVERAGE_VIEWS", "average_views"),
        ("FOLLOWER_COUNT", "follower_count"),
        ("ENGAGEMENT_RATE", "engagement_rate"),
        ("CONTENT_COUNT", "content_count"),
    ],
)
def test_the_greatest_come_first_and_ties_by_followers(world: TestWorld, field: str, key: str) -> None:
    found = search(world, sort_by={"field": field, "order": "DESCENDING"})
    ranks = [(-profile[key], -profile["follower_count"]) for profile in found]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    "field",
    [
        "DESCRIPTION", "REELS_VIEWS", "FOLLOWER_GROWTH", "TOTAL_VIEWS_GROWTH", "TOTAL_LIKES_GROWTH",
        "AUDIENCE_LOCATIONS", "AUDIENCE_LANGUAGE", "AUDIENCE_BRAND_AFFINITIES", "AUDIENCE_INTERESTS", "AUDIENCE_AGE",
        "CREATOR_LOOKALIKES", "AUDIENCE_LOOKALIKES", "AUDIENCE_LOCATION", "TOPIC_RELEVANCE", "PEAK_VIEWERS",
        "AVG_CONCURRENT_VIEWERS", "AIRTIME", "HOURS_WATCHED",
    ],
)  # fmt: skip
def test_an_order_neither_adds_nor_loses_profiles(world: TestWorld, field: str) -> None:
    for platform in NAMES:
        found = handles(world, platform, sort_by={"field": field, "order": "DESCENDING"})
        assert sorted(found) == sorted(handles(world, platform))


def test_an_order_by_a_share_puts_those_first_who_pass_the_highest_threshold(world: TestWorld) -> None:
    place = next(entry["id"] for entry in locations(world) if entry["name"] == "United States")
    order = {"field": "AUDIENCE_LOCATIONS", "order": "DESCENDING"}

    def above(share: int) -> list[str]:
        return handles(world, audience_locations=[{"location_id": place, "percentage_value": share}], sort_by=order)

    everybody = above(0)
    for share in (5, 20, 50, 60, 70):
        assert above(share) == everybody[: len(above(share))]


def test_profiles_have_the_documented_keys_in_their_order(world: TestWorld) -> None:
    for platform in NAMES:
        full, quick = search(world, platform), search(world, platform, QUICK)
        assert all(list(profile) == FULL for profile in full)
        assert all(list(profile) == [*KEYS, "location", "livestream_metrics"] for profile in quick)
        assert [each["url"] for each in full] == [each["url"] for each in quick]
        assert all((each["livestream_metrics"] is not None) is (platform == TWITCH) for each in quick)


def test_the_page_is_told_and_ten_profiles_are_the_default(world: TestWorld) -> None:
    order = {"field": "FOLLOWER_COUNT", "order": "DESCENDING"}
    answer = world.insightiq("POST", SEARCH, json={"work_platform_id": INSTAGRAM, "sort_by": order}).json()
    assert len(answer["data"]) == 10
    assert answer["metadata"] == {"offset": 0, "limit": 10, "from_date": None, "to_date": None}


def test_a_search_goes_no_further_than_500_results(world: TestWorld) -> None:
    assert ask(world, limit=500, offset=0).status_code == 200
    assert ask(world, limit=1, offset=499).json()["data"] == []
    for limit, offset in ((500, 1), (2, 499), (501, 0), (1, 500), (0, 0), (-1, 0), (1, -1)):
        assert_refused(ask(world, limit=limit, offset=offset), 400, "INVALID_FIELDS")


@pytest.mark.parametrize(
    "filters",
    [
        {"follower_count": {"min": "1"}}, {"creator_gender": "OTHER"},
        {"engagement_rate": {"percentage_value": "much"}},
        {"engagement_rate": {"percentage_value": "nan"}}, {"last_post_timestamp": "2025-02-30T00:00:00"},
        {"last_post_timestamp": "yesterday"}, {"creator_locations": ["Berlin"]}, {"is_verified": None},
        {"audience_language": [{"code": "en", "percentage_value": "half"}]}, {"audience_credibility_score": 2},
        {"sort_by": {"field": "NAME", "order": "DESCENDING"}}, {"views_growth": {"interval": 7}},
        {"description_keywords": " ".join(map(str, range(200)))},
    ],
)  # fmt: skip
def test_values_that_the_contract_does_not_have_are_refused(world: TestWorld, filters: dict[str, Any]) -> None:
    for path in (SEARCH, QUICK):
        assert_refused(ask(world, INSTAGRAM, path, **filters), 400, "INVALID_FIELDS")


@pytest.mark.parametrize(
    "filters",
    [
        {"follower_count": {"min": -(2**63), "max": 2**64 - 1}}, {"audience_credibility_score": 0},
        {"last_post_timestamp": "0001-01-01T00:00:00+14:00"}, {"last_post_timestamp": "9999-12-31T23:59:59-12:00"},
        {"creator_age": {"min": 1e300}}, {"audience_age": {"min": 90, "max": 1, "percentage_value": 1}},
        {"follower_growth": {"interval": 2**63, "interval_unit": "MONTH", "operator": "GT", "percentage_value": 2**63}},
        {"follower_growth": {"interval": -1, "interval_unit": "MONTH", "operator": "GT", "percentage_value": -900}},
        {"hashtags": [{"name": "x'\\%_\x00"}]}, {"bio_phrase": "\x00'%"},
    ],
)  # fmt: skip
def test_values_at_the_far_ends_are_answered(world: TestWorld, filters: dict[str, Any]) -> None:
    assert ask(world, **filters).status_code == 200


def test_missing_keys_are_named(world: TestWorld) -> None:
    assert_refused(world.insightiq("POST", SEARCH, json={}), 400, "MISSING_FIELDS", "work_platform_id", "sort_by")


@pytest.mark.parametrize("platform", [NOBODY, "x", ADSENSE])
def test_a_platform_without_public_profiles_is_not_found(world: TestWorld, platform: str) -> None:
    for path in (SEARCH, QUICK):
        assert_refused(ask(world, platform, path), 404, "incorrect_work_platform_id")


def test_an_empty_world_has_nobody(another: Another) -> None:
    assert search(another(recipe="empty")) == []
