"""Collections: made, renamed, put into groups and deleted, the same ones as in version 1."""

import pytest

from tests.archive.community import collect
from tests.archive.library import fetch_all
from tests.archive.workspace.client import ask, data
from tests.archive.workspace.organising import create, delete, every, made, move, names, one, refusals, update
from tests.archive.workspace.refreshes import choose
from tests.support import TestWorld

ABSENT = "11111111-2222-4333-8444-555555555555"
TAKEN = """query($id: ID!) {items(first: 100, filter: {collectionsIds: [$id]}) {nodes {mediaItemId} totalCount}}"""


def items_of(world: TestWorld) -> list[str]:
    """Ids of version 1."""
    return [item["id"] for item in fetch_all(world, "id")]


def test_each_campaign_has_a_collection_of_its_items(quiet: TestWorld) -> None:
    collections = every(quiet, "Collection")
    campaigns = data(quiet, "{campaigns(first: 100) {nodes {id name createdAt}}}")["campaigns"]["nodes"]
    assert {(each["name"], each["createdAt"]) for each in collections} == {
        (each["name"], each["createdAt"]) for each in campaigns
    }
    assert all(each["itemCount"] > 0 for each in collections)


def test_as_many_items_are_counted_as_are_found(quiet: TestWorld) -> None:
    for each in every(quiet, "Collection"):
        assert data(quiet, TAKEN, id=each["id"])["items"]["totalCount"] == each["itemCount"]


def test_a_new_collection_is_empty_and_comes_first(world: TestWorld) -> None:
    before = every(world, "Collection")
    new = made(world, "Collection", "Summer")
    now = world.now()[:19] + "Z"
    shown = {"id": new["id"], "name": "Summer", "itemCount": 0, "createdAt": now, "updatedAt": now, "group": None}
    assert new == shown == one(world, "Collection", new["id"])
    assert every(world, "Collection") == [new, *before]
    assert names(every(world, "Collection"))[1:] == names(before)


def test_a_name_may_be_taken_twice(world: TestWorld) -> None:
    first, second = made(world, "Collection", "Twin"), made(world, "Collection", "Twin")
    assert first["id"] != second["id"]


def test_what_version_1_puts_in_is_counted(world: TestWorld) -> None:
    collection = made(world, "Collection", "Both")
    world.advance(by="PT5S")
    first, second, *_ = items_of(world)
    for item in (first, second, first):
        assert collect(world, id=item, collectionName="Both") is True
    shown = one(world, "Collection", collection["id"])
    assert shown == {**collection, "itemCount": 2, "updatedAt": world.now()[:19] + "Z"}


def test_a_collection_of_version_1_is_one_of_version_2(world: TestWorld) -> None:
    assert collect(world, id=items_of(world)[0], collectionName="From version 1") is True
    (shown,) = (each for each in every(world, "Collection") if each["name"] == "From version 1")
    assert shown["itemCount"] == 1


def test_a_new_name_holds_in_both_versions(world: TestWorld) -> None:
    collection = made(world, "Collection", "Old")
    world.advance(by="PT5S")
    renamed = update(world, "Collection", collection["id"], name="New")["collection"]
    assert renamed == {**collection, "name": "New", "updatedAt": world.now()[:19] + "Z"}
    assert collect(world, id=items_of(world)[0], collectionName="New") is True
    shown = one(world, "Collection", collection["id"])
    assert shown is not None
    assert shown["itemCount"] == 1


def test_the_items_of_a_deleted_collection_stay(world: TestWorld) -> None:
    collection, *rest = every(world, "Collection")
    before = items_of(world)
    assert delete(world, "Collection", collection["id"]) == {"deletedCollectionId": collection["id"], "userErrors": []}
    assert every(world, "Collection") == rest
    assert one(world, "Collection", collection["id"]) is None
    assert items_of(world) == before
    assert data(world, TAKEN, id=collection["id"])["items"]["totalCount"] == 0


def test_a_collection_that_is_made_anew_under_its_old_name_is_empty(world: TestWorld) -> None:
    collection = every(world, "Collection")[0]
    delete(world, "Collection", collection["id"])
    assert made(world, "Collection", collection["name"])["itemCount"] == 0


def test_a_collection_gets_into_a_group_and_out_of_it(world: TestWorld) -> None:
    group, collection = made(world, "ViewGroup", "Group"), made(world, "Collection", "Inside")
    inside = move(world, "Collection", collection["id"], group["id"])["collection"]
    assert inside["group"] == {"id": group["id"], "name": "Group"}
    shown = one(world, "ViewGroup", group["id"])
    assert shown is not None
    assert shown["collections"] == [{"id": collection["id"], "name": "Inside"}]
    assert move(world, "Collection", collection["id"], None)["collection"] == collection
    query = f'mutation {{moveCollectionToGroup(collectionId: "{collection["id"]}") {{collection {{group {{id}}}}}}}}'
    move(world, "Collection", collection["id"], group["id"])
    assert data(world, query)["moveCollectionToGroup"]["collection"]["group"] is None


def test_what_is_unknown_is_refused_and_nothing_is_done(world: TestWorld) -> None:
    collection = made(world, "Collection")
    before = every(world, "Collection")
    blank, unknown = ("Name can't be blank", "input.name"), ("Collection not found", "id")
    assert refusals(update(world, "Collection", ABSENT, name=" ")) == [unknown, blank]
    assert delete(world, "Collection", ABSENT)["deletedCollectionId"] is None
    assert refusals(delete(world, "Collection", "")) == [unknown]
    assert refusals(move(world, "Collection", collection["id"], ABSENT)) == [("View group not found", "groupId")]
    assert refusals(move(world, "Collection", ABSENT, "x")) == [
        ("Collection not found", "collectionId"),
        ("View group not found", "groupId"),
    ]
    assert one(world, "Collection", ABSENT) is None
    assert every(world, "Collection") == before


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Name can't be blank"),
        (" \n", "Name can't be blank"),
        ("x" * 256, "Name is too long (maximum is 255 characters)"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(world: TestWorld, name: str, message: str) -> None:
    collection = made(world, "Collection", "x" * 255)
    before = every(world, "Collection")
    assert refusals(create(world, "Collection", name=name)) == [(message, "input.name")]
    assert refusals(update(world, "Collection", collection["id"], name=name)) == [(message, "input.name")]
    assert every(world, "Collection") == before


def test_where_an_error_lies_may_be_shown_as_a_string(world: TestWorld) -> None:
    choose(world, user_error_field="string")
    query = 'mutation {createCollection(input: {name: " "}) {collection {id} userErrors {field message}}}'
    shown = ask(world, query)["data"]["createCollection"]
    assert shown == {"collection": None, "userErrors": [{"field": "input.name", "message": "Name can't be blank"}]}


def test_a_thousand_collections_are_listed_at_most(world: TestWorld) -> None:
    for start in range(0, 1_050, 50):
        calls = "".join(
            f'c{number}: createCollection(input: {{name: "{number}"}}) {{userErrors {{message}}}} '
            for number in range(start, start + 50)
        )
        data(world, f"mutation {{{calls}}}")
    listed = names(data(world, "{collections {name}}")["collections"])
    assert listed == [str(number) for number in range(1_049, 49, -1)]
