"""Pages of a list that grows while it is read: nothing is lost, nothing comes twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.community import START, creator_ids
from tests.archive.library import data, fetch_all
from tests.population.recipes import world_of
from tests.support import TestWorld

WALK = """query($filter: Filter, $after: String, $before: String, $first: Int, $last: Int) {
  mediaItems(filter: $filter, after: $after, before: $before, first: $first, last: $last) {
    nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
  }
}"""
PAUSES = st.lists(st.integers(0, 72), min_size=1, max_size=30)  # hours between two pages
FILTERS = st.sampled_from([None, {"itemProviders": ["INSTAGRAM"]}, {"itemTypes": ["REEL", "TIKTOK"]}])


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestWorld]:
    folder = tmp_path_factory.mktemp("growing")
    with world_of(folder, creators=6, posts=90, history_days=30, shops=[{"id": 7, "name": "Growing"}]) as world:
        yield world


def begin(world: TestWorld) -> None:
    world.control("POST", "/reset")
    for creator in creator_ids(world):
        data(world, START, id=creator)


def page(world: TestWorld, **arguments: Any) -> tuple[list[str], dict[str, Any]]:
    shown = data(world, WALK, **arguments)["mediaItems"]
    return [node["id"] for node in shown["nodes"]], shown["pageInfo"]


def everything(world: TestWorld, wanted: dict[str, Any] | None) -> list[str]:
    ids, info = page(world, filter=wanted)
    while info["hasNextPage"]:
        more, info = page(world, filter=wanted, after=info["endCursor"])
        ids += more
    return ids


def waits(pauses: list[int]) -> Iterator[int]:
    """Each of them once, then none."""
    yield from pauses
    while True:
        yield 0


@settings(max_examples=20)
@given(st.integers(2, 40), PAUSES, FILTERS)
def test_forwards_a_reader_sees_all_that_is_there_in_the_end(
    growing: TestWorld, size: int, pauses: list[int], wanted: dict[str, Any] | None
) -> None:
    begin(growing)
    visited, info = page(growing, filter=wanted, first=size)
    for pause in waits(pauses):
        growing.advance(by=pause * 3600)
        if not info["hasNextPage"]:
            break
        more, info = page(growing, filter=wanted, first=size, after=info["endCursor"])
        visited += more
    while True:  # what came after the last page follows on from it
        more, info = page(growing, filter=wanted, first=size, after=info["endCursor"])
        visited += more
        if not info["hasNextPage"]:
            break
    assert visited == everything(growing, wanted)
    assert len(set(visited)) == len(visited)


@settings(max_examples=20)
@given(st.integers(2, 40), PAUSES, FILTERS)
def test_backwards_a_reader_sees_all_that_was_there_at_the_start(
    growing: TestWorld, size: int, pauses: list[int], wanted: dict[str, Any] | None
) -> None:
    begin(growing)
    expected = everything(growing, wanted)
    visited, info = page(growing, filter=wanted, last=size)
    for pause in waits(pauses):
        growing.advance(by=pause * 3600)
        if not info["hasPreviousPage"]:
            break
        more, info = page(growing, filter=wanted, last=size, before=info["startCursor"])
        visited = more + visited
    assert visited == expected


def test_the_list_grows_meanwhile(growing: TestWorld) -> None:
    begin(growing)
    before = fetch_all(growing, "id")
    growing.advance(by="P10D")
    after = fetch_all(growing, "id")
    assert len(after) > len(before) + 20
    assert after[: len(before)] == before
