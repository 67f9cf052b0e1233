from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.discovery.support import (
    ADSENSE,
    INSTAGRAM,
    LIVE,
    NAMES,
    QUICK,
    SEARCH,
    TIKTOK,
    TWITCH,
    YOUTUBE,
    Profile,
    ask,
    handles,
    locations,
    names,
    search,
)
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld

KEYS = [
    "platform_username", "url", "image_url", "follower_count", "subscriber_count", "is_verified", "work_platform",
    "full_name", "introduction", "platform_account_type", "gender", "age_group", "language", "content_count",
    "engagement_rate",
]  # fmt: skip
FULL = [*KEYS, "average_likes", "average_views", "location", "creator_location", "contact_details"]


def spans(most: int) -> st.SearchStrategy[dict[str, int]]:
    ends = st.integers(0, most)
    return st.fixed_dictionaries({}, optional={"min": ends, "max": ends})


def inside(value: float | None, span: dict[str, int]) -> bool:
    if not span:
        return True
    return value is not None and span.get("min", 0) <= value <= span.get("max", 10**12)


# Filters on what an answer shows, each with the condition on the shown profile.
SHOWN: dict[str, tuple[st.SearchStrategy[Any], Any]] = {
    "follower_count": (spans(400_000), lambda p, v: inside(p["follower_count"], v)),
    "subscriber_count": (spans(400_000), lambda p, v: inside(p["subscriber_count"], v)),
    "content_count": (spans(900), lambda p, v: inside(p["content_count"], v)),
    "average_likes": (spans(9_000), lambda p, v: inside(p["average_likes"], v)),
    "average_views": (spans(90_000), lambda p, v: inside(p["average_views"], v)),
    "is_verified": (st.booleans(), lambda p, v: p["is_verified"] is v),
    "has_contact_details": (st.booleans(), lambda p, v: bool(p["contact_details"]) is v),
    "creator_language": (
        st.fixed_dictionaries({"code": st.sampled_from(["en", "de", "FR", "xx"])}),
        lambda p, v: p["language"] == v["code"].lower(),
    ),
    "creator_gender": (
        st.sampled_from(["ANY", "FEMALE", "MALE", "MALE_OR_FEMALE", "GENDER_NEUTRAL", "ORGANIZATION"]),
        lambda p, v: v == "ANY" or p["gender"] in {"MALE_OR_FEMALE": ("MALE", "FEMALE")}.get(v, (v,)),
    ),
    "creator_account_type": (
        st.lists(st.sampled_from(["BUSINESS", "CREATOR", "PERSONAL"]), max_size=2),
        lambda p, v: not v or p["platform_account_type"] in v,
    ),
    "engagement_rate": (
        st.fixed_dictionaries({"percentage_value": st.sampled_from(["0", "1.5", "2.75", "6"])}),
        lambda p, v: p["engagement_rate"] >= float(v["percentage_value"]),
    ),
    "bio_phrase": (
        st.sampled_from(["a", "THE ", "%", "📍", "💄"]),
        lambda p, v: v.lower() in p["introduction"].lower(),
    ),
    "specific_contact_details": (
        st.lists(
            st.fixed_dictionaries(
                {"type": st.sampled_from(["EMAIL", "PHONE", "TIKTOK"])},
                optional={"preference": st.sampled_from(["MUST_HAVE", "SHOULD_HAVE"])},
            ),
            max_size=3,
        ),
        lambda p, v: offers(p, v),
    ),
}
FILTERS = st.fixed_dictionaries({}, optional={name: strategy for name, (strategy, _) in SHOWN.items()})
PLATFORMS = st.sampled_from([INSTAGRAM, YOUTUBE, TIKTOK])


def offers(profile: Profile, wanted: list[dict[str, str]]) -> bool:
    there = {contact["type"].upper() for contact in profile["contact_details"]}
    must = {entry["type"] for entry in wanted if entry.get("preference") == "MUST_HAVE"}
    should = {entry["type"] for entry in wanted if entry.get("preference") != "MUST_HAVE"}
    return must <= there and (not should or bool(should & there))


@settings(max_examples=60)
@given(platform=PLATFORMS, filters=FILTERS)
def test_a_search_finds_exactly_the_profiles_that_meet_all_filters(
    world: TestWorld, platform: str, filters: dict[str, Any]
) -> None:
    everybody = search(world, platform)
    assert search(world, platform, **filters) == [
        profile for profile in everybody if all(SHOWN[name][1](profile, value) for name, value in filters.items())
    ]


