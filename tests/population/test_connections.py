"""Connected accounts are such that every platform and every status can be tried, whatever the seed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insightiq.activity.support import BOTH, accounts_on, heard
from tests.insightiq.support import everything
from tests.population.recipes import world_of
from tests.support import Server, TestWorld

# The rarest first. Nobody connects Pinterest or Discord, whose accounts are not among those of real customers.
CONNECTABLE: Final = ["Beehiiv", "Spotify", "Substack", "Twitch", "LinkedIn", "Snapchat", "X", "Facebook", "YouTube",
                      "TikTok", "Instagram"]  # fmt: skip
PLATFORMS: Final = {**dict.fromkeys({*CONNECTABLE, "Pinterest", "Discord"} - {"X"}, 1), "Twitter": 1}
OF_DEMO: Final = {"Beehiiv", "Snapchat"}  # are not on it
STATUSES: Final = {"CONNECTED", "NOT_CONNECTED", "SESSION_EXPIRED"}

seeds = st.integers(0, 2**53)


@contextmanager
def of_recipe(server: Server, recipe: str, seed: int) -> Iterator[TestWorld]:
    world = server.world(recipe=recipe, seed=seed, clock={"mode": "frozen"})
    yield world
    world.control("DELETE")


def seen(accounts: list[dict[str, Any]], status: str) -> set[str]:
    """The platforms on which there are accounts of that status."""
    return {each["work_platform"]["name"] for each in accounts if each["status"] == status}


@pytest.mark.parametrize(("recipe", "absent"), [("default", set()), ("demo", OF_DEMO)], ids=["default", "demo"])
def test_every_platform_that_can_be_connected_is_connected_and_every_status_met(
    server: Server, recipe: str, absent: set[str]
) -> None:
    @settings(max_examples=5)
    @given(seeds)
    def hold(seed: int) -> None:
        with of_recipe(server, recipe, seed) as world:
            accounts = everything(world, "/v1/accounts")
            assert seen(accounts, "CONNECTED") == set(CONNECTABLE) - absent
            assert {each["status"] for each in accounts} == STATUSES

    hold()


@settings(max_examples=20)
@given(users=st.integers(1, 14))
def test_of_few_users_the_first_connect_the_rarest_platforms(tmp_path: Path, users: int) -> None:
    with world_of(tmp_path, creators=14, connected_users=users, platforms=PLATFORMS) as world:
        accounts = everything(world, "/v1/accounts")
        assert {*CONNECTABLE[:users]} <= seen(accounts, "CONNECTED")
        assert users < len(CONNECTABLE) + 2 or {each["status"] for each in accounts} == STATUSES


def test_fewer_creators_than_users_connect_the_rarest_platforms_too(tmp_path: Path) -> None:
    with world_of(tmp_path, creators=3, connected_users=9, platforms=PLATFORMS) as world:
        assert {*CONNECTABLE[:3]} <= seen(everything(world, "/v1/accounts"), "CONNECTED")


def test_a_platform_that_the_recipe_does_not_have_is_not_connected(tmp_path: Path) -> None:
    few = {"Instagram": 1, "TikTok": 0, "YouTube": 1, "Spotify": 0}
    with world_of(tmp_path, creators=20, connected_users=20, platforms=few) as world:
        assert seen(everything(world, "/v1/accounts"), "CONNECTED") == {"Instagram", "YouTube"}


@settings(max_examples=5)
@given(seeds)
def test_somebody_in_the_default_world_listens_to_music(server: Server, seed: int) -> None:
    with of_recipe(server, "default", seed) as world:
        listeners = accounts_on(world, "Spotify", "CONNECTED")
        assert listeners
        assert all(heard(world, path, each["id"]) for path in BOTH for each in listeners)
