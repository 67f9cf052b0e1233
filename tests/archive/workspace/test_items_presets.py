"""Items through what somebody stored: presets, and views of items."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.client import data, problems
from tests.archive.workspace.inventory import IDS, found, ids, ids_of
from tests.support import TestWorld

VIEW = """mutation($input: CreateContentViewInput!) {
  made: createContentView(input: $input) { contentView { id } userErrors { message } }
}"""
NARROW = {"itemTypes": ["REEL"], "takenAt": {"from": "2025-06-01T00:00:00Z"}, "superSearch": None}
LIKED: list[dict[str, Any]] = [{"sortKey": "LIKE_COUNT", "sortOrder": "DESC"}]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=5,
)
FIELDS = ["ids", "engagement", "superSearch", "takenAt", "itemTypes", "verified", "followersCount", "creatorLocations"]


def create(world: TestWorld, kind: str, filters: Any, **more: Any) -> str:
    """A view of this kind: Content, Creator or SocialProfile."""
    shown = kind[0].lower() + kind[1:] + "View"
    query = (
        f"mutation($input: Create{kind}ViewInput!) {{ made: create{kind}View(input: $input) "
        f"{{ view: {shown} {{ id }} userErrors {{ message }} }} }}"
    )
    made = data(world, query, input={"name": "Ours", "filters": filters, **more})["made"]
    assert made["userErrors"] == []
    return str(made["view"]["id"])


def test_a_preset_takes_the_place_of_the_other_arguments(quiet: TestWorld) -> None:
    presets = data(quiet, "{ filterPresets { id name } }")["filterPresets"]
    assert presets
    for preset in presets:
        plain = ids(quiet, preset=preset["id"])
        assert len(set(plain)) == len(plain)
        assert plain == ids(quiet, preset=preset["id"], filter={"ids": ["x"]}, sorting=LIKED)
    assert any(len(ids(quiet, preset=preset["id"])) < len(ids(quiet)) for preset in presets)


def test_a_view_brings_its_filters_and_its_order(world: TestWorld) -> None:
    view = create(world, "Content", NARROW, sort=LIKED)
    expected = ids(world, filter=NARROW, sorting=LIKED)
    assert expected
    assert ids(world, preset=view, first=7) == expected
    assert (
        ids(world, preset=view, filter={"ids": []}, sorting=[{"sortKey": "TAKEN_AT", "sortOrder": "ASC"}]) == expected
    )


def test_a_view_may_have_its_order_as_an_object(world: TestWorld) -> None:
    view = create(world, "Content", NARROW, sort=LIKED[0])
    assert ids(world, preset=view) == ids(world, filter=NARROW, sorting=LIKED)


def test_a_view_brings_its_conditions(world: TestWorld) -> None:
    schemas = data(world, "{ customAttributeSchemas(entity: ITEM) { key type } }")["customAttributeSchemas"]
    conditions = [{"field": schemas[0]["key"], "type": schemas[0]["type"], "operator": "IS_NOT_EMPTY"}]
    view = create(world, "Content", NARROW, customAttributeConditions=conditions)
    listed = ids(world, filter=NARROW, conditions=conditions)
    assert ids(world, preset=view) == listed
    empty = [{**conditions[0], "operator": "IS_EMPTY"}]
    assert sorted(listed + ids(world, filter=NARROW, conditions=empty)) == sorted(ids(world, filter=NARROW))


def test_a_part_that_does_not_fit_is_ignored(world: TestWorld) -> None:
    filters = {
        "itemTypes": ["REEL", "NOTHING", 7],
        "takenAt": {"from": "yesterday", "to": "2025-12-01T00:00:00Z"},
        "engagement": [{"field": "LIKE_COUNT"}, {"range": {"from": 1}}],
        "verified": "perhaps",
        "provider": ["TIKTOK"],
        "superSearch": {"searchQuery": "no mode"},
        "ids": ["x"] * 1001,
        "nobody": {"knows": "it"},
    }
    view = create(world, "Content", filters, sort=[{"sortKey": "NOTHING", "sortOrder": "ASC"}, 7])
    fitting = {"itemTypes": ["REEL"], "takenAt": {"to": "2025-12-01T00:00:00Z"}}
    assert ids(world, preset=view) == ids(world, filter=fitting) != []


@settings(max_examples=25)
@given(st.one_of(JSON, st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3)), JSON)
def test_whatever_is_stored_can_be_read(world: TestWorld, filters: Any, sort: Any) -> None:
    given_filters = filters if isinstance(filters, dict) else {"filters": filters}
    made = data(world, VIEW, input={"name": "Ours", "filters": given_filters, "sort": sort})["made"]
    if made["contentView"] is not None:
        page = data(world, IDS, preset=made["contentView"]["id"])["items"]
        assert page["totalCount"] >= len(page["nodes"])


@pytest.mark.parametrize("kind", ["Creator", "SocialProfile"])
def test_a_view_of_something_else_is_refused(world: TestWorld, kind: str) -> None:
    (problem,) = problems(world, IDS, preset=create(world, kind, {}))
    assert problem["extensions"] == {"code": "WRONG_VIEW_TYPE_FOR_ITEMS"}
    assert problem["path"] == ["items"]


@pytest.mark.parametrize("id", ["", "nobody's", "380fcd91-7e9b-4dac-a5c2-02c96b2a6e5a"])
def test_an_unknown_preset_is_refused(quiet: TestWorld, id: str) -> None:
    (problem,) = problems(quiet, IDS, preset=id)
    assert problem["extensions"] == {"code": "NOT_FOUND"}


def test_all_conditions_have_to_hold(quiet: TestWorld) -> None:
    schemas = data(quiet, "{ customAttributeSchemas(entity: ITEM) { key type } }")["customAttributeSchemas"]
    given_ones = [{"field": each["key"], "type": each["type"], "operator": "IS_NOT_EMPTY"} for each in schemas[:2]]
    films = {"provider": "YOUTUBE"}
    parts = [set(ids(quiet, filter=films, conditions=[each])) for each in given_ones]
    assert set(ids(quiet, filter=films, conditions=given_ones)) == parts[0] & parts[1]


def test_an_unknown_attribute_is_refused_where_no_item_is_left_too(quiet: TestWorld) -> None:
    asked = [{"field": "nobody's", "type": "TEXT", "operator": "IS", "value": "x"}]
    for wanted in ({}, {"shopifyProductsIds": ["1"]}):
        assert len(problems(quiet, IDS, conditions=asked, filter=wanted)) == 1


def test_a_page_of_a_view_ends_with_a_cursor_of_its_order(world: TestWorld) -> None:
    view = create(world, "Content", NARROW, sort=LIKED)
    page = data(world, IDS, preset=view, first=5)["items"]
    after = data(world, IDS, preset=view, first=5, after=page["pageInfo"]["endCursor"])["items"]
    assert ids_of(page["nodes"]) + ids_of(after["nodes"]) == ids(world, filter=NARROW, sorting=LIKED)[:10]
    assert found(world, NARROW) >= set(ids_of(after["nodes"]))
