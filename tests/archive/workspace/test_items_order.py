"""The order of items, and the cursors that keep a reader's place in it."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.client import ask, data
from tests.archive.workspace.inventory import IDS, Item, figure, ids, ids_of, inventory, pages, refusal
from tests.support import TestWorld

VALUES: dict[str, Callable[[Item], Any]] = {
    "ACCOUNT_NAME": lambda item: item["socialProfile"]["accountName"],
    "COMMENT_COUNT": lambda item: figure(item, "comments"),
    "EARNED_MEDIA_VALUE": lambda item: figure(item, "earnedMediaValue"),
    "FOLLOWERS_COUNT": lambda item: item["socialProfile"]["followers"],
    "LIKE_COUNT": lambda item: figure(item, "likes"),
    "MERGED_VIEW_PLAY_COUNT": lambda item: figure(item, "views"),
    "SHARE_COUNT": lambda item: figure(item, "shares"),
    "TAKEN_AT": lambda item: item["takenAt"],
}
VIRAL = ["EXPONENTIAL_VIRALITY", "LINEAR_VIRALITY"]  # of these only the bands are shown
STEADY = {"ACCOUNT_NAME", "TAKEN_AT"}
ORDERS = st.sampled_from(["ASC", "DESC"])
SORTINGS = st.lists(
    st.fixed_dictionaries({"sortKey": st.sampled_from(sorted(VALUES)), "sortOrder": ORDERS}), min_size=1, max_size=4
)
PAUSES = st.lists(st.integers(0, 48), min_size=1, max_size=8)  # hours between two pages
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[Item]:
    return inventory(quiet)


def by(key: str, order: str = "DESC") -> list[dict[str, str]]:
    return [{"sortKey": key, "sortOrder": order}]


def sorted_as(items: Sequence[Item], sorting: Sequence[dict[str, str]]) -> list[str]:
    """By the last key first, as sorting keeps the order of equals; what has no value stays behind."""
    rows = sorted(items, key=lambda item: str(item["id"]))
    for entry in reversed(sorting):
        value = VALUES[entry["sortKey"]]
        known = [item for item in rows if value(item) is not None]
        known.sort(key=value, reverse=entry["sortOrder"] == "DESC")
        rows = known + [item for item in rows if value(item) is None]
    return ids_of(rows)


def cursor(**fields: Any) -> str:
    return b64encode(orjson.dumps(fields)).decode()


@settings(max_examples=12)
@given(SORTINGS, st.integers(40, 100))
def test_pages_in_any_order_are_the_sorted_list(
    quiet: TestWorld, items: list[Item], sorting: list[dict[str, str]], first: int
) -> None:
    assert ids(quiet, sorting=sorting, first=first) == sorted_as(items, sorting)


@pytest.mark.parametrize("key", sorted(VALUES))
@pytest.mark.parametrize("order", ["ASC", "DESC"])
def test_each_key_sorts_both_ways(quiet: TestWorld, items: list[Item], key: str, order: str) -> None:
    assert ids(quiet, sorting=by(key, order)) == sorted_as(items, by(key, order))


def test_virality_sorts_by_bands(quiet: TestWorld) -> None:
    scores = [
        (item["currentEngagement"] or {}).get("linearViralityScore") for item in inventory(quiet, sorting=by(VIRAL[1]))
    ]
    assert list(dict.fromkeys(scores)) == ["HIGH", "MEDIUM", "LOW", "NOT_VIRAL", None]
    assert scores == sorted(scores, key=["HIGH", "MEDIUM", "LOW", "NOT_VIRAL", None].index)


@pytest.mark.parametrize("key", VIRAL)
def test_virality_falls_as_it_rises(quiet: TestWorld, key: str) -> None:
    falling = inventory(quiet, sorting=by(key))
    known = [item["id"] for item in falling if item["currentEngagement"]]
    assert ids(quiet, sorting=by(key, "ASC"))[: len(known)] == known[::-1]


def test_large_accounts_fare_better_on_the_exponential_scale(quiet: TestWorld) -> None:
    def average(key: str) -> float:
        best = inventory(quiet, sorting=by(key))[:200]
        return fmean(item["socialProfile"]["followers"] for item in best)

    assert average(VIRAL[0]) > average(VIRAL[1])


def test_a_second_key_decides_between_equals(quiet: TestWorld, items: list[Item]) -> None:
    sorting = by("ACCOUNT_NAME", "ASC") + by("LIKE_COUNT")
    assert ids(quiet, sorting=sorting) == sorted_as(items, sorting) != ids(quiet, sorting=by("ACCOUNT_NAME", "ASC"))


@pytest.mark.parametrize("key", sorted([*VALUES, *VIRAL]))
def test_a_cursor_names_what_can_change(quiet: TestWorld, key: str) -> None:
    page = data(quiet, IDS, first=7, sorting=by(key))["items"]
    held = orjson.loads(b64decode(page["pageInfo"]["endCursor"], validate=True))
    assert held["id"] == page["nodes"][-1]["id"]
    assert set(held) == ({"id"} if key in STEADY else {"id", "values"})


def test_a_cursor_of_time_holds_in_a_filter_that_it_does_not_pass(quiet: TestWorld, items: list[Item]) -> None:
    stories = [item["id"] for item in items if item["type"] == "STORY"]
    place = next(place for place, item in enumerate(items[100:], 100) if item["type"] != "STORY")
    after = [item["id"] for item in items[place:] if item["type"] == "STORY"]
    page = data(quiet, IDS, first=100, after=cursor(id=items[place]["id"]), filter={"itemTypes": ["STORY"]})["items"]
    assert ids_of(page["nodes"]) == after[:100]
    assert page["totalCount"] == len(stories)


@pytest.mark.parametrize("key", sorted(STEADY))
def test_a_cursor_of_an_item_that_is_not_there_gives_an_empty_page(quiet: TestWorld, key: str) -> None:
    page = data(quiet, IDS, after=cursor(id="nobody's"), sorting=by(key))["items"]
    assert page["nodes"] == []
    assert page["pageInfo"] == {"endCursor": None, "hasNextPage": False}


def test_a_cursor_of_another_workspace_gives_an_empty_page(quiet: TestWorld) -> None:
    for other in quiet.credentials["archive"]["workspace_ids"][1:]:
        theirs = data(quiet, IDS, workspace=other, first=1)["items"]["pageInfo"]["endCursor"]
        assert data(quiet, IDS, after=theirs)["items"]["nodes"] == []


@pytest.mark.parametrize(
    "sorting", [by("TAKEN_AT"), by("LIKE_COUNT", "ASC"), by("COMMENT_COUNT"), by("LINEAR_VIRALITY")]
)
def test_a_cursor_with_values_holds_in_its_own_order_only(quiet: TestWorld, sorting: list[dict[str, str]]) -> None:
    after = data(quiet, IDS, first=5, sorting=by("LIKE_COUNT"))["items"]["pageInfo"]["endCursor"]
    assert data(quiet, IDS, after=after, sorting=by("LIKE_COUNT"))["items"]["nodes"]
    assert refusal(quiet, after=after, sorting=sorting) == "Invalid cursor"


@pytest.mark.parametrize(
    "value", [["LIKE_COUNT", True, "7"], ["LIKE_COUNT", True, 7.0], ["LIKE_COUNT", True, True], 7, []]
)
def test_a_cursor_with_other_values_is_refused(quiet: TestWorld, items: list[Item], value: Any) -> None:
    after = cursor(id=items[0]["id"], values=[value])
    assert refusal(quiet, after=after, sorting=by("LIKE_COUNT")) == "Invalid cursor"


def test_a_cursor_without_values_is_refused_where_figures_decide(quiet: TestWorld, items: list[Item]) -> None:
    assert refusal(quiet, after=cursor(id=items[0]["id"]), sorting=by("LIKE_COUNT")) == "Invalid cursor"


@settings(max_examples=30)
@given(st.one_of(JSON.map(lambda value: b64encode(orjson.dumps(value)).decode()), st.text(max_size=20)), SORTINGS)
def test_a_cursor_is_an_error_or_gives_a_page(quiet: TestWorld, after: str, sorting: list[dict[str, str]]) -> None:
    answer = ask(quiet, IDS, after=after, sorting=sorting, first=3)
    if "errors" in answer:
        assert [error["message"] for error in answer["errors"]] == ["Invalid cursor"]
    else:
        assert len(answer["data"]["items"]["nodes"]) <= 3


@settings(max_examples=5)
@given(
    PAUSES,
    st.integers(30, 100),
    st.sampled_from(["TAKEN_AT", "LIKE_COUNT", "EARNED_MEDIA_VALUE", "ACCOUNT_NAME"]),
    ORDERS,
)
def test_while_items_come_and_figures_move_none_is_shown_twice_or_lost(
    busy: TestWorld, pauses: list[int], first: int, key: str, order: str
) -> None:
    """Lost: one whose figures stayed what they were."""
    busy.control("POST", "/reset")
    before = {item["id"]: VALUES[key](item) for item in inventory(busy)}
    seen: list[str] = []
    hours = iter(pauses)
    for page in pages(busy, sorting=by(key, order), first=first):
        seen += ids_of(page)
        busy.advance(by=next(hours, 0) * 3600)
    after = {item["id"]: VALUES[key](item) for item in inventory(busy)}
    assert {item for item, value in before.items() if after[item] == value} <= set(seen) <= set(after)
    if key in STEADY or order == "DESC":  # what is passed grows out of the way
        assert len(set(seen)) == len(seen)
