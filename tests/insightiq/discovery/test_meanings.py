from itertools import pairwise
from typing import Any

import pytest

from tests.insightiq.discovery.support import (
    INSTAGRAM,
    LIVE,
    NAMES,
    QUICK,
    TIKTOK,
    TWITCH,
    YOUTUBE,
    handles,
    locations,
    search,
)
from tests.insightiq.support import NOBODY, Another
from tests.support import TestWorld


def test_everybody_lives_in_the_places_that_find_them(world: TestWorld) -> None:
    kinds = {"city": "city", "state": "state", "country": "country"}
    for place in locations(world):
        found = handles(world, creator_locations=[place["id"]])
        living = [p for p in search(world) if p["location"][kinds[place["type"]]] == place["name"]]
        assert found == [profile["platform_username"] for profile in living]


def test_an_audience_is_no_smaller_in_a_country_than_in_its_cities(world: TestWorld) -> None:
    places = {(place["type"], place["name"]): place["id"] for place in locations(world)}

    def above(kind: str, name: str, share: float) -> set[str]:
        asked = [{"location_id": places[kind, name], "percentage_value": share}]
        return set(handles(world, audience_locations=asked))

    for home in {tuple(profile["location"].items()) for profile in search(world)}:
        for share in (0, 3, 7.5):
            city, state, country = (above(kind, name, share) for kind, name in home)
            assert city <= state <= country


def test_a_place_by_its_name_is_the_place_by_its_id(world: TestWorld) -> None:
    for place in locations(world):
        if [other["name"] for other in locations(world)].count(place["name"]) == 1:
            by_name = handles(world, audience_location=[{"name": place["name"].upper(), "percentage_value": 5}])
            by_id = handles(world, audience_locations=[{"location_id": place["id"], "percentage_value": 5}])
            assert by_name == by_id


GROWN = {"interval": 3, "interval_unit": "MONTH", "operator": "GT", "percentage_value": 6}


@pytest.mark.parametrize(
    ("platform", "filters"),
    [
        (INSTAGRAM, {"audience_gender": {"type": "FEMALE", "operator": "GT", "percentage_value": 52}}),
        (INSTAGRAM, {"audience_age": {"min": 18, "max": 34, "percentage_value": 66}}),
        (INSTAGRAM, {"creator_age": {"min": 30}}),
        (INSTAGRAM, {"description_keywords": "coach, days people"}),
        (YOUTUBE, {"description_keywords": "week"}),
        (INSTAGRAM, {"last_post_timestamp": "2025-12-25T00:00:00"}),
        (INSTAGRAM, {"audience_language": [{"code": "de", "percentage_value": "30"}]}),
        (INSTAGRAM, {"audience_interests": ["Gaming"]}),
        (INSTAGRAM, {"audience_interest_affinities": [{"value": "Pets", "operation": "GT", "percentage_value": "4"}]}),
        (INSTAGRAM, {"creator_interests": ["Healthy Lifestyle"]}),
        (INSTAGRAM, {"has_sponsored_posts": True}),
        (INSTAGRAM, {"instagram_options": {"reel_views": {"min": 5_000}}}),
        (INSTAGRAM, {"follower_growth": GROWN}),
        (YOUTUBE, {"subscriber_growth": GROWN}),
        (INSTAGRAM, {"hashtags": [{"name": "#OOTD"}]}),
        (INSTAGRAM, {"topic_relevance": {"name": ["fitness"]}}),
        (INSTAGRAM, {"views_growth": {"operator": "GT", "interval": 2, "percentage_value": 15}}),
        (INSTAGRAM, {"total_engagements": {"min": 10_000}}),
        (INSTAGRAM, {"audience_credibility_category": ["EXCELLENT"]}),
        (INSTAGRAM, {"audience_credibility_score": 0.8}),
        (YOUTUBE, {"average_views": {"min": 5_000}, "post_type": "SHORTS"}),
        (TIKTOK, {"share_count": {"min": 500}}),
        (TIKTOK, {"save_count": {"min": 500}}),
        (
            INSTAGRAM,
            {"has_audience_info": True, "audience_gender": {"type": "MALE", "operator": "GT", "percentage_value": 50}},
        ),
    ],
)
def test_a_filter_finds_some_and_not_all(world: TestWorld, platform: str, filters: dict[str, Any]) -> None:
    assert 0 < len(handles(world, platform, **filters)) < len(handles(world, platform))


def test_what_streams_show_is_what_they_are_found_by(another: Another) -> None:
    world = another(seed=3)
    shown = {p["platform_username"]: p["livestream_metrics"] for p in search(world, TWITCH, QUICK)}
    for key, option in (("hours_watched", "hours_watched"), ("average_viewers", "average_concurrent_viewers"),
                        ("peak_viewers", "peak_viewers"), ("follower_growth", "absolute_follower_growth")):  # fmt: skip
        for value in {int(metrics[key]) for metrics in shown.values() if metrics[key] is not None}:
            found = handles(world, TWITCH, livestream_options={option: {"min": value}})
            assert set(found) == {h for h, m in shown.items() if m[key] is not None and m[key] >= value}
    for slug in {metrics["recent_activity"] for metrics in shown.values()} - {None}:
        found = handles(world, TWITCH, livestream_options={"recent_activity": slug})
        assert set(found) == {h for h, m in shown.items() if m["recent_activity"] == slug}


