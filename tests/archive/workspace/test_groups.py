"""Groups of views and collections: what is in them, and in which order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.client import data
from tests.archive.workspace.organising import (
    KINDS,
    create,
    delete,
    every,
    lower,
    made,
    move,
    names,
    one,
    refusals,
    reorder,
    update,
)
from tests.support import Server, TestWorld

ABSENT = "11111111-2222-4333-8444-555555555555"
UNKNOWN = ("View group not found", "id")


def now(world: TestWorld) -> str:
    return world.now()[:19] + "Z"


def shown(world: TestWorld, group: str) -> dict[str, Any]:
    found = one(world, "ViewGroup", group)
    assert found is not None
    return found


def views_in(world: TestWorld, group: str, kind: str = "ContentView") -> list[str]:
    return [each["id"] for each in shown(world, group)[f"{lower(kind)}s"]]


def filled(world: TestWorld, *kinds: str) -> tuple[str, list[str]]:
    """A group, and the views in it, one of each kind."""
    group = made(world, "ViewGroup")["id"]
    views = [made(world, kind)["id"] for kind in kinds]
    for kind, view in zip(kinds, views, strict=True):
        assert move(world, kind, view, group)["userErrors"] == []
    return group, views


def test_a_new_group_is_empty_and_comes_last(world: TestWorld) -> None:
    assert every(world, "ViewGroup") == []
    groups = [made(world, "ViewGroup", name) for name in ("One", "Two", "Two")]
    empty: dict[str, Any] = {key: [] for key in ("collections", "contentViews", "creatorViews", "socialProfileViews")}
    assert groups[0] == {
        "id": groups[0]["id"],
        "name": "One",
        "createdAt": now(world),
        "updatedAt": now(world),
        **empty,
    }
    assert every(world, "ViewGroup") == groups
    assert [one(world, "ViewGroup", each["id"]) for each in groups] == groups


def test_a_group_keeps_its_place_under_a_new_name(world: TestWorld) -> None:
    first, _ = made(world, "ViewGroup", "First"), made(world, "ViewGroup", "Second")
    world.advance(by="PT5S")
    renamed = update(world, "ViewGroup", first["id"], name="Renamed")["viewGroup"]
    assert renamed == {**first, "name": "Renamed", "updatedAt": now(world)}
    assert names(every(world, "ViewGroup")) == ["Renamed", "Second"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_view_stands_in_one_group_at_a_time(world: TestWorld, kind: str) -> None:
    first, second = made(world, "ViewGroup", "First"), made(world, "ViewGroup", "Second")
    view = made(world, kind)
    for group in (first, second):
        moved = move(world, kind, view["id"], group["id"])[lower(kind)]
        assert moved["group"] == {"id": group["id"], "name": group["name"]}
    assert views_in(world, first["id"], kind) == []
    assert views_in(world, second["id"], kind) == [view["id"]]
    assert move(world, kind, view["id"], None)[lower(kind)] == view
    assert views_in(world, second["id"], kind) == []


def test_a_move_is_an_update_of_the_view_and_none_of_the_group(world: TestWorld) -> None:
    group, view = made(world, "ViewGroup"), made(world, "ContentView", "Older")
    made(world, "ContentView", "Newer")
    world.advance(by="PT5S")
    assert move(world, "ContentView", view["id"], group["id"])["contentView"]["updatedAt"] == now(world)
    assert names(every(world, "ContentView")) == ["Older", "Newer"]
    assert shown(world, group["id"])["updatedAt"] == group["updatedAt"]


def test_a_move_to_where_something_is_already_changes_nothing(world: TestWorld) -> None:
    group, (first, second) = filled(world, "ContentView", "ContentView")
    collection = made(world, "Collection")
    inside = move(world, "Collection", collection["id"], group)
    before = every(world, "ContentView")
    world.advance(by="PT5S")
    move(world, "ContentView", first, group)
    assert every(world, "ContentView") == before
    assert views_in(world, group) == [first, second]
    assert move(world, "Collection", collection["id"], group) == inside


def test_what_comes_into_a_group_stands_behind_what_is_there(world: TestWorld) -> None:
    group, views = filled(world, *["ContentView"] * 3)
    assert views_in(world, group) == views
    for group_id in (None, group):
        move(world, "ContentView", views[0], group_id)
    assert views_in(world, group) == [views[1], views[2], views[0]]


def test_groups_and_what_is_in_them_can_be_read_from_each_other(world: TestWorld) -> None:
    group, (view,) = filled(world, "CreatorView")
    query = "{creatorViews {group {creatorViews {id group {id}}}}}"
    assert data(world, query)["creatorViews"] == [{"group": {"creatorViews": [{"id": view, "group": {"id": group}}]}}]


@given(order=st.permutations(range(6)), named=st.integers(0, 6), again=st.lists(st.integers(0, 5), max_size=3))
@settings(max_examples=15)
def test_named_views_come_first_and_the_others_keep_their_order(
    server: Server, order: list[int], named: int, again: list[int]
) -> None:
    world = server.world(recipe="empty")
    kinds = [*KINDS, *KINDS]
    group, views = filled(world, *kinds)
    wanted = [*order[:named], *(each for each in again if each in order[:named])]
    world.advance(by="PT5S")
    answer = reorder(world, group, [views[each] for each in wanted])
    assert answer["userErrors"] == []
    assert answer["viewGroup"] == shown(world, group)
    assert answer["viewGroup"]["updatedAt"] == now(world)
    expected = [*order[:named], *sorted(order[named:])]
    for kind in KINDS:
        assert views_in(world, group, kind) == [views[each] for each in expected if kinds[each] == kind]
    assert delete(world, "ViewGroup", group)["movedViewIds"] == [views[each] for each in expected]
    world.control("DELETE")


def test_a_new_order_is_no_update_of_the_views(world: TestWorld) -> None:
    group, views = filled(world, *["ContentView"] * 3)
    before = every(world, "ContentView")
    world.advance(by="PT5S")
    reorder(world, group, views[::-1])
    assert every(world, "ContentView") == before


def test_ids_of_what_is_not_in_the_group_refuse_the_whole_order(world: TestWorld) -> None:
    group, views = filled(world, "ContentView", "ContentView")
    _, (foreign,) = filled(world, "ContentView")
    loose, collection = made(world, "CreatorView")["id"], made(world, "Collection")["id"]
    move(world, "Collection", collection, group)
    before = shown(world, group)
    world.advance(by="PT5S")
    for strange in (foreign, loose, collection, group, ABSENT, ""):
        answer = reorder(world, group, [views[1], strange, views[0]])
        assert answer["viewGroup"] is None
        assert refusals(answer) == [(f"View not found in the group: {strange}", "viewIds")]
    assert refusals(reorder(world, ABSENT, views)) == [("View group not found", "groupId")]
    assert shown(world, group) == before


def test_a_deleted_group_leaves_what_was_in_it(world: TestWorld) -> None:
    group, views = filled(world, *KINDS)
    collection = made(world, "Collection")
    move(world, "Collection", collection["id"], group)
    listed = {kind: every(world, kind) for kind in KINDS}
    world.advance(by="PT5S")
    gone = delete(world, "ViewGroup", group)
    assert gone == {"deletedViewGroupId": group, "movedViewIds": views, "userErrors": []}
    assert one(world, "ViewGroup", group) is None
    assert every(world, "ViewGroup") == []
    for kind in KINDS:
        assert every(world, kind) == [{**each, "group": None} for each in listed[kind]]
    assert one(world, "Collection", collection["id"]) == collection


def test_a_deleted_group_takes_nothing_from_another(world: TestWorld) -> None:
    group, _ = filled(world, *KINDS)
    other, kept = filled(world, *KINDS)
    delete(world, "ViewGroup", group)
    assert [view for kind in KINDS for view in views_in(world, other, kind)] == kept


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_into_an_unknown_group(world: TestWorld, kind: str) -> None:
    group, (view,) = filled(world, kind)
    before = one(world, kind, view)
    for unknown in (ABSENT, "", view):
        payload = move(world, kind, view, unknown)
        assert payload[lower(kind)] is None
        assert refusals(payload) == [("View group not found", "groupId")]
    both = [("View not found", "viewId"), ("View group not found", "groupId")]
    assert refusals(move(world, kind, ABSENT, ABSENT)) == both
    assert one(world, kind, view) == before
    assert views_in(world, group, kind) == [view]


def test_a_group_that_is_unknown_can_be_neither_changed_nor_deleted(world: TestWorld) -> None:
    assert one(world, "ViewGroup", ABSENT) is None
    gone = delete(world, "ViewGroup", ABSENT)
    assert (gone["deletedViewGroupId"], gone["movedViewIds"], refusals(gone)) == (None, [], [UNKNOWN])
    assert refusals(update(world, "ViewGroup", ABSENT, name="x")) == [UNKNOWN]
    assert refusals(update(world, "ViewGroup", ABSENT, name="")) == [UNKNOWN, ("Name can't be blank", "input.name")]


@pytest.mark.parametrize(
    ("name", "message"),
    [(" ", "Name can't be blank"), ("x" * 256, "Name is too long (maximum is 255 characters)")],
)
def test_a_name_that_cannot_be_one_is_refused(world: TestWorld, name: str, message: str) -> None:
    group = made(world, "ViewGroup", "x" * 255)
    assert refusals(create(world, "ViewGroup", name=name)) == [(message, "input.name")]
    assert refusals(update(world, "ViewGroup", group["id"], name=name)) == [(message, "input.name")]
    assert every(world, "ViewGroup") == [group]


def test_a_thousand_groups_are_listed_at_most(world: TestWorld) -> None:
    for start in range(0, 1_050, 50):
        calls = "".join(
            f'g{number}: createViewGroup(input: {{name: "{number}"}}) {{userErrors {{message}}}} '
            for number in range(start, start + 50)
        )
        data(world, f"mutation {{{calls}}}")
    assert names(data(world, "{viewGroups {name}}")["viewGroups"]) == [str(number) for number in range(1_000)]
