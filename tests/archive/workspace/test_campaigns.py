"""The campaigns of a workspace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive.community import world_from
from tests.archive.workspace.client import data, everything, problems
from tests.support import Server, TestWorld

FIELDS = "id name createdAt"


def test_campaigns_come_newest_first(quiet: TestWorld) -> None:
    shown = everything(quiet, "campaigns", FIELDS)
    assert len(shown) > 1
    assert [each["createdAt"] for each in shown] == sorted((each["createdAt"] for each in shown), reverse=True)


def test_a_campaign_is_in_one_workspace_and_also_at_storyclash(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        names = []
        for workspace in world.credentials["archive"]["workspace_ids"]:
            names += [
                each["name"] for each in data(world, "{campaigns {nodes {name}}}", workspace)["campaigns"]["nodes"]
            ]
        known = [each["name"] for each in world.storyclash("/external-api/campaigns").json()]
        assert len(names) == 6
        assert set(names) <= set(known)


@given(first=st.integers(1, 10))
def test_pages_of_any_size_hold_the_same_campaigns(quiet: TestWorld, first: int) -> None:
    assert everything(quiet, "campaigns", FIELDS, first=first) == everything(quiet, "campaigns", FIELDS)


def test_all_campaigns_are_counted_on_every_page(quiet: TestWorld) -> None:
    shown = data(quiet, "{campaigns(first: 1) {totalCount nodes {id} pageInfo {hasNextPage hasPreviousPage}}}")[
        "campaigns"
    ]
    assert shown["totalCount"] == len(everything(quiet, "campaigns", "id"))
    assert shown["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False}


@pytest.mark.parametrize("cursor", ["xyz789", "MQ", "eyJpZCI6MX0=", "e30="])
def test_what_is_no_cursor_is_an_error(quiet: TestWorld, cursor: str) -> None:
    (error,) = problems(quiet, "query($after: String) {campaigns(after: $after) {totalCount}}", after=cursor)
    assert error["message"] == "Invalid cursor"
