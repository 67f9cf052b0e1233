from typing import Any

import pytest

from emulator.contract.document import load
from tests.insightiq.discovery.support import (
    INSTAGRAM,
    NAMES,
    TIKTOK,
    YOUTUBE,
    handles,
    locations,
    look_up,
    names,
    search,
)
from tests.support import TestWorld

KEYS = list(load("insightiq")["components"]["schemas"]["SearchFilterMatch"]["properties"])


def told(world: TestWorld, name: str, asked: Any, platform: str = INSTAGRAM) -> dict[str, Any]:
    """What each profile found has of the filter, by its handle."""
    return {each["platform_username"]: each["filter_match"][name] for each in search(world, platform, **{name: asked})}


def test_filters_that_are_not_given_are_null(world: TestWorld) -> None:
    for platform in NAMES:
        assert all(list(each["filter_match"]) == KEYS for each in search(world, platform))
        assert all(each["filter_match"] == dict.fromkeys(KEYS) for each in search(world, platform, limit=3))
    only = {key for each in search(world, content_count={}) for key, value in each["filter_match"].items() if value}
    assert only == {"content_count"}


def test_filters_for_other_platforms_are_null(world: TestWorld) -> None:
    asked = {"creator_interests": names(world, "interests"), "share_count": {"min": 1}}
    for platform in (YOUTUBE, TIKTOK):
        assert {str(each["filter_match"]["creator_interests"]) for each in search(world, platform, **asked)} == {"None"}
    assert any(each["filter_match"]["share_count"] for each in search(world, TIKTOK, **asked))


GROWTH = {"interval": 3, "interval_unit": "MONTH", "operator": "GT"}
GENDER = {"type": "FEMALE", "operator": "GT"}


@pytest.mark.parametrize(
    ("platform", "name", "weak", "strong", "passes"),
    [
        (INSTAGRAM, "content_count", {}, {"min": 100}, lambda v: v >= 100),
        (INSTAGRAM, "creator_age", {}, {"max": 30}, lambda v: v is not None and v <= 30),
        (INSTAGRAM, "creator_gender", "ANY", "FEMALE", lambda v: v == "FEMALE"),
        (INSTAGRAM, "audience_credibility_score", 0, 0.8, lambda v: v >= 0.8),
        (
            INSTAGRAM,
            "instagram_options",
            {"reel_views": {}},
            {"reel_views": {"min": 5_000}},
            lambda v: (v["reel_views"] or 0) >= 5_000,
        ),
        (TIKTOK, "share_count", {}, {"min": 500}, lambda v: (v or 0) >= 500),
        (TIKTOK, "save_count", {}, {"min": 500}, lambda v: (v or 0) >= 500),
        (
            INSTAGRAM,
            "audience_gender",
            {**GENDER, "percentage_value": -1},
            {**GENDER, "percentage_value": 52},
            lambda v: v[0]["percentage_value"] > 52,
        ),
        (
            INSTAGRAM,
            "audience_age",
            {"min": 20, "max": 34, "percentage_value": 0},
            {"min": 20, "max": 34, "percentage_value": 55},
            lambda v: v["percentage_value"] >= 55,
        ),
        (
            INSTAGRAM,
            "audience_language",
            [{"code": "de", "percentage_value": "0"}],
            [{"code": "de", "percentage_value": "30"}],
            lambda v: v[0]["percentage_value"] >= 30,
        ),
        (
            INSTAGRAM,
            "follower_growth",
            {**GROWTH, "percentage_value": -50},
            {**GROWTH, "percentage_value": 6},
            lambda v: v["percentage_value"] > 6,
        ),
        (
            YOUTUBE,
            "subscriber_growth",
            {**GROWTH, "percentage_value": -50},
            {**GROWTH, "percentage_value": 6},
            lambda v: v["percentage_value"] > 6,
        ),
        (
            INSTAGRAM,
            "views_growth",
            {"operator": "GT", "interval": 2, "percentage_value": -100},
            {"operator": "GT", "interval": 2, "percentage_value": 15},
            lambda v: v["percentage_value"] > 15,
        ),
    ],
)
def test_a_filter_keeps_those_whose_own_figure_passes(
    world: TestWorld, platform: str, name: str, weak: Any, strong: Any, passes: Any
) -> None:
    figures, kept = told(world, name, weak, platform), told(world, name, strong, platform)
    assert 0 < len(kept) < len(figures)
    assert kept == {handle: value for handle, value in figures.items() if passes(value)}


def test_a_place_keeps_those_whose_own_share_passes(world: TestWorld) -> None:
    place = next(entry["id"] for entry in locations(world) if entry["name"] == "United States")
    shares = told(world, "audience_locations", [{"location_id": place}])
    assert shares
    for above in (0, 7.5, 30, 60, *{value[0]["percentage_value"] for value in shares.values()}):
        asked = [{"location_id": place, "percentage_value": above}]
        assert told(world, "audience_locations", asked) == {
            handle: value for handle, value in shares.items() if value[0]["percentage_value"] > above
        }


@pytest.mark.parametrize(
    ("name", "dictionary"),
    [
        ("creator_interests", "interests"),
        ("audience_interests", "interests"),
        ("creator_brand_affinities", "brands"),
        ("audience_brand_affinities", "brands"),
        ("brand_sponsors", "brands"),
    ],
)
def test_each_name_finds_those_who_are_told_to_have_it(world: TestWorld, name: str, dictionary: str) -> None:
    words = names(world, dictionary)
    everything = told(world, name, words)
    assert all(everything.values())
    for word in words:
        assert handles(world, **{name: [word]}) == [handle for handle, has in everything.items() if word in has]


def test_each_place_finds_those_who_are_told_to_live_there(world: TestWorld) -> None:
    places = [place["id"] for place in locations(world)][:100]
    everybody = told(world, "creator_locations", places)
    for place in places[::7]:
        assert list(told(world, "creator_locations", [place])) == [
            h for h, homes in everybody.items() if place in homes
        ]


def test_each_topic_finds_those_who_are_told_to_be_near_to_it(world: TestWorld) -> None:
    listed = look_up(world, "topics", identifier="", work_platform_id=INSTAGRAM, limit=100)["data"]
    tags = [each["name"] for each in listed]
    everybody = told(world, "topic_relevance", {"name": tags, "threshold": 0.75})
    for tag in tags[::9]:
        near = told(world, "topic_relevance", {"name": [tag], "threshold": 0.75})
        assert list(near) == [handle for handle, match in everybody.items() if tag in match["name"]]


def test_classes_of_credibility_part_the_scores(world: TestWorld) -> None:
    bounds = {"BAD": (0, 0.6), "LOW": (0.6, 0.7), "NORMAL": (0.7, 0.8), "HIGH": (0.8, 0.9), "EXCELLENT": (0.9, 1.1)}
    scores = told(world, "audience_credibility_score", 0)
    for name, (low, high) in bounds.items():
        inside = [handle for handle, score in scores.items() if low <= score < high]
        assert handles(world, audience_credibility_category=[name]) == inside
