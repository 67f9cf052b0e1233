"""How the tests talk to Storyclash."""

from dataclasses import dataclass
from typing import Any

from tests.support import TestWorld

CAMPAIGNS = "/external-api/campaigns"
PAGE = 1_000  # posts


@dataclass(frozen=True)
class Report:
    """A campaign, all of its posts, page by page, and its creators."""

    world: TestWorld
    campaign: dict[str, Any]
    pages: list[list[dict[str, Any]]]
    creators: list[dict[str, Any]]

    @property
    def posts(self) -> list[dict[str, Any]]:
        return [post for page in self.pages for post in page]

    def fetch(self, **parameters: Any) -> dict[str, Any]:
        return fetch(self.world, self.campaign["id"], **parameters)


def path(campaign_id: Any) -> str:
    return f"/external-api/campaign/{campaign_id}"


def fetch(world: TestWorld, campaign_id: Any, **parameters: Any) -> dict[str, Any]:
    """Campaign data or a message."""
    answer = world.storyclash(path(campaign_id), **parameters)
    assert answer.status_code == 200
    shown: dict[str, Any] = answer.json()
    return shown


def fetch_reports(world: TestWorld) -> list[Report]:
    return [_fetch_report(world, campaign) for campaign in world.storyclash(CAMPAIGNS).json()]


def _fetch_report(world: TestWorld, campaign: dict[str, Any]) -> Report:
    pages: list[list[dict[str, Any]]] = []
    more = True
    while more:
        shown = fetch(world, campaign["id"], page=len(pages) + 1)
        pages.append(shown["posts"])
        more = shown["hasMoreResults"]
    return Report(world, campaign, pages, shown["creators"])
