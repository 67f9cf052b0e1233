"""Bringing posts into a workspace by their addresses."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.archive.community import CREATED, STOP, begin, creator_ids, shops, subscribe, world_from
from tests.archive.library import data as data_of_v1
from tests.archive.library import fetch_all
from tests.archive.test_webhooks import MEDIA_ITEM
from tests.archive.workspace.client import data, everything, post
from tests.support import Server, TestWorld
from tests.webhooks.receiver import receiving

UPLOAD = "mutation($url: String!) {uploadItemFromUrl(input: {url: $url}) {success userErrors {field message}}}"
ITEM = """id mediaItemId externalId originalUrl caption provider type takenAt hashtags
  currentEngagement {impressions likes} socialProfile {id accountName followers creator {id}} creator {id}"""
LATEST = f"{{items(first: 100) {{totalCount nodes {{{ITEM}}}}}}}"
DAYS = 6
NOT_FOUND = {"field": ["input", "url"], "message": "Post not found"}
DONE = {"success": True, "userErrors": []}


@pytest.fixture
def two(server: Server) -> Iterator[TestWorld]:
    """A world with two workspaces."""
    with world_from(server, recipe="demo", seed=5) as world:
        yield world


def upload(world: TestWorld, url: str, workspace: str | None = None) -> dict[str, Any]:
    done: dict[str, Any] = data(world, UPLOAD, workspace, url=url)["uploadItemFromUrl"]
    return done


def found(world: TestWorld, url: str, workspace: str | None = None) -> str | None:
    query = "query($urls: [String!]!) {itemIdsByUrl(urls: $urls) {itemId}}"
    item: str | None = data(world, query, workspace, urls=[url])["itemIdsByUrl"][0]["itemId"]
    return item


def shown(world: TestWorld, id: str | None, workspace: str | None = None) -> dict[str, Any]:
    query = f"query($ids: [ID!]) {{items(filter: {{ids: $ids}}) {{nodes {{{ITEM}}}}}}}"
    (item,) = data(world, query, workspace, ids=[id])["items"]["nodes"]
    assert item["id"] == id
    return dict(item)


def total(world: TestWorld, workspace: str | None = None) -> int:
    return int(data(world, "{items {totalCount}}", workspace)["items"]["totalCount"])


def workspaces(world: TestWorld) -> tuple[str, str]:
    first, second = world.credentials["archive"]["workspace_ids"]
    return first, second


def with_address(world: TestWorld, provider: str, workspace: str | None = None) -> dict[str, Any]:
    items = data(world, LATEST, workspace)["items"]["nodes"]
    return next(item for item in items if item["originalUrl"] and item["provider"] == provider)


@pytest.mark.parametrize("provider", ["INSTAGRAM", "TIKTOK", "YOUTUBE"])
def test_a_post_of_another_workspace_comes_some_seconds_later(two: TestWorld, provider: str) -> None:
    _, other = workspaces(two)
    theirs, before = with_address(two, provider), total(two, other)
    url = theirs["originalUrl"]
    assert upload(two, url, other) == DONE
    assert found(two, url, other) is None
    two.advance(by="PT30S")
    ours = shown(two, found(two, url, other), other)
    assert total(two, other) == before + 1
    same = ("externalId", "originalUrl", "caption", "provider", "type", "takenAt", "hashtags")
    assert {name: ours[name] for name in same} == {name: theirs[name] for name in same}
    assert ours["socialProfile"]["accountName"] == theirs["socialProfile"]["accountName"]
    assert ours["socialProfile"]["creator"] == ours["creator"]
    assert ours["id"] != theirs["id"]
    assert found(two, url) == theirs["id"]


def test_what_was_brought_in_is_manual(two: TestWorld) -> None:
    _, other = workspaces(two)
    url = with_address(two, "TIKTOK")["originalUrl"]
    manual = "{items(filter: {importType: MANUAL}) {nodes {originalUrl}}}"
    assert data(two, manual, other)["items"]["nodes"] == []
    upload(two, url, other)
    two.advance(by="PT30S")
    assert data(two, manual, other)["items"]["nodes"] == [{"originalUrl": url}]


def test_its_engagement_is_read_from_then_on(two: TestWorld) -> None:
    _, other = workspaces(two)
    theirs = next(
        item
        for item in data(two, LATEST)["items"]["nodes"]
        if item["provider"] == "TIKTOK" and item["currentEngagement"] is not None
    )
    upload(two, theirs["originalUrl"], other)
    two.advance(by="PT30S")
    item = found(two, theirs["originalUrl"], other)
    query = "query($id: ID!) {engagementHistory(itemId: $id) {nodes {at likes impressions}}}"
    history = data(two, query, other, id=item)["engagementHistory"]["nodes"]
    assert len(history) == 1
    assert int(history[0]["likes"]) >= int(theirs["currentEngagement"]["likes"])
    assert shown(two, item, other)["currentEngagement"]["likes"] == history[0]["likes"]
    two.advance(by="P31D")
    later = data(two, query, other, id=item)["engagementHistory"]["nodes"]
    assert later[-1] == history[0]
    assert [row["at"] for row in later] == sorted((row["at"] for row in later), reverse=True)


def test_the_item_is_in_version_1_too_and_announced_there(two: TestWorld) -> None:
    _, other = workspaces(two)
    _, shop = shops(two)
    url = with_address(two, "TIKTOK")["originalUrl"]
    before = fetch_all(two, "id", **shop)
    with receiving(lambda webhook: [error.message for error in MEDIA_ITEM.iter_errors(webhook.content)]) as receiver:
        subscribe(two, shop, callbackUrl=receiver.url, event=CREATED)
        upload(two, url, other)
        two.advance(by="PT30S")
        (sent,) = receiver.received
    ours = shown(two, found(two, url, other), other)
    assert fetch_all(two, "id", **shop) == [*before, {"id": ours["mediaItemId"]}]
    query = "query($id: String) {mediaItem(id: $id) {caption externalId creator {accountName}}}"
    first = data_of_v1(two, query, shop, id=ours["mediaItemId"])["mediaItem"]
    assert first["caption"] == ours["caption"]
    assert first["externalId"] == sent.content["external_id"] == ours["externalId"]
    assert first["creator"]["accountName"] == ours["socialProfile"]["accountName"]


def test_a_post_that_is_there_already_does_not_come_twice(two: TestWorld) -> None:
    _, other = workspaces(two)
    known, new = with_address(two, "TIKTOK", other)["originalUrl"], with_address(two, "TIKTOK")["originalUrl"]
    before = total(two, other)
    assert upload(two, known, other) == DONE
    for _ in range(3):
        assert upload(two, new, other) == DONE
    two.advance(by="PT30S")
    assert total(two, other) == before + 1
    assert upload(two, new, other) == DONE
    two.advance(by="PT30S")
    assert total(two, other) == before + 1


def test_many_may_come_at_once(two: TestWorld) -> None:
    _, other = workspaces(two)
    urls = [item["originalUrl"] for item in data(two, LATEST)["items"]["nodes"] if item["originalUrl"]][:40]
    before = total(two, other)
    for url in urls:
        assert upload(two, url, other) == DONE
    two.advance(by="PT60S")
    assert total(two, other) == before + len(urls)
    manual = f"{{items(first: 100, filter: {{importType: MANUAL}}) {{nodes {{{ITEM}}}}}}}"
    brought = data(two, manual, other)["items"]["nodes"]
    assert {item["originalUrl"] for item in brought} == set(urls)
    assert len({item["id"] for item in brought}) == len({item["mediaItemId"] for item in brought}) == len(urls)


@pytest.fixture(scope="module")
def later(server: Server) -> list[dict[str, Any]]:
    """What is published after the epoch, where it is all captured."""
    with world_from(server) as world:
        begin(world)
        before = {item["id"] for item in everything(world, "items", "id")}
        world.advance(by=f"P{DAYS}D")
        return [item for item in everything(world, "items", ITEM) if item["id"] not in before and item["originalUrl"]]


def test_a_post_of_a_creator_who_is_not_tracked_can_be_brought_in(
    world: TestWorld, later: list[dict[str, Any]]
) -> None:
    for creator in creator_ids(world):
        data_of_v1(world, STOP, id=creator)
    world.advance(by=f"P{DAYS}D")
    missed = [item for item in later if found(world, item["originalUrl"]) is None]
    assert {item["provider"] for item in missed} >= {"INSTAGRAM", "TIKTOK"}
    for item in missed[:5]:
        assert upload(world, item["originalUrl"]) == DONE
    world.advance(by="PT30S")
    same = ("caption", "externalId", "takenAt", "socialProfile", "creator")
    for item in missed[:5]:
        ours = shown(world, found(world, item["originalUrl"]))
        assert {name: ours[name] for name in same} == {name: item[name] for name in same}


def test_a_post_that_is_not_published_yet_is_not_found(world: TestWorld, later: list[dict[str, Any]]) -> None:
    for item in later[:3]:
        assert upload(world, item["originalUrl"])["userErrors"] == [NOT_FOUND]


def test_a_post_that_nobody_published_is_a_user_error(two: TestWorld) -> None:
    done = upload(two, "https://www.instagram.com/p/ABC123/")
    assert done == {"success": False, "userErrors": [NOT_FOUND]}


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "Url is invalid"),
        ("nonsense", "Url is invalid"),
        ("ftp://www.instagram.com/p/ABC123/", "Url is invalid"),
        ("http://127.0.0.1/p/ABC123/", "Url is invalid"),
        ("https://www.instagram.com/somebody/", "Url is not supported"),
        ("https://vm.tiktok.com/ZMabc/", "Url is not supported"),
        ("https://x.com/somebody/status/1", "Url is not supported"),
    ],
)
def test_an_address_that_is_no_post_is_a_user_error(two: TestWorld, url: str, message: str) -> None:
    before = total(two)
    assert upload(two, url) == {"success": False, "userErrors": [{"field": ["input", "url"], "message": message}]}
    two.advance(by="PT30S")
    assert total(two) == before


def test_without_an_address_the_document_is_refused(quiet: TestWorld) -> None:
    answer = post(quiet, "mutation {uploadItemFromUrl(input: {}) {success}}").json()
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == "missingRequiredInputObjectAttribute"


def test_the_same_uploads_give_the_same_items(server: Server) -> None:
    def brought_in() -> dict[str, Any]:
        with world_from(server, recipe="demo", seed=5) as world:
            _, other = workspaces(world)
            url = with_address(world, "TIKTOK")["originalUrl"]
            upload(world, url, other)
            world.advance(by="PT30S")
            return shown(world, found(world, url, other), other)

    assert brought_in() == brought_in()
