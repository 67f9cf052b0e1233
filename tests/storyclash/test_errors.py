"""Which status errors have: 200 as reported, or proper ones, as the world has chosen."""

from collections.abc import Iterator
from typing import Any

import pytest

from emulator.settings import Settings
from tests.population.recipes import first_world
from tests.storyclash.imports import call, campaigns
from tests.storyclash.reports import CAMPAIGNS, path
from tests.support import Server, TestWorld, running

BAD_KEY = {"message": "Invalid API Key"}


@pytest.fixture
def proper(server: Server) -> Iterator[TestWorld]:
    made = server.world(clock={"mode": "frozen"}, choices={"storyclash": {"errors": "proper"}})
    yield made
    made.control("DELETE")


REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "page": ({"page": "x"}, 400),
    "first page": ({"page": 0}, 400),
    "order": ({"from": 2, "to": 1}, 400),
    "period": ({"from": 1}, 400),
    "end": ({"page": 99}, 404),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_request_has_its_status_in_one_world_and_200_in_another(
    proper: TestWorld, unlimited: TestWorld, case: str
) -> None:
    parameters, status = REFUSED[case]
    answers = [world.storyclash(path(campaigns(world)[0]["id"]), **parameters) for world in (proper, unlimited)]
    assert [answer.status_code for answer in answers] == [status, 200]
    assert answers[0].json() == answers[1].json()


def test_what_is_not_there_is_404_and_what_comes_too_early_429(proper: TestWorld) -> None:
    assert proper.storyclash(path(1)).status_code == 404
    place = path(campaigns(proper)[0]["id"])
    assert [proper.storyclash(place).status_code for _ in range(2)] == [200, 429]
    assert call(proper, instagramName="x", campaign=1).status_code == 404


def test_where_the_import_is_off_it_is_401(server: Server) -> None:
    chosen = {"errors": "proper", "creator_import": "off"}
    world = server.world(recipe="empty", choices={"storyclash": chosen})
    answer = call(world, instagramName="x")
    assert (answer.status_code, answer.json()) == (401, BAD_KEY)
    world.control("DELETE")


@pytest.mark.parametrize(("errors", "status"), [(None, 200), ("reported", 200), ("proper", 401)])
def test_strangers_and_the_first_world_get_what_the_server_was_started_with(errors: Any, status: int) -> None:
    with running(Settings(recipe="empty", storyclash_errors=errors)) as server:
        answer = server.client.get(f"{CAMPAIGNS}?token=nope")
        assert (answer.status_code, answer.json()) == (status, BAD_KEY)
        found = first_world(server).storyclash(path(1))
        assert found.status_code == (404 if status == 401 else 200)
        other = server.world(recipe="empty")
        assert other.storyclash(path(1)).status_code == 200


def test_the_choice_survives_a_reset(proper: TestWorld) -> None:
    proper.control("POST", "/reset")
    assert proper.storyclash(path(1)).status_code == 404


@pytest.mark.parametrize(("method", "place", "status"), [("GET", "/external-api/x", 404), ("PUT", CAMPAIGNS, 405)])
def test_what_is_no_question_of_the_api_has_a_proper_status_anyway(
    unlimited: TestWorld, method: str, place: str, status: int
) -> None:
    answer = unlimited.client.request(method, place, params=unlimited.credentials["storyclash"])
    assert answer.status_code == status