def hidden(world: TestWorld) -> st.SearchStrategy[dict[str, Any]]:
    """Filters on what no answer shows."""
    interests, brands = st.sampled_from(names(world, "interests")), st.sampled_from(names(world, "brands"))
    places = st.sampled_from([place["id"] for place in locations(world)])
    shares = st.integers(0, 30)
    growth = st.fixed_dictionaries(
        {
            "interval": st.integers(0, 6),
            "interval_unit": st.just("MONTH"),
            "operator": st.just("GT"),
            "percentage_value": st.integers(-5, 20),
        }
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "creator_age": spans(50),
            "description_keywords": st.sampled_from(["skin", "vegan, running", "coach  slow"]),
            "last_post_timestamp": st.sampled_from(["2025-12-20T00:00:00", "2025-11-01T00:00:00.5Z"]),
            "audience_gender": st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["ANY", "FEMALE", "MALE"]),
                    "operator": st.just("GT"),
                    "percentage_value": st.integers(20, 80),
                }
            ),
            "audience_age": st.fixed_dictionaries({"min": st.just(18), "max": st.just(34), "percentage_value": shares}),
            "audience_language": st.lists(
                st.fixed_dictionaries({"code": st.sampled_from(["en", "de"]), "percentage_value": shares.map(str)}),
                max_size=2,
            ),
            "audience_locations": st.lists(
                st.fixed_dictionaries({"location_id": places, "percentage_value": shares}), max_size=2
            ),
            "audience_interests": st.lists(interests, max_size=2),
            "audience_interest_affinities": st.lists(
                st.fixed_dictionaries({"value": interests, "percentage_value": shares.map(str)}), max_size=2
            ),
            "audience_brand_affinities": st.lists(brands, max_size=2),
            "creator_interests": st.lists(interests, max_size=2),
            "creator_brand_affinities": st.lists(brands, max_size=2),
            "brand_sponsors": st.lists(brands, max_size=2),
            "creator_locations": st.lists(places, max_size=2),
            "has_sponsored_posts": st.booleans(),
            "has_audience_info": st.booleans(),
            "exclude_private_profiles": st.booleans(),
            "is_official_artist": st.booleans(),
            "hashtags": st.lists(st.fixed_dictionaries({"name": st.sampled_from(["ootd", "#runclub"])}), max_size=2),
            "topic_relevance": st.fixed_dictionaries({"name": st.lists(st.sampled_from(["fitness", "ootd"]))}),
            "total_engagements": spans(50_000),
            "share_count": spans(5_000),
            "save_count": spans(5_000),
            "instagram_options": st.fixed_dictionaries({"reel_views": spans(50_000)}),
            "follower_growth": growth,
            "subscriber_growth": growth,
            "views_growth": st.fixed_dictionaries(
                {"operator": st.sampled_from(["GT", "LT (Less than)"]), "percentage_value": st.integers(0, 40)}
            ),
            "audience_credibility_category": st.lists(st.sampled_from(["LOW", "HIGH", "EXCELLENT"]), max_size=2),
            "audience_credibility_score": st.floats(0, 1),
            "platform_account_type": st.sampled_from(["ANY", "BUSINESS", "NULL", "PARTNERS"]),
            "audience_source": st.sampled_from(["ANY", "LIKERS"]),
        },
    )


@settings(max_examples=60)
@given(data=st.data(), platform=PLATFORMS, shown=FILTERS)
def test_filters_narrow_together_as_each_does_alone(
    world: TestWorld, data: st.DataObject, platform: str, shown: dict[str, Any]
) -> None:
    filters = shown | data.draw(hidden(world))
    alone = [set(handles(world, platform, **{name: value})) for name, value in filters.items()]
    everybody = handles(world, platform)
    assert handles(world, platform, **filters) == [
        handle for handle in everybody if all(handle in found for found in alone)
    ]


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


def test_everybody_lives_in_the_places_that_find_them(world: TestWorld) -> None:
    kinds = {"city": "city", "state": "state", "country": "country"}
    for place in locations(world):
        found = search(world, creator_locations=[place["id"]])
        assert found == [p for p in search(world) if p["location"][kinds[place["type"]]] == place["name"]]


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
        (INSTAGRAM, {"description_keywords": "style, skin"}),
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
    assert all(later <= earlier for earlier, later in zip(found, found[1:], strict=False))
    assert found[0] > found[-1] == set()


def test_figures_of_a_later_time_are_those_of_the_epoch(world: TestWorld) -> None:
    before = search(world)
    world.advance(by="P30D")
    assert search(world) == before
    live = world.insightiq("GET", LIVE, params={"identifier": before[0]["url"], "work_platform_id": INSTAGRAM}).json()
    assert live["follower_count"] != before[0]["follower_count"]


def test_a_search_goes_no_further_than_500_results(world: TestWorld) -> None:
    assert ask(world, limit=500, offset=0).status_code == 200
    assert ask(world, limit=1, offset=499).json()["data"] == []
    for limit, offset in ((500, 1), (2, 499), (501, 0), (1, 500), (0, 0), (-1, 0), (1, -1)):
        assert_refused(ask(world, limit=limit, offset=offset), 400, "INVALID_FIELDS")


@pytest.mark.parametrize(
    "filters",
    [
        {"follower_count": {"min": "1"}}, {"creator_gender": "OTHER"}, {"engagement_rate": {"percentage_value": "much"}},
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
