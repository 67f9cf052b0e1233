"""One creator, followed through the three vendors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests.archive.library import fetch_all
from tests.archive.workspace.refreshes import read_now
from tests.storyclash.reports import Report, fetch_reports
from tests.support import Server, TestWorld

KEYS = {"INSTAGRAM": "Instagram", "TIKTOK": "Tiktok"}  # Archive's providers, and how Storyclash's keys call them
NAMES = {"Instagram": "INSTAGRAM", "TikTok": "TIKTOK"}  # platforms of InsightIQ and of Storyclash's posts
TYPES = {"Post": "POST", "Reel": "REEL", "Story": "STORY", "Video": "TIKTOK"}


@dataclass(frozen=True)
class Views:
    """What each vendor shows of one world."""

    items: dict[int, dict[str, Any]]
    creators: dict[tuple[str, str], dict[str, Any]]
    accounts: list[dict[str, Any]]
    users: dict[str, dict[str, Any]]
    reports: list[Report]
    now: float

    @property
    def accounts_of_archive(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Accounts of InsightIQ with what Archive shows of the same profile."""
        keyed = [(account, NAMES.get(account["work_platform"]["name"])) for account in self.accounts]
        return [
            (account, self.creators[provider, account["platform_username"]])
            for account, provider in keyed
            if provider and (provider, account["platform_username"]) in self.creators
        ]


@pytest.fixture(scope="module", params=["default", "demo"])
def views(server: Server, request: pytest.FixtureRequest) -> Iterator[Views]:
    world = server.world(recipe=request.param, clock={"mode": "frozen"}, limits={"storyclash": "off"})
    read_now(world)
    items = [item for shop in shops(world) for item in fetch_all(world, **{"SHOP-ID": shop})]
    yield Views(
        items={int(item["id"]): item for item in items},
        creators={(item["provider"], item["creator"]["accountName"]): item["creator"] for item in items},
        accounts=world.insightiq("GET", "/v1/accounts?limit=100").json()["data"],
        users={user["id"]: user for user in world.insightiq("GET", "/v1/users?limit=100").json()["data"]},
        reports=fetch_reports(world),
        now=datetime.fromisoformat(world.now()).timestamp(),
    )
    world.control("DELETE")


def shops(world: TestWorld) -> list[str]:
    return [str(shop) for shop in world.credentials["archive"]["shop_ids"]]


def test_a_creator_has_the_same_name_and_followers_in_archive_and_storyclash(views: Views) -> None:
    seen = 0
    for report in views.reports:
        for creator in report.creators:
            for provider, key in KEYS.items():
                shown = views.creators.get((provider, creator[f"{key.lower()}Name"]))
                if shown is not None:
                    seen += 1
                    assert shown["followersCount"] == creator[f"followers{key}"]
    assert seen > 10


def test_a_post_is_the_same_in_archive_and_storyclash(views: Views) -> None:
    seen = 0
    for report in views.reports:
        creators = {creator["id"]: creator for creator in report.creators}
        for post in report.posts:
            if post["platform"] not in NAMES:
                assert post["id"] not in views.items
                continue
            seen += 1
            item, author = views.items[post["id"]], creators[post["creator_id"]]
            assert item["provider"] == NAMES[post["platform"]]
            assert item["type"] == TYPES[post["type"]]
            assert item["creator"]["accountName"] == author[f"{post['platform'].lower()}Name"]
            assert post["type"] == "Story" or item["externalId"] in post["directLink"]
            assert datetime.fromisoformat(item["takenAt"]).timestamp() == post["date"]
            assert item["caption"] == post["text"]
            assert [f"@{name}" for name in item["mentions"]] == [each["handle"] for each in post["mentions"]]
    assert seen > 50


def test_a_post_has_the_same_figures_in_archive_and_storyclash(views: Views) -> None:
    """Archive has just read them; stories, which are read at set ages only, are over when they are a day old."""
    posts = [post for report in views.reports for post in report.posts if post["platform"] in NAMES]
    for post in posts:
        item = views.items[post["id"]]
        if item["type"] == "STORY" and views.now - post["date"] < 86_400:
            continue
        [counts] = item["engagement"]
        assert counts["likeCount"] == post["metrics"]["likes"]
        assert counts["commentCount"] == post["metrics"]["comments"]
        assert (counts["viewCount"] or 0) == post["metrics"]["videoViews"]


def test_a_connected_account_belongs_to_a_creator_of_archive(views: Views) -> None:
    pairs = views.accounts_of_archive
    assert len(pairs) > 5
    for account, creator in pairs:
        assert account["username"] == account["platform_username"] == creator["accountName"]
        assert account["profile_pic_url"] == creator["avatarUrl"]
        assert creator["authorized"] is (account["status"] == "CONNECTED")


def test_nobody_else_has_given_authorization(views: Views) -> None:
    connected = {creator["id"] for account, creator in views.accounts_of_archive if account["status"] == "CONNECTED"}
    assert {creator["id"] for creator in views.creators.values() if creator["authorized"]} == connected


def test_an_account_shows_the_name_that_its_user_and_storyclash_show(views: Views) -> None:
    partners = [creator for report in views.reports for creator in report.creators]
    seen = 0
    for account in views.accounts:
        assert account["platform_profile_name"] == views.users[account["user"]["id"]]["name"]
        key = account["work_platform"]["name"].lower()
        for creator in partners:
            if key in ("instagram", "tiktok", "youtube") and creator[f"{key}Name"] == account["platform_username"]:
                seen += 1
                assert creator["name"] == account["platform_profile_name"]
    assert seen


def test_somebody_is_known_to_all_three_vendors(views: Views) -> None:
    of_archive = {creator["accountName"] for _, creator in views.accounts_of_archive}
    partners = [creator for report in views.reports for creator in report.creators]
    assert of_archive & {creator[f"{key.lower()}Name"] for creator in partners for key in KEYS.values()}


def test_no_two_accounts_are_the_same_profile(views: Views) -> None:
    profiles = [(account["work_platform"]["name"], account["platform_profile_id"]) for account in views.accounts]
    handles = [(account["work_platform"]["name"], account["platform_username"]) for account in views.accounts]
    assert len(set(profiles)) == len(set(handles)) == len(views.accounts)


def test_every_mention_of_a_creator_leads_to_somebody_in_the_world(views: Views) -> None:
    """Who is mentioned and no brand is on the platform of the post."""
    brands = {
        mention["handle"]
        for report in views.reports
        for post in report.posts
        for mention in post["mentions"]
        if mention["creatorType"] == "brand"
    }
    peers = [
        (item["provider"], name)
        for item in views.items.values()
        for name in item["mentions"]
        if f"@{name}" not in brands
    ]
    assert sum(peer in views.creators for peer in peers) > 10
