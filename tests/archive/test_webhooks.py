"""What subscribers are sent, held to contracts/archive/webhooks.yaml, and when."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import jsonschema_rs
import pytest

from emulator import resources
from emulator.contract.document import read_yaml
from emulator.vendors.archive.partners.webhooks import underscored
from tests.archive.community import CREATED, HISTORY, UNSUBSCRIBE, moment, shops, subscribe, track_everybody, world_from
from tests.archive.library import ITEM, data
from tests.support import Server, TestWorld
from tests.webhooks.receiver import Receiver, receiving, status

CONTRACT = read_yaml(resources.contracts() / "archive" / "webhooks.yaml")
MEDIA_ITEM = jsonschema_rs.Draft202012Validator(
    {"components": CONTRACT["components"], "$ref": "#/components/schemas/MediaItem"}, validate_formats=True
)
WAITS = [timedelta(seconds=seconds) for seconds in CONTRACT["x-delivery"]["retry_seconds"]]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(lambda webhook: [error.message for error in MEDIA_ITEM.iter_errors(webhook.content)]) as receiver:
        yield receiver


@pytest.fixture
def told(world: TestWorld, receiver: Receiver) -> TestWorld:
    """A world whose creators are all tracked, with a subscription to what arrives."""
    track_everybody(world)
    subscribe(world, callbackUrl=receiver.url)
    return world


def log(world: TestWorld, **wanted: Any) -> list[dict[str, Any]]:
    """Oldest first."""
    found: list[dict[str, Any]] = world.control("GET", "/deliveries", params={"vendor": "archive", **wanted}).json()[
        "data"
    ]
    return found[::-1]


def shown(world: TestWorld, id: str) -> dict[str, Any]:
    item: dict[str, Any] = data(world, f"query($id: String) {{mediaItem(id: $id) {{{ITEM}}}}}", id=id)["mediaItem"]
    return underscored(item)  # type: ignore[no-any-return]


def until_something_arrives(world: TestWorld) -> None:
    while not log(world):
        world.advance(to=world.control("GET", "/clock").json()["next_due"])


def test_a_new_item_is_sent_when_it_is_published(told: TestWorld, receiver: Receiver) -> None:
    until_something_arrives(told)
    (webhook,) = receiver.wait(1)
    assert webhook.content == shown(told, webhook.content["id"])
    (delivery,) = log(told)
    assert (delivery["event"], delivery["state"]) == (CREATED, "delivered")
    assert moment(delivery["raised_at"]) == moment(webhook.content["taken_at"]) == moment(told.now())
    assert webhook.headers["content-type"] == "application/json"
    assert not [name for name in webhook.headers if "signature" in name]


def test_every_row_of_an_engagement_history_is_told(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, event=HISTORY, callbackUrl=receiver.url)
    world.advance(by="P1D")
    came = [webhook.content for webhook in receiver.received]
    assert came
    for content, delivery in zip(came, log(world, event=HISTORY, limit=1000), strict=True):
        assert moment(content["engagement_history"][-1]["at"]) == moment(delivery["raised_at"])


def test_nobody_is_told_after_the_subscription_has_ended(told: TestWorld, receiver: Receiver) -> None:
    receiver.then = status(500)
    until_something_arrives(told)
    assert data(told, UNSUBSCRIBE, event=CREATED) == {"webhookSubscriptionDelete": True}
    told.advance(by="P2D")
    assert len(receiver.received) == 1
    assert [each["state"] for each in log(told)] == ["dead"]


def test_what_arrives_in_one_shop_is_not_told_to_another(server: Server, receiver: Receiver) -> None:
    with world_from(server, recipe="demo") as world:
        one, two = shops(world)
        subscribe(world, one, callbackUrl=receiver.url)
        world.advance(by="P3D")
        query = f"query($id: String) {{mediaItem(id: $id) {{{ITEM}}}}}"
        for webhook in receiver.received:
            item = webhook.content["id"]
            assert data(world, query, one, id=item)["mediaItem"] is not None
            assert data(world, query, two, id=item)["mediaItem"] is None
        assert receiver.received


def test_a_failing_address_is_tried_again_and_stays_subscribed(told: TestWorld, receiver: Receiver) -> None:
    receiver.then = status(500)
    until_something_arrives(told)
    told.advance(by="P1D")
    first = log(told, limit=1000)[0]
    tried = [moment(attempt["at"]) for attempt in first["attempts"]]
    assert [after - before for before, after in pairwise(tried)] == WAITS
    assert first["state"] == "dead"
    receiver.then = status(204)
    before = len(receiver.received)
    told.advance(by="P2D")
    assert len(receiver.received) > before
    assert log(told)[-1]["state"] == "delivered"


def test_retries_can_be_chosen_for_a_world(told: TestWorld, receiver: Receiver) -> None:
    chosen = told.control("PUT", "/webhook-settings", json={"archive": {"retry_seconds": []}}).json()
    assert chosen["archive"] == {"timeout_seconds": 5, "retry_seconds": []}
    receiver.then = status(500)
    until_something_arrives(told)
    assert [(each["state"], len(each["attempts"])) for each in log(told)] == [("dead", 1)]


def test_bodies_are_the_same_in_every_run(server: Server, receiver: Receiver) -> None:
    runs = []
    for _ in range(2):
        with world_from(server) as world:
            track_everybody(world)
            subscribe(world, callbackUrl=receiver.url)
            world.advance(by="P2D")
            runs.append([each["request"]["body"] for each in log(world, limit=1000)])
    assert runs[0] == runs[1] != []
    assert all(json.loads(body) for body in runs[0])