def test_mentions_find_those_who_mention(world: TestWorld) -> None:
    brand = [handle for handle in handles(world) if handles(world, mentions=[{"name": f"@{handle}"}])]
    assert brand
    for handle in brand:
        assert handles(world, mentions=[{"name": handle.upper()}]) == handles(world, mentions=[{"name": handle}])


@pytest.mark.parametrize(
    ("only", "filters"),
    [
        (INSTAGRAM, {"audience_interests": ["nothing"]}),
        (INSTAGRAM, {"creator_interests": ["nothing"]}),
        (INSTAGRAM, {"audience_brand_affinities": ["nothing"]}),
        (INSTAGRAM, {"creator_brand_affinities": ["nothing"]}),
        (INSTAGRAM, {"brand_sponsors": ["nothing"]}),
        (INSTAGRAM, {"instagram_options": {"reel_views": {"min": 10**12}}}),
        (TIKTOK, {"share_count": {"min": 10**12}}),
        (TIKTOK, {"save_count": {"min": 10**12}}),
        (TWITCH, {"livestream_options": {"peak_viewers": {"min": 10**12}}}),
        (TWITCH, {"livestream_options": {"vtubers": {"only_vtubers": True}}}),
        (YOUTUBE, {"post_type": "STREAMS", "average_views": {"min": 0}}),
    ],
)
def test_a_filter_for_one_platform_is_ignored_on_the_others(
    world: TestWorld, only: str, filters: dict[str, Any]
) -> None:
    assert handles(world, only, **filters) == []
    for platform in set(NAMES) - {only}:
        assert handles(world, platform, **filters) == handles(world, platform)


@pytest.mark.parametrize(
    "filters",
    [
        {"creator_locations": [NOBODY]},
        {"audience_locations": [{"location_id": NOBODY}]},
        {"audience_location": [{"name": "Nowhere"}]},
        {"audience_language": [{"code": "xx", "percentage_value": "0"}]},
        {"audience_interest_affinities": [{"value": "nothing", "percentage_value": "0"}]},
        {"hashtags": [{"name": "nosuchtag"}]},
        {"mentions": [{"name": "nosuchhandle"}]},
        {"topic_relevance": {"name": ["nosuchtag"]}},
        {"creator_lookalikes": "@nosuchhandle"},
        {"audience_lookalikes": "nosuchhandle"},
        {"follower_count": {"min": 10, "max": 5}},
        {"bio_phrase": "x" * 60_000},
    ],
)
def test_what_the_world_does_not_know_finds_nothing(world: TestWorld, filters: dict[str, Any]) -> None:
    assert handles(world, **filters) == []


@pytest.mark.parametrize(
    "filters",
    [
        {"creator_locations": []}, {"hashtags": []}, {"creator_account_type": ["ANY"]}, {"creator_gender": "ANY"},
        {"platform_account_type": "ANY"}, {"audience_credibility_category": []}, {"follower_count": {}},
        {"audience_gender": {"type": "ANY", "operator": "GT", "percentage_value": 99}},
        {"description_keywords": " , "}, {"topic_relevance": {}}, {"specific_contact_details": []}, {"unknown": 1},
    ],
)  # fmt: skip
def test_what_says_nothing_restricts_nothing(world: TestWorld, filters: dict[str, Any]) -> None:
    assert handles(world, **filters) == handles(world)


def test_lookalikes_are_others_and_alike_in_both_directions(world: TestWorld) -> None:
    for field in ("creator_lookalikes", "audience_lookalikes"):
        for handle in handles(world)[:12]:
            found = handles(world, **{field: f"@{handle}"})
            assert handle not in found
            assert all(handle in handles(world, **{field: other}) for other in found[:3])


def test_the_nearer_a_topic_has_to_be_the_fewer_creators_are_found(world: TestWorld) -> None:
    found = [
        set(handles(world, topic_relevance={"name": ["fitness"], "threshold": t})) for t in (0, 0.55, 0.75, 0.9, 1)
    ]
    assert all(later <= earlier for earlier, later in pairwise(found))
    assert found[0] > found[-1] == set()


def test_figures_of_a_later_time_are_those_of_the_epoch(world: TestWorld) -> None:
    before = search(world)
    world.advance(by="P30D")
    assert search(world) == before
    live = world.insightiq("GET", LIVE, params={"identifier": before[0]["url"], "work_platform_id": INSTAGRAM}).json()
    assert live["follower_count"] != before[0]["follower_count"]


def test_private_profiles_can_be_left_out(world: TestWorld) -> None:
    def private(handle: str) -> bool:
        asked = {"identifier": handle, "work_platform_id": INSTAGRAM}
        return bool(world.insightiq("GET", LIVE, params=asked).json()["is_private"])

    assert handles(world, exclude_private_profiles=True) == [each for each in handles(world) if not private(each)]


def test_the_later_the_last_post_has_to_be_the_fewer_have_it(world: TestWorld) -> None:
    moments = ("2000-01-01T00:00:00", "2025-11-01T00:00:00", "2025-12-25T00:00:00", "2030-01-01T00:00:00")
    found = [set(handles(world, last_post_timestamp=moment)) for moment in moments]
    assert all(later <= earlier for earlier, later in pairwise(found))
    assert found[0] > found[-1] == set()
