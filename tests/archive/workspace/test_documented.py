"""The examples of the vendor's page on operations, as printed."""

import json
from typing import Any

from emulator import resources
from tests.archive.workspace.client import data, everything
from tests.archive.workspace.refreshes import item_ids
from tests.support import TestWorld

DOCUMENTED = resources.fixtures() / "documented" / "archive" / "workspace"
PRINTED = ("a4b1c2d3-e5f6-7890-abcd-ef1234567890", "b5c2d3e4-f6a7-8901-bcde-fa2345678901")


def printed(name: str, **replaced: str) -> str:
    """With ids of things that are there in place of the printed ones."""
    text = (DOCUMENTED / f"{name}.graphql").read_text()
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    return text


def sample(name: str) -> Any:
    return json.loads((DOCUMENTED / f"{name}.response.json").read_text())["data"]


def test_the_printed_ids_name_nothing_that_exists(quiet: TestWorld) -> None:
    assert data(quiet, printed("operation")) == {"operation": None}
    nothing: dict[str, Any] = {"operationId": None, "processedCount": 0, "skippedItemIds": [], "userErrors": []}
    for name in ("refetchEngagementBulk", "refetchEngagementBulkByUrl"):
        assert data(quiet, printed(name)) == {"refetchEngagementBulk": nothing}
    urls = ["https://instagram.com/p/ABC123", "https://instagram.com/reel/DEF456"]
    results = [{"url": url, "status": "NOT_FOUND", "itemId": None} for url in urls]
    assert data(quiet, printed("itemIdsByUrl")) == {"itemIdsByUrl": results}


def test_a_refresh_its_operation_and_the_list_answer_in_the_printed_shape(world: TestWorld) -> None:
    one, two = item_ids(world)[:2]
    begun = data(world, printed("refetchEngagementBulk", **dict(zip(PRINTED, (one, two), strict=True))))
    operation_id = begun["refetchEngagementBulk"]["operationId"]
    shown = sample("refetchEngagementBulk")
    shown["refetchEngagementBulk"]["operationId"] = operation_id
    assert begun == shown
    half = "PT5S"
    answer: dict[str, Any] = {}
    while not answer.get("processed"):
        world.advance(by=half)
        half = "PT0.1S"
        answer = data(world, printed("operation", **{"op-9182736-abc123": operation_id}))["operation"]
    shown = sample("operation")["operation"]
    shown |= {"id": operation_id, "createdAt": "2026-01-01T00:00:00Z"}
    shown |= {"succeededItemIds": [one], "pendingItemIds": [two]}
    assert answer == shown
    world.advance(by="PT1M")
    page = data(world, printed("operations"))["operations"]
    assert page["totalCount"] == 1
    listed = sample("operations")["operations"]["nodes"][0]
    assert page["nodes"] == [listed | {"id": operation_id, "createdAt": "2026-01-01T00:00:00Z", "total": 2}]
    assert page["pageInfo"]["hasNextPage"] is False


def test_items_are_refreshed_by_the_addresses_of_their_posts(world: TestWorld) -> None:
    items = everything(world, "items", "id originalUrl type", ", filter: {provider: INSTAGRAM}")
    post, reel = (next(each for each in items if each["type"] == kind) for kind in ("POST", "REEL"))
    urls = {
        "https://instagram.com/p/ABC123": post["originalUrl"],
        "https://instagram.com/reel/DEF456": reel["originalUrl"],
    }
    found = data(world, printed("itemIdsByUrl", **urls))["itemIdsByUrl"]
    assert [each["status"] for each in found] == ["FOUND", "FOUND"]
    ids = dict(zip(("item-id-from-step-1", "another-item-id"), (each["itemId"] for each in found), strict=True))
    assert data(world, printed("refetchEngagementBulkByUrl", **ids))["refetchEngagementBulk"]["processedCount"] == 2
