"""Bulk refreshes, as the tests ask for them and look at what became of them."""

from datetime import datetime
from typing import Any

from tests.archive.workspace.client import data, everything
from tests.support import TestWorld

REFRESH = """mutation($ids: [ID!]!) {
  refetchEngagementBulk(itemIds: $ids) { operationId processedCount skippedItemIds userErrors { field message } }
}"""
OPERATION = """query($id: ID!) {
  operation(id: $id) {
    id operationType status total processed createdAt completedAt succeededItemIds failedItemIds pendingItemIds
  }
}"""


def refresh(world: TestWorld, *ids: str, workspace: str | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = data(world, REFRESH, workspace, ids=list(ids))["refetchEngagementBulk"]
    return answer


def read_now(world: TestWorld) -> None:
    """Have Archive read the figures of all items but stories at this very moment, in all workspaces."""
    world.control("PUT", "/job-rules", json=[{"match": {"vendor": "archive"}, "after": 0}])
    for workspace in world.credentials["archive"]["workspace_ids"]:
        lasting = item_ids(world, workspace)
        assert refresh(world, *lasting, workspace=workspace)["processedCount"] == len(lasting)
    world.advance(by=0)
    world.control("PUT", "/job-rules", json=[])


def operation(world: TestWorld, id: str, workspace: str | None = None) -> Any:
    return data(world, OPERATION, workspace, id=id)["operation"]


def item_ids(world: TestWorld, workspace: str | None = None) -> list[str]:
    """Of what can be refreshed: no stories."""
    items = everything(world, "items", "id type", workspace=workspace)
    return [item["id"] for item in items if item["type"] != "STORY"]


def history(world: TestWorld, id: str) -> list[dict[str, Any]]:
    """Newest first."""
    query = """query($id: ID!) {
      engagementHistory(itemId: $id, first: 100) { nodes { at likes comments views shares impressions } }
    }"""
    nodes: list[dict[str, Any]] = data(world, query, id=id)["engagementHistory"]["nodes"]
    return nodes


def wallet(world: TestWorld) -> dict[str, Any]:
    """Of the first workspace."""
    shown: dict[str, Any] = world.control("GET", "/archive/wallets").json()["data"][0]
    return shown


def choose(world: TestWorld, **choices: Any) -> None:
    answer = world.control("PUT", "/choices", json={"archive": choices})
    assert answer.status_code == 200, answer.text


def now(world: TestWorld) -> datetime:
    return datetime.fromisoformat(world.now())
