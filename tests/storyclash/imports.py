"""How the tests import creators, and whom."""

import json
from typing import Any, Final

import httpx

from tests.insightiq.discovery.support import INSTAGRAM, TIKTOK, YOUTUBE, handles
from tests.storyclash.reports import CAMPAIGNS, fetch
from tests.support import TestWorld

IMPORT: Final = "/external-api/import/creator"
INITIATED: Final = {"message": "Import initiated"}
KEYS: Final = {
    "Instagram": "instagramName",
    "TikTok": "tiktokName",
    "YouTube": "youtubeName",
    "Facebook": "facebookName",
}
PLATFORMS: Final = {"Instagram": INSTAGRAM, "TikTok": TIKTOK, "YouTube": YOUTUBE}

Callback = dict[str, Any]


def call(world: TestWorld, **body: Any) -> httpx.Response:
    token = world.credentials["storyclash"]["token"]
    return world.client.post(IMPORT, json={"token": token, **body})


def started(world: TestWorld, **body: Any) -> None:
    answer = call(world, **body)
    assert (answer.status_code, answer.json()) == (200, INITIATED)


def inbox(world: TestWorld) -> str:
    url: str = world.control("GET").json()["inbox_url"]
    return url


def callbacks(world: TestWorld) -> list[Callback]:
    """In the order in which they came."""
    entries = world.control("GET", "/deliveries", params={"vendor": "storyclash", "limit": 1000}).json()["data"]
    assert all(entry["state"] == "delivered" for entry in entries)
    return [json.loads(entry["request"]["body"]) for entry in reversed(entries)]


def ended(world: TestWorld, **body: Any) -> list[Callback]:
    """What the webhook is told of one call, in the time that an import takes."""
    before = len(callbacks(world))
    started(world, **body, webhook=inbox(world))
    world.advance(by="PT10M")
    return callbacks(world)[before:]


def rule(world: TestWorld, **rule: Any) -> None:
    answer = world.control("PUT", "/job-rules", json=[rule])
    assert answer.status_code == 200, answer.text


def campaigns(world: TestWorld) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = world.storyclash(CAMPAIGNS).json()
    return shown


def members(world: TestWorld, campaign_id: int) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = fetch(world, campaign_id)["creators"]
    return shown


def booked(world: TestWorld) -> dict[int, dict[str, Any]]:
    """Everybody in any campaign, by id."""
    return {member["id"]: member for each in campaigns(world) for member in members(world, each["id"])}


def strangers(world: TestWorld, platform: str = "Instagram") -> list[str]:
    """The handles of those whom no campaign has, as a search of InsightIQ finds them, the largest first."""
    known = {member[KEYS[platform]] for member in booked(world).values()}
    return [handle for handle in handles(world, PLATFORMS[platform]) if handle not in known]
