"""Items as the workspace API shows them, and the pages that they come in."""

from collections.abc import Callable
from typing import Any

import pytest

from emulator.world.store import Transaction
from tests.archive import library
from tests.archive.workspace.client import ask, data
from tests.archive.workspace.inventory import (
    IDS,
    ITEM,
    Item,
    figure,
    ids,
    ids_of,
    interactions,
    inventory,
    refusal,
    set_chosen,
)
from tests.support import TestWorld

RELATIONS = """{ items(first: 40) { nodes {
  id creator { id socialProfiles { id } } socialProfile { id creator { id } } customAttributes
  aiFilterReasons { key reason } transcriptions { mediaContentId transcript }
} } }"""
RELATED = f"""query($first: Int, $sorting: [ItemSortingInput!]) {{
  items(first: $first, sorting: $sorting) {{ totalCount nodes {{ {ITEM}
    creator {{ id }} customAttributes transcriptions {{ transcript }} aiFilterReasons {{ key }}
  }} }}
}}"""
TYPES = {"TIKTOK": "POST"}  # of version 1, where version 2 calls it otherwise


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[Item]:
    return inventory(quiet)


def test_without_arguments_the_newest_twenty_come(quiet: TestWorld, items: list[Item]) -> None:
    shown = data(quiet, "{ items { nodes { id } totalCount } }")["items"]
    assert ids_of(shown["nodes"]) == ids_of(items[:20])
    assert shown["totalCount"] == len(items) > 1000
    moments = [item["takenAt"] for item in items]
    assert moments == sorted(moments, reverse=True)


def test_both_versions_show_the_same_posts(quiet: TestWorld, items: list[Item]) -> None:
    shop = {"SHOP-ID": str(quiet.credentials["archive"]["shop_ids"][0])}
    first = {item["id"]: item for item in library.fetch_all(quiet, **shop)}
    second = {item["mediaItemId"]: item for item in items if item["provider"] != "YOUTUBE"}
    assert first.keys() == second.keys()
    for number, old in first.items():
        new = second[number]
        same = ("caption", "externalId", "hashtags", "mentions", "provider", "takenAt")
        assert [new[name] for name in same] == [old[name] for name in same]
        assert new["type"] == TYPES.get(old["type"], old["type"])
        assert new["socialProfile"]["accountName"] == old["creator"]["accountName"]
        assert new["socialProfile"]["followers"] == old["creator"]["followersCount"]
        assert (new["location"] or {}).get("name") == (old["location"] or {}).get("name")
        assert_same_engagement(new, old["engagement"])


def assert_same_engagement(new: Item, old: list[dict[str, Any]]) -> None:
    assert (new["currentEngagement"] is None) == (old == [])
    for reading in old:
        names = {"likes": "likeCount", "comments": "commentCount", "views": "playCount"}
        assert {name: figure(new, name) for name in names} == {name: reading[was] for name, was in names.items()}


def test_youtube_is_in_version_two_only(items: list[Item]) -> None:
    assert {item["type"] for item in items if item["provider"] == "YOUTUBE"} == {"POST", "SHORT"}


def test_shares_are_those_of_tiktok(items: list[Item]) -> None:
    shared = {item["provider"] for item in items if figure(item, "shares") is not None}
    unshared = {item["provider"] for item in items if item["currentEngagement"] and figure(item, "shares") is None}
    assert (shared, unshared) == ({"TIKTOK"}, {"INSTAGRAM", "YOUTUBE"})


def test_a_story_has_no_address(items: list[Item]) -> None:
    assert {item["originalUrl"] is None for item in items if item["type"] == "STORY"} == {True}
    assert {item["originalUrl"] is None for item in items if item["type"] != "STORY"} == {False}


def test_earned_media_value_is_in_cents_or_dollars(world: TestWorld) -> None:
    read = {"filter": {"engagement": [{"field": "LIKE_COUNT", "range": {"from": 0}}]}}
    cents = {item["id"]: item for item in inventory(world, **read)}
    for item in cents.values():
        assert figure(item, "earnedMediaValue") == (figure(item, "impressions") or 0) + 8 * interactions(item)
    set_chosen(world, earned_media_value="dollars")
    for item in inventory(world, **read):
        assert figure(item, "earnedMediaValue") == (figure(cents[item["id"]], "earnedMediaValue") or 0) // 100


