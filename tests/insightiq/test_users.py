from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insightiq.support import NOBODY, Another, assert_refused, create_user, everything, segment, state
from tests.support import TestWorld


def test_a_created_user_is_found_by_both_of_its_ids(world: TestWorld) -> None:
    user = create_user(world, "ada-1", "Ada")
    assert world.insightiq("GET", f"/v1/users/{user['id']}").json() == user
    assert world.insightiq("GET", "/v1/users/external_id/ada-1").json() == user


def test_a_created_user_has_the_documented_keys_in_the_documented_order(world: TestWorld) -> None:
    user = create_user(world, "ada-1", "Ada")
    now = world.now().removesuffix("Z")
    asked = {"name": "Ada", "external_id": "ada-1", "id": str(UUID(user["id"]))}
    shown = asked | {"created_at": now, "updated_at": now, "status": "ACTIVE"}
    assert list(user.items()) == list(shown.items())


def test_users_of_the_population_have_the_same_keys_as_created_ones(world: TestWorld) -> None:
    created = create_user(world)
    assert {tuple(user) for user in everything(world, "/v1/users")} == {tuple(created)}


def test_a_duplicate_external_id_answers_400_and_creates_nothing(world: TestWorld) -> None:
    create_user(world, "ada-1", "Ada")
    before = state(world)
    again = world.insightiq("POST", "/v1/users", json={"name": "Another", "external_id": "ada-1"})
    assert_refused(again, 400, "user_exists_with_external_id")
    assert state(world) == before


def test_an_external_id_of_the_population_is_taken(world: TestWorld) -> None:
    taken = everything(world, "/v1/users")[0]["external_id"]
    again = world.insightiq("POST", "/v1/users", json={"name": "Another", "external_id": taken})
    assert_refused(again, 400, "user_exists_with_external_id")


def test_external_ids_that_differ_in_case_or_space_are_different(world: TestWorld) -> None:
    ids = {create_user(world, external_id)["id"] for external_id in ("ada", "Ada", "ada ", " ada", "äda", "")}
    assert len(ids) == 6


def test_users_are_listed_newest_first(world: TestWorld) -> None:
    made: list[str] = []
    for number in range(3):
        world.advance(by=1)
        made.insert(0, create_user(world, f"user-{number}")["external_id"])
    listed = everything(world, "/v1/users")
    assert [user["external_id"] for user in listed[:3]] == made
    assert [user["created_at"] for user in listed] == sorted((user["created_at"] for user in listed), reverse=True)


@pytest.mark.parametrize("external_id", ["x" * 100, "😀" * 100])
def test_an_external_id_may_have_100_characters(world: TestWorld, external_id: str) -> None:
    assert create_user(world, external_id)["external_id"] == external_id


def test_unknown_keys_of_the_body_are_ignored(world: TestWorld) -> None:
    body = {"name": "Ada", "external_id": "ada-1", "id": NOBODY, "status": "INACTIVE", "role": "admin"}
    user = world.insightiq("POST", "/v1/users", json=body).json()
    assert user["id"] != NOBODY
    assert user["status"] == "ACTIVE"
    assert "role" not in user


@given(name=st.text(max_size=200), external_id=st.text(max_size=100))
def test_any_text_comes_back_as_it_was_sent(world: TestWorld, name: str, external_id: str) -> None:
    world.control("POST", "/reset")
    user = create_user(world, external_id, name)
    assert (user["name"], user["external_id"]) == (name, external_id)
    assert world.insightiq("GET", "/v1/users", params={"external_id": external_id}).json()["data"] == [user]
    if external_id:
        assert world.insightiq("GET", f"/v1/users/external_id/{segment(external_id)}").json() == user


def test_an_external_id_keeps_only_its_user_and_an_unknown_one_nobody(world: TestWorld) -> None:
    user = everything(world, "/v1/users")[3]
    assert world.insightiq("GET", "/v1/users", params={"external_id": user["external_id"]}).json()["data"] == [user]
    nobody = world.insightiq("GET", "/v1/users", params={"external_id": "nobody"}).json()
    assert nobody == {"data": [], "metadata": {"offset": 0, "limit": 10, "from_date": None, "to_date": None}}


@pytest.mark.parametrize("path", [f"/v1/users/{NOBODY}", "/v1/users/x", "/v1/users/external_id/nobody"])
def test_an_unknown_user_is_not_found(world: TestWorld, path: str) -> None:
    assert_refused(world.insightiq("GET", path), 404, "incorrect_user_id")


def test_a_user_of_one_world_does_not_exist_in_another(world: TestWorld, another: Another) -> None:
    user = create_user(another(seed=2), "ada-1")
    assert_refused(world.insightiq("GET", f"/v1/users/{user['id']}"), 404, "incorrect_user_id")
    assert_refused(world.insightiq("GET", "/v1/users/external_id/ada-1"), 404, "incorrect_user_id")
    create_user(world, "ada-1")


def test_a_reset_forgets_created_users(world: TestWorld) -> None:
    before = state(world)
    create_user(world)
    world.control("POST", "/reset")
    assert state(world) == before


def test_users_created_at_one_instant_are_listed_last_created_first(world: TestWorld) -> None:
    names = [f"user {number}" for number in range(5)]
    for name in names:
        world.insightiq("POST", "/v1/users", json={"name": name, "external_id": name})
    listed = world.insightiq("GET", "/v1/users", params={"limit": 5}).json()["data"]
    assert [user["name"] for user in listed] == names[::-1]
