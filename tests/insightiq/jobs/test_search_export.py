"""Search exports: what a search finds, gathered by a job and told page by page."""

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.discovery.support import INSTAGRAM, NAMES, YOUTUBE, handles, locations, search
from tests.insightiq.jobs.support import (
    create,
    fetch,
    finished,
    job,
    jobs,
    just_before,
    seconds_taken,
    set_rules,
    submit,
    subscribe,
    told,
    wait_for,
)
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld

JOBS: Final = "/v1/social/creators/profiles/search-export"
KEYS: Final = [
    "work_platform", "platform_username", "url", "image_url", "full_name", "introduction", "is_verified",
    "platform_account_type", "gender", "age_group", "language", "follower_count", "subscriber_count", "content_count",
    "engagement_rate", "location", "contact_details", "metadata",
]  # fmt: skip
ALL: Final = 10_000

counts = st.integers(0, 500_000)
spans = st.fixed_dictionaries({}, optional={"min": counts, "max": counts})
shares = st.integers(0, 100)
FILTERS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "follower_count": spans,
    "content_count": spans,
    "average_likes": spans,
    "average_views": spans,
    "creator_gender": st.sampled_from(["ANY", "FEMALE", "MALE", "GENDER_NEUTRAL", "MALE_OR_FEMALE"]),
    "creator_age": st.fixed_dictionaries({}, optional={"min": st.integers(0, 60), "max": st.integers(20, 90)}),
    "audience_gender": st.fixed_dictionaries(
        {
            "type": st.sampled_from(["ANY", "FEMALE", "MALE"]),
            "operator": st.just("GT"),
            "percentage_value": shares,
        }
    ),
    "engagement_rate": st.integers(0, 8).map(lambda rate: {"percentage_value": str(rate)}),
    "is_verified": st.booleans(),
    "has_contact_details": st.booleans(),
    "has_sponsored_posts": st.booleans(),
    "creator_language": st.sampled_from(["en", "de", "fr"]).map(lambda code: {"code": code}),
    "platform_account_type": st.sampled_from(["ANY", "BUSINESS", "CREATOR", "PERSONAL"]),
    "follower_growth": st.fixed_dictionaries(
        {
            "interval": st.integers(1, 6),
            "interval_unit": st.just("MONTH"),
            "operator": st.just("GT"),
            "percentage_value": st.integers(-5, 20),
        }
    ),
    "audience_credibility_category": st.lists(st.sampled_from(["BAD", "LOW", "NORMAL", "HIGH", "EXCELLENT"])),
    "description_keywords": st.sampled_from(["coach", "travel, food", "with"]),
}
ORDERS: Final = ("FOLLOWER_COUNT", "ENGAGEMENT_RATE", "AVERAGE_LIKES", "CONTENT_COUNT", "FOLLOWER_GROWTH")


def asked(platform: str = INSTAGRAM, most: int = ALL, /, **filters: Any) -> dict[str, Any]:
    order = {"field": "FOLLOWER_COUNT", "order": "DESCENDING"}
    return {"work_platform_id": platform, "sort_by": order, "max_results": most, **filters}


def everything(world: TestWorld, number: str, limit: int = 1000) -> list[dict[str, Any]]:
    """All profiles of an export, page by page."""
    found: list[dict[str, Any]] = []
    while page := fetch(world, JOBS, number, limit=limit, offset=len(found))["data"]:
        found += page
    return found


def export(world: TestWorld, platform: str = INSTAGRAM, most: int = ALL, /, **filters: Any) -> list[dict[str, Any]]:
    number = submit(world, JOBS, asked(platform, most, **filters))
    wait_for(world, number)
    return everything(world, number)


def names(profiles: list[dict[str, Any]]) -> list[str]:
    return [profile["platform_username"] for profile in profiles]


def as_exported(profile: dict[str, Any]) -> dict[str, Any]:
    """A searched profile as an export has it, but for the page."""
    details = profile["contact_details"]
    return {**{key: profile[key] for key in KEYS[:-2]}, "contact_details": details[0] if details else None}


def without_page(profile: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in profile.items() if key != "metadata"}


def test_an_accepted_job_repeats_the_search(world: TestWorld) -> None:
    body = asked(INSTAGRAM, 3, mentions=[{"": "nike"}], creator_account_type="ANY")
    answer = create(world, JOBS, body)
    assert answer.status_code == 202
    accepted = answer.json()
    assert list(accepted) == ["id", "filters", "status", "work_platform"]
    assert accepted["filters"] == {**accepted["filters"], **body}
    assert set(accepted["filters"]) - set(body) == {"post_type", "audience_source"}  # which have defaults
    assert (accepted["status"], accepted["work_platform"]["id"]) == ("IN_PROGRESS", INSTAGRAM)


