"""What comes to Archive while time goes on: what tracked creators publish."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.settings import Settings
from emulator.world import casts
from emulator.world.population import load_recipe, populate
from tests.archive.community import (
    START,
    STOP,
    TAKEN,
    begin,
    creator_ids,
    moment,
    shops,
    track_everybody,
    world_from,
)
from tests.archive.community import (
    fetch_by_platform_id as fetch,
)
from tests.archive.library import data, fetch_all
from tests.population.recipes import first_world, write_recipe
from tests.support import Server, TestWorld, running

TOTAL = "{mediaItems {totalCount}}"
DAYS = 40
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def arrivals(busy: TestWorld) -> dict[str, dict[str, Any]]:
    """What is published in the days after the epoch, where everybody is tracked."""
    begin(busy)
    before = fetch(busy)
    busy.advance(by=f"P{DAYS}D")
    return {key: item for key, item in fetch(busy).items() if key not in before}


def test_a_world_publishes_without_being_told(world: TestWorld) -> None:
    before = fetch(world)
    world.advance(by="P14D")
    new = fetch(world).keys() - before.keys()
    assert len(new) > 20


def test_an_item_comes_when_it_is_published(followed: TestWorld, arrivals: dict[str, dict[str, Any]]) -> None:
    first, second, *_ = sorted(arrivals.values(), key=lambda item: str(item["takenAt"]))
    assert first["takenAt"] != second["takenAt"]
    total = data(followed, TOTAL)["mediaItems"]["totalCount"]
    followed.advance(to=(moment(first["takenAt"]) - timedelta(microseconds=1)).isoformat())
    assert data(followed, TOTAL)["mediaItems"]["totalCount"] == total
    followed.advance(by=0.000001)
    assert data(followed, TOTAL)["mediaItems"]["totalCount"] == total + 1
    query = "query($id: String) {mediaItem(externalId: $id) {takenAt engagementHistory {at}}}"
    shown = data(followed, query, id=first["externalId"])["mediaItem"]
    assert shown == {"takenAt": first["takenAt"], "engagementHistory": []}


def test_new_items_come_behind_all_others_in_the_order_of_their_publication(followed: TestWorld) -> None:
    before = fetch_all(followed, "id takenAt")
    followed.advance(by="P20D")
    after = fetch_all(followed, "id takenAt")
    assert after[: len(before)] == before
    new = after[len(before) :]
    assert len(new) > 30
    assert [item["takenAt"] for item in new] == sorted(item["takenAt"] for item in new)


def test_new_items_are_found_by_filters_and_under_their_creator(followed: TestWorld) -> None:
    before = fetch(followed)
    followed.advance(by="P20D")
    new = next(item for key, item in fetch(followed).items() if key not in before)
    query = "query($id: Int) {creatorPosts(id: $id) {nodes {id}}}"
    posts = data(followed, query, id=new["creator"]["id"])["creatorPosts"]["nodes"]
    assert posts[-1]["id"] == new["id"] or {"id": new["id"]} in posts
    stories = "query($types: [TypesEnum!]) {mediaItems(filter: {itemTypes: $types}, last: 100) {nodes {id}}}"
    assert {"id": new["id"]} in data(followed, stories, types=[new["type"]])["mediaItems"]["nodes"]


def test_all_that_the_population_publishes_comes_and_nothing_else(
    busy: TestWorld, arrivals: dict[str, dict[str, Any]]
) -> None:
    cast = populate(load_recipe(busy.control("GET").json()["recipe"]), 1, EPOCH)
    expected = set()
    for creator in cast.creators:
        for nth in count():
            post = cast.later_post_of(creator, nth)
            if post.published_at > EPOCH + timedelta(days=DAYS):
                break
            if post.platform in ("Instagram", "TikTok"):
                expected.add((post.external_id, post.published_at))
    assert {(key, moment(item["takenAt"])) for key, item in arrivals.items()} == expected


SPAN = st.tuples(st.integers(0, DAYS * 24), st.integers(0, DAYS * 24)).map(sorted)


@settings(max_examples=15)
@given(SPAN, st.data())
def test_exactly_what_is_published_while_nobody_tracks_is_missing(
    busy: TestWorld, arrivals: dict[str, dict[str, Any]], span: list[int], draw: st.DataObject
) -> None:
    """Whoever is stopped and started again is missed in between only, and nobody else is."""
    authors = sorted({item["creator"]["id"] for item in arrivals.values()})
    stopped = draw.draw(st.lists(st.sampled_from(authors), min_size=1, max_size=4, unique=True))
    begin(busy)
    before, epoch = fetch(busy), moment(busy.now())
    off, on = (epoch + timedelta(hours=hours) for hours in span)
    for query, at in ((STOP, off), (START, on)):
        busy.advance(to=at.isoformat())
        for creator in stopped:
            assert list(data(busy, query, id=creator).values()) != [None]
    busy.advance(to=(epoch + timedelta(days=DAYS)).isoformat())
    new = fetch(busy).keys() - before.keys()
    missed = {
        key
        for key, item in arrivals.items()
        if item["creator"]["id"] in stopped and off < moment(item["takenAt"]) <= on
    }
    assert new == arrivals.keys() - missed


def test_tracking_twice_is_tracking_once(followed: TestWorld, arrivals: dict[str, dict[str, Any]]) -> None:
    before = fetch(followed)
    track_everybody(followed)
    followed.advance(by=f"P{DAYS}D")
    assert fetch(followed).keys() - before.keys() == arrivals.keys()


@pytest.mark.parametrize("query", [START, STOP])
def test_tracking_gives_the_creator(world: TestWorld, query: str) -> None:
    creator = creator_ids(world)[0]
    (shown,) = data(world, query, id=creator).values()
    assert shown == data(world, "query($id: Int) {creator(id: $id) {id accountName}}", id=creator)["creator"]


@pytest.mark.parametrize("query", [START, STOP])
@pytest.mark.parametrize("id", [0, -1, 1, 2**31 - 1])
def test_nobody_is_tracked_who_is_unknown(world: TestWorld, query: str, id: int) -> None:
    assert list(data(world, query, id=id).values()) == [None]


def test_one_shop_tracks_for_itself(server: Server) -> None:
    with world_from(server, recipe="demo") as world, world_from(server, recipe="demo") as other:
        one, two = shops(world)
        for creator in creator_ids(world, **one):
            assert data(world, STOP, one, id=creator)["creatorTrackingStop"]
            assert data(world, STOP, two, id=creator)["creatorTrackingStop"] is None
        still = fetch(world, **one)
        for each in (world, other):
            each.advance(by="P10D")
        assert fetch(world, **one).keys() == still.keys()
        assert fetch(other, **one).keys() > still.keys()
        assert fetch(world, **two) == fetch(other, **two)


def test_a_world_goes_on_when_its_recipe_is_gone(tmp_path: Path) -> None:
    """The state alone tells what will be published."""
    recipe = write_recipe(
        tmp_path, epoch="2026-01-01T00:00:00Z", creators=5, posts=200, shops=[{"id": 7, "name": "The only one"}]
    )

    def publish(kept: Path) -> list[dict[str, Any]]:
        with running(Settings(recipe=str(recipe), clock="frozen", state=kept)) as server:
            track_everybody(first_world(server))
        moved = recipe.rename(recipe.with_suffix(".gone"))
        casts._cast.cache_clear()  # as another process would begin
        with running(Settings(recipe=str(recipe), clock="frozen", state=kept)) as server:
            world = first_world(server)
            world.advance(by="P30D")
            shown = fetch_all(world, TAKEN)
        moved.rename(recipe)
        return shown

    with running(Settings(recipe=str(recipe), clock="frozen")) as server:
        world = first_world(server)
        track_everybody(world)
        world.advance(by="P30D")
        expected = fetch_all(world, TAKEN)
    assert len(expected) > 200 * 0.5
    assert publish(tmp_path / "state.db") == expected
