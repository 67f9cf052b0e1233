"""What creators publish while time goes on: seen by everybody at once, and in their accounts when these are synced."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from tests.insightiq.life.support import connect, disconnect, items, reconnect, told
from tests.support import Server, TestWorld
from tests.webhooks.sender import subscribe

CONTENTS: Final = "/v1/social/contents"
FETCH: Final = "/v1/social/creators/contents/fetch"
EPOCH: Final = "2026-01-01T00:00:00.000000"
WHILE: Final = "P20D"


def contents(world: TestWorld, account: dict[str, Any], **dates: str) -> dict[str, dict[str, Any]]:
    """By id, newest first."""
    asked = {"account_id": account["id"], "limit": 100, **dates}
    found = world.insightiq("GET", CONTENTS, params=asked).json()["data"]
    return {each["id"]: each for each in found}


def accounts_that_publish(world: TestWorld) -> list[dict[str, Any]]:
    found = world.insightiq("GET", "/v1/accounts?limit=100").json()["data"]
    return [each for each in found if each["status"] == "CONNECTED" and "engagement" in each["data"]]


@pytest.fixture(scope="module")
def lived(server: Server) -> Iterator[TestWorld]:
    """After some days in which creators went on publishing, and the inbox was told of new contents."""
    world = server.world(clock={"mode": "frozen"})
    subscribe(world, world.control("GET").json()["inbox_url"], "CONTENTS.ADDED")
    world.advance(by=WHILE)
    yield world
    world.control("DELETE")


def test_the_daily_sync_tells_of_what_was_published_since_the_last_one(lived: TestWorld) -> None:
    fresh = 0
    for account in accounts_that_publish(lived):
        found = contents(lived, account, from_date="2026-01-01")
        added = set(items(told(lived, account), "CONTENTS.ADDED"))
        assert {each for each, content in found.items() if content["published_at"] > EPOCH} <= added
        fresh += len(found)
    assert fresh > 10


def test_a_content_comes_with_the_first_sync_after_its_publication(lived: TestWorld) -> None:
    for account in accounts_that_publish(lived):
        for content in contents(lived, account, from_date="2026-01-01").values():
            waited = datetime.fromisoformat(content["created_at"]) - datetime.fromisoformat(content["published_at"])
            assert timedelta(0) <= waited <= timedelta(days=1)


def test_nobody_sees_it_before_it_is_published_and_everybody_does_then(lived: TestWorld) -> None:
    seen = 0
    for account in accounts_that_publish(lived):
        if account["work_platform"]["name"] not in ("Instagram", "TikTok", "YouTube", "X"):
            continue
        for content in contents(lived, account, from_date="2026-01-01").values():
            body = {"content_url": content["url"], "work_platform_id": account["work_platform"]["id"]}
            if content["type"] != "STORY" and lived.insightiq("POST", FETCH, json=body).json()["data"]:
                seen += 1
    assert seen > 5


def test_an_account_that_is_connected_later_has_what_was_published_before(server: Server) -> None:
    early, late = (server.world(clock={"mode": "frozen"}) for _ in range(2))
    first = connect(early)
    early.advance(by=WHILE)
    late.advance(by=WHILE)
    again = connect(late, handle=first["platform_username"])
    late.advance(by="PT67S")
    published = [
        {content["platform_content_id"] for content in contents(world, account).values()}
        for world, account in ((early, first), (late, again))
    ]
    assert published[0] <= published[1]
    assert first["id"] == again["id"]
    for world in (early, late):
        world.control("DELETE")


def test_what_was_published_while_disconnected_comes_with_the_reconnection(world: TestWorld) -> None:
    account = max(accounts_that_publish(world), key=lambda each: len(contents(world, each)))
    disconnect(world, account)
    world.advance(by="P60D")
    assert not contents(world, account, from_date="2026-01-02")
    reconnect(world, account)
    world.advance(by="PT67S")
    assert contents(world, account, from_date="2026-01-02")
