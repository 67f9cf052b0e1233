import re
from collections.abc import Iterator
from typing import Any

from tests.insightiq.engagement.support import CONTENTS, busiest, listed
from tests.insightiq.support import everything
from tests.support import TestWorld


def contents(world: TestWorld) -> Iterator[dict[str, Any]]:
    """Those of all accounts."""
    for account in everything(world, "/v1/accounts"):
        yield from listed(world, CONTENTS, account)


def test_a_content_is_the_post_that_anybody_sees_with_figures_of_the_last_sync(world: TestWorld) -> None:
    account = busiest(world, "TikTok")
    asked = {"work_platform_id": account["work_platform"]["id"]}
    for content in listed(world, CONTENTS, account)[:3]:
        body = {**asked, "content_url": content["url"]}
        shown = world.insightiq("POST", "/v1/social/creators/contents/fetch", json=body)
        (public,) = shown.json()["data"]
        assert public["platform_content_id"] == content["external_id"]
        assert public["published_at"] == content["published_at"]
        assert public["description"] == content["description"]
        for name in ("like_count", "comment_count", "view_count", "share_count"):
            assert 0 <= content["engagement"][name] <= public["engagement"][name]


def test_hashtags_and_mentions_are_those_of_the_description_or_null(world: TestWorld) -> None:
    seen: set[bool] = set()
    for content in contents(world):
        text = content["description"] or ""
        assert content["hashtags"] == (re.findall(r"#(\w+)", text) or None)
        assert content["mentions"] == (re.findall(r"@([\w.]+)", text) or None)
        seen.add(content["mentions"] is None)
    assert seen == {True, False}


def test_a_sponsored_content_mentions_its_sponsor_and_others_have_null(world: TestWorld) -> None:
    sponsored = [content for content in contents(world) if content["sponsored"] is not None]
    assert sponsored
    for content in sponsored:
        assert content["sponsored"]["is_sponsored"] is True
        assert content["sponsored"]["tags"] in {f"@{name}" for name in content["mentions"]}
