"""Subscriptions to webhooks: kept, listed, ended. What they send is another matter."""

import pytest

from emulator.vendors.archive.partners.webhooks import underscored
from tests.archive.community import (
    CREATED,
    HISTORY,
    SUBSCRIBE,
    UNSUBSCRIBE,
    shops,
    subscribe,
    subscriptions,
    world_from,
)
from tests.archive.library import ITEM, data
from tests.support import Server, TestWorld


def test_there_are_none_at_first(world: TestWorld) -> None:
    assert subscriptions(world) == subscriptions(world, event=CREATED) == []


def test_a_subscription_is_listed_under_its_event(world: TestWorld) -> None:
    made, other = subscribe(world), subscribe(world, event=HISTORY, version="v1")
    assert made == {
        "id": made["id"], "event": CREATED, "version": "v0", "callbackUrl": "https://hooks.example.com/archive"
    }  # fmt: skip
    assert subscriptions(world, event=CREATED) == [made]
    assert subscriptions(world, event=HISTORY) == [other]
    assert subscriptions(world) == [made, other]


def test_the_same_again_is_the_one_that_is_there(world: TestWorld) -> None:
    made = subscribe(world)
    assert subscribe(world) == made
    assert subscriptions(world) == [made]


@pytest.mark.parametrize("changed", [{"callbackUrl": "xyz789"}, {"version": "v1"}])
def test_an_event_may_have_several_subscriptions(world: TestWorld, changed: dict[str, str]) -> None:
    made, other = subscribe(world), subscribe(world, None, **changed)
    assert made["id"] != other["id"]
    assert subscriptions(world, event=CREATED) == [made, other]


def test_deleting_ends_all_of_one_event(world: TestWorld) -> None:
    subscribe(world)
    subscribe(world, callbackUrl="https://other.example.com")
    other = subscribe(world, event=HISTORY)
    assert data(world, UNSUBSCRIBE, event=CREATED) == {"webhookSubscriptionDelete": True}
    assert subscriptions(world) == [other]
    assert data(world, UNSUBSCRIBE, event=CREATED) == {"webhookSubscriptionDelete": False}


def test_what_one_shop_ends_goes_on_in_the_other(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        one, two = shops(world)
        made = [subscribe(world, shop) for shop in (one, two)]
        assert made[0]["id"] != made[1]["id"]
        assert data(world, UNSUBSCRIBE, one, event=CREATED) == {"webhookSubscriptionDelete": True}
        assert (subscriptions(world, one), subscriptions(world, two)) == ([], [made[1]])


@pytest.mark.parametrize("changed", [{"version": "v2"}, {"version": "V0"}, {"event": "media_item_created"}])
def test_what_the_schema_does_not_know_makes_no_subscription(world: TestWorld, changed: dict[str, str]) -> None:
    wanted = {"version": "v0", "event": CREATED, "callbackUrl": "https://hooks.example.com"} | changed
    answer = world.archive(SUBSCRIBE, None, **wanted)
    assert answer.keys() == {"errors"}
    assert subscriptions(world) == []


def test_a_payload_is_the_item_in_underscore_style(world: TestWorld) -> None:
    """Its keys, as facts/archive-v1.md lists them in section 6."""
    item = data(world, f"{{mediaItems(last: 1) {{nodes {{{ITEM}}}}}}}")["mediaItems"]["nodes"][0]
    item["location"] = item["location"] or dict.fromkeys(("address", "city", "lat", "lng", "name"))
    payload = underscored(item)
    counts = ["at", "comment_count", "like_count", "play_count", "view_count"]
    assert list(payload) == [
        "caption", "contents", "creator", "engagement", "engagement_history", "external_id", "hashtags", "id",
        "location", "mentions", "provider", "taken_at", "type", "usage_rights_status",
    ]  # fmt: skip
    assert list(payload["contents"][0]) == ["content_url", "display_url", "height", "id", "type", "width"]
    assert list(payload["creator"]) == [
        "account_name", "authorized", "avatar_url", "biography", "followers_count", "following_count", "id", "provider",
        "verified",
    ]  # fmt: skip
    assert list(payload["engagement"][0]) == list(payload["engagement_history"][0]) == counts
    assert list(payload["location"]) == ["address", "city", "lat", "lng", "name"]
    assert payload["creator"]["account_name"] == item["creator"]["accountName"]
    assert payload["engagement_history"][0]["like_count"] == item["engagementHistory"][0]["likeCount"]
