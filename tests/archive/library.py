"""How the tests talk to Archive, and what they know about a world that nobody changes."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx

from tests.support import TestWorld

PATH = "/api/v1"
CAP = 100  # rows on a page at most

ITEM = """
  id externalId type provider caption hashtags mentions takenAt usageRightsStatus
  creator { id accountName provider verified authorized followersCount followingCount avatarUrl biography }
  contents { id type contentUrl displayUrl height width }
  engagement { at likeCount commentCount playCount viewCount }
  engagementHistory { at likeCount commentCount playCount viewCount }
  location { name address city lat lng }
"""


@dataclass(frozen=True)
class Library:
    """`items` are all media items of the world, in the server's own order."""

    world: TestWorld
    items: list[dict[str, Any]] = field(repr=False)

    @cached_property
    def creators(self) -> dict[int, dict[str, Any]]:
        """Those who have posted something, by id."""
        return {item["creator"]["id"]: item["creator"] for item in self.items}

    @cached_property
    def positions(self) -> dict[str, int]:
        """Places in the list, counted from 1, by id."""
        return {item["id"]: place for place, item in enumerate(self.items, start=1)}

    def posts_of(self, creator_id: int) -> list[dict[str, Any]]:
        return [item for item in self.items if item["creator"]["id"] == creator_id]


def data(world: TestWorld, query: str, headers: dict[str, str] | None = None, **variables: Any) -> dict[str, Any]:
    """What a query gives that has nothing wrong with it."""
    answer = world.archive(query, headers, **variables)
    assert "errors" not in answer, answer["errors"]
    shown: dict[str, Any] = answer["data"]
    return shown


def fetch_all(world: TestWorld, fields: str = ITEM, **headers: str) -> list[dict[str, Any]]:
    query = f"query($after: String) {{ mediaItems(after: $after) {{ nodes {{ {fields} }} pageInfo {{ endCursor }} }} }}"
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = data(world, query, headers, after=cursor)["mediaItems"]
        items += page["nodes"]
        cursor = page["pageInfo"]["endCursor"]
    return items


def post(
    world: TestWorld, body: bytes | str = b"", media_type: str = "application/json", **headers: str
) -> httpx.Response:
    """A body as it is, with the world's token unless another `authorization` is given."""
    given = {"authorization": f"Bearer {world.credentials['archive']['token']}", "content-type": media_type}
    return world.client.post(PATH, content=body, headers=given | headers)


def ask(world: TestWorld, **parameters: Any) -> httpx.Response:
    """`query`, `variables`, `operationName`: of whatever type."""
    return post(world, json.dumps(parameters))


def only_error(response: httpx.Response) -> dict[str, Any]:
    """That of an answer of GraphQL which has one error and no data."""
    assert response.status_code == 200
    answer = response.json()
    assert answer.keys() == {"errors"}
    [error] = answer["errors"]
    shown: dict[str, Any] = error
    return shown
