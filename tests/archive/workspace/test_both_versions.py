"""Version 1 and version 2 tell the same of the same community."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.archive.library import ITEM, fetch_all
from tests.archive.library import data as first_data
from tests.archive.workspace.client import data, everything
from tests.archive.workspace.refreshes import refresh
from tests.support import Server, TestWorld

FIELDS = """
  id mediaItemId externalId type provider caption hashtags mentions takenAt location { name city }
  currentEngagement { likes comments views }
  socialProfile { accountName provider verified followers following avatar }
"""
TYPES = {"TIKTOK": "POST", "POST": "POST", "REEL": "REEL", "STORY": "STORY"}


@pytest.fixture(scope="module", params=[0, 45], ids=["at the epoch", "45 days later"])
def grown(server: Server, request: pytest.FixtureRequest) -> Iterator[TestWorld]:
    """With posts that came after the epoch, and with items that were refreshed."""
    world = server.world(clock={"mode": "frozen"})
    if request.param:
        world.advance(by=f"P{request.param}D")
        refresh(world, *(each["id"] for each in data(world, "{items(first: 50) {nodes {id}}}")["items"]["nodes"]))
        world.advance(by="PT1H")
    yield world
    world.control("DELETE")


def pairs(world: TestWorld) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The same item in both versions."""
    first = {item["id"]: item for item in fetch_all(world, ITEM)}
    second = {item["mediaItemId"]: item for item in everything(world, "items", FIELDS)}
    assert {number for number, item in second.items() if item["provider"] != "YOUTUBE"} == first.keys()
    assert len(first) > 500
    return [(item, second[number]) for number, item in first.items()]


def test_the_same_post_is_the_same_post(grown: TestWorld) -> None:
    for old, new in pairs(grown):
        for name in ("externalId", "provider", "caption", "hashtags", "mentions", "takenAt"):
            assert old[name] == new[name]
        assert TYPES[old["type"]] == new["type"]
        assert (old["location"] is None) is (new["location"] is None)
        if old["location"]:
            assert (old["location"]["name"], old["location"]["city"]) == (
                new["location"]["name"],
                new["location"]["city"],
            )


def test_engagement_is_the_same(grown: TestWorld) -> None:
    seen = 0
    for old, new in pairs(grown):
        latest = old["engagementHistory"][-1] if old["engagementHistory"] else None
        assert old["engagement"] == ([latest] if latest else [])
        if latest is None:
            assert new["currentEngagement"] is None
            continue
        shown, seen = new["currentEngagement"], seen + 1
        plays = None if latest["playCount"] is None else str(latest["playCount"])
        assert (shown["likes"], shown["comments"]) == (str(latest["likeCount"]), str(latest["commentCount"]))
        assert shown["views"] == plays
    assert seen > 500


def test_the_history_of_engagement_is_the_same(grown: TestWorld) -> None:
    for old, new in pairs(grown)[::60]:
        query = "query($id: ID!) {engagementHistory(itemId: $id, first: 100) {nodes {at likes comments views}}}"
        rows = data(grown, query, id=new["id"])["engagementHistory"]["nodes"]
        shown = [(row["at"], row["likes"], row["comments"]) for row in rows]
        told = [(row["at"], str(row["likeCount"]), str(row["commentCount"])) for row in old["engagementHistory"]]
        assert shown == told[::-1]


def test_whoever_made_it_is_the_same(grown: TestWorld) -> None:
    names = {
        "accountName": "accountName", "provider": "provider", "verified": "verified", "followersCount": "followers",
        "followingCount": "following", "avatarUrl": "avatar",
    }  # fmt: skip
    for old, new in pairs(grown):
        assert {old["creator"][first] == new["socialProfile"][second] for first, second in names.items()} == {True}


def test_collections_are_the_same(world: TestWorld) -> None:
    old, new = pairs(world)[7]
    collect = """mutation($id: ID!, $name: String) {
      mediaItemAddToCollection(id: $id, collectionName: $name)
    }"""
    first_data(world, collect, id=old["id"], name="From version 1")
    [made] = [
        each for each in data(world, "{collections {id name itemCount}}")["collections"] if "version 1" in each["name"]
    ]
    assert made["itemCount"] == 1
    inside = data(world, "query($id: ID!) {items(filter: {collectionsIds: [$id]}) {nodes {id}}}", id=made["id"])
    assert inside == {"items": {"nodes": [{"id": new["id"]}]}}
    remove = """mutation($item: ID!, $id: ID!) {
      removeItemFromCollections(itemId: $item, collectionIds: [$id]) {userErrors {message}}
    }"""
    data(world, remove, item=new["id"], id=made["id"])
    assert (
        data(world, "query($id: ID!) {collection(id: $id) {itemCount}}", id=made["id"])["collection"]["itemCount"] == 0
    )
    first_data(world, collect, id=old["id"], name="From version 1")
    assert (
        data(world, "query($id: ID!) {collection(id: $id) {itemCount}}", id=made["id"])["collection"]["itemCount"] == 1
    )


def test_ids_are_uuids_and_those_of_the_world(server: Server, grown: TestWorld) -> None:
    """The same recipe, seed and epoch give the same ids; another seed gives others."""
    again = server.world(clock={"mode": "frozen"})
    other = server.world(seed=2, clock={"mode": "frozen"})
    query = (
        "{items(first: 100, sorting: {sortKey: TAKEN_AT, sortOrder: ASC}) {nodes {id socialProfile {id creator {id}}}}}"
    )
    one, same, different = (data(world, query)["items"]["nodes"] for world in (grown, again, other))
    assert one == same
    assert not {each["id"] for each in one} & {each["id"] for each in different}
    for each in one:
        for shown in (each, each["socialProfile"], each["socialProfile"]["creator"]):
            assert UUID(shown["id"]).version == 4
    again.control("DELETE")
    other.control("DELETE")
