"""Tags on creators and media items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive.community import TAG_CREATOR, TAG_ITEM, creator_ids, shops, world_from
from tests.archive.library import data, fetch_all
from tests.support import Server, TestWorld

NAMES = st.text(min_size=1, max_size=40).filter(str.strip)


@pytest.fixture
def targets(world: TestWorld) -> dict[str, str]:
    """Somebody and something to put tags on, by the query that does so."""
    return {TAG_CREATOR: str(creator_ids(world)[0]), TAG_ITEM: fetch_all(world, "id")[0]["id"]}


@given(NAMES)
def test_a_tag_is_a_label_of_the_shop(world: TestWorld, targets: dict[str, str], name: str) -> None:
    [shop] = world.credentials["archive"]["shop_ids"]
    for query, target in targets.items():
        label = data(world, query, id=target, name=name)["tag"]
        assert label == {"id": label["id"], "name": name, "shopId": str(shop), "type": "custom"}


@given(st.lists(NAMES, min_size=2, max_size=5))
def test_a_name_has_one_label_whoever_carries_it(world: TestWorld, targets: dict[str, str], names: list[str]) -> None:
    ids: dict[str, str] = {}
    for name in names:
        for query, target in targets.items():
            label = data(world, query, id=target, name=name)["tag"]
            assert ids.setdefault(name, label["id"]) == label["id"]
    assert len(set(ids.values())) == len(ids)


@pytest.mark.parametrize("query", [TAG_CREATOR, TAG_ITEM])
@pytest.mark.parametrize("name", ["", " ", "\n\t"])
def test_a_blank_name_is_refused(world: TestWorld, targets: dict[str, str], query: str, name: str) -> None:
    answer = world.archive(query, id=targets[query], name=name)
    assert answer["data"] == {"tag": None}
    assert [(error["message"], error["path"]) for error in answer["errors"]] == [("Name can't be blank", ["tag"])]


@pytest.mark.parametrize("query", [TAG_CREATOR, TAG_ITEM])
@pytest.mark.parametrize("id", ["0", "-1", "x", "", "9" * 30, "1e3", "٣"])
def test_what_is_unknown_gets_no_tag(world: TestWorld, query: str, id: str) -> None:
    assert data(world, query, id=id, name="summer") == {"tag": None}


def test_two_shops_have_labels_of_their_own_for_one_name(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        labels = [
            data(world, TAG_CREATOR, shop, id=creator_ids(world, **shop)[0], name="summer")["tag"]
            for shop in shops(world)
        ]
        assert [label["shopId"] for label in labels] == [shop["SHOP-ID"] for shop in shops(world)]
        assert labels[0]["id"] != labels[1]["id"]
