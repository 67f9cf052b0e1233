"""The files of items, and what is said in them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.community import world_from
from tests.archive.library import fetch_all
from tests.archive.workspace.client import data, everything, problems
from tests.support import Server, TestWorld

FILE = """__typename
  ... on Image {id deleted fileUrl height mediaItemId thumbnailUrl type width}
  ... on Video {id deleted fileUrl height mediaItemId thumbnailUrl type width videoDuration}"""
OF_ITEMS = f"query($ids: [ID!]) {{files: mediaContents(itemIds: $ids) {{{FILE}}}}}"
OF_COMPETITORS = f"query($ids: [ID!]) {{files: mediaContents(competitorBrandItemIds: $ids) {{{FILE}}}}}"
SPOKEN = "query($ids: [ID!]) {spoken: transcriptions(itemIds: $ids) {mediaContentId transcript}}"
SPOKEN_IN = "query($ids: [ID!]) {spoken: transcriptions(mediaContentIds: $ids) {mediaContentId transcript}}"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[dict[str, Any]]:
    return everything(quiet, "items", "id mediaItemId caption transcriptions {mediaContentId transcript}")


@pytest.fixture(scope="module")
def films(quiet: TestWorld, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the first hundred items."""
    shown = files(quiet, [item["id"] for item in items[:100]])
    return [file for file in shown if file["__typename"] == "Video"]


def files(world: TestWorld, ids: list[str], query: str = OF_ITEMS) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = data(world, query, ids=ids)["files"]
    return shown


