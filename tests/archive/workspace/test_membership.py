"""Putting items into collections, and taking them out: all that is asked for, or nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.community import collect, world_from
from tests.archive.workspace.client import ask, data
from tests.support import Server, TestWorld

ADD = """mutation($itemId: ID!, $collectionIds: [ID!], $collectionNames: [String!], $autoCreate: Boolean) {
  done: addItemToCollections(
    itemId: $itemId, collectionIds: $collectionIds, collectionNames: $collectionNames, autoCreate: $autoCreate
  ) {item {id} userErrors {field message}}
}"""
REMOVE = """mutation($itemId: ID!, $collectionIds: [ID!], $collectionNames: [String!]) {
  done: removeItemFromCollections(itemId: $itemId, collectionIds: $collectionIds, collectionNames: $collectionNames) {
    item {id} userErrors {field message}
  }
}"""
NOBODY = "00000000-0000-4000-8000-000000000000"
COLLECTIONS = "{collections {id name itemCount}}"
KNOWN = ["Summer", "Winter"]
UNKNOWN = ["Spring", " ", "x" * 256]


def collections(world: TestWorld) -> dict[str, int]:
    """How many items are in each, by name."""
    return {each["name"]: each["itemCount"] for each in data(world, COLLECTIONS)["collections"]}


def ids(world: TestWorld) -> dict[str, str]:
    return {each["name"]: each["id"] for each in data(world, COLLECTIONS)["collections"]}


def changed(world: TestWorld, mutation: str, **variables: Any) -> dict[str, Any]:
    done: dict[str, Any] = data(world, mutation, **variables)["done"]
    return done


def items(world: TestWorld) -> list[str]:
    """Two of them."""
    return [each["id"] for each in data(world, "{items(first: 2) {nodes {id}}}")["items"]["nodes"]]


def test_an_item_is_put_into_collections_by_id_and_by_name(world: TestWorld) -> None:
    (item, _), (one, two, *_) = items(world), ids(world)
    before = collections(world)
    changed(world, REMOVE, itemId=item, collectionNames=[one, two])
    emptied = collections(world)
    done = changed(world, ADD, itemId=item, collectionIds=[ids(world)[one]], collectionNames=[two])
    assert done == {"item": {"id": item}, "userErrors": []}
    assert collections(world) == {**emptied, one: emptied[one] + 1, two: emptied[two] + 1}
    assert all(emptied[name] <= before[name] for name in before)


def test_what_is_done_twice_is_done_once(world: TestWorld) -> None:
    (item, _), (name, *_) = items(world), ids(world)
    changed(world, ADD, itemId=item, collectionNames=[name, name], collectionIds=[ids(world)[name]])
    once = collections(world)
    changed(world, ADD, itemId=item, collectionNames=[name])
    assert collections(world) == once
    for _ in range(2):
        assert changed(world, REMOVE, itemId=item, collectionNames=[name])["userErrors"] == []
        assert collections(world) == {**once, name: once[name] - 1}


def test_a_collection_of_version_1_is_the_same_one(world: TestWorld) -> None:
    item = data(world, "{items {nodes {id mediaItemId provider}}}")["items"]["nodes"][0]
    changed(world, ADD, itemId=item["id"], collectionNames=["Shared"], autoCreate=True)
    assert collect(world, id=item["mediaItemId"], collectionName="Shared") is True
    assert collections(world)["Shared"] == 1


def test_a_name_that_none_has_is_an_error_without_auto_create(world: TestWorld) -> None:
    (item, _) = items(world)
    before = collections(world)
    done = changed(world, ADD, itemId=item, collectionNames=["Spring"])
    assert done == {
        "item": None,
        "userErrors": [{"field": ["collectionNames"], "message": "Collection not found"}],
    }
    assert collections(world) == before
    changed(world, ADD, itemId=item, collectionNames=["Spring", "Spring"], autoCreate=True)
    assert collections(world) == {**before, "Spring": 1}


def test_taking_an_item_out_makes_no_collection(world: TestWorld) -> None:
    (item, _) = items(world)
    before = collections(world)
    done = changed(world, REMOVE, itemId=item, collectionNames=["Spring"])
    assert done["userErrors"] == [{"field": ["collectionNames"], "message": "Collection not found"}]
    assert collections(world) == before


@pytest.mark.parametrize("mutation", [ADD, REMOVE])
def test_one_bad_collection_id_refuses_all_and_is_named(world: TestWorld, mutation: str) -> None:
    (item, _), known = items(world), ids(world)
    before = collections(world)
    done = changed(world, mutation, itemId=item, collectionIds=[*known.values(), NOBODY])
    assert done["item"] is None
    (error,) = done["userErrors"]
    assert error["field"] == ["collectionIds"]
    assert NOBODY in error["message"]
    assert collections(world) == before


@pytest.mark.parametrize("mutation", [ADD, REMOVE])
@pytest.mark.parametrize("item", [NOBODY, "", "1"])
def test_an_unknown_item_is_a_user_error(world: TestWorld, mutation: str, item: str) -> None:
    before = collections(world)
    done = changed(world, mutation, itemId=item, collectionNames=list(before))
    assert done == {"item": None, "userErrors": [{"field": ["itemId"], "message": "Item not found"}]}
    assert collections(world) == before


def test_the_item_and_the_collections_of_another_workspace_are_unknown(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        other = world.credentials["archive"]["workspace_ids"][1]
        (item, _), known = items(world), ids(world)
        done = ask(world, ADD, other, itemId=item, collectionIds=list(known.values()))["data"]["done"]
        assert [each["field"] for each in done["userErrors"]] == [["itemId"], *[["collectionIds"]] * len(known)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Name can't be blank"),
        (" \t", "Name can't be blank"),
        ("x" * 256, "Name is too long (maximum is 255 characters)"),
    ],
)
def test_no_collection_is_made_of_a_bad_name(world: TestWorld, name: str, message: str) -> None:
    (item, _) = items(world)
    before = collections(world)
    done = changed(world, ADD, itemId=item, collectionNames=["Spring", name], autoCreate=True)
    assert done == {"item": None, "userErrors": [{"field": ["collectionNames"], "message": message}]}
    assert collections(world) == before


def test_without_collections_nothing_is_done(world: TestWorld) -> None:
    (item, _) = items(world)
    before = collections(world)
    assert changed(world, ADD, itemId=item) == {"item": {"id": item}, "userErrors": []}
    assert changed(world, ADD, itemId=item, collectionIds=None, autoCreate=None)["userErrors"] == []
    assert collections(world) == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from([ADD, REMOVE]),
        st.integers(0, 2),
        st.lists(st.sampled_from([*KNOWN, *UNKNOWN]), max_size=3),
        st.lists(st.sampled_from([*KNOWN, "nobody"]), max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=15)
@given(steps=STEPS)
def test_all_of_a_call_is_done_or_nothing_of_it(server: Server, steps: list[Any]) -> None:
    with world_from(server) as world:
        known = [*items(world), NOBODY]
        changed(world, ADD, itemId=known[0], collectionNames=KNOWN, autoCreate=True)
        model: dict[str, set[str]] = {name: {known[0]} for name in KNOWN}
        before = {name: count for name, count in collections(world).items() if name not in model}
        for mutation, place, names, owners, create in steps:
            item, numbers = known[place], ids(world)
            given = {"collectionNames": names, "collectionIds": [numbers.get(name, NOBODY) for name in owners]}
            made = {"autoCreate": create} if mutation == ADD else {}
            done = changed(world, mutation, itemId=item, **given, **made)
            new = [name for name in names if name not in model]
            valid = all(mutation == ADD and create and name.strip() and len(name) <= 255 for name in new)
            fine = item != NOBODY and "nobody" not in owners and valid
            assert (done["item"] is not None, not done["userErrors"]) == (fine, fine)
            for name in (*names, *owners) if fine else ():
                held = model.setdefault(name, set())
                held.add(item) if mutation == ADD else held.discard(item)
            assert collections(world) == {**before, **{name: len(held) for name, held in model.items()}}
