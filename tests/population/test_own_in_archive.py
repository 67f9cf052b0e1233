"""Items and creators that a recipe brings along for Archive: told by one version, seen through both."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.archive.workspace import client
from tests.population.recipes import refusal, world_of

SHOP: dict[str, Any] = {"shops": [{"id": 7, "name": "Ours"}]}
UUID = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa"
PROFILE = "bbbbbbbb-1111-4111-8111-bbbbbbbbbbbb"
PERSON = "cccccccc-1111-4111-8111-cccccccccccc"
MEDIA_ITEM: dict[str, Any] = {
    "id": "4711",
    "externalId": "Cabc",
    "caption": "Rye bread again #sourdough",
    "hashtags": ["Sourdough"],
    "provider": "INSTAGRAM",
    "type": "REEL",
    "takenAt": "2025-12-20T08:00:00Z",
    "creator": {"id": 12, "accountName": "Ada.Bakes", "provider": "INSTAGRAM", "followersCount": 900},
    "engagementHistory": [
        {"at": "2025-12-21T08:00:00Z", "likeCount": 10, "commentCount": None, "viewCount": 50, "playCount": 70},
        {"at": "2026-01-08T08:00:00Z", "likeCount": 40, "commentCount": 3, "viewCount": 90, "playCount": 95},
    ],
}
ITEM: dict[str, Any] = {
    "id": UUID,
    "externalId": "7300",
    "caption": None,
    "mentions": ["northbay"],
    "provider": "TIKTOK",
    "type": "POST",
    "takenAt": "2025-12-22T08:00:00Z",
    "originalUrl": "https://www.tiktok.com/@bo/video/7300",
    "customAttributes": {"ours": 1},
    "transcriptions": [{"mediaContentId": UUID, "transcript": "knead it well"}],
    "currentEngagement": {"likes": "5", "comments": None, "views": "80", "shares": "2", "earnedMediaValue": "777"},
    "socialProfile": {
        "id": PROFILE,
        "accountName": "bo",
        "provider": "TIKTOK",
        "followers": 31,
        "phoneNumbers": ["1", "2"],
        "creator": {"id": PERSON, "customAttributes": {"stage": "In talks"}},
    },
}

FIGURES = "currentEngagement { likes comments views shares impressions earnedMediaValue linearViralityScore }"
IN_BOTH = "caption externalId hashtags mentions provider takenAt type"
V2 = f"id mediaItemId {IN_BOTH} {FIGURES} customAttributes socialProfile {{ id accountName followers following }}"
V1 = f"id {IN_BOTH} creator {{ id accountName verified followersCount }} engagementHistory {{ at likeCount playCount }}"


def told(**kinds: Any) -> dict[str, Any]:
    return {**SHOP, "objects": {"archive": kinds}}


def test_what_version_1_tells_version_2_shows(tmp_path: Path) -> None:
    with world_of(tmp_path, **told(media_items=[MEDIA_ITEM])) as world:
        (shown,) = client.data(world, f"{{ items {{ nodes {{ {V2} }} }} }}")["items"]["nodes"]
        assert {name: shown[name] for name in IN_BOTH.split()} == {
            name: MEDIA_ITEM.get(name) for name in IN_BOTH.split()
        }
        assert (shown["mediaItemId"], shown["customAttributes"]) == ("4711", {})
        assert (shown["socialProfile"]["accountName"], shown["socialProfile"]["followers"]) == ("Ada.Bakes", 900)
        figures = shown["currentEngagement"]
        assert (figures["likes"], figures["comments"], figures["views"]) == ("10", None, "70")
        world.advance(by="P30D")
        (later,) = client.data(world, f"{{ items {{ nodes {{ {V2} }} }} }}")["items"]["nodes"]
        assert later["currentEngagement"]["likes"] == "40"


def test_what_version_2_tells_version_1_shows(tmp_path: Path) -> None:
    with world_of(tmp_path, **told(items=[ITEM])) as world:
        (shown,) = world.archive(f"{{ mediaItems {{ nodes {{ {V1} }} }} }}")["data"]["mediaItems"]["nodes"]
        assert (shown["type"], shown["caption"], shown["mentions"]) == ("TIKTOK", None, ["northbay"])
        assert shown["creator"]["accountName"] == "bo"
        assert shown["engagementHistory"] == [{"at": ITEM["takenAt"], "likeCount": 5, "playCount": 80}]
        by_id = world.archive(f"query($id: String) {{ mediaItem(id: $id) {{ {V1} }} }}", id=shown["id"])
        assert by_id["data"]["mediaItem"] == shown
        creator = world.archive("query($id: Int) { creator(id: $id) { accountName } }", id=shown["creator"]["id"])
        assert creator["data"]["creator"] == {"accountName": "bo"}


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ({"provider": "TIKTOK"}, ["7300"]),
        ({"tagsNames": ["#sourdough"]}, ["Cabc"]),
        ({"accountNames": ["ada.bakes"]}, ["Cabc"]),
        ({"engagement": [{"field": "EARNED_MEDIA_VALUE", "range": {"from": 777, "to": 777}}]}, ["7300"]),
        ({"engagement": [{"field": "COMMENT_COUNT", "range": {"from": 0}}]}, []),
        ({"contentTypes": ["VIDEO"]}, ["7300", "Cabc"]),
        ({"followersCount": {"from": 100}}, ["Cabc"]),
        ({"superSearch": {"searchQuery": "knead", "mode": "FUZZY_TRANSCRIPTION"}}, ["7300"]),
        ({"superSearch": {"searchQuery": "bread", "mode": "FUZZY_CAPTION"}}, ["Cabc"]),
        ({"superSearch": {"searchQuery": "sourdough bread", "mode": "EMBEDDING_CONTENT"}}, ["Cabc"]),
        ({"ugcLocations": [{"city": "Berlin"}]}, []),
    ],
)
def test_they_are_filtered_and_counted_together(tmp_path: Path, filter: dict[str, Any], found: list[str]) -> None:
    with world_of(tmp_path, **told(media_items=[MEDIA_ITEM], items=[ITEM])) as world:
        query = "query($filter: ItemFilterInput) { items(filter: $filter) { totalCount nodes { externalId } } }"
        answer = client.data(world, query, filter=filter)["items"]
        assert [node["externalId"] for node in answer["nodes"]] == found
        assert answer["totalCount"] == len(found)


def test_what_is_told_is_shown_by_id_with_its_owner(tmp_path: Path) -> None:
    with world_of(tmp_path, creators=3, posts=20, **told(items=[ITEM])) as world:
        (item,) = client.data(
            world,
            f"query($ids: [ID!]) {{ items(filter: {{ids: $ids}}) {{ nodes {{ {V2} originalUrl "
            "creator { id customAttributes } transcriptions { mediaContentId transcript } } } }",
            ids=[UUID],
        )["items"]["nodes"]
        assert item["currentEngagement"] | ITEM["currentEngagement"] == item["currentEngagement"]
        assert item["creator"] == {"id": PERSON, "customAttributes": {"stage": "In talks"}}
        assert (item["transcriptions"], item["originalUrl"]) == (ITEM["transcriptions"], ITEM["originalUrl"])
        profile = client.data(world, f'{{ socialProfile(id: "{PROFILE}") {{ phoneNumbers following verified }} }}')
        assert profile["socialProfile"] == {"phoneNumbers": ["1", "2"], "following": 0, "verified": False}
        found = client.data(world, f'{{ creator(id: "{PERSON}") {{ socialProfiles {{ accountName }} }} }}')
        assert found["creator"]["socialProfiles"] == [{"accountName": "bo"}]
        urls = client.data(world, f'{{ itemIdsByUrl(urls: ["{ITEM["originalUrl"]}"]) {{ itemId }} }}')
        assert urls["itemIdsByUrl"] == [{"itemId": UUID}]


def test_one_item_told_by_both_versions_is_one_item(tmp_path: Path) -> None:
    profile = {**ITEM["socialProfile"], "accountName": "ada.bakes", "provider": "INSTAGRAM"}
    """What version 2 tells of its engagement belongs to the last reading that version 1 tells."""
    same = {**ITEM, "mediaItemId": "4711", "provider": "INSTAGRAM", "type": "REEL", "socialProfile": profile}
    with world_of(tmp_path, **told(media_items=[MEDIA_ITEM], items=[same])) as world:
        world.advance(by="P30D")
        answer = client.data(world, f"{{ items {{ totalCount nodes {{ id {FIGURES} }} }} }}")["items"]
        assert (answer["totalCount"], answer["nodes"][0]["id"]) == (1, UUID)
        assert answer["nodes"][0]["currentEngagement"]["earnedMediaValue"] == "777"
        first = world.archive('{ mediaItem(id: "4711") { usageRightsStatus engagement { likeCount } creator { id } } }')
        assert first["data"]["mediaItem"] == {
            "usageRightsStatus": None,
            "engagement": [{"likeCount": 40}],
            "creator": {"id": 12},
        }


def test_creators_come_without_items(tmp_path: Path) -> None:
    first = {"accountName": "cleo", "provider": "TIKTOK", "id": 99, "biography": "hi"}
    second = {"id": PERSON, "socialProfiles": [{"id": PROFILE, "accountName": "dee", "provider": "YOUTUBE"}]}
    third = {"accountName": "eve", "provider": "INSTAGRAM", "fullName": "Eve E"}
    with world_of(tmp_path, **told(creators=[first, second], social_profiles=[third])) as world:
        shown = world.archive("{ creator(id: 99) { accountName biography authorized followersCount } }")["data"]
        assert shown["creator"] == {
            "accountName": "cleo",
            "biography": "hi",
            "authorized": False,
            "followersCount": None,
        }
        listed = client.data(world, "{ socialProfiles { totalCount nodes { accountName fullName originalUrl } } }")
        assert {each["accountName"]: each["fullName"] for each in listed["socialProfiles"]["nodes"]} == {
            "cleo": None,
            "dee": None,
            "eve": "Eve E",
        }
        assert client.data(world, "{ creators { totalCount } }")["creators"]["totalCount"] == 3


def test_they_live_with_the_world(tmp_path: Path) -> None:
    """A refresh reads what was told once more; tags and collections take them as any others."""
    with world_of(tmp_path, **told(media_items=[MEDIA_ITEM], items=[ITEM])) as world:
        refetch = "mutation($ids: [ID!]!) { refetchEngagementBulk(itemIds: $ids) { processedCount } }"
        assert client.data(world, refetch, ids=[UUID])["refetchEngagementBulk"]["processedCount"] == 1
        assert not [task for task in world.advance(by="P1D")["ran"] if "error" in task]
        history = client.data(world, f'{{ engagementHistory(itemId: "{UUID}") {{ nodes {{ at likes comments }} }} }}')
        rows = history["engagementHistory"]["nodes"]
        assert [(row["likes"], row["comments"]) for row in rows] == [("5", None)] * 2
        added = world.archive('mutation { mediaItemAddToCollection(id: "4711", collectionName: "Bread") }')
        assert added["data"] == {"mediaItemAddToCollection": True}
        assert client.data(world, "{ collections { name itemCount } }")["collections"] == [
            {"name": "Bread", "itemCount": 1}
        ]


def test_a_captured_answer_is_taken_as_it_was_printed(tmp_path: Path) -> None:
    answers = [
        {"data": {"items": {"edges": [{"cursor": "x", "node": ITEM}], "pageInfo": {"hasNextPage": False}}}},
        {"data": {"items": {"nodes": [{**ITEM, "id": PROFILE, "externalId": "7301"}, None]}, "workspace": {"id": "1"}}},
    ]
    (tmp_path / "items.json").write_text(json.dumps(answers, indent=2))
    first = {"data": {"mediaItem": MEDIA_ITEM}}
    with world_of(tmp_path, **told(items="items.json", media_items=first)) as world:
        nodes = client.data(world, "{ items { nodes { externalId } } }")["items"]["nodes"]
        assert {node["externalId"] for node in nodes} == {"7301", "7300", "Cabc"}


@pytest.mark.parametrize(
    ("kinds", "complaint"),
    [
        (
            {"items": [{**ITEM, "currentEngagement": {"likes": 5}}]},
            "objects.archive.items.0.currentEngagement.likes: is int 5; Engagement.likes is of the type BigInt",
        ),
        (
            {"media_items": [{**MEDIA_ITEM, "type": "SHORT"}]},
            "media_items.0.type: is str 'SHORT'; MediaItem.type is of the type TypesEnum (POST, REEL, STORY, TIKTOK)",
        ),
        ({"items": [{**ITEM, "likes": 1}]}, "objects.archive.items.0.likes: is no field of Item, which has ai"),
        ({"items": [{"id": UUID}]}, "objects.archive.items.0: lacks externalId, by which it is found"),
        ({"items": [{**ITEM, "id": "x"}]}, "objects.archive.items.0.id: is 'x'; here it has to be a UUID"),
        ({"media_items": [{**MEDIA_ITEM, "id": "x"}]}, "media_items.0.id: is 'x'; here it has to be a number"),
        ({"items": [{**ITEM, "provider": None}]}, "items.0.provider: is null; Item.provider is never null"),
        ({"items": [{**ITEM, "hashtags": "a"}]}, "items.0.hashtags: is str 'a'; Item.hashtags is a list"),
        ({"items": [ITEM, ITEM]}, "objects.archive.items.1: has the"),
        ({"creators": [{"id": PERSON, "socialProfiles": [{}]}]}, "creators.0.socialProfiles.0: lacks accountName"),
        ({"media_items": {"errors": [{"message": "no"}]}}, "media_items: holds an answer with errors and without data"),
    ],
)
def test_what_the_schema_does_not_allow_is_told_with_its_place(tmp_path: Path, kinds: Any, complaint: str) -> None:
    assert complaint in refusal(tmp_path, {"archive": kinds}, **SHOP)


def test_without_a_shop_they_are_nowhere(tmp_path: Path) -> None:
    assert "objects.archive: needs a shop to be in; add to the recipe: shops:" in refusal(
        tmp_path, {"archive": {"items": [ITEM]}}
    )


def test_in_a_file_the_line_is_told(tmp_path: Path) -> None:
    text = json.dumps({"data": {"items": {"nodes": [ITEM, {**ITEM, "type": "FILM"}]}}}, indent=2)
    (tmp_path / "items.json").write_text(text)
    line = next(nth for nth, each in enumerate(text.splitlines(), 1) if '"FILM"' in each)
    message = refusal(tmp_path, {"archive": {"items": "items.json"}}, file="items.json", **SHOP)
    assert message.startswith(f"{tmp_path / 'items.json'}:{line}: objects.archive.items.1.type: is str 'FILM'")
