"""The section's calls, and everything that one world answers to them."""

from functools import cached_property
from typing import Any, Final

import httpx

from tests.insightiq.support import everything
from tests.support import TestWorld

LINKEDIN: Final = "36410629-f907-43ba-aa0d-434ca9c0501a"
INSTAGRAM: Final = "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
SORT: Final = {"field": "FOLLOWER_COUNT", "order": "DESCENDING"}
SEARCH: Final = "/v1/professional/creators/profiles/search"
ANALYTICS: Final = "/v1/professional/creators/profiles/analytics"
DICTIONARY: Final = "/v1/professional/creators/dictionary"
PAGED: Final = ("locations", "education-institutes", "education-degrees", "talks-about", "companies")


def search(world: TestWorld, **asked: Any) -> httpx.Response:
    return world.insightiq("POST", SEARCH, json={"work_platform_id": LINKEDIN, "sort_by": SORT, **asked})


def found(world: TestWorld, **asked: Any) -> list[dict[str, Any]]:
    answer = search(world, **{"limit": 500, **asked})
    assert answer.status_code == 200, answer.text
    profiles: list[dict[str, Any]] = answer.json()["data"]
    return profiles


def analytics(world: TestWorld, url: str, platform: str = LINKEDIN) -> httpx.Response:
    return world.insightiq("POST", ANALYTICS, json={"profile_url": url, "work_platform_id": platform})


def topics(world: TestWorld, **asked: Any) -> list[dict[str, Any]]:
    answer = world.insightiq("GET", f"{DICTIONARY}/topics", json={"identifier": "", "limit": 100, **asked})
    assert answer.status_code == 200, answer.text
    listed: list[dict[str, Any]] = answer.json()["topics"]
    return listed


class Directory:
    """A world's profiles, their reports and the dictionaries, each fetched once."""

    def __init__(self, world: TestWorld) -> None:
        self.world = world

    @cached_property
    def profiles(self) -> list[dict[str, Any]]:
        return found(self.world)

    @cached_property
    def reports(self) -> dict[str, dict[str, Any]]:
        """By address."""
        return {profile["url"]: analytics(self.world, profile["url"]).json() for profile in self.profiles}

    @cached_property
    def terms(self) -> dict[str, list[dict[str, Any]]]:
        return {name: everything(self.world, f"{DICTIONARY}/{name}") for name in PAGED}

    def id_of(self, dictionary: str, name: str) -> str:
        ids = [term["id"] for term in self.terms[dictionary] if term["name"] == name]
        assert len(ids) == 1, f"{name} is {len(ids)} times among {dictionary}"
        return str(ids[0])
