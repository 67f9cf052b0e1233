"""The audience in an analysis: the one that searches know, in shares that make sense."""

from typing import Final

import pytest
from hypothesis import given, settings

from tests.insightiq.discovery.support import INSTAGRAM, handles, search
from tests.insightiq.jobs.analyses import anybody, direct, found
from tests.support import TestWorld

SHARES: Final = ("countries", "cities", "gender_age_distribution", "ethnicities", "languages", "interests")


@settings(max_examples=30)
@given(anyone=anybody)
def test_an_audience_is_the_one_that_searches_know(world: TestWorld, anyone: tuple[str, int]) -> None:
    platform, searched = found(world, anyone)
    handle = searched["platform_username"]
    profile = direct(world, platform, handle)["profile"]
    audience = profile["audience"]
    if audience is None:
        assert profile["audience_likers"] is None
        assert handle not in handles(world, platform, has_audience_info=True)
        return
    for gender in ("FEMALE", "MALE"):
        share = sum(each["value"] for each in audience["gender_age_distribution"] if each["gender"] == gender)
        above = {"type": gender, "operator": "GT", "percentage_value": int(share)}
        assert (handle in handles(world, platform, audience_gender=above)) or share == int(share)
        below = {"type": gender, "operator": "GT", "percentage_value": int(share) + 1}
        assert handle not in handles(world, platform, audience_gender=below)
    score = audience["credibility_score"]
    assert handle in handles(world, platform, audience_credibility_score=score)
    language = {"code": audience["languages"][0]["code"], "percentage_value": str(audience["languages"][0]["value"])}
    assert handle in handles(world, platform, audience_language=[language])
    brand = max(audience["brand_affinity"], key=lambda each: each["value"])["name"]
    assert handle in handles(world, platform, audience_brand_affinities=[brand])


@settings(max_examples=30)
@given(anyone=anybody)
def test_shares_make_sense(world: TestWorld, anyone: tuple[str, int]) -> None:
    platform, searched = found(world, anyone)
    profile = direct(world, platform, searched["platform_username"])["profile"]
    parts = [part for part in (profile["audience"], profile["audience_likers"]) if part]
    for part in parts:
        for name in (*SHARES, "brand_affinity", "follower_types"):
            values = [entry["value"] for entry in part[name]]
            assert values == sorted(values, reverse=True)
            assert all(value >= 0 for value in values)
            assert sum(values) == pytest.approx(100) if name != "cities" else sum(values) <= 100
        types = {entry.get("name", entry.get("type")): entry["value"] for entry in part["follower_types"]}
        genuine = types["REAL_PEOPLE"] + types["INFLUENCERS"]
        assert genuine == pytest.approx(part["credibility_score"] * 100, abs=0.05)
    assert sum(brand["value"] for brand in profile["brand_affinity"]) <= 100


def test_likers_are_like_the_audience(world: TestWorld) -> None:
    profile = direct(world, INSTAGRAM, handles(world, has_audience_info=True)[0])["profile"]
    for name in (*SHARES, "brand_affinity", "lookalikes", "credibility_score"):
        assert profile["audience"][name] == profile["audience_likers"][name]


def test_the_bands_of_credibility_count_every_known_audience(world: TestWorld) -> None:
    known = handles(world, has_audience_info=True)
    audiences = [direct(world, INSTAGRAM, handle)["profile"]["audience"] for handle in known]
    scores = [audience["credibility_score"] for audience in audiences]
    bands = audiences[0]["credibility_score_band"]
    for band in bands:
        inside = [score for score in scores if band["min"] <= score < band["max"]]
        assert band["total_profile_count"] == len(inside)
    assert sum(band["total_profile_count"] for band in bands) == len(known) > 20


def test_the_histogram_counts_everybody_by_their_rate(world: TestWorld) -> None:
    rates = sorted(profile["engagement_rate"] for profile in search(world))
    profile = direct(world, INSTAGRAM, handles(world)[0])["profile"]
    bands = [bar["engagement_rate_band"] for bar in profile["engagement_rate_histogram"]]
    for band in bands:
        end = float("inf") if band["max"] is None else band["max"]
        assert band["total_profile_count"] == sum(band["min"] <= rate < end for rate in rates)
        assert band["is_median"] is (band["min"] <= rates[(len(rates) - 1) // 2] < end)
    assert [band["max"] for band in bands[:-1]] == [band["min"] for band in bands[1:]]
    assert sum(band["total_profile_count"] for band in bands) == len(rates)
