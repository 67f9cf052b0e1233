from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.discovery.support import (
    INSTAGRAM,
    TIKTOK,
    YOUTUBE,
    Profile,
    handles,
    locations,
    names,
    search,
)
from tests.support import TestWorld


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
    assert handles(world, platform, **filters) == [
        profile["platform_username"]
        for profile in everybody
        if all(SHOWN[name][1](profile, value) for name, value in filters.items())
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
