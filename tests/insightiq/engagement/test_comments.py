from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.engagement.support import (
    COMMENTS,
    CONTENTS,
    REFRESHED,
    accounts,
    ask,
    busiest,
    day,
    listed,
)
from tests.insightiq.support import NOBODY, Another, assert_refused, everything
from tests.support import TestWorld

KEYS = [
    "id", "created_at", "updated_at", "published_at", "user", "account", "work_platform", "content", "external_id",
    "text", "commenter_username", "commenter_display_name", "commenter_id", "commenter_profile_url", "like_count",
    "reply_count",
]  # fmt: skip


def commented(world: TestWorld, account: dict[str, Any], fewest: int = 5, most: int = 400) -> dict[str, Any]:
    """A content of the account with that many comments."""
    counted = ((content["engagement"]["comment_count"], content) for content in listed(world, CONTENTS, account))
    return next(content for count, content in counted if fewest <= count <= most)


def comments(world: TestWorld, account: dict[str, Any], content: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
    return listed(world, COMMENTS, account, content_id=content["id"], **asked)


def test_there_are_as_many_comments_as_a_content_says_newest_first(world: TestWorld) -> None:
    seen = 0
    for account in everything(world, "/v1/accounts"):
        for content in listed(world, CONTENTS, account)[:4]:
            count = content["engagement"]["comment_count"]
            if count > 100:
                continue
            found = comments(world, account, content)
            assert len(found) == len({comment["id"] for comment in found}) == count
            published = [comment["published_at"] for comment in found]
            assert published == sorted(published, reverse=True)
            assert all(content["published_at"] <= at <= content["updated_at"] for at in published)
            seen += count
    assert seen > 300


def test_a_comment_has_every_documented_key_and_names_its_content(world: TestWorld) -> None:
    account = busiest(world)
    content = commented(world, account)
    for comment in comments(world, account, content):
        assert list(comment) == KEYS
        assert comment["content"] == {key: content[key] for key in ("id", "url", "published_at")}
        for key in ("user", "account", "work_platform"):
            assert comment[key] == content[key]


@settings(max_examples=8)
@given(limit=st.integers(1, 100), offset=st.integers(0, 60))
def test_a_page_is_the_part_of_the_list_that_it_asks_for(world: TestWorld, limit: int, offset: int) -> None:
    account = busiest(world)
    content = commented(world, account)
    whole = comments(world, account, content)
    asked = {"account_id": account["id"], "content_id": content["id"], "limit": limit, "offset": offset}
    assert world.insightiq("GET", COMMENTS, params=asked).json()["data"] == whole[offset : offset + limit]


def test_days_keep_the_comments_that_were_written_on_them_or_between(world: TestWorld) -> None:
    account = busiest(world)
    content = commented(world, account)
    whole = comments(world, account, content)
    for shift in range(-1, 8):
        date = day(content["published_at"], shift)
        written = [(day(comment["published_at"]), comment) for comment in whole]
        assert comments(world, account, content, from_date=date) == [each for at, each in written if at >= date]
        assert comments(world, account, content, to_date=date) == [each for at, each in written if at <= date]
        assert comments(world, account, content, from_date=date, to_date=date) == [
            each for at, each in written if at == date
        ]


def test_time_alone_changes_no_comment_and_a_refresh_adds_newer_ones_before_them(world: TestWorld) -> None:
    account = busiest(world, "TikTok")
    content = listed(world, CONTENTS, account)[0]
    before = comments(world, account, content)
    world.advance(by="PT20M")
    assert comments(world, account, content) == before
    ask(world, CONTENTS, account)
    world.advance(by=REFRESHED)
    (refreshed,) = (each for each in listed(world, CONTENTS, account) if each["id"] == content["id"])
    after = comments(world, account, refreshed)
    assert len(after) == refreshed["engagement"]["comment_count"] >= len(before)
    constant = ("id", "text", "published_at", "commenter_username", "external_id")
    old = after[len(after) - len(before) :]
    assert [[each[key] for key in constant] for each in old] == [[each[key] for key in constant] for each in before]


def test_the_owner_sees_the_comments_that_anybody_sees(world: TestWorld) -> None:
    account, content = next(
        (account, content)
        for account in accounts(world, "TikTok")
        for content in listed(world, CONTENTS, account)
        if 5 <= content["engagement"]["comment_count"] <= 30
    )
    asked = {"work_platform_id": account["work_platform"]["id"], "content_url": content["url"]}
    public: list[dict[str, Any]] = []
    for offset in range(6):
        body = {**asked, "offset": offset}
        public += world.insightiq("POST", "/v1/social/creators/contents/comments", json=body).json()["data"]
    names = ("text", "published_at", "commenter_username", "commenter_display_name")
    seen = [[comment[name] for name in names] for comment in public]
    mine = [[comment[name] for name in names] for comment in comments(world, account, content)]
    assert seen[len(seen) - len(mine) :] == mine


def test_unknown_accounts_and_contents_are_not_found(world: TestWorld, another: Another) -> None:
    account, other = accounts(world, "TikTok")[0], busiest(world, "Instagram")
    content, strange = commented(world, busiest(world))["id"], listed(world, CONTENTS, other)[0]["id"]
    foreign = commented(another(seed=2), busiest(another(seed=2)))["id"]
    for content_id in (NOBODY, strange, foreign, account["id"]):
        asked = {"account_id": account["id"], "content_id": content_id}
        assert_refused(world.insightiq("GET", COMMENTS, params=asked), 404, "incorrect_content_id")
    asked = {"account_id": NOBODY, "content_id": content}
    assert_refused(world.insightiq("GET", COMMENTS, params=asked), 404, "incorrect_account_id")


def test_comments_refuse_days_the_wrong_way_round(world: TestWorld) -> None:
    account = busiest(world)
    days = {"from_date": "2025-12-02", "to_date": "2025-12-01"}
    asked = {"account_id": account["id"], "content_id": commented(world, account)["id"], **days}
    assert_refused(world.insightiq("GET", COMMENTS, params=asked), 400, "INVALID_FIELDS", "to_date", "from_date")


@pytest.mark.parametrize(
    ("asked", "code"),
    [({}, "MISSING_FIELDS"), ({"account_id": NOBODY}, "MISSING_FIELDS"), ({"content_id": NOBODY}, "MISSING_FIELDS"),
     ({"account_id": NOBODY, "content_id": "x"}, "INVALID_FIELDS"),
     ({"account_id": NOBODY, "content_id": NOBODY, "limit": 101}, "INVALID_FIELDS"),
     ({"account_id": NOBODY, "content_id": NOBODY, "to_date": "now"}, "INVALID_FIELDS")],
)  # fmt: skip
def test_comments_refuse_what_is_missing_or_of_another_form(world: TestWorld, asked: Any, code: str) -> None:
    assert_refused(world.insightiq("GET", COMMENTS, params=asked), 400, code)
