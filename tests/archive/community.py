"""What users change: the mutations, and a look at what they leave behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tests.archive.library import data, fetch_all
from tests.support import Server, TestWorld

CREATED = "MEDIA_ITEM_CREATED"
HISTORY = "MEDIA_ITEM_ENGAGEMENT_HISTORY_CREATED"

START = "mutation($id: Int!) {creatorTrackingStart(id: $id) {id accountName}}"
STOP = "mutation($id: Int!) {creatorTrackingStop(id: $id) {id accountName}}"
TAG_CREATOR = "mutation($id: ID!, $name: String!) {tag: creatorAddTag(id: $id, name: $name) {id name shopId type}}"
TAG_ITEM = "mutation($id: ID!, $name: String!) {tag: mediaItemAddTag(id: $id, name: $name) {id name shopId type}}"
COLLECT = """mutation($id: ID!, $collectionId: ID, $collectionName: String) {
  mediaItemAddToCollection(id: $id, collectionId: $collectionId, collectionName: $collectionName)
}"""
SUBSCRIBE = """mutation(
  $version: WebhookSubscriptionsVersionsEnum!, $event: WebhookSubscriptionsEventsEnum!, $callbackUrl: String!
) {
  made: webhookSubscriptionCreate(version: $version, event: $event, callbackUrl: $callbackUrl) {
    id event version callbackUrl
  }
}"""
UNSUBSCRIBE = "mutation($event: WebhookSubscriptionsEventsEnum!) {webhookSubscriptionDelete(event: $event)}"
TAKEN = "id externalId takenAt type creator {id} engagementHistory {at likeCount commentCount playCount viewCount}"
SUBSCRIPTIONS = """query($event: WebhookSubscriptionsEventsEnum) {
  webhookSubscriptions(event: $event) {id event version callbackUrl}
}"""


@contextmanager
def world_from(server: Server, **plan: Any) -> Iterator[TestWorld]:
    """Its clock stands still."""
    world = server.world(clock={"mode": "frozen"}, **plan)
    try:
        yield world
    finally:
        world.control("DELETE")


def shops(world: TestWorld) -> list[dict[str, str]]:
    """The header of each shop of the world."""
    return [{"SHOP-ID": str(shop)} for shop in world.credentials["archive"]["shop_ids"]]


def collect(world: TestWorld, shop: dict[str, str] | None = None, **variables: Any) -> Any:
    return data(world, COLLECT, shop, **variables)["mediaItemAddToCollection"]


def subscribe(world: TestWorld, shop: dict[str, str] | None = None, **changed: str) -> dict[str, Any]:
    wanted = {"version": "v0", "event": CREATED, "callbackUrl": "https://hooks.example.com/archive"}
    made: dict[str, Any] = data(world, SUBSCRIBE, shop, **wanted | changed)["made"]
    return made


def subscriptions(world: TestWorld, shop: dict[str, str] | None = None, event: str | None = None) -> list[Any]:
    found: list[Any] = data(world, SUBSCRIPTIONS, shop, event=event)["webhookSubscriptions"]
    return found


def creator_ids(world: TestWorld, **headers: str) -> list[int]:
    """Of those who have posted something, by rising id."""
    query = "query($after: String) {mediaItems(after: $after) {nodes {creator {id}} pageInfo {endCursor}}}"
    found: set[int] = set()
    cursor: str | None = ""
    while cursor is not None:
        page = data(world, query, headers, after=cursor)["mediaItems"]
        found |= {node["creator"]["id"] for node in page["nodes"]}
        cursor = page["pageInfo"]["endCursor"]
    return sorted(found)


def fetch_by_platform_id(world: TestWorld, **headers: str) -> dict[str, dict[str, Any]]:
    """All items, by the id that the platform gave them."""
    return {item["externalId"]: item for item in fetch_all(world, TAKEN, **headers)}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def track_everybody(world: TestWorld, shop: dict[str, str] | None = None) -> None:
    for creator in creator_ids(world, **shop or {}):
        data(world, START, shop, id=creator)


def begin(world: TestWorld) -> None:
    """Anew, with everybody tracked."""
    world.control("POST", "/reset")
    track_everybody(world)
