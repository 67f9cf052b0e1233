"""The public posts of a profile: which, in which order, and what each says."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.insightiq.discovery.support import LIVE, handles
from tests.insightiq.public_content.public import (
    INSTAGRAM,
    PAGE,
    POSTS,
    PROFILES,
    SERVED,
    TIKTOK,
    YOUTUBE,
    Public,
    X,
)
from tests.insightiq.support import assert_refused, everything

KEYS = [
    "work_platform", "engagement", "platform_content_id", "title", "format", "type", "url", "media_url",
    "thumbnail_url", "subtitles", "duration", "description", "published_at", "audio_track_info", "mentions",
    "collaborators", "sponsors", "hashtags", "links", "profile", "locations", "likes_and_views_disabled", "keywords",
    "genre",
]  # fmt: skip
KINDS = {"REELS": "REEL", "STORY": "STORY", None: "POST"}


def age(public: Public, published: str) -> float:
    now = datetime.fromisoformat(public.world.now().removesuffix("Z"))
    return (now - datetime.fromisoformat(published.removesuffix("Z"))).total_seconds()


@pytest.fixture(scope="module")
def shown(public: Public) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The posts of everybody that can be known, by platform and handle."""
    names = {*public.owners(), *public.captured}
    return {name: public.contents(*name) for name in sorted(names)}


