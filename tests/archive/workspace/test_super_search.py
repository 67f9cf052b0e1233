"""What `superSearch` finds among the items."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.client import data
from tests.archive.workspace.inventory import IDS, Item, found, ids, inventory, refusal, set_chosen
from tests.support import TestWorld

FILES = """query($ids: [ID!]) { mediaContents(itemIds: $ids) {
  ... on Image { id fileUrl mediaItemId } ... on Video { id fileUrl thumbnailUrl mediaItemId }
} }"""
SPOKEN = "{ items(first: 100) { nodes { id transcriptions { transcript } } } }"


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[Item]:
    return inventory(quiet)


def search(world: TestWorld, mode: str | None, **wanted: str | None) -> set[str]:
    return found(world, {"superSearch": {"mode": mode, **wanted}})


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").casefold())


def files(world: TestWorld, item: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = data(world, FILES, ids=[item])["mediaContents"]
    return shown


@settings(max_examples=20)
@given(st.data())
def test_words_of_a_caption_find_it_and_nothing_that_shares_no_letters(
    quiet: TestWorld, items: list[Item], drawn: st.DataObject
) -> None:
    item = drawn.draw(st.sampled_from(items))
    chosen = drawn.draw(st.lists(st.sampled_from(words(item["caption"])), min_size=1, max_size=3))
    asked = " ".join(chosen)
    hits = search(quiet, "FUZZY_CAPTION", searchQuery=drawn.draw(st.sampled_from([asked, asked.upper(), f" {asked}!"])))
    assert item["id"] in hits
    assert {each["id"] for each in items if set(chosen) <= set(words(each["caption"]))} <= hits
    letters = {each["id"]: set("".join(words(each["caption"]))) for each in items}
    assert all(set(word) & letters[hit] for hit in hits for word in chosen)


def test_a_word_may_be_misspelt(quiet: TestWorld, items: list[Item]) -> None:
    meant = {item["id"] for item in items if "keyboard" in words(item["caption"])}
    assert meant
    assert meant <= search(quiet, "FUZZY_CAPTION", searchQuery="keybord")


def test_more_words_find_less(quiet: TestWorld) -> None:
    one, two = (search(quiet, "FUZZY_CAPTION", searchQuery=query) for query in ("keyboard", "keyboard again"))
    assert two < one


def test_a_transcription_is_searched_by_what_is_said(quiet: TestWorld) -> None:
    nodes = data(quiet, SPOKEN)["items"]["nodes"]
    spoken = {node["id"]: [text for each in node["transcriptions"] if (text := each["transcript"])] for node in nodes}
    item, (text, *_) = next((item, texts) for item, texts in spoken.items() if texts)
    word = max(words(text), key=len)
    hits = search(quiet, "FUZZY_TRANSCRIPTION", searchQuery=word)
    assert {each for each, texts in spoken.items() if any(word in words(text) for text in texts)} <= hits
    assert item in hits
    assert hits.isdisjoint(each for each, texts in spoken.items() if not texts)


def test_content_is_found_by_its_words_and_its_hashtags(quiet: TestWorld, items: list[Item]) -> None:
    tag = next(item["hashtags"][0] for item in items if item["hashtags"])
    hits = search(quiet, "EMBEDDING_CONTENT", searchQuery=tag)
    by_id = {item["id"]: item for item in items}
    assert hits
    assert all(tag.casefold() in words(by_id[hit]["caption"]) for hit in hits)


def test_the_same_words_are_alike_and_a_content_is_not_like_itself(quiet: TestWorld, items: list[Item]) -> None:
    item = items[0]
    file = files(quiet, item["id"])[0]
    alike = search(quiet, "EMBEDDING_CONTENT", similarMediaContentId=file["id"])
    assert item["id"] not in alike
    assert alike == search(quiet, "EMBEDDING_CONTENT", imageUrl=file["fileUrl"])
    assert {each["id"] for each in items if each["caption"] == item["caption"]} - {item["id"]} <= alike != set()


@pytest.mark.parametrize("field", ["similarMediaContentId", "imageUrl", "fileName"])
def test_what_nobody_has_finds_nothing(quiet: TestWorld, field: str) -> None:
    assert search(quiet, "EMBEDDING_CONTENT", **{field: "https://example.com/nothing-of-ours"}) == set()


def test_a_file_is_found_by_a_part_of_its_name(quiet: TestWorld, items: list[Item]) -> None:
    films = search(quiet, "EMBEDDING_CONTENT", fileName=".MP4")
    assert films == search(quiet, "EMBEDDING_CONTENT", fileName=" 0.mp4") >= found(quiet, {"itemTypes": ["REEL"]})
    assert len(films) < len(items)


def test_a_search_for_nothing_leaves_nothing_out(quiet: TestWorld, items: list[Item]) -> None:
    for mode in ("FUZZY_CAPTION", "FUZZY_TRANSCRIPTION", "EMBEDDING_CONTENT"):
        for query in (None, "", "  "):
            asked = {"superSearch": {"mode": mode, "searchQuery": query}}
            assert data(quiet, IDS, filter=asked, first=1)["items"]["totalCount"] == len(items)


def test_a_search_without_words_finds_nothing(quiet: TestWorld) -> None:
    for mode in ("FUZZY_CAPTION", "FUZZY_TRANSCRIPTION", "EMBEDDING_CONTENT"):
        assert search(quiet, mode, searchQuery="?!") == set()


def test_a_search_keeps_the_sorting(quiet: TestWorld) -> None:
    wanted = {"superSearch": {"mode": "FUZZY_CAPTION", "searchQuery": "again"}}
    sorting = [{"sortKey": "LIKE_COUNT", "sortOrder": "ASC"}]
    hits = found(quiet, wanted)
    assert hits
    assert ids(quiet, filter=wanted, sorting=sorting) == [each for each in ids(quiet, sorting=sorting) if each in hits]


def test_a_mode_is_required_unless_the_world_has_it_otherwise(world: TestWorld) -> None:
    asked = {"superSearch": {"searchQuery": "keyboard"}}
    assert refusal(world, filter=asked) == "superSearch requires a mode"
    set_chosen(world, super_search_mode="optional")
    assert found(world, asked) == search(world, "FUZZY_CAPTION", searchQuery="keyboard") != set()


def test_a_query_is_a_thousand_characters_at_most(quiet: TestWorld) -> None:
    asked = {"mode": "FUZZY_CAPTION", "searchQuery": "x" * 1000}
    assert data(quiet, IDS, filter={"superSearch": asked})["items"]["nodes"] == []
    asked["searchQuery"] += "x"
    assert refusal(quiet, filter={"superSearch": asked}) == "searchQuery is too long (maximum is 1000 characters)"
