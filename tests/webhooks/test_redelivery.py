"""Deliveries made again on demand."""

import pytest

from tests.support import TestWorld
from tests.webhooks import receiver as behaviour
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import EVENT, OTHER_EVENT, is_active, log, raise_event, settle, subscribe, switch_on


def test_one_is_delivered_again_with_the_same_id_and_bytes(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, receiver.url)
    raise_event(world)
    settle(world)
    (first,) = log(world)
    world.advance(by="PT1H")
    answer = world.control("POST", f"/deliveries/{first['id']}/redeliver").json()
    assert (answer["state"], answer["redelivery_of"], answer["raised_at"]) == ("delivered", first["id"], world.now())
    assert (answer["event_id"], answer["request"]) == (first["event_id"], first["request"])
    assert answer["id"] > first["id"]
    assert len({(each.id, each.body, each.headers["webhook-signatures"]) for each in receiver.received}) == 1
    assert log(world) == [first, answer]


def test_all_that_died_are_delivered_again_in_their_order(world: TestWorld, receiver: Receiver) -> None:
    webhook = subscribe(world, receiver.url, EVENT, OTHER_EVENT)
    receiver.then = behaviour.status(500)
    for number in range(3):
        raise_event(world, EVENT, number)
    raise_event(world, OTHER_EVENT)
    world.advance(by="P1D")
    dead = log(world, state="dead")
    assert len(dead) == 4
    receiver.then = behaviour.OK
    receiver.received.clear()
    switch_on(world, webhook)
    answer = world.control("POST", "/deliveries/redeliver", json={"state": "dead", "event": EVENT}).json()["data"]
    assert [each["redelivery_of"] for each in answer[::-1]] == [each["id"] for each in dead[:3]]
    assert [each.id for each in receiver.received] == [each["event_id"] for each in dead[:3]]
    assert {each["state"] for each in answer} == {"delivered"}


def test_no_more_than_the_limit_are_delivered_again(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, receiver.url)
    for number in range(3):
        raise_event(world, EVENT, number)
    settle(world)
    answer = world.control("POST", "/deliveries/redeliver", json={"limit": 2}).json()["data"]
    newest = [each["id"] for each in log(world)][1:3]
    assert [each["redelivery_of"] for each in answer[::-1]] == newest
    assert len(world.control("POST", "/deliveries/redeliver").json()["data"]) == 5


def test_one_that_fails_again_is_retried_as_any_other(world: TestWorld, receiver: Receiver) -> None:
    webhook = subscribe(world, receiver.url)
    raise_event(world)
    settle(world)
    receiver.then = behaviour.status(500)
    answer = world.control("POST", f"/deliveries/{log(world)[0]['id']}/redeliver").json()
    assert answer["state"] == "pending"
    world.advance(by="P1D")
    assert [(each["state"], len(each["attempts"])) for each in log(world)] == [("delivered", 1), ("dead", 4)]
    assert not is_active(world, webhook)


def test_nothing_is_delivered_again_to_a_webhook_that_is_gone(world: TestWorld, receiver: Receiver) -> None:
    webhook = subscribe(world, receiver.url)
    raise_event(world)
    settle(world)
    world.insightiq("DELETE", f"/v1/webhooks/{webhook['id']}")
    answer = world.control("POST", f"/deliveries/{log(world)[0]['id']}/redeliver").json()
    assert (answer["state"], answer["reason"]) == ("dead", "the webhook is gone, or switched off")
    assert len(receiver.received) == 1


@pytest.mark.parametrize(
    "body", [{"stat": "dead"}, {"state": "lost"}, {"limit": 0}, {"limit": 1001}, [], {"event": ""}]
)
def test_a_wrong_choice_is_refused_and_delivers_nothing(world: TestWorld, receiver: Receiver, body: object) -> None:
    subscribe(world, receiver.url)
    raise_event(world)
    settle(world)
    assert world.control("POST", "/deliveries/redeliver", json=body).status_code == 400
    settle(world)
    assert len(log(world)) == len(receiver.received) == 1


def test_a_delivery_that_is_not_there_is_not_found(world: TestWorld, receiver: Receiver) -> None:
    for method, path in (("GET", "/deliveries/999"), ("POST", "/deliveries/999/redeliver")):
        answer = world.control(method, path)
        assert answer.status_code == 404
        assert "There is no delivery 999" in answer.json()["detail"]
    assert world.control("GET", "/deliveries/none").status_code == 400
