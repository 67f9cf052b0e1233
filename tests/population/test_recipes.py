"""A recipe says how many of everything there are."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.library import data, fetch_all
from tests.population.recipes import world_of
from tests.storyclash.reports import CAMPAIGNS, fetch_reports
from tests.support import Server, TestWorld

PLATFORMS = ["Instagram", "TikTok", "YouTube", "Facebook", "Twitter", "Twitch", "LinkedIn", "Snapchat", "Pinterest",
             "Spotify", "Substack", "Discord", "Beehiiv"]  # fmt: skip
MAIN = PLATFORMS[:3]


def totals(world: TestWorld) -> dict[str, int]:
    """What can be counted at the doors, after seeing that every door opens."""
    for place in ("users", "accounts", "work-platforms"):
        assert world.insightiq("GET", f"/v1/{place}").status_code == 200
    reports = fetch_reports(world)
    shops = world.credentials["archive"]["shop_ids"]
    items = [
        data(world, "{mediaItems {totalCount}}", {"SHOP-ID": str(shop)})["mediaItems"]["totalCount"] for shop in shops
    ]
    return {
        "users": len(world.insightiq("GET", "/v1/users?limit=100").json()["data"]),
        "campaigns": sum(report.campaign["type"] == 1 for report in reports),
        "market_reports": sum(report.campaign["type"] == 2 for report in reports),
        "largest_campaign": max((len(report.creators) for report in reports), default=0),
        "items": sum(items),
        "shops": len(items),
    }


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("default", {"users": 25, "campaigns": 3, "market_reports": 1, "largest_campaign": 8, "shops": 1}),
        ("demo", {"users": 18, "campaigns": 6, "market_reports": 2, "largest_campaign": 12, "shops": 2}),
        ("empty", {"users": 0, "campaigns": 0, "market_reports": 0, "largest_campaign": 0, "shops": 1}),
    ],
)
def test_the_recipes_that_come_along_answer_everything(server: Server, recipe: str, expected: dict[str, int]) -> None:
    counted = totals(server.world(recipe=recipe, clock={"mode": "frozen"}, limits={"storyclash": "off"}))
    assert expected.items() <= counted.items()
    assert (counted["items"] == 0) is (recipe == "empty")


def test_the_default_world_has_sixty_creators_and_fifteen_hundred_posts(server: Server) -> None:
    """Nobody shows all of them: Archive has two platforms, and Storyclash the posts of campaigns."""
    world = server.world(clock={"mode": "frozen"}, limits={"storyclash": "off"})
    items = fetch_all(world, "id creator {accountName}")
    posts = {int(item["id"]) for item in items} | {post["id"] for r in fetch_reports(world) for post in r.posts}
    handles = {item["creator"]["accountName"] for item in items}
    assert 0.85 * 1_500 < len(posts) <= 1_500
    assert 50 <= len(handles) <= 60


@pytest.mark.parametrize(("creators", "posts"), [(1, 1), (1, 0), (7, 250)])
def test_every_post_is_seen_where_only_the_platforms_of_archive_are_used(
    tmp_path: Path, creators: int, posts: int
) -> None:
    shops = [{"id": 5, "name": "Five"}, {"id": 6, "name": "Six"}]
    platforms = {"Instagram": 1, "TikTok": 1}
    fields: dict[str, Any] = {"connected_users": creators, "platforms": platforms, "shops": shops}
    with world_of(tmp_path, creators=creators, posts=posts, **fields) as world:
        assert totals(world)["items"] == posts
        named = [user for user in world.insightiq("GET", "/v1/users").json()["data"] if "Test user" not in user["name"]]
        assert len({user["id"] for user in named}) == creators


def test_users_beyond_the_creators_have_connected_nothing(tmp_path: Path) -> None:
    with world_of(tmp_path, creators=2, connected_users=5) as world:
        users = world.insightiq("GET", "/v1/users").json()["data"]
        accounts = world.insightiq("GET", "/v1/accounts").json()["data"]
        nobody = {user["id"] for user in users if user["name"].startswith("Test user ")}
        assert (len(users), len(nobody)) == (5, 3)
        assert not nobody & {account["user"]["id"] for account in accounts}


def test_without_shops_archive_has_none(tmp_path: Path) -> None:
    with world_of(tmp_path, creators=2, posts=10) as world:
        assert world.credentials["archive"]["shop_ids"] == []
        assert world.archive("{__typename}") == {"errors": "Shop not found"}


def test_the_epoch_of_a_recipe_is_where_the_clock_begins(tmp_path: Path) -> None:
    with world_of(tmp_path, epoch="2024-02-29T12:00:00+02:00") as world:
        assert datetime.fromisoformat(world.now()) == datetime(2024, 2, 29, 10, tzinfo=UTC)


def test_another_epoch_moves_everything_with_it(server: Server) -> None:
    world = server.world(epoch="2030-06-01T00:00:00Z", clock={"mode": "frozen"})
    taken = [datetime.fromisoformat(item["takenAt"]) for item in fetch_all(world, "takenAt")]
    assert max(taken) <= datetime(2030, 6, 1, tzinfo=UTC)
    assert max(taken) > datetime(2030, 5, 25, tzinfo=UTC)


@settings(max_examples=25)
@given(
    creators=st.integers(0, 6),
    posts=st.integers(0, 40),
    history_days=st.sampled_from([1, 2, 30, 2920]) | st.integers(1, 400),
    brands=st.integers(0, 3) | st.just(150),
    campaigns=st.integers(0, 3),
    market_reports=st.integers(0, 2),
    creators_per_campaign=st.integers(1, 10),
    connected_users=st.integers(0, 8),
    main=st.sampled_from(MAIN),
    platforms=st.dictionaries(st.sampled_from(PLATFORMS), st.integers(0, 100) | st.just(0.5), max_size=13),
    epoch=st.datetimes(datetime(2020, 1, 1), datetime(2199, 12, 31)).map(str),  # noqa: DTZ001 - read as UTC
    shops=st.lists(st.integers(1, 2**53), max_size=2, unique=True),
)
def test_any_recipe_makes_a_world_that_answers_everything(
    tmp_path: Path, posts: int, main: str, platforms: dict[str, float], shops: list[int], **fields: Any
) -> None:
    fields["posts"] = posts if fields["creators"] else 0
    fields["shops"] = [{"id": shop, "name": f"Shop {shop}"} for shop in shops]
    with world_of(tmp_path, platforms={**platforms, main: 1}, **fields) as world:
        counted = totals(world)
        assert counted["users"] == fields["connected_users"]
        assert counted["campaigns"] == fields["campaigns"]
        assert counted["market_reports"] == fields["market_reports"]
        assert counted["largest_campaign"] <= min(fields["creators"], fields["creators_per_campaign"])
        assert counted["items"] <= fields["posts"]
        assert counted["shops"] == len(shops)
        world.advance(by="P1D")
        assert len(world.storyclash(CAMPAIGNS).json()) == fields["campaigns"] + fields["market_reports"]