def test_the_files_of_an_item_are_those_of_version_1(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    first = fetch_all(quiet, "id contents {contentUrl displayUrl height type width}")
    known = {item["id"]: item["contents"] for item in first}
    shown: dict[str, list[dict[str, Any]]] = {}
    for start in range(0, len(items), 100):
        for file in files(quiet, [item["id"] for item in items[start : start + 100]]):
            names = {"contentUrl": "fileUrl", "displayUrl": "thumbnailUrl"}
            content = {
                name: file[names.get(name, name)] for name in ("contentUrl", "displayUrl", "height", "type", "width")
            }
            shown.setdefault(file["mediaItemId"], []).append(content)
    assert {number: shown[number] for number in known} == known


def test_files_come_in_the_order_of_the_items_each_once(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    some = items[:30]
    ids = [item["id"] for item in some]
    shown = files(quiet, [*reversed(ids), NOBODY, *ids])
    assert list(dict.fromkeys(file["mediaItemId"] for file in shown)) == [
        item["mediaItemId"] for item in reversed(some)
    ]
    assert len({file["id"] for file in shown}) == len(shown)


def test_a_file_is_of_the_type_that_it_says(films: list[dict[str, Any]]) -> None:
    assert films
    assert all(file["type"] == "VIDEO" and file["videoDuration"] > 0 and not file["deleted"] for file in films)


def test_files_of_posts_about_competitors_are_those_of_the_items(quiet: TestWorld) -> None:
    (brand, *_) = data(quiet, "{competitorBrands {nodes {id}}}")["competitorBrands"]["nodes"]
    about = f', brandId: "{brand["id"]}", filter: {{takenAt: {{}}}}'
    posts = everything(quiet, "competitorBrandItems", "id externalId transcriptions {mediaContentId}", about)
    shown = files(quiet, [each["id"] for each in posts[:100]], OF_COMPETITORS)
    items = {each["externalId"]: each["id"] for each in everything(quiet, "items", "id externalId")}
    assert shown == files(quiet, [items[each["externalId"]] for each in posts[:100]])
    spoken = {each["mediaContentId"] for post in posts[:100] for each in post["transcriptions"]}
    assert spoken == {file["id"] for file in shown if file["type"] == "VIDEO"}


def test_an_id_of_one_kind_is_unknown_among_the_other(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    ids = [item["id"] for item in items[:20]]
    assert files(quiet, ids, OF_COMPETITORS) == []
    assert files(quiet, [file["id"] for file in files(quiet, ids)]) == []


def test_the_files_of_another_workspace_are_unknown(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        other = world.credentials["archive"]["workspace_ids"][1]
        ids = [each["id"] for each in data(world, "{items {nodes {id}}}")["items"]["nodes"]]
        found = files(world, ids)
        assert found
        assert data(world, OF_ITEMS, other, ids=ids)["files"] == []
        assert data(world, SPOKEN, other, ids=ids)["spoken"] == []
        assert data(world, SPOKEN_IN, other, ids=[file["id"] for file in found][:20])["spoken"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "(itemIds: [], competitorBrandItemIds: [])",
        "(itemIds: null)",
        "(itemIds: null, competitorBrandItemIds: null)",
    ],
)
def test_exactly_one_kind_of_id_has_to_be_given(quiet: TestWorld, arguments: str) -> None:
    (error,) = problems(quiet, f"{{mediaContents{arguments} {{__typename}}}}")
    assert error["message"] == (
        "mediaContents must include exactly one of the following arguments: itemIds, competitorBrandItemIds."
    )


@pytest.mark.parametrize(
    ("query", "name", "most"),
    [
        (OF_ITEMS, "itemIds", 100),
        (OF_COMPETITORS, "competitorBrandItemIds", 100),
        (SPOKEN, "itemIds", 1000),
        (SPOKEN_IN, "mediaContentIds", 20),
    ],
)
def test_too_many_ids_are_an_error(quiet: TestWorld, query: str, name: str, most: int) -> None:
    assert data(quiet, query, ids=[NOBODY] * most) in ({"files": []}, {"spoken": []})
    (error,) = problems(quiet, query, ids=[NOBODY] * (most + 1))
    assert error["message"] == f"{name} is too long (maximum is {most})"


IDS = st.lists(st.one_of(st.text(max_size=40), st.uuids().map(str), st.just(NOBODY.upper())), max_size=5)


@settings(max_examples=30)
@given(query=st.sampled_from([OF_ITEMS, OF_COMPETITORS, SPOKEN, SPOKEN_IN]), ids=IDS)
def test_unknown_ids_are_left_out(quiet: TestWorld, query: str, ids: list[str]) -> None:
    assert data(quiet, query, ids=ids) in ({"files": []}, {"spoken": []})


def test_only_films_have_a_transcription(
    quiet: TestWorld, items: list[dict[str, Any]], films: list[dict[str, Any]]
) -> None:
    spoken = [each for item in items[:100] for each in item["transcriptions"]]
    assert {each["mediaContentId"] for each in spoken} == {film["id"] for film in films}
    pictures = [file["id"] for file in files(quiet, [item["id"] for item in items[:100]]) if file["type"] == "IMAGE"]
    assert data(quiet, SPOKEN_IN, ids=pictures[:20])["spoken"] == []


def test_a_transcription_is_the_same_however_it_is_asked_for(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    shown = [each for item in items[:1000] for each in item["transcriptions"]]
    assert data(quiet, SPOKEN, ids=[item["id"] for item in items[:1000]])["spoken"] == shown
    some = shown[:20][::-1]
    assert data(quiet, SPOKEN_IN, ids=[each["mediaContentId"] for each in some])["spoken"] == some


def test_more_is_said_than_the_caption_says(items: list[dict[str, Any]]) -> None:
    pairs = [(item["caption"], each["transcript"]) for item in items for each in item["transcriptions"]]
    spoken = [(caption, said) for caption, said in pairs if said is not None]
    assert 0.8 < len(spoken) / len(pairs) < 1
    assert all(len(said) > len(caption) and not {"#", "@"} & set(said) for caption, said in spoken)


def test_a_film_is_in_the_language_of_its_caption(items: list[dict[str, Any]]) -> None:
    said = {
        text: [each["transcript"] for item in items if text in item["caption"] for each in item["transcriptions"]]
        for text in ("Was meint ihr dazu?", "Save this one for later.")
    }
    german, english = said.values()
    assert all(any(word in text for word in (" ich ", "euch", "ihr")) for text in german if text)
    assert not [text for text in english if text and "tschüss" in text]
    assert any(german)
    assert any(english)


def test_neither_both_nor_none_of_the_arguments_of_transcriptions_may_be_given(quiet: TestWorld) -> None:
    for arguments in ("", "(itemIds: [], mediaContentIds: [])"):
        (error,) = problems(quiet, f"{{transcriptions{arguments} {{transcript}}}}")
        assert error["message"] == (
            "transcriptions must include exactly one of the following arguments: itemIds, mediaContentIds."
        )
