"""`mediaItem` and `mediaItems`: what is found, and what is in it."""

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.library import CAP, Library, data

STATUSES = ["REQUESTED", "APPROVED", "REJECTED"]
TYPES = ["POST", "REEL", "STORY", "TIKTOK"]
PROVIDERS = ["INSTAGRAM", "TIKTOK"]

FILTERED = """query($filter: Filter, $after: String) {
  mediaItems(filter: $filter, after: $after) { totalCount nodes { id } pageInfo { endCursor hasNextPage } }
}"""
ONE = "query($id: String, $externalId: String) { mediaItem(id: $id, externalId: $externalId) { id externalId } }"


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A list of a filter: null, empty, or with any of the values."""
    return st.none() | st.lists(values, max_size=3)


def kept(filter: dict[str, Any], item: dict[str, Any]) -> bool:
    """The lists narrow each other; one that is missing, null or empty leaves nothing out."""
    values = {
        "itemProviders": item["provider"],
        "itemTypes": item["type"],
        "creatorAccountName": item["creator"]["accountName"],
        "creatorVerified": item["creator"]["verified"],
        "usageRightsStatus": item["usageRightsStatus"],
    }
    return all(value in filter[name] for name, value in values.items() if filter.get(name))


def filtered(library: Library, filter: dict[str, Any] | None) -> list[str]:
    ids: list[str] = []
    after, more = None, True
    while more:
        page = data(library.world, FILTERED, filter=filter, after=after)["mediaItems"]
        ids += [node["id"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert page["totalCount"] == len(ids)
    return ids


@settings(max_examples=40)
@given(st.data())
def test_a_filter_keeps_exactly_the_items_that_pass_all_of_its_lists(library: Library, draw: st.DataObject) -> None:
    names = sorted({creator["accountName"] for creator in library.creators.values()})
    wanted = draw.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "itemProviders": some(st.sampled_from(PROVIDERS)),
                "itemTypes": some(st.sampled_from(TYPES)),
                "creatorAccountName": some(st.sampled_from([*names, "nobody.at.all", ""])),
                "creatorVerified": some(st.booleans()),
                "usageRightsStatus": some(st.sampled_from(STATUSES)),
            },
        )
    )
    assert filtered(library, wanted) == [item["id"] for item in library.items if kept(wanted, item)]


def test_no_filter_is_the_same_as_an_empty_one(library: Library) -> None:
    everything = [item["id"] for item in library.items]
    assert filtered(library, None) == filtered(library, {}) == everything
    assert data(library.world, "{mediaItems {totalCount}}")["mediaItems"]["totalCount"] == len(everything)


def test_a_single_value_stands_for_a_list_of_one(library: Library) -> None:
    alone = data(library.world, "{mediaItems(filter: {itemTypes: STORY}) {totalCount}}")
    assert alone == data(library.world, "{mediaItems(filter: {itemTypes: [STORY]}) {totalCount}}")


@pytest.mark.parametrize(
    "filter",
    ["{itemProviders: [YOUTUBE]}", "{itemTypes: [null]}", "{creatorVerified: [1]}", '{usageRightsStatus: "APPROVED"}',
     "{nope: []}", "{itemTypes: {}}", "[]"],
)  # fmt: skip
def test_a_filter_that_the_schema_does_not_know_is_an_error_without_data(library: Library, filter: str) -> None:
    answer = library.world.archive(f"{{mediaItems(filter: {filter}) {{totalCount}}}}")
    assert answer.keys() == {"errors"}


@given(st.data())
def test_an_item_is_found_by_either_of_its_ids(library: Library, draw: st.DataObject) -> None:
    item = draw.draw(st.sampled_from(library.items))
    found = {"mediaItem": {"id": item["id"], "externalId": item["externalId"]}}
    assert data(library.world, ONE, id=item["id"]) == found
    assert data(library.world, ONE, externalId=item["externalId"]) == found


def test_the_id_in_archive_decides_over_the_one_of_the_platform(library: Library) -> None:
    first, second = library.items[:2]
    shown = data(library.world, ONE, id=first["id"], externalId=second["externalId"])
    assert shown["mediaItem"]["id"] == first["id"]


def test_neither_id_finds_nothing(library: Library) -> None:
    assert data(library.world, "{mediaItem {id}}") == {"mediaItem": None}


@given(st.text(max_size=30) | st.integers(0, 10**30).map(str))
def test_an_unknown_id_finds_nothing(library: Library, text: str) -> None:
    assert data(library.world, ONE, id=text, externalId=None) == {"mediaItem": None}
    assert data(library.world, ONE, externalId=text) == {"mediaItem": None}


def test_items_come_by_rising_id_and_only_once(library: Library) -> None:
    ids = [int(item["id"]) for item in library.items]
    assert ids == sorted(set(ids))
    assert len({item["externalId"] for item in library.items}) == len(ids)
    assert len(ids) > CAP


def test_an_item_is_of_a_type_that_its_platform_has(library: Library) -> None:
    seen = {(item["provider"], item["type"]) for item in library.items}
    assert seen == {("INSTAGRAM", "POST"), ("INSTAGRAM", "REEL"), ("INSTAGRAM", "STORY"), ("TIKTOK", "TIKTOK")}
    assert all(item["provider"] == item["creator"]["provider"] for item in library.items)


def test_every_usage_rights_status_occurs_and_most_items_have_none(library: Library) -> None:
    statuses = [item["usageRightsStatus"] for item in library.items]
    assert set(statuses) == {*STATUSES, None}
    assert statuses.count(None) > len(statuses) / 2


def test_hashtags_and_mentions_stand_in_the_caption(library: Library) -> None:
    for item in library.items:
        words = item["caption"].split()
        assert {f"#{tag}" for tag in item["hashtags"]} | {f"@{name}" for name in item["mentions"]} <= set(words)


def test_contents_are_pictures_or_films_with_an_id_of_their_own(library: Library) -> None:
    contents = [content for item in library.items for content in item["contents"]]
    assert {content["type"] for content in contents} == {"IMAGE", "VIDEO"}
    assert len({content["id"] for content in contents}) == len(contents)
    assert all(item["contents"] for item in library.items)
    assert max(len(item["contents"]) for item in library.items if item["type"] == "POST") > 1


def test_a_picture_is_not_played_and_a_film_is(library: Library) -> None:
    for item in library.items:
        film = item["contents"][0]["type"] == "VIDEO"
        for counts in item["engagement"] + item["engagementHistory"]:
            assert (counts["playCount"] is not None) is film
            assert (counts["viewCount"] is not None) is film


COUNTS = ["likeCount", "commentCount", "playCount", "viewCount"]


def test_engagement_is_read_ever_later_and_never_falls(library: Library) -> None:
    now = datetime.fromisoformat(library.world.now())
    for item in library.items:
        history = item["engagementHistory"]
        moments = [datetime.fromisoformat(moment) for moment in (item["takenAt"], *(row["at"] for row in history))]
        assert moments == sorted(set(moments))
        assert moments[-1] <= now
        for earlier, later in pairwise(history):
            assert all((earlier[name] or 0) <= (later[name] or 0) for name in COUNTS)


def test_engagement_is_the_latest_of_its_history(library: Library) -> None:
    assert all(item["engagement"] == item["engagementHistory"][-1:] for item in library.items)
    assert any(item["engagement"] for item in library.items)


def test_no_history_is_an_empty_list_for_what_was_just_published(forty_five: Library) -> None:
    now = datetime.fromisoformat(forty_five.world.now())
    for item in forty_five.items:
        hours = (now - datetime.fromisoformat(item["takenAt"])).total_seconds() / 3600
        lifetime = 24 if item["type"] == "STORY" else 720
        captures = [after for after in (1, 6, 24, 72, 168, 336, 720) if after <= min(hours, lifetime)]
        assert len(item["engagementHistory"]) == len(captures)
