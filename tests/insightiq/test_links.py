from typing import Any

import pytest

from tests.insightiq.support import create_user, state
from tests.support import HOST, TestWorld


@pytest.mark.parametrize("body", [{"name": "Ada", "external_id": "ada-1"}, {"external_id": "ada-1"}])
def test_a_link_invites_with_and_without_a_name(world: TestWorld, body: dict[str, Any]) -> None:
    created = world.insightiq("POST", "/v1/links", json=body)
    assert created.status_code == 201
    link = created.json()
    assert list(link) == ["created_at", "microsite_url", "invite_id", "external_id"]
    assert link["external_id"] == "ada-1"
    assert link["created_at"] == world.now().removesuffix("Z")
    assert link["microsite_url"].startswith(HOST)
    assert link["invite_id"] in link["microsite_url"]


def test_every_link_is_an_invitation_of_its_own(world: TestWorld) -> None:
    links = [world.insightiq("POST", "/v1/links", json={"external_id": "ada-1"}).json() for _ in range(3)]
    assert len({link["invite_id"] for link in links}) == len({link["microsite_url"] for link in links}) == 3


def test_a_link_creates_no_user_and_takes_the_external_id_of_one(world: TestWorld) -> None:
    create_user(world, "ada-1")
    before = state(world)
    for external_id in ("ada-1", "ada-2", "x" * 101):
        assert world.insightiq("POST", "/v1/links", json={"external_id": external_id}).status_code == 201
    assert state(world) == before
