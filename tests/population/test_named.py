"""Creators and campaigns that a recipe names, seen through the vendors."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.library import fetch_all
from tests.population.recipes import world_of
from tests.storyclash.reports import fetch_reports
from tests.support import TestWorld

SHOPS = [{"id": 5, "name": "Five"}]
MIA: dict[str, Any] = {
    "handle": "mia.example",
    "name": "Mia Example",
    "country": "DE",
    "gender": "FEMALE",
    "topics": ["fashion"],
    "posts": 12,
    "platforms": {
        "Instagram": {"followers": 12_000, "verified": True, "biography": "Hi there", "following": 7},
        "TikTok": {"followers": 4_500, "handle": "mia_tok"},
    },
    "connected": ["Instagram"],
}
LEO: dict[str, Any] = {"handle": "leo", "platforms": {"YouTube": 100}, "connected": {"YouTube": "SESSION_EXPIRED"}}
HANDLES = st.from_regex(r"[a-z][a-z0-9]{2,12}", fullmatch=True)


def users(world: TestWorld) -> dict[str, Any]:
    return {user["name"]: user for user in world.insightiq("GET", "/v1/users?limit=100").json()["data"]}


def accounts(world: TestWorld) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.insightiq("GET", "/v1/accounts?limit=100").json()["data"]
    return found


def test_a_named_creator_is_as_the_recipe_says(tmp_path: Path) -> None:
    with world_of(tmp_path, named_creators=[MIA, LEO], shops=SHOPS) as world:
        mia, leo = sorted(accounts(world), key=lambda account: str(account["username"]), reverse=True)
        assert (mia["username"], mia["status"], mia["user"]["name"]) == ("mia.example", "CONNECTED", "Mia Example")
        assert (leo["username"], leo["status"]) == ("leo", "SESSION_EXPIRED")
        profile = world.insightiq("GET", "/v1/profiles", params={"account_id": mia["id"]}).json()["data"][0]
        assert (profile["introduction"], profile["reputation"]["follower_count"]) == ("Hi there", 12_000)
        assert (profile["reputation"]["following_count"], profile["is_verified"]) == (7, True)
        items = fetch_all(world, "provider creator {accountName}")
        assert len(items) == 12
        names = {(item["provider"], item["creator"]["accountName"]) for item in items}
        assert names <= {("INSTAGRAM", "mia.example"), ("TIKTOK", "mia_tok")}


def test_a_named_campaign_has_just_those_creators(tmp_path: Path) -> None:
    spring = {"name": "Spring", "creators": ["mia.example", "leo"], "starts": -60, "ends": 10, "folder": "2026"}
    watch = {"name": "Watch", "creators": ["leo"], "kind": "report", "starts": "2025-12-01", "ends": "2025-12-31"}
    stars, plans = [{**MIA, "posts": 200}, LEO], [spring, watch]
    with world_of(tmp_path, named_creators=stars, named_campaigns=plans) as world:
        first, second = fetch_reports(world)
        assert (first.campaign["name"], first.campaign["type"], first.campaign["folderName"]) == ("Spring", 1, "2026")
        assert {creator["name"] for creator in first.creators} > {"Mia Example"}
        assert len(first.creators) == 2
        assert (second.campaign["type"], len(second.creators)) == (2, 1)
        assert (second.campaign["from"], second.campaign["to"]) == (1_764_547_200, 1_767_225_599)
        assert first.campaign["to"] - first.campaign["from"] == 71 * 86_400 - 1
        assert first.posts
        begins, ends = first.campaign["from"], first.campaign["to"]
        assert all(begins <= post["date"] <= ends for post in first.posts)


def test_named_creators_live_on_as_all_others(tmp_path: Path) -> None:
    with world_of(tmp_path, named_creators=[{**MIA, "posts": 300}], shops=SHOPS) as world:
        before = len(fetch_all(world, "id"))
        world.advance(by="P30D")
        assert len(fetch_all(world, "id")) > before


def test_one_who_has_connected_nothing_can_do_so_on_command(tmp_path: Path) -> None:
    star = {"handle": "ada", "platforms": {"TikTok": 900}}
    with world_of(tmp_path, named_creators=[star]) as world:
        assert accounts(world) == []
        asked = {"work_platform": "TikTok", "handle": "ada"}
        assert world.control("POST", "/insightiq/accounts", json=asked).status_code == 201
        assert accounts(world)[0]["username"] == "ada"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_their_handles_are_theirs_whatever_chance_calls_others(tmp_path: Path, seed: int) -> None:
    """Handles that chance gives without named creators, given to named ones."""
    fields = {"creators": 8, "posts": 60, "shops": SHOPS, "platforms": {"Instagram": 1}}
    with world_of(tmp_path, **fields) as world:
        taken = {item["creator"]["accountName"] for item in fetch_all(world, "creator {accountName}")}
    stars = [{"handle": name, "platforms": {"Instagram": 777_777 + nth}} for nth, name in enumerate(sorted(taken))]
    stars = [{**star, "connected": True} for star in stars]
    with world_of(tmp_path, **fields, named_creators=stars) as world:
        assert {account["username"] for account in accounts(world)} == taken


def test_those_beside_them_stay_as_they_were(tmp_path: Path) -> None:
    fields = {"creators": 8, "posts": 0, "connected_users": 5, "platforms": {"Instagram": 1, "TikTok": 1}}
    with world_of(tmp_path, **fields) as world:
        alone = users(world)
    with world_of(tmp_path, **fields, named_creators=[MIA, LEO]) as world:
        together = users(world)
    assert alone.items() <= together.items()
    assert len(together) == len(alone) + 2


@settings(max_examples=15)
@given(
    stars=st.lists(HANDLES, min_size=1, max_size=4, unique=True),
    posts=st.integers(0, 30),
    followers=st.integers(0, 2_000_000_000),
    platforms=st.sets(
        st.sampled_from(["Twitter", "Twitch", "LinkedIn", "Spotify", "Substack", "Snapchat", "Pinterest"])
    ),
    creators=st.integers(0, 4),
)
def test_whatever_is_named_makes_a_world_that_answers(
    tmp_path: Path, stars: list[str], posts: int, followers: int, platforms: set[str], creators: int
) -> None:
    profiles = dict.fromkeys(["YouTube", *sorted(platforms)], followers)
    named = [{"handle": handle, "platforms": profiles, "posts": posts, "connected": True} for handle in stars]
    plans = [{"name": "All", "creators": stars, "starts": -400}]
    with world_of(tmp_path, creators=creators, named_creators=named, named_campaigns=plans, shops=SHOPS) as world:
        assert len(users(world)) == len(stars)
        (report,) = fetch_reports(world)
        assert len(report.creators) == len(stars)
        assert world.insightiq("GET", "/v1/profiles").status_code == 200
        world.advance(by="P2D")
        assert len(users(world)) == len(stars)