def test_a_young_item_has_no_engagement_before_it_was_first_read(world: TestWorld) -> None:
    young = [item for item in inventory(world) if item["currentEngagement"] is None]
    assert young
    world.advance(by=6 * 3600)
    later = inventory(world, filter={"ids": ids_of(young)})
    assert len(later) == len(young)
    assert all(item["currentEngagement"] for item in later)


def test_relations_agree_with_each_other(quiet: TestWorld) -> None:
    for node in data(quiet, RELATIONS)["items"]["nodes"]:
        assert node["socialProfile"]["creator"] == {"id": node["creator"]["id"]}
        assert node["socialProfile"]["id"] in ids_of(node["creator"]["socialProfiles"])
        assert all(reason["key"] for reason in node["aiFilterReasons"])


@pytest.mark.parametrize("key", ["TAKEN_AT", "LIKE_COUNT"])
def test_a_page_takes_as_many_statements_as_one_item(
    quiet: TestWorld, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    counted: list[str] = []
    for name in ("rows", "row", "query"):
        monkeypatch.setattr(Transaction, name, counting(getattr(Transaction, name), counted))
    taken = []
    for first in (1, 2, 100):
        counted.clear()
        data(quiet, RELATED, first=first, sorting=[{"sortKey": key, "sortOrder": "DESC"}])
        taken.append(len(counted))
    assert taken[0] == taken[1] == taken[2] < 15


def counting(original: Callable[..., Any], counted: list[str]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        counted.append(original.__name__)
        return original(*arguments)

    return call


def test_workspaces_have_their_own_items(quiet: TestWorld, items: list[Item]) -> None:
    for other in quiet.credentials["archive"]["workspace_ids"][1:]:
        theirs = data(quiet, "{ items(first: 100) { nodes { id } } }", workspace=other)["items"]["nodes"]
        assert not {item["id"] for item in theirs} & set(ids_of(items))


def test_a_single_sorting_is_taken_for_a_list(quiet: TestWorld) -> None:
    alone = data(quiet, "{ items(sorting: {sortKey: LIKE_COUNT, sortOrder: DESC}) { nodes { id } } }")
    listed = data(quiet, "{ items(sorting: [{sortKey: LIKE_COUNT, sortOrder: DESC}]) { nodes { id } } }")
    assert alone == listed


@pytest.mark.parametrize("first", [0, 1, 100])
@pytest.mark.parametrize("key", ["TAKEN_AT", "LIKE_COUNT"])
def test_a_page_is_as_long_as_was_asked(quiet: TestWorld, first: int, key: str) -> None:
    page = data(quiet, IDS, first=first, sorting=[{"sortKey": key, "sortOrder": "DESC"}])["items"]
    assert len(page["nodes"]) == first
    assert page["pageInfo"]["hasNextPage"] is True


def test_a_page_of_more_than_a_hundred_is_refused(quiet: TestWorld) -> None:
    assert refusal(quiet, first=101) == "first must be less than or equal to 100"


def test_a_list_of_more_than_a_thousand_is_refused(quiet: TestWorld) -> None:
    some = ids(quiet, first=100, filter={"itemTypes": ["YOUTUBE"]})
    assert sorted(ids(quiet, filter={"ids": some + ["x"] * (1000 - len(some))})) == sorted(some)
    assert refusal(quiet, filter={"ids": ["x"] * 1001}) == "ids is too long (maximum is 1000)"


def test_not_viral_can_be_refused(world: TestWorld) -> None:
    asked = {"viralityScore": ["NOT_VIRAL", "LOW"]}
    assert ids(world, filter=asked)
    set_chosen(world, not_viral_filter="refused")
    assert refusal(world, filter=asked) == "viralityScore cannot be NOT_VIRAL"
    assert ids(world, filter={"viralityScore": ["LOW"]})


@pytest.mark.parametrize(
    "query",
    [
        "{ items { nodes { publishedAt } } }",
        "{ items { nodes { currentEngagement { saves } } } }",
        "{ items { nodes { socialProfile { platform } } } }",
        "{ items(sorting: [{sortKey: PUBLISHED_AT, sortOrder: DESC}]) { nodes { id } } }",
        "{ items(filter: {capturedAfter: 1}) { nodes { id } } }",
    ],
)
def test_names_that_do_not_exist_are_refused(quiet: TestWorld, query: str) -> None:
    answer = ask(quiet, query)
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"]
