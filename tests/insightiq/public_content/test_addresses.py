"""Addresses in the forms that people copy them in, and those that lead nowhere."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.public_content.public import (
    COMMENTS,
    FETCH,
    INSTAGRAM,
    PROFILES,
    SERVED,
    TIKTOK,
    YOUTUBE,
    Public,
    X,
)
from tests.insightiq.support import NOBODY, assert_refused, everything, state

FORMS = {
    INSTAGRAM: ("instagram.com/p/{}", "instagram.com/reel/{}", "instagram.com/reels/{}", "instagram.com/someone/p/{}",
                "instagram.com/tv/{}"),
    TIKTOK: ("tiktok.com/@someone/video/{}", "tiktok.com/@someone/photo/{}"),
    YOUTUBE: ("youtube.com/shorts/{}", "youtube.com/embed/{}", "youtube.com/live/{}", "youtu.be/{}"),
    X: ("x.com/someone/status/{}", "twitter.com/a/status/{}", "x.com/i/web/status/{}", "x.com/a/status/{}/photo/1"),
}  # fmt: skip
OWN_PAGES = {
    INSTAGRAM: ("instagram.com/{}", "instagram.com/{}/reels", "instagram.com/@{}"),
    TIKTOK: ("tiktok.com/@{}",),
    YOUTUBE: ("youtube.com/@{}", "youtube.com/@{}/videos", "youtube.com/c/{}", "youtube.com/user/{}", "youtube.com/{}"),
    X: ("x.com/{}", "twitter.com/{}", "x.com/@{}", "x.com/{}/media"),
}
DECORATIONS = st.tuples(
    st.sampled_from(["http://", "https://", "HTTPS://"]),
    st.sampled_from(["", "www.", "m.", "de.", "WWW."]),
    st.sampled_from(["", "/"]),
    st.sampled_from(["", "?igsh=MzRlODBiNWFlZA==", "?a=1&b=%20", "#top", "?x#y"]),
)


def decorated(address: str, decoration: tuple[str, str, str, str]) -> str:
    scheme, subdomain, slash, query = decoration
    return f"{scheme}{subdomain}{address}{slash}{query}"


@pytest.mark.parametrize("platform", SERVED.values(), ids=SERVED)
def test_a_post_is_found_by_every_form_of_its_address(public: Public, platform: str) -> None:
    post = public.some(platform)

    @settings(max_examples=25)
    @given(st.sampled_from(FORMS[platform]), DECORATIONS)
    def hold(form: str, decoration: tuple[str, str, str, str]) -> None:
        address = decorated(form.format(post["platform_content_id"]), decoration)
        assert public.fetch(platform, content_url=address).json()["data"] == [post]

    hold()


@pytest.mark.parametrize("platform", SERVED.values(), ids=SERVED)
def test_a_profile_is_found_by_every_form_of_its_address(public: Public, platform: str) -> None:
    handle = public.some(platform)["profile"]["platform_username"]
    shown = public.fetch(platform, profile_url=PROFILES[platform].format(handle)).json()["data"]

    @settings(max_examples=25)
    @given(st.sampled_from(OWN_PAGES[platform]), DECORATIONS, st.sampled_from([str.lower, str.upper, str.title]))
    def hold(form: str, decoration: tuple[str, str, str, str], case: Any) -> None:
        address = decorated(form.format(case(handle)), decoration)
        assert public.fetch(platform, profile_url=address).json()["data"] == shown

    hold()


def test_a_film_on_youtube_is_found_by_its_number_in_the_query(public: Public) -> None:
    post = public.some(YOUTUBE)
    for query in (f"v={post['platform_content_id']}", f"t=3s&v={post['platform_content_id']}&list=x"):
        found = public.fetch(YOUTUBE, content_url=f"https://www.youtube.com/watch?{query}").json()["data"]
        assert found == [post]


def test_a_channel_on_youtube_is_found_by_its_id(public: Public) -> None:
    accounts = everything(public.world, "/v1/accounts")
    for account in (each for each in accounts if each["work_platform"]["id"] == YOUTUBE):
        by_id = f"https://www.youtube.com/channel/{account['platform_profile_id']}"
        by_handle = PROFILES[YOUTUBE].format(account["platform_username"])
        found = public.fetch(YOUTUBE, profile_url=by_id).json()["data"]
        assert found == public.fetch(YOUTUBE, profile_url=by_handle).json()["data"]


def test_ids_of_posts_are_told_apart_by_case(public: Public) -> None:
    post = next(post for name in public.owners() for post in public.contents(*name) if post["type"] == "REELS")
    wrong = post["url"].replace(post["platform_content_id"], post["platform_content_id"].swapcase())
    assert_refused(public.fetch(INSTAGRAM, content_url=wrong), 404, "incorrect_content_id")


@pytest.mark.parametrize("path", [FETCH, COMMENTS])
def test_platforms_that_are_not_served_or_do_not_exist_are_refused(public: Public, path: str) -> None:
    platforms = [each["id"] for each in everything(public.world, "/v1/work-platforms")]
    post = public.some(TIKTOK)
    for platform in {*platforms, NOBODY} - set(SERVED.values()):
        body = {"content_url": post["url"], "work_platform_id": platform}
        assert_refused(public.world.insightiq("POST", path, json=body), 404, "incorrect_work_platform_id")


def test_a_platform_id_of_the_fetch_may_be_any_text(public: Public) -> None:
    for platform in ("", "Instagram", "x" * 5000, "\u0000"):
        asked = public.fetch(platform, profile_url="https://www.instagram.com/nobody")
        assert_refused(asked, 404, "incorrect_work_platform_id")


@pytest.mark.parametrize("platform", SERVED.values(), ids=SERVED)
def test_a_platform_id_may_be_written_in_capitals(public: Public, platform: str) -> None:
    post = public.some(platform)
    assert public.fetch(platform.upper(), content_url=post["url"]).json()["data"] == [post]
    asked, again = (public.ask_comments(name, post["url"]).json() for name in (platform, platform.upper()))
    assert asked == again


@pytest.mark.parametrize("platform", SERVED.values(), ids=SERVED)
def test_the_address_of_another_platform_leads_nowhere(public: Public, platform: str) -> None:
    post = public.some(TIKTOK if platform != TIKTOK else YOUTUBE)
    assert_refused(public.fetch(platform, content_url=post["url"]), 404, "incorrect_content_id")
    assert_refused(public.ask_comments(platform, post["url"]), 404, "incorrect_content_id")
    assert_refused(public.fetch(platform, profile_url=post["profile"]["url"]), 404, "incorrect_profile_id")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "https://www.instagram.com",
        "https://www.instagram.com/",
        "https://www.instagram.com/p/",
        "https://www.instagram.com/no.such.profile.at.all/",
        "https://www.instagram.com/p/AAAAAAAAAAA/",
        "https://www.instagram.com/p/%00/",
        "https://www.instagram.com/%2e%2e/%2f",
        "https://instagram.com.example.com/p/AAAAAAAAAAA/",
        "https://notinstagram.com/p/AAAAAAAAAAA/",
        "ftp://www.instagram.com/p/AAAAAAAAAAA/",
        "https://user@[::1]:99/p/x",
        "https://www.instagram.com/'%20OR%201=1--/",
        "mailto:somebody@instagram.com",
        "urn:x:y",
    ],
)
def test_an_address_without_profile_or_post_is_refused_and_changes_nothing(public: Public, url: str) -> None:
    before = state(public.world)
    assert_refused(public.fetch(INSTAGRAM, profile_url=url), 404, "incorrect_profile_id")
    assert_refused(public.fetch(INSTAGRAM, content_url=url), 404, "incorrect_content_id")
    assert_refused(public.ask_comments(INSTAGRAM, url), 404, "incorrect_content_id")
    assert state(public.world) == before


@pytest.mark.parametrize(
    "body",
    [
        {"work_platform_id": INSTAGRAM, "profile_url": "http://x.com/a", "content_url": "http://x.com/a"},
        {"work_platform_id": INSTAGRAM, "profile_url": "ada"},
        {"work_platform_id": INSTAGRAM, "profile_url": "@ada"},
        {"work_platform_id": INSTAGRAM, "profile_url": ""},
        {"work_platform_id": INSTAGRAM, "profile_url": 7},
        {"work_platform_id": INSTAGRAM, "profile_url": None},
        {"work_platform_id": 7, "profile_url": "http://instagram.com/a"},
        {"work_platform_id": INSTAGRAM, "profile_url": "http://instagram.com/a", "content_type": "reels"},
        {"work_platform_id": INSTAGRAM, "profile_url": "http://instagram.com/a", "content_type": ""},
        {"work_platform_id": INSTAGRAM, "profile_url": "http://instagram.com/a", "offset": -1},
        {"work_platform_id": INSTAGRAM, "profile_url": "http://instagram.com/a", "offset": 0.5},
        {"work_platform_id": INSTAGRAM, "profile_url": "http://instagram.com/a", "offset": "1"},
    ],
)
def test_a_fetch_that_breaks_the_contract_is_refused(public: Public, body: dict[str, Any]) -> None:
    assert_refused(public.world.insightiq("POST", FETCH, json=body), 400, "INVALID_FIELDS")


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({"profile_url": "http://instagram.com/a"}, "work_platform_id"),
        ({"content_url": "http://instagram.com/p/a"}, "work_platform_id"),
        ({"work_platform_id": INSTAGRAM}, "profile_url"),
        ({}, "work_platform_id"),
        ({}, "profile_url"),
    ],
)
def test_what_a_fetch_lacks_is_named(public: Public, body: dict[str, Any], missing: str) -> None:
    assert_refused(public.world.insightiq("POST", FETCH, json=body), 400, "MISSING_FIELDS", missing)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"content_url": "http://instagram.com/p/a"}, "MISSING_FIELDS"),
        ({"work_platform_id": INSTAGRAM}, "MISSING_FIELDS"),
        ({}, "MISSING_FIELDS"),
        ({"work_platform_id": "Instagram", "content_url": "http://instagram.com/p/a"}, "INVALID_FIELDS"),
        ({"work_platform_id": INSTAGRAM, "content_url": "p/a"}, "INVALID_FIELDS"),
        ({"work_platform_id": INSTAGRAM, "content_url": "http://instagram.com/p/a", "offset": -1}, "INVALID_FIELDS"),
        ({"work_platform_id": INSTAGRAM, "content_url": "http://instagram.com/p/a", "offset": None}, "INVALID_FIELDS"),
    ],
)
def test_a_question_for_comments_that_breaks_the_contract_is_refused(
    public: Public, body: dict[str, Any], code: str
) -> None:
    assert_refused(public.world.insightiq("POST", COMMENTS, json=body), 400, code)


@settings(max_examples=60)
@given(st.text(max_size=30), st.sampled_from(sorted(SERVED.items())))
def test_no_address_is_beyond_the_server(public: Public, text: str, served: tuple[str, str]) -> None:
    _, platform = served
    host = PROFILES[platform].split("/")[2]
    for url in (f"https://{host}/{quote(text)}", f"https://{host}/watch?v={quote(text)}"):
        assert public.fetch(platform, profile_url=url).status_code in (200, 404)
        assert public.fetch(platform, content_url=url).status_code in (200, 404)