def test_a_job_has_no_profiles_before_its_end_and_has_them_from_then_on(world: TestWorld) -> None:
    number = submit(world, JOBS, asked(INSTAGRAM, 5))
    due = job(world, number)["due"]
    world.advance(to=just_before(due))
    before = fetch(world, JOBS, number)
    page = {"total_results": "0", "limit": "100", "offset": "0"}
    assert before == {"id": number, "status": "IN_PROGRESS", "data": [], "metadata": page}
    world.advance(to=due)
    after = fetch(world, JOBS, number)
    assert (after["status"], after["metadata"]) == ("SUCCESS", page | {"total_results": "5"})
    assert len(after["data"]) == 5
    world.advance(by="P30D")
    assert fetch(world, JOBS, number) == after
    assert 60 <= seconds_taken(job(world, number)) <= 600


@settings(max_examples=40)
@given(
    platform=st.sampled_from(list(NAMES)),
    filters=st.fixed_dictionaries({}, optional=FILTERS),
    field=st.sampled_from(ORDERS),
    most=st.one_of(st.just(ALL), st.integers(0, 30)),
)
def test_an_export_is_what_the_search_finds(
    world: TestWorld, platform: str, filters: dict[str, Any], field: str, most: int
) -> None:
    order = {"field": field, "order": "DESCENDING"}
    found = search(world, platform, **filters, sort_by=order)
    exported = export(world, platform, most, **filters, sort_by=order)
    assert [without_page(each) for each in exported] == [as_exported(each) for each in found[:most]]


@settings(max_examples=20)
@given(span=spans, verified=st.booleans(), kind=st.sampled_from(["BUSINESS", "CREATOR", "PERSONAL"]))
def test_every_profile_meets_the_filters(world: TestWorld, span: dict[str, int], verified: bool, kind: str) -> None:
    found = export(world, follower_count=span, is_verified=verified, creator_account_type=kind)
    for each in found:
        assert span.get("min", 0) <= each["follower_count"] <= span.get("max", 10**9)
        assert (each["is_verified"], each["platform_account_type"]) == (verified, kind)
    everybody = search(world)
    assert len(found) == sum(
        span.get("min", 0) <= each["follower_count"] <= span.get("max", 10**9)
        and (each["is_verified"], each["platform_account_type"]) == (verified, kind)
        for each in everybody
    )


@settings(max_examples=20)
@given(limit=st.integers(1, 40), most=st.integers(0, 70))
def test_pages_follow_each_other_without_overlap_or_gap(world: TestWorld, limit: int, most: int) -> None:
    number = submit(world, JOBS, asked(INSTAGRAM, most))
    wait_for(world, number)
    expected = handles(world)[:most]
    assert names(everything(world, number, limit)) == expected
    for offset in range(0, len(expected) + 1, limit):
        answer = fetch(world, JOBS, number, limit=limit, offset=offset)
        page = {"total_results": str(len(expected)), "limit": str(limit), "offset": str(offset)}
        assert answer["metadata"] == page
        assert all(each["metadata"] == page for each in answer["data"])
        assert names(answer["data"]) == expected[offset : offset + limit]


def test_profiles_have_the_documented_keys_in_their_order(world: TestWorld) -> None:
    for platform in NAMES:
        found = export(world, platform)
        assert found
        assert all(list(each) == KEYS for each in found)


def test_one_way_to_reach_the_creator_is_told(world: TestWorld) -> None:
    ways = {each["platform_username"]: each["contact_details"] for each in search(world)}
    for each in export(world):
        told_ways = ways[each["platform_username"]]
        assert each["contact_details"] == (told_ways[0] if told_ways else None)
    assert any(ways.values())
    assert not all(ways.values())


def test_mentions_may_stand_under_the_empty_key(world: TestWorld) -> None:
    mentioned = next(name for profile in search(world) for name in mentions(world, profile["platform_username"]))
    expected = handles(world, mentions=[{"name": mentioned}])
    assert expected
    assert names(export(world, mentions=[{"": mentioned}])) == expected
    assert names(export(world, mentions=[{"name": mentioned}])) == expected


def mentions(world: TestWorld, handle: str) -> list[str]:
    body = {"identifier": handle, "work_platform_id": INSTAGRAM}
    report = create(world, "/v1/social/creators/profiles/analytics", body).json()["profile"]
    return [entry["name"] for entry in report["top_mentions"]]


def test_kinds_of_account_may_be_one_or_several(world: TestWorld) -> None:
    assert names(export(world, creator_account_type="BUSINESS")) == names(
        export(world, creator_account_type=["BUSINESS"])
    )
    both = names(export(world, creator_account_type=["BUSINESS", "CREATOR"]))
    assert both == handles(world, creator_account_type=["BUSINESS", "CREATOR"])
    assert names(export(world, creator_account_type="ANY")) == handles(world)


def test_places_may_be_named(world: TestWorld) -> None:
    everybody = search(world)
    for name in ("Germany", "united states", everybody[0]["location"]["city"]):
        there = [
            each["platform_username"]
            for each in everybody
            if name.casefold() in (str(place).casefold() for place in each["location"].values())
        ]
        assert there
        assert names(export(world, creator_location=[name])) == there
    assert export(world, creator_location=["Nowhere"]) == []
    assert names(export(world, creator_location=[])) == handles(world)
    ids = [entry["id"] for entry in locations(world) if entry["name"] in ("Germany", "France")]
    expected = handles(world, creator_locations=ids)
    assert names(export(world, creator_location=["Germany", "France"])) == expected


