"""Views of all three kinds: stored as they are written, listed by their last update."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.client import ask, data
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
    update,
)
from tests.support import Server, TestWorld

CONDITION = {"field": "tier", "operator": "IS", "type": "TEXT", "value": "gold"}
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
LEAVES = st.none() | st.booleans() | NUMBERS | st.text(max_size=10)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
OBJECTS = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_a_view_is_kept_as_it_was_written(world: TestWorld, kind: str) -> None:
    written: dict[str, Any] = {
        "name": "Gold",
        "filters": {"provider": "INSTAGRAM", "takenAt": {"from": "2025-01-01T00:00:00Z"}},
        "sort": [{"sortKey": "LIKE_COUNT", "sortOrder": "ASC"}],
        "customAttributeConditions": [CONDITION],
        "showReportingStats": False,
    }
    view = create(world, kind, **written)[lower(kind)]
    now = world.now()[:19] + "Z"
    assert view == {**written, "id": view["id"], "createdAt": now, "updatedAt": now, "group": None}
    assert one(world, kind, view["id"]) == view
    assert every(world, kind) == [view]


@each_kind
def test_what_a_new_view_leaves_out_is_empty_and_its_figures_are_shown(world: TestWorld, kind: str) -> None:
    view = create(world, kind, name="Plain", filters={}, sort=None, showReportingStats=None)[lower(kind)]
    assert (view["filters"], view["sort"], view["customAttributeConditions"]) == ({}, [], [])
    assert view["showReportingStats"] is True


@given(filters=OBJECTS, sort=OBJECTS | st.lists(VALUES, max_size=3), value=VALUES)
@settings(max_examples=50)
def test_any_json_comes_back_as_it_was_sent(server: Server, filters: Any, sort: Any, value: Any) -> None:
    world = server.world(recipe="demo", clock={"mode": "frozen"})
    conditions = [{**CONDITION, "value": value}]
    for kind in KINDS:
        view = create(world, kind, name="x", filters=filters, sort=sort, customAttributeConditions=conditions)
        shown = one(world, kind, view[lower(kind)]["id"])
        assert shown is not None
        assert shown["filters"] == filters
        assert shown["sort"] == sort
        assert shown["customAttributeConditions"] == conditions
    world.control("DELETE")


def test_json_may_be_written_as_a_literal(world: TestWorld) -> None:
    query = """mutation {createContentView(input: {
      name: "Literal", filters: {provider: INSTAGRAM, verified: [true, false], engagement: {from: 1.5, to: null}}
    }) {contentView {filters} userErrors {message}}}"""
    shown = data(world, query)["createContentView"]["contentView"]["filters"]
    assert shown == {
        "provider": "INSTAGRAM",
        "verified": [True, False],
        "engagement": {"from": 1.5, "to": None},
    }


@each_kind
def test_an_update_changes_what_it_names_and_nothing_else(world: TestWorld, kind: str) -> None:
    old = create(world, kind, name="Old", filters={"a": 1}, sort={"b": 2}, customAttributeConditions=[CONDITION])
    world.advance(by="PT5S")
    view = update(world, kind, old[lower(kind)]["id"], filters={"a": 2}, name=None, sort=None)[lower(kind)]
    assert view == {**old[lower(kind)], "filters": {"a": 2}, "updatedAt": world.now()[:19] + "Z"}
    assert view["createdAt"] < view["updatedAt"]


@each_kind
def test_an_update_that_names_nothing_is_none(world: TestWorld, kind: str) -> None:
    view = made(world, kind)
    world.advance(by="PT5S")
    assert update(world, kind, view["id"]) == {lower(kind): view, "userErrors": []}


@each_kind
def test_views_come_by_their_last_update_even_if_the_clock_stands_still(world: TestWorld, kind: str) -> None:
    views = [made(world, kind, name) for name in ("A", "B", "C")]
    assert names(every(world, kind)) == ["C", "B", "A"]
    update(world, kind, views[0]["id"], name="A again")
    assert names(every(world, kind)) == ["A again", "C", "B"]


def test_each_kind_has_views_of_its_own(world: TestWorld) -> None:
    views = {kind: made(world, kind, f"A {kind}") for kind in KINDS}
    for kind in KINDS:
        assert names(every(world, kind)) == [f"A {kind}"]
        for other in KINDS:
            foreign = views[other]["id"]
            if other != kind:
                assert one(world, kind, foreign) is None
                assert refusals(update(world, kind, foreign, name="x")) == [("View not found", "id")]
                assert refusals(delete(world, kind, foreign)) == [("View not found", "id")]
                assert refusals(move(world, kind, foreign, None)) == [("View not found", "viewId")]
    assert [one(world, kind, views[kind]["id"]) for kind in KINDS] == list(views.values())


@each_kind
def test_a_deleted_view_is_gone(world: TestWorld, kind: str) -> None:
    kept, gone = made(world, kind), made(world, kind)
    assert delete(world, kind, gone["id"]) == {f"deleted{kind}Id": gone["id"], "userErrors": []}
    assert every(world, kind) == [kept]
    assert one(world, kind, gone["id"]) is None
    assert delete(world, kind, gone["id"])[f"deleted{kind}Id"] is None


@each_kind
def test_a_filter_keeps_the_views_of_a_group(world: TestWorld, kind: str) -> None:
    group, other = made(world, "ViewGroup"), made(world, "ViewGroup")
    inside, outside = made(world, kind, "Inside"), made(world, kind, "Outside")
    move(world, kind, inside["id"], group["id"])
    assert names(every(world, kind, filter=f'(filter: {{groupId: "{group["id"]}"}})')) == ["Inside"]
    assert every(world, kind, filter=f'(filter: {{groupId: "{other["id"]}"}})') == []
    assert every(world, kind, filter='(filter: {groupId: "nothing"})') == []
    for everything in ("(filter: {groupId: null})", "(filter: {})", "(filter: null)"):
        assert {each["id"] for each in every(world, kind, filter=everything)} == {inside["id"], outside["id"]}


@each_kind
def test_a_thousand_views_are_listed_at_most(world: TestWorld, kind: str) -> None:
    field = f"create{kind}"
    for start in range(0, 1_050, 50):
        calls = "".join(
            f'v{number}: {field}(input: {{name: "{number}", filters: {{}}}}) {{userErrors {{message}}}} '
            for number in range(start, start + 50)
        )
        data(world, f"mutation {{{calls}}}")
    listed = data(world, f"{{{lower(kind)}s {{name}}}}")[f"{lower(kind)}s"]
    assert names(listed) == [str(number) for number in range(1_049, 49, -1)]


@each_kind
@pytest.mark.parametrize("name", ["", " ", "\t\n", "\u3000"])
def test_a_blank_name_is_refused(world: TestWorld, kind: str, name: str) -> None:
    payload = create(world, kind, name=name, filters={})
    assert payload == {
        lower(kind): None,
        "userErrors": [{"message": "Name can't be blank", "field": ["input", "name"]}],
    }
    view = made(world, kind)
    assert refusals(update(world, kind, view["id"], name=name)) == [("Name can't be blank", "input.name")]
    assert every(world, kind) == [view]


@each_kind
def test_a_name_may_have_255_characters(world: TestWorld, kind: str) -> None:
    assert create(world, kind, name="é" * 255, filters={})["userErrors"] == []
    refused = [("Name is too long (maximum is 255 characters)", "input.name")]
    assert refusals(create(world, kind, name="é" * 256, filters={})) == refused


@each_kind
def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_done(world: TestWorld, kind: str) -> None:
    wrong = [
        ("Name can't be blank", "input.name"),
        ("Filters must be an object", "input.filters"),
        ("Sort must be an object or a list", "input.sort"),
    ]
    assert refusals(create(world, kind, name=" ", filters="{}", sort=3)) == wrong
    assert every(world, kind) == []
    view = made(world, kind)
    assert refusals(update(world, kind, view["id"], name=" ", filters=[], sort="x")) == wrong
    unknown = ("View not found", "id")
    assert refusals(update(world, kind, "nothing", name=" ", filters=[], sort=False)) == [unknown, *wrong]
    assert every(world, kind) == [view]


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


@pytest.mark.parametrize("part", ["filters", "sort", "customAttributeConditions"])
def test_what_is_written_into_a_view_has_bounds(world: TestWorld, part: str) -> None:
    def refused(value: Any) -> list[tuple[str, str]]:
        shown = [{**CONDITION, "value": value}] if part == "customAttributeConditions" else {"a": value}
        written: dict[str, Any] = {"name": "x", "filters": {}, part: shown}
        return refusals(create(world, "ContentView", **written))

    for fitting in ("x" * 19_000, nested(48)):
        assert refused(fitting) == []
    for too_much in ("x" * 20_000, "é" * 10_001, nested(51), nested(80)):
        (error,) = refused(too_much)
        assert "cannot be stored (at most 20000 bytes of JSON, 50 levels, and numbers of 64 bits)" in error[0]
        assert error[1] == f"input.{part}"


def test_a_number_beyond_64_bits_cannot_be_stored(world: TestWorld) -> None:
    query = (
        'mutation {createContentView(input: {name: "x", filters: {a: %d}}) {contentView {filters} userErrors {field}}}'
    )
    assert data(world, query % (2**64 - 1))["createContentView"]["contentView"]["filters"] == {"a": 2**64 - 1}
    payload = data(world, query % 2**64)["createContentView"]
    assert payload == {"contentView": None, "userErrors": [{"field": ["input", "filters"]}]}


def test_the_schema_refuses_a_view_without_a_name_or_filters(world: TestWorld) -> None:
    for written in ("{name: null, filters: {}}", '{name: "x"}', '{name: "x", filters: null}', "{filters: {}}"):
        assert ask(world, f"mutation {{createContentView(input: {written}) {{contentView {{id}}}}}}")["errors"]
    assert every(world, "ContentView") == []


def test_a_view_is_that_of_one_workspace(server: Server) -> None:
    world = server.world(recipe="demo", clock={"mode": "frozen"})
    first, second = world.credentials["archive"]["workspace_ids"]
    view, group = made(world, "CreatorView", workspace=first), made(world, "ViewGroup", workspace=second)
    assert one(world, "CreatorView", view["id"], second) is None
    assert every(world, "CreatorView", second) == []
    for payload in (
        update(world, "CreatorView", view["id"], second, name="x"),
        delete(world, "CreatorView", view["id"], second),
    ):
        assert refusals(payload) == [("View not found", "id")]
    assert refusals(move(world, "CreatorView", view["id"], group["id"], second)) == [("View not found", "viewId")]
    assert refusals(move(world, "CreatorView", view["id"], group["id"], first)) == [("View group not found", "groupId")]
    assert every(world, "CreatorView", first) == [view]
    world.control("DELETE")
