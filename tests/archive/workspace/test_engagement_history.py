"""How the engagement of an item grew, as the workspace API shows it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive import library
from tests.archive.workspace.client import data, problems
from tests.archive.workspace.inventory import Item, ids_of, inventory
from tests.support import TestWorld

HISTORY = """query($id: ID!, $first: Int, $after: String, $filter: EngagementHistoryFilterInput) {
  history: engagementHistory(itemId: $id, first: $first, after: $after, filter: $filter) {
    nodes { at comments earnedMediaValue followers impressions likes linearViralityScore shares views }
    edges { cursor node { at } }
    pageInfo { endCursor hasNextPage } totalCount
  }
}"""
SHARED = ["comments", "earnedMediaValue", "impressions", "likes", "linearViralityScore", "shares", "views"]
NAMES = {"at": "at", "commentCount": "comments", "likeCount": "likes", "playCount": "views"}


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[Item]:
    return inventory(quiet)


def history(world: TestWorld, item: str, **asked: Any) -> dict[str, Any]:
    shown: dict[str, Any] = data(world, HISTORY, id=item, **asked)["history"]
    return shown


def rows(world: TestWorld, item: str, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = history(world, item, first=100, **asked)["nodes"]
    return found


def test_the_newest_comes_first_and_is_the_current_one(quiet: TestWorld, items: list[Item]) -> None:
    for item in items[::60]:
        shown = rows(quiet, item["id"])
        moments = [row["at"] for row in shown]
        assert moments == sorted(moments, reverse=True)
        assert [{name: row[name] for name in SHARED} for row in shown[:1]] == (
            [item["currentEngagement"]] if item["currentEngagement"] else []
        )


def test_both_versions_show_the_same_history(quiet: TestWorld, items: list[Item]) -> None:
    shop = {"SHOP-ID": str(quiet.credentials["archive"]["shop_ids"][0])}
    known = {item["mediaItemId"]: item["id"] for item in items}
    for old in library.fetch_all(quiet, **shop)[::80]:
        new = [{name: row[name] for name in NAMES.values()} for row in reversed(rows(quiet, known[old["id"]]))]
        was = [{NAMES[name]: row[name] for name in NAMES} for row in old["engagementHistory"]]
        assert new == [{name: value if name == "at" else as_big(value) for name, value in row.items()} for row in was]


def as_big(value: int | None) -> str | None:
    return None if value is None else str(value)


def test_followers_are_those_of_that_time(quiet: TestWorld, items: list[Item]) -> None:
    for item in items[::60]:
        counts = [int(row["followers"]) for row in reversed(rows(quiet, item["id"]))]
        assert counts in (sorted(counts), sorted(counts, reverse=True))
        if counts:
            now = item["socialProfile"]["followers"]
            assert min(counts[0], now) <= counts[-1] <= max(counts[0], now)


@settings(max_examples=30)
@given(st.data())
def test_pages_are_the_history_in_pieces(quiet: TestWorld, items: list[Item], drawn: st.DataObject) -> None:
    item = drawn.draw(st.sampled_from(items[100::90]))["id"]
    first = drawn.draw(st.integers(1, 4))
    whole, seen, after, more = rows(quiet, item), [], None, True
    while more:
        page = history(quiet, item, first=first, after=after)
        assert [edge["node"]["at"] for edge in page["edges"]] == [node["at"] for node in page["nodes"]]
        seen += page["nodes"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == whole
    assert history(quiet, item, first=first)["totalCount"] == len(whole)


def test_both_ends_of_a_span_are_inside(quiet: TestWorld, items: list[Item]) -> None:
    item = items[200]["id"]
    whole = rows(quiet, item)
    assert len(whole) > 4
    span = {"from": whole[3]["at"], "to": whole[1]["at"]}
    assert rows(quiet, item, filter={"capturedAt": span}) == whole[1:4]
    assert rows(quiet, item, filter={"capturedAt": {"from": whole[1]["at"]}}) == whole[:2]
    nothings: list[dict[str, Any] | None] = [None, {}, {"capturedAt": None}, {"capturedAt": {}}]
    for nothing in nothings:
        assert rows(quiet, item, filter=nothing) == whole


def test_an_unknown_item_has_no_history(quiet: TestWorld, items: list[Item]) -> None:
    for item in ("nobody's", items[0]["mediaItemId"]):
        assert history(quiet, item)["nodes"] == []
        assert history(quiet, item)["totalCount"] == 0


def test_a_cursor_of_another_item_gives_an_empty_page(quiet: TestWorld, items: list[Item]) -> None:
    foreign = history(quiet, items[300]["id"], first=1)["pageInfo"]["endCursor"]
    assert history(quiet, items[200]["id"], after=foreign)["nodes"] == []


def test_what_is_no_cursor_is_refused(quiet: TestWorld, items: list[Item]) -> None:
    (problem,) = problems(quiet, HISTORY, id=items[0]["id"], after="MjA")
    assert problem["message"] == "Invalid cursor"


def test_a_row_is_added_as_time_passes_and_none_changes(world: TestWorld) -> None:
    young = ids_of(inventory(world)[:5])
    before = {item: rows(world, item) for item in young}
    world.advance(by=8 * 86_400)
    for item in young:
        after = rows(world, item)
        assert len(after) > len(before[item])
        assert after[len(after) - len(before[item]) :] == before[item]