def test_a_share_of_ages_has_a_name_of_its_own(world: TestWorld) -> None:
    span = {"min": 18, "max": 24}
    expected = handles(world, audience_age={**span, "percentage_value": 30})
    assert 0 < len(expected) < len(handles(world))
    assert names(export(world, audience_age={**span, "percentage": 30})) == expected


def test_a_change_of_views_is_below_the_share(world: TestWorld) -> None:
    fallen = {"interval": 3, "percentage_value": 20}
    expected = handles(world, views_growth={**fallen, "operator": "LT"})
    assert 0 < len(expected) < len(handles(world))
    assert names(export(world, views_growth={**fallen, "operator": "LT"})) == expected
    assert names(export(world, views_growth=fallen)) == expected


def test_ethnicity_restricts_nothing(world: TestWorld) -> None:
    wanted = {"type": "FEMALE", "operator": "GT", "percentage_value": 90}
    assert names(export(world, audience_ethnicity=wanted)) == handles(world)


def test_an_export_goes_further_than_a_search(world: TestWorld, another: Another) -> None:
    large = another(recipe="demo")
    found = export(large, YOUTUBE)
    assert names(found)[:400] == handles(large, YOUTUBE)[:400]
    assert len(export(large, INSTAGRAM, 2**40)) == len(set(names(export(large))))


def test_the_end_is_told_by_an_event(world: TestWorld) -> None:
    subscribe(world, "CREATOR_SEARCH_EXPORT.SUCCESS", "CREATOR_SEARCH_EXPORT.FAILURE")
    number = submit(world, JOBS, asked())
    assert told(world) == []
    wait_for(world, number)
    assert told(world) == [("CREATOR_SEARCH_EXPORT.SUCCESS", number)]


def test_an_export_that_fails_has_no_profiles(world: TestWorld) -> None:
    subscribe(world, "CREATOR_SEARCH_EXPORT.SUCCESS", "CREATOR_SEARCH_EXPORT.FAILURE")
    set_rules(world, {"outcome": "FAILURE"})
    number = submit(world, JOBS, asked())
    wait_for(world, number)
    failed = fetch(world, JOBS, number)
    assert list(failed) == ["id", "status", "data", "metadata", "error"]
    assert (failed["status"], failed["data"], failed["metadata"]["total_results"]) == ("FAILURE", [], "0")
    assert told(world) == [("CREATOR_SEARCH_EXPORT.FAILURE", number)]


def test_a_search_that_finds_nobody_succeeds(world: TestWorld) -> None:
    for body in (asked(INSTAGRAM, 0), asked(follower_count={"min": 10**12})):
        result = finished(world, JOBS, body)
        assert (result["status"], result["data"], result["metadata"]["total_results"]) == ("SUCCESS", [], "0")


@pytest.mark.parametrize(
    "filters",
    [
        {"creator_gender": "ORGANIZATION"}, {"platform_account_type": "PARTNERS"}, {"max_results": -1},
        {"max_results": "all"}, {"views_growth": {"operator": "GT"}}, {"mentions": [{}]},
        {"engagement_rate": {"percentage_value": "much"}}, {"last_post_timestamp": "2025-02-30T00:00:00"},
        {"sort_by": {"field": "AIRTIME", "order": "DESCENDING"}}, {"audience_ethnicity": {"type": "ASIAN"}},
        {"description_keywords": " ".join(map(str, range(200)))}, {"creator_location": [str(n) for n in range(200)]},
    ],
)  # fmt: skip
def test_what_cannot_be_searched_for_is_refused_and_nothing_is_queued(
    world: TestWorld, filters: dict[str, Any]
) -> None:
    assert_refused(create(world, JOBS, asked() | filters), 400, "INVALID_FIELDS")
    assert jobs(world) == []


def test_missing_keys_are_named(world: TestWorld) -> None:
    missing = ("work_platform_id", "sort_by", "max_results")
    assert_refused(create(world, JOBS, {}), 400, "MISSING_FIELDS", *missing)


def test_platforms_and_jobs_that_are_not_there_are_not_found(world: TestWorld, another: Another) -> None:
    for platform in (NOBODY, "x", ""):
        assert_refused(create(world, JOBS, asked(platform)), 404, "incorrect_work_platform_id")
    number = submit(world, JOBS, asked())
    assert_refused(another().insightiq("GET", f"{JOBS}/{number}"), 404, "incorrect_job_id")
    assert_refused(world.insightiq("GET", f"{JOBS}/{NOBODY}"), 404, "incorrect_job_id")
    for query in ({"limit": 0}, {"limit": -1}, {"offset": -1}, {"limit": "all"}):
        assert_refused(world.insightiq("GET", f"{JOBS}/{number}", params=query), 400, "INVALID_FIELDS")
