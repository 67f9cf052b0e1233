"""Analyses of public profiles agree with whatever else can be known of the profile."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.discovery.support import CONTACTS, INSTAGRAM, TIKTOK, TWITCH, YOUTUBE, handles, names, search
from tests.insightiq.jobs.analyses import PROFILE, WITH_CONTENTS, anybody, asked, direct, found, live
from tests.insightiq.jobs.support import create
from tests.insightiq.public_content.public import Public
from tests.support import TestWorld


@settings(max_examples=12)
@given(anyone=anybody, days=st.sampled_from([0, 1, 20]))
def test_a_report_agrees_with_the_live_profile_the_search_and_the_contacts(
    world: TestWorld, anyone: tuple[str, int], days: int
) -> None:
    world.control("POST", "/reset")
    platform, searched = found(world, anyone)
    world.advance(by=f"P{days}D")
    handle = searched["platform_username"]
    profile, seen = direct(world, platform, handle)["profile"], live(world, platform, handle)
    shared = [key for key in PROFILE if key in seen]
    assert len(shared) == 9
    assert {key: profile[key] for key in shared} == {key: seen[key] for key in shared}
    known = ("gender", "age_group", "language", "average_likes", "average_views", "engagement_rate", "location")
    assert {key: profile[key] for key in known} == {key: searched[key] for key in known}
    assert profile["contact_details"] == searched["contact_details"]
    if platform in (INSTAGRAM, TIKTOK, YOUTUBE):
        assert profile["contact_details"] == create(world, CONTACTS, asked(platform, handle)).json()["contact_details"]


@settings(max_examples=10)
@given(anyone=anybody, days=st.integers(0, 40))
def test_the_history_follows_the_growth_and_ends_with_what_holds_now(
    world: TestWorld, anyone: tuple[str, int], days: int
) -> None:
    world.control("POST", "/reset")
    platform, searched = found(world, anyone)
    count = "subscriber_count" if platform == YOUTUBE else "follower_count"
    world.advance(by=f"P{days}D")
    profile = direct(world, platform, searched["platform_username"])["profile"]
    history = profile["reputation_history"]
    assert [month["month"] for month in history] == sorted({month["month"] for month in history})
    assert (len(history), history[-1]["month"]) == (12, world.now()[:7])
    assert (history[-1][count], history[-1]["average_likes"]) == (profile[count], profile["average_likes"])
    sizes = [month[count] for month in history]
    assert sizes in (sorted(sizes), sorted(sizes, reverse=True))
    assert {month["follower_count" if count == "subscriber_count" else "subscriber_count"] for month in history} == {
        None
    }


def test_a_month_that_is_over_has_the_figures_of_its_end(world: TestWorld) -> None:
    handle = handles(world)[0]
    world.advance(to="2026-02-01T00:00:00Z")
    at_the_end = live(world, INSTAGRAM, handle)["follower_count"]
    world.advance(to="2026-02-20T00:00:00Z")
    history = direct(world, INSTAGRAM, handle)["profile"]["reputation_history"]
    assert {month["month"]: month["follower_count"] for month in history}["2026-01"] == at_the_end


@settings(max_examples=15)
@given(anyone=st.tuples(st.sampled_from(WITH_CONTENTS), st.integers(0, 10_000)), hours=st.integers(0, 72))
def test_contents_are_those_that_anybody_can_see(world: TestWorld, anyone: tuple[str, int], hours: int) -> None:
    world.control("POST", "/reset")
    platform, searched = found(world, anyone)
    world.advance(by=f"PT{hours}H")
    profile = direct(world, platform, searched["platform_username"])["profile"]
    public = [each for each in Public(world).contents(platform, searched["platform_username"]) if each["url"]]
    shown = [as_told(each) for each in public]
    assert profile["recent_contents"] == shown[:10]
    by_likes = sorted((each["engagement"]["like_count"] for each in shown), reverse=True)
    assert [each["engagement"]["like_count"] for each in profile["top_contents"]] == by_likes[:10]
    assert all(each in shown for each in profile["top_contents"])
    paid = [as_told(each) for each in public if each["sponsors"]]
    assert profile["sponsored_contents"] == paid[:10]
    assert (profile["sponsored_posts_performance"] is None) == (len(paid) in (0, len(shown)))


def as_told(content: dict[str, Any]) -> dict[str, Any]:
    """A public content as a report has it."""
    engagement = {key: content["engagement"][key] for key in ("like_count", "comment_count")}
    plain = {key: content[key] for key in ("url", "description", "thumbnail_url", "published_at")}
    return {"type": content["format"], **plain, "engagement": engagement}


def test_some_profiles_have_sponsored_contents(world: TestWorld) -> None:
    paid = handles(world, has_sponsored_posts=True)
    assert paid
    reports = [direct(world, INSTAGRAM, handle)["profile"] for handle in paid]
    assert any(report["sponsored_contents"] and report["sponsored_posts_performance"] for report in reports)


@settings(max_examples=15)
@given(anyone=anybody)
def test_lookalikes_are_profiles_that_the_search_for_them_finds(world: TestWorld, anyone: tuple[str, int]) -> None:
    platform, searched = found(world, anyone)
    handle = searched["platform_username"]
    profile = direct(world, platform, handle)["profile"]
    alike = handles(world, platform, creator_lookalikes=handle)
    told_alike = [each["platform_username"] for each in profile["lookalikes"]]
    assert len(told_alike) == len(set(told_alike)) == min(10, len(alike))
    assert set(told_alike) <= set(alike)
    if profile["audience"]:
        likewise = {each["platform_username"] for each in profile["audience"]["lookalikes"]}
        assert likewise <= set(handles(world, platform, audience_lookalikes=handle))


@settings(max_examples=10)
@given(anyone=anybody)
def test_every_profile_that_is_named_can_be_looked_up(world: TestWorld, anyone: tuple[str, int]) -> None:
    platform, searched = found(world, anyone)
    profile = direct(world, platform, searched["platform_username"])["profile"]
    named = [*profile["lookalikes"]]
    if profile["audience"]:
        named += [*profile["audience"]["significant_followers"], *profile["audience_likers"]["significant_likers"]]
    for each in named:
        seen = live(world, platform, each["platform_username"])
        assert each == {key: seen[key] for key in each}


@settings(max_examples=12)
@given(anyone=anybody)
def test_names_are_those_by_which_the_profile_is_found(world: TestWorld, anyone: tuple[str, int]) -> None:
    platform, searched = found(world, anyone)
    handle = searched["platform_username"]
    profile = direct(world, platform, handle)["profile"]
    for key, asked_for in (("top_hashtags", "hashtags"), ("top_mentions", "mentions")):
        for entry in profile[key][:3]:
            assert handle in handles(world, platform, **{asked_for: [entry]})
    assert {each["name"] for each in profile["top_interests"]} <= set(names(world, "interests"))
    assert {each["name"] for each in profile["brand_affinity"]} <= set(names(world, "brands"))
    if platform == INSTAGRAM:  # the filters are Instagram's
        for entry in profile["brand_affinity"]:
            assert handle in handles(world, platform, creator_brand_affinities=[entry["name"]])
        for entry in profile["top_interests"]:
            assert handle in handles(world, platform, creator_interests=[entry["name"]])


def test_prices_rise_with_followers_and_have_reasons(world: TestWorld) -> None:
    answers = [direct(world, INSTAGRAM, handle) for handle in handles(world)]
    for answer in answers:
        kinds = answer["pricing"]["post_type"]
        assert list(kinds) == ["reels", "story", "static_post", "carousel"]
        assert all(0 <= price["min"] < price["max"] for price in kinds.values())
        reasons = answer["pricing_explanations"]
        known = {"audience_location", "audience_credibility"} if answer["profile"]["audience"] else set()
        assert set(reasons) == {"engagement", "follower_level"} | known
    alike: dict[str, list[tuple[int, int]]] = {}
    for answer in answers:
        size = answer["profile"]["follower_count"], answer["pricing"]["post_type"]["reels"]["max"]
        alike.setdefault(str(answer["pricing_explanations"]), []).append(size)
    ranked = [sorted(sizes) for sizes in alike.values() if len(sizes) > 1]
    assert ranked
    assert all(prices == sorted(prices) for prices in ([price for _, price in sizes] for sizes in ranked))


def test_livestreams_are_those_of_twitch_alone(world: TestWorld) -> None:
    quick = "/v1/social/creators/profiles/quick-search"
    streamed = 0
    for searched in search(world, TWITCH, quick):
        metrics = direct(world, TWITCH, searched["platform_username"])["profile"]["livestream_metrics"]
        if metrics is None:
            assert searched["livestream_metrics"]["airtime"] is None
            continue
        same = ("hours_watched", "peak_viewers", "average_viewers", "airtime")
        assert {key: metrics[key] for key in same} == {key: searched["livestream_metrics"][key] for key in same}
        assert metrics["viewership"]["total_live_view_count"] == searched["livestream_metrics"]["total_live_view_count"]
        tiers = metrics["subscribers"]["tier_breakdown"]
        total = metrics["subscribers"]["total"]
        assert tiers["paid"] + tiers["gifted"] + tiers["prime"] == tiers["tier_1"] + tiers["tier_2"] + tiers["tier_3"]
        assert tiers["paid"] + tiers["gifted"] + tiers["prime"] == total
        streamed += 1
    assert streamed
    assert direct(world, INSTAGRAM, handles(world)[0])["profile"]["livestream_metrics"] is None
