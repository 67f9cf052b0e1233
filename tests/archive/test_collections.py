"""Collections of media items, named by id or by name."""

from typing import Any

import pytest

from tests.archive.community import collect, shops, world_from
from tests.archive.library import fetch_all
from tests.support import Server, TestWorld


@pytest.fixture
def item(world: TestWorld) -> str:
    shown: str = fetch_all(world, "id")[0]["id"]
    return shown


def campaigns(world: TestWorld) -> list[dict[str, Any]]:
    """Each campaign of the world is a collection of one shop, under the same id."""
    found: list[dict[str, Any]] = world.storyclash("/external-api/campaigns").json()
    return found


def test_a_name_that_no_collection_has_makes_a_new_one(world: TestWorld, item: str) -> None:
    assert collect(world, id=item, collectionName="Summer") is True
    assert collect(world, id=item, collectionName="Summer") is True


def test_an_item_gets_into_a_collection_by_its_id(world: TestWorld, item: str) -> None:
    results = {collect(world, id=item, collectionId=str(campaign["id"])) for campaign in campaigns(world)}
    assert True in results


def test_a_collection_has_the_name_of_its_campaign(world: TestWorld, item: str) -> None:
    for campaign in campaigns(world):
        if collect(world, id=item, collectionId=campaign["id"]):
            assert collect(world, id=item, collectionName=campaign["name"]) is True


@pytest.mark.parametrize("named", [{"collectionId": "1"}, {"collectionId": "x"}, {"collectionId": ""}])
def test_there_is_no_collection_of_an_unknown_id(world: TestWorld, item: str, named: dict[str, str]) -> None:
    assert collect(world, None, id=item, **named) is False


def test_the_id_decides_over_the_name(world: TestWorld, item: str) -> None:
    assert collect(world, id=item, collectionId="1", collectionName="Summer") is False


@pytest.mark.parametrize("named", [{}, {"collectionName": None}, {"collectionName": ""}, {"collectionName": " "}])
def test_no_collection_is_named_by_nothing(world: TestWorld, item: str, named: dict[str, Any]) -> None:
    assert collect(world, None, id=item, **named) is False


@pytest.mark.parametrize("id", ["1", "x", "", "-5"])
def test_an_unknown_item_is_in_no_collection(world: TestWorld, id: str) -> None:
    assert collect(world, id=id, collectionName="Summer") is False


def test_a_campaign_is_a_collection_of_one_shop_only(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        items = [(shop, fetch_all(world, "id", **shop)[0]["id"]) for shop in shops(world)]
        for campaign in campaigns(world):
            taken = [collect(world, shop, id=item, collectionId=campaign["id"]) for shop, item in items]
            assert sum(taken) <= 1
        taken_by_name = [collect(world, shop, id=item, collectionName="Ours") for shop, item in items]
        assert taken_by_name == [True, True]
