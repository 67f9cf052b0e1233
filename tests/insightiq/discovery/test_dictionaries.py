from typing import Any

import pytest

from tests.insightiq.discovery.support import (
    ADSENSE,
    CONTACTS,
    DICTIONARY,
    INSTAGRAM,
    LIVE,
    NAMES,
    QUICK,
    TIKTOK,
    TWITCH,
    YOUTUBE,
    handles,
    locations,
    look_up,
    names,
    search,
)
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld

LIVE_KEYS = [
    "work_platform", "platform_username", "url", "image_url", "full_name", "follower_count", "following_count",
    "subscriber_count", "is_verified", "is_business", "is_private", "content_count", "total_view_count",
    "introduction", "category", "external_id", "platform_profile_id", "profile_links",
]  # fmt: skip


def live(world: TestWorld, identifier: str, platform: str = INSTAGRAM) -> Any:
    return world.insightiq("GET", LIVE, params={"identifier": identifier, "work_platform_id": platform})


def contacts(world: TestWorld, identifier: str, platform: str = INSTAGRAM) -> Any:
    return world.insightiq("POST", CONTACTS, json={"identifier": identifier, "work_platform_id": platform})


def test_every_language_of_a_creator_is_in_the_dictionary(world: TestWorld) -> None:
    codes = names(world, "languages", "code")
    assert {profile["language"] for profile in search(world)} <= set(codes)
    assert any(handles(world, audience_language=[{"code": code, "percentage_value": "5"}]) for code in codes)


@pytest.mark.parametrize("field", ["creator_interests", "audience_interests"])
def test_interests_of_the_dictionary_find_everybody_who_has_one(world: TestWorld, field: str) -> None:
    found = [handles(world, **{field: [name.upper()]}) for name in names(world, "interests")]
    assert any(found)
    together = handles(world, **{field: names(world, "interests")})
    assert set(together) == {handle for each in found for handle in each}


@pytest.mark.parametrize("field", ["audience_brand_affinities", "creator_brand_affinities", "brand_sponsors"])
def test_brands_of_the_dictionary_work_as_filters(world: TestWorld, field: str) -> None:
    assert any(handles(world, **{field: [name]}) for name in names(world, "brands"))


def test_sponsored_creators_are_those_whom_a_brand_has_paid(world: TestWorld) -> None:
    paid = handles(world, has_sponsored_posts=True)
    assert paid == handles(world, brand_sponsors=names(world, "brands"))
    assert sorted(paid + handles(world, has_sponsored_posts=False)) == sorted(handles(world))


def test_locations_are_told_once_and_in_pages(world: TestWorld) -> None:
    places = locations(world)
    assert len({place["id"] for place in places}) == len(places)
    assert look_up(world, "locations", limit=7, offset=3)["locations"] == places[3:10]
    assert len(look_up(world, "locations")["locations"]) == 10


def test_a_text_keeps_the_locations_that_contain_it_whatever_its_case(world: TestWorld) -> None:
    for text in ("FRAN", "ber", "ü", "%", "nowhere"):
        found = look_up(world, "locations", search_string=text, limit=100)["locations"]
        assert found == [place for place in locations(world) if text.lower() in place["name"].lower()]


def test_locations_keep_their_ids_in_a_world_and_differ_between_seeds(world: TestWorld, another: Another) -> None:
    assert locations(another()) == locations(world)
    other = {place["id"] for place in locations(another(seed=2))}
    assert not other & {place["id"] for place in locations(world)}


def test_user_handles_begin_with_the_text_and_the_largest_come_first(world: TestWorld) -> None:
    for platform in NAMES:
        everybody = handles(world, platform)
        for text in {handle[:2] for handle in everybody} | {"@" + everybody[0].upper()}:
            found = look_up(
                world, "userhandles", query_text=text, type="lookalike", work_platform_id=platform, limit=1000
            )
            wanted = text.removeprefix("@").lower()
            assert [each["username"] for each in found] == [h for h in everybody if h.lower().startswith(wanted)]
            assert [list(each) for each in found] == [
                ["user_id", "username", "fullname", "picture", "followers", "is_verified"]
            ] * len(found)


def test_user_handles_for_a_search_are_those_whose_audience_is_known(world: TestWorld) -> None:
    asked = {"query_text": "", "type": "search", "work_platform_id": INSTAGRAM, "limit": 1000}
    known = [each["username"] for each in look_up(world, "userhandles", **asked)]
    assert known == handles(world, has_audience_info=True)
    assert len(look_up(world, "userhandles", **{**asked, "limit": 3})) == 3


def test_topics_contain_the_text_and_each_of_them_finds_creators(world: TestWorld) -> None:
    found = [each["name"] for each in look_up(world, "topics", identifier="FIT", work_platform_id=INSTAGRAM)["data"]]
    assert "fitness" in found
    assert all("fit" in name for name in found)
    assert all(handles(world, topic_relevance={"name": [name], "threshold": 0}) for name in found)


def test_near_topics_are_told_nearest_first_and_are_topics_of_the_platform(world: TestWorld) -> None:
    asked = {"work_platform_id": INSTAGRAM, "limit": 100}
    found = look_up(world, "topics/relevance", identifier="fitness", **asked)["data"]
    for each in found:
        named = look_up(world, "topics", identifier=each["name"], **asked)["data"]
        assert {"name": each["name"], "value": each["name"]} in named
    assert "fitness" not in {each["name"] for each in found}
    distances = [each["distance"] for each in found]
    assert distances == sorted(distances)
    assert all(each["frequency"] > 0 for each in found)
    assert look_up(world, "topics/relevance", identifier="fitness", **(asked | {"limit": 4}))["data"] == found[:4]
    back = look_up(world, "topics/relevance", identifier=found[0]["name"], **asked)["data"]
    assert {"fitness": distances[0]}.items() <= {each["name"]: each["distance"] for each in back}.items()