def test_every_served_platform_shows_posts(shown: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
    assert {platform for (platform, _), posts in shown.items() if posts} == set(SERVED.values())


def test_a_post_has_the_documented_keys_in_their_order(shown: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
    for posts in shown.values():
        for post in posts:
            assert list(post) == KEYS
            assert list(post["engagement"]) == ["like_count", "comment_count", "view_count", "share_count"]


def test_posts_are_those_of_the_asked_profile_on_the_asked_platform(
    public: Public, shown: dict[tuple[str, str], list[dict[str, Any]]]
) -> None:
    platforms = {each["id"]: each for each in everything(public.world, "/v1/work-platforms")}
    for (platform, handle), posts in shown.items():
        for post in posts:
            assert post["profile"]["platform_username"] == handle
            assert list(post["work_platform"]) == ["id", "name", "logo_url"]
            assert post["work_platform"].items() <= platforms[platform].items()


def test_posts_come_newest_first_and_none_comes_twice(shown: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
    for posts in shown.values():
        times = [post["published_at"] for post in posts]
        assert times == sorted(times, reverse=True)
        assert len({post["platform_content_id"] for post in posts}) == len(posts)


def test_pages_are_full_but_for_the_last(public: Public, shown: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
    (platform, handle), posts = max(shown.items(), key=lambda entry: len(entry[1]))
    assert len(posts) > 2 * PAGE
    url = PROFILES[platform].format(handle)
    for page in range(len(posts) // PAGE + 3):
        data = public.fetch(platform, profile_url=url, offset=page).json()["data"]
        assert data == posts[page * PAGE : (page + 1) * PAGE]


@pytest.mark.parametrize("offset", [10**6, 2**31, 2**63, 2**64 - 1])
def test_beyond_the_last_page_there_is_nothing(public: Public, offset: int) -> None:
    platform, handle = public.owners()[0]
    answer = public.fetch(platform, profile_url=PROFILES[platform].format(handle), offset=offset)
    assert answer.json()["data"] == []


def test_a_post_is_the_one_that_archive_has_captured(
    public: Public, shown: dict[tuple[str, str], list[dict[str, Any]]]
) -> None:
    """Same id, text, time, figures and owner; stories are public for a day only, and Archive has not just read them."""
    seen = 0
    for name, items in public.captured.items():
        posts = {post["platform_content_id"]: post for post in shown[name]}
        there = [item for item in items if item["type"] != "STORY" or age(public, item["takenAt"]) < 86_400]
        if not posts:
            continue
        assert posts.keys() == {item["externalId"] for item in there}
        for item in there:
            post = posts[item["externalId"]]
            if item["type"] != "STORY":
                counts = (post["engagement"][name] for name in ("like_count", "comment_count", "view_count"))
                [read] = item["engagement"]
                assert tuple(counts) == (read["likeCount"], read["commentCount"], read["viewCount"])
            assert (post["description"], post["hashtags"]) == (item["caption"], item["hashtags"])
            assert [mention["platform_username"] for mention in post["mentions"]] == item["mentions"]
            assert post["published_at"] == item["takenAt"].replace("Z", ".000000")
            assert post["profile"]["follower_count"] == item["creator"]["followersCount"]
            assert post["profile"]["is_verified"] == item["creator"]["verified"]
            if name[0] == INSTAGRAM:
                assert KINDS[post["type"]] == item["type"]
            seen += 1
    assert seen > 500


def test_a_profile_shows_all_its_posts_or_is_private(
    public: Public, shown: dict[tuple[str, str], list[dict[str, Any]]]
) -> None:
    for (platform, handle), items in public.captured.items():
        lasting = [item for item in items if item["type"] != "STORY"]
        if lasting and not shown[platform, handle]:
            for item in lasting:
                address = POSTS[platform].format(item["externalId"])
                assert_refused(public.fetch(platform, content_url=address), 404, "incorrect_content_id")


def test_types_formats_and_durations_are_those_of_the_platform(
    shown: dict[tuple[str, str], list[dict[str, Any]]],
) -> None:
    types: dict[str, set[str | None]] = {
        INSTAGRAM: {"REELS", "STORY", None},
        TIKTOK: {"VIDEO"},
        YOUTUBE: {"VIDEO"},
        X: {"TWEET"},
    }
    for (platform, _), posts in shown.items():
        for post in posts:
            assert post["type"] in types[platform]
            film = post["format"] == "VIDEO"
            assert (post["engagement"]["view_count"] is not None) is film
            assert (post["media_url"] is None) is (post["format"] == "TEXT")
            assert (post["duration"] is not None) is (platform == YOUTUBE)
            assert (post["genre"] is not None) is (platform == YOUTUBE)
            assert post["type"] == "STORY" or (post["links"], post["locations"]) == ([], None)
            assert (post["profile"]["subscriber_count"] is not None) is (platform == YOUTUBE)


def test_the_address_of_a_post_leads_to_that_post_alone(
    public: Public, shown: dict[tuple[str, str], list[dict[str, Any]]]
) -> None:
    for posts in shown.values():
        for post in posts[:3]:
            assert (post["url"] is None) is (post["type"] == "STORY")
            if post["url"]:
                assert public.content(post) == post


def test_a_single_post_is_the_only_one_of_the_first_page(public: Public) -> None:
    post = public.some(TIKTOK)
    assert public.fetch(TIKTOK, content_url=post["url"], offset=1).json()["data"] == []


@pytest.mark.parametrize(
    ("platform", "wanted", "types"),
    [
        (INSTAGRAM, "REELS", {"REELS"}),
        (INSTAGRAM, "STORY", {"STORY"}),
        (INSTAGRAM, "IGTV", set()),
        (INSTAGRAM, "TWEETS", set()),
        (X, "TWEETS", {"TWEET"}),
        (X, "REPLIES", set()),
        (X, "MENTIONS", set()),
        (TIKTOK, "REELS", set()),
        (YOUTUBE, "TWEETS", set()),
    ],
)
def test_a_content_type_narrows_to_its_posts(
    public: Public, shown: dict[tuple[str, str], list[dict[str, Any]]], platform: str, wanted: str, types: set[str]
) -> None:
    for (on, handle), posts in shown.items():
        if on == platform:
            kept = [post for post in posts if post["type"] in types]
            assert public.contents(platform, handle, content_type=wanted) == kept


def test_all_is_what_comes_without_a_content_type(public: Public) -> None:
    platform, handle = public.owners()[0]
    assert public.contents(platform, handle, content_type="ALL") == public.contents(platform, handle)


def test_the_same_question_has_the_same_answer_and_another_one_another_id(public: Public) -> None:
    platform, handle = public.owners()[0]
    url = PROFILES[platform].format(handle)
    first, again = (public.fetch(platform, profile_url=url).json() for _ in range(2))
    assert first == again
    assert list(first) == ["id", "status", "data"]
    assert first["status"] == "SUCCESS"
    assert public.fetch(platform, profile_url=url, offset=1).json()["id"] != first["id"]


def test_figures_rise_with_time_and_never_fall(moving: Public) -> None:
    platform, handle = next(name for name in moving.owners() if moving.contents(*name))
    before = [{post["platform_content_id"]: post for post in moving.contents(platform, handle)}]
    for distance in ("PT6H", "P2D", "P30D"):
        moving.world.advance(by=distance)
        before.append({post["platform_content_id"]: post for post in moving.contents(platform, handle)})
    for earlier, later in pairwise(before):
        for external_id, post in earlier.items():
            if post["type"] == "STORY":
                continue
            now = later[external_id]
            assert {**now, "engagement": None, "profile": None} == {**post, "engagement": None, "profile": None}
            assert all((now["engagement"][key] or 0) >= (count or 0) for key, count in post["engagement"].items())
    assert before[0] != before[-1]


@pytest.mark.parametrize("platform", SERVED.values(), ids=SERVED)
def test_the_profile_of_a_post_has_the_followers_that_it_has_now(moving: Public, platform: str) -> None:
    post = moving.some(platform)
    counts = ("follower_count", "subscriber_count")
    asked = {"identifier": post["profile"]["url"], "work_platform_id": platform}
    seen = []
    for distance in ("PT0S", "P7D", "P90D"):
        moving.world.advance(by=distance)
        profile = moving.content(post)["profile"]
        live = moving.world.insightiq("GET", LIVE, params=asked).json()
        assert {key: profile[key] for key in counts} == {key: live[key] for key in counts}
        assert {**profile, **dict.fromkeys(counts)} == {**post["profile"], **dict.fromkeys(counts)}
        seen.append(profile["follower_count"] or profile["subscriber_count"])
    assert seen[2] not in seen[:2]


def test_followers_rise_for_those_whom_the_search_calls_growing(moving: Public) -> None:
    growth = {"interval": 1, "interval_unit": "MONTH", "operator": "GT", "percentage_value": 0}
    growing = handles(moving.world, INSTAGRAM, follower_growth=growth)
    posts = {handle: next(iter(moving.contents(INSTAGRAM, handle)), None) for handle in handles(moving.world)}
    before = {handle: post["profile"]["follower_count"] for handle, post in posts.items() if post and post["url"]}
    assert 0 < len(before.keys() & {*growing}) < len(before)
    moving.world.advance(by="P90D")
    for handle, count in before.items():
        now = moving.contents(INSTAGRAM, handle)[0]["profile"]["follower_count"]
        assert now > count if handle in growing else now <= count


def test_a_story_is_public_for_exactly_a_day(moving: Public) -> None:
    stories = [
        (name, item["externalId"], datetime.fromisoformat(item["takenAt"]) + timedelta(days=1))
        for name, items in moving.captured.items()
        for item in items
        if item["type"] == "STORY" and age(moving, item["takenAt"]) < 86_400
    ]

    def shown(name: tuple[str, str]) -> set[str]:
        return {post["platform_content_id"] for post in moving.contents(*name, content_type="STORY")}

    public = [story for story in stories if story[1] in shown(story[0])]
    assert public
    for name, external_id, end in sorted(public, key=lambda story: story[2]):
        moving.world.advance(to=(end - timedelta(microseconds=1)).isoformat())
        assert external_id in shown(name)
        moving.world.advance(to=end.isoformat())
        assert external_id not in shown(name)
