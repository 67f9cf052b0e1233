"""The comments below a public post."""

from datetime import datetime
from typing import Any

import pytest

from tests.insightiq.public_content.public import INSTAGRAM, PAGE, SERVED, TIKTOK, Public
from tests.insightiq.support import everything

KEYS = [
    "work_platform", "content_url", "text", "commenter_username", "commenter_display_name", "like_count",
    "reply_count", "published_at",
]  # fmt: skip


@pytest.fixture(scope="module")
def posts(public: Public) -> list[dict[str, Any]]:
    """One of each platform, with some hundred comments at most."""
    found = []
    for platform in SERVED.values():
        own = [name for name in public.owners() if name[0] == platform]
        shown = [post for name in own for post in public.contents(*name) if post["url"]]
        talked = [post for post in shown if 0 < post["engagement"]["comment_count"] < 300]
        found.append(max(talked, key=lambda post: post["engagement"]["comment_count"]))
    return found


@pytest.fixture(scope="module")
def threads(public: Public, posts: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [(post, public.comments(post)) for post in posts]


def identity(comment: dict[str, Any]) -> tuple[str, str, str]:
    return comment["published_at"], comment["commenter_username"], comment["text"]


def test_a_post_has_as_many_comments_as_it_counts(
    threads: list[tuple[dict[str, Any], list[dict[str, Any]]]],
) -> None:
    for post, comments in threads:
        assert len(comments) == post["engagement"]["comment_count"]
        assert len({identity(comment) for comment in comments}) == len(comments)


def test_pages_neither_overlap_nor_leave_gaps(
    public: Public, threads: list[tuple[dict[str, Any], list[dict[str, Any]]]]
) -> None:
    for post, comments in threads:
        for page in range(len(comments) // PAGE + 2):
            asked = public.ask_comments(post["work_platform"]["id"], post["url"], offset=page)
            assert asked.json()["data"] == comments[page * PAGE : (page + 1) * PAGE]


def test_the_first_page_comes_without_an_offset(
    public: Public, threads: list[tuple[dict[str, Any], list[dict[str, Any]]]]
) -> None:
    for post, comments in threads:
        assert public.ask_comments(post["work_platform"]["id"], post["url"]).json() == {"data": comments[:PAGE]}


def test_comments_come_newest_first_after_the_post_and_before_now(
    public: Public, threads: list[tuple[dict[str, Any], list[dict[str, Any]]]]
) -> None:
    now = public.world.now().removesuffix("Z")
    for post, comments in threads:
        times = [comment["published_at"] for comment in comments]
        assert times == sorted(times, reverse=True)
        assert post["published_at"] < times[-1] <= times[0] <= now


def test_a_comment_has_the_documented_keys_and_names_its_post(
    public: Public, threads: list[tuple[dict[str, Any], list[dict[str, Any]]]]
) -> None:
    platforms = {each["id"]: each for each in everything(public.world, "/v1/work-platforms")}
    for post, comments in threads:
        for comment in comments:
            assert list(comment) == KEYS
            assert comment["content_url"] == post["url"]
            assert comment["work_platform"] == post["work_platform"]
            assert comment["work_platform"].items() <= platforms[post["work_platform"]["id"]].items()
            assert comment["text"]
            assert comment["commenter_username"]
            assert 0 <= comment["reply_count"] <= comment["like_count"]


def test_people_say_different_things(threads: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    comments = [comment for _, thread in threads for comment in thread]
    assert len({comment["text"] for comment in comments}) > len(comments) / 4
    assert len({comment["commenter_username"] for comment in comments}) > len(comments) / 2


def test_comments_stay_as_they_are_and_new_ones_come_before_them(moving: Public) -> None:
    post = min(
        (post for name in moving.owners() for post in moving.contents(*name)[:2] if post["url"]),
        key=lambda post: (-datetime.fromisoformat(post["published_at"]).timestamp(), post["platform_content_id"]),
    )
    earlier = moving.comments(post)
    for distance in ("PT3H", "P1D", "P20D"):
        moving.world.advance(by=distance)
        later = moving.comments(post)
        assert len(later) == moving.content(post)["engagement"]["comment_count"] >= len(earlier)
        kept = later[len(later) - len(earlier) :]
        for old, new in zip(earlier, kept, strict=True):
            assert identity(old) == identity(new)
            assert new["like_count"] >= old["like_count"]
            assert new["reply_count"] >= old["reply_count"]
        earlier = later


@pytest.mark.parametrize("offset", [10**6, 2**31, 2**63, 2**64 - 1])
def test_beyond_the_last_page_there_is_nothing(public: Public, posts: list[dict[str, Any]], offset: int) -> None:
    post = posts[0]
    assert public.ask_comments(post["work_platform"]["id"], post["url"], offset=offset).json() == {"data": []}


def test_worlds_of_the_same_population_have_the_same_comments(public: Public, moving: Public) -> None:
    post = public.some(TIKTOK)
    assert moving.comments(post) == public.comments(post)


def test_the_address_is_repeated_as_it_was_given(public: Public) -> None:
    post = next(post for name in public.owners() for post in public.contents(*name) if post["type"] == "REELS")
    given = f"http://instagram.com/p/{post['platform_content_id']}?igsh=1"
    comments = public.ask_comments(INSTAGRAM, given).json()["data"]
    assert comments
    assert {comment["content_url"] for comment in comments} == {given}