def test_an_unknown_tag_is_near_to_nothing(world: TestWorld) -> None:
    assert look_up(world, "topics/relevance", identifier="nosuch", work_platform_id=INSTAGRAM) == {"data": []}


def test_a_live_profile_shows_what_the_search_shows(world: TestWorld) -> None:
    same = ("platform_username", "url", "image_url", "full_name", "follower_count", "subscriber_count", "is_verified")
    for platform in NAMES:
        for profile in search(world, platform)[:8]:
            for identifier in (
                profile["platform_username"],
                "@" + profile["platform_username"].upper(),
                profile["url"],
            ):
                shown = live(world, identifier, platform).json()
                assert list(shown) == LIVE_KEYS
                assert {key: shown[key] for key in same} == {key: profile[key] for key in same}
                assert shown["introduction"] == profile["introduction"]


def test_youtube_alone_has_subscribers_and_total_views(world: TestWorld) -> None:
    for platform in NAMES:
        shown = live(world, handles(world, platform)[0], platform).json()
        assert (shown["subscriber_count"] is not None) is (platform == YOUTUBE)
        assert (shown["total_view_count"] is not None) is (platform == YOUTUBE)
        assert (shown["follower_count"] is None) is (platform == YOUTUBE)


def test_contact_details_are_those_of_the_search(world: TestWorld) -> None:
    for platform in (INSTAGRAM, YOUTUBE, TIKTOK):
        for profile in search(world, platform)[:8]:
            shown = contacts(world, profile["url"], platform).json()
            assert list(shown) == ["work_platform", "profile", "contact_details"]
            assert shown["contact_details"] == profile["contact_details"]
            current = live(world, profile["url"], platform).json()
            assert shown["profile"] == {key: current[key] for key in shown["profile"]}


def test_contact_details_are_not_served_on_other_platforms(world: TestWorld) -> None:
    assert_refused(contacts(world, handles(world, TWITCH)[0], TWITCH), 404, "incorrect_work_platform_id")


@pytest.mark.parametrize("identifier", ["nosuch", "https://www.instagram.com/nosuch", "https://[", "", "@", "/", "%"])
def test_an_unknown_profile_is_not_found(world: TestWorld, identifier: str) -> None:
    assert_refused(live(world, identifier), 404, "incorrect_identifier")
    assert_refused(contacts(world, identifier), 404, "incorrect_identifier")


def test_a_profile_of_another_platform_is_not_found(world: TestWorld) -> None:
    url = search(world, TIKTOK)[0]["url"]
    assert_refused(live(world, url), 404, "incorrect_identifier")
    assert_refused(contacts(world, url), 404, "incorrect_identifier")


@pytest.mark.parametrize("platform", [NOBODY, ADSENSE])
def test_an_unknown_platform_is_not_found(world: TestWorld, platform: str) -> None:
    asked = {"work_platform_id": platform}
    for path, more in (
        ("userhandles", {"query_text": "a", "type": "search"}),
        ("topics", {"identifier": "fitness"}),
        ("topics/relevance", {"identifier": "fitness"}),
    ):
        answer = world.insightiq("GET", f"{DICTIONARY}/{path}", params=asked | more)
        assert_refused(answer, 404, "incorrect_work_platform_id")
    assert_refused(live(world, "x", platform), 404, "incorrect_work_platform_id")
    assert_refused(contacts(world, "x", platform), 404, "incorrect_work_platform_id")


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("userhandles", {"query_text": "a", "type": "other", "work_platform_id": INSTAGRAM}),
        ("userhandles", {"query_text": "a", "type": "search", "work_platform_id": "x"}),
        ("userhandles", {"query_text": "a", "type": "search", "work_platform_id": INSTAGRAM, "limit": 1001}),
        ("topics", {"identifier": "a", "work_platform_id": INSTAGRAM, "limit": 101}),
        ("topics/relevance", {"identifier": "a", "work_platform_id": INSTAGRAM, "limit": 0}),
        ("locations", {"limit": 101}),
        ("locations", {"offset": -1}),
    ],
)
def test_bounds_and_values_are_kept(world: TestWorld, path: str, asked: dict[str, Any]) -> None:
    assert_refused(world.insightiq("GET", f"{DICTIONARY}/{path}", params=asked), 400, "INVALID_FIELDS")


@pytest.mark.parametrize("path", ["userhandles", "topics", "topics/relevance"])
def test_missing_parameters_are_named(world: TestWorld, path: str) -> None:
    answer = world.insightiq("GET", f"{DICTIONARY}/{path}")
    assert_refused(answer, 400, "MISSING_FIELDS", "work_platform_id")
    assert_refused(world.insightiq("GET", LIVE), 400, "MISSING_FIELDS", "identifier")
    assert_refused(world.insightiq("POST", CONTACTS, json={}), 400, "MISSING_FIELDS", "identifier")


def test_followers_grow_in_the_live_profile_and_with_the_contact_details(world: TestWorld) -> None:
    handle = handles(world)[0]
    before = live(world, handle).json()
    world.advance(by="P60D")
    after = live(world, handle).json()
    assert after["follower_count"] != before["follower_count"]
    assert after == before | {"follower_count": after["follower_count"]}
    assert contacts(world, handle).json()["profile"]["follower_count"] == after["follower_count"]


def test_an_empty_world_has_places_and_nobody_in_them(another: Another) -> None:
    empty = another(recipe="empty")
    assert names(empty, "brands") == []
    assert locations(empty)
    assert names(empty, "interests")
    assert look_up(empty, "topics", identifier="", work_platform_id=INSTAGRAM) == {"data": []}
    assert search(empty, INSTAGRAM, QUICK) == []
