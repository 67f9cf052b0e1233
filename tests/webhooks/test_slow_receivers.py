"""A receiver that takes its time delays nobody else, and loses nothing."""

import threading
from pathlib import Path

from tests.cli.process import serving
from tests.support import TestWorld
from tests.webhooks import receiver as behaviour
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import EVENT, change, later, log, raise_event, settle, subscribe, wait_until


def test_others_are_served_while_one_does_not_answer(world: TestWorld, receiver: Receiver) -> None:
    answering = threading.Event()
    receiver.by_path["/slow"] = behaviour.until(answering)
    slow, quick = subscribe(world, f"{receiver.url}/slow"), subscribe(world, f"{receiver.url}/quick")
    for number in range(3):
        raise_event(world, EVENT, number)
    receiver.wait(3, "/slow")
    receiver.wait(3, "/quick")
    wait_until(lambda: len(log(world, state="delivered")) == 3)
    assert {each["endpoint"] for each in log(world, state="delivered")} == {quick["id"]}
    assert {each["endpoint"] for each in log(world, state="sending")} == {slow["id"]}
    answering.set()
    settle(world)
    assert [each["state"] for each in log(world)] == ["delivered"] * 6
    assert len(receiver.received) == 6


def test_worlds_do_not_wait_for_each_others_receivers(world: TestWorld, receiver: Receiver) -> None:
    answering = threading.Event()
    receiver.by_path["/slow"] = behaviour.until(answering)
    subscribe(world, f"{receiver.url}/slow")
    raise_event(world)
    receiver.wait(1, "/slow")
    other = world.client.post("/_emulator/worlds", json={"recipe": "empty", "clock": {"mode": "frozen"}}).json()
    neighbour = TestWorld(other["name"], other["credentials"], world.client)
    subscribe(neighbour, f"{receiver.url}/quick")
    raise_event(neighbour)
    neighbour.advance(by="P1D")
    assert [each["state"] for each in log(neighbour)] == ["delivered"]
    assert [each["state"] for each in log(world)] == ["sending"]
    answering.set()
    neighbour.control("DELETE")
    settle(world)


def test_time_does_not_get_ahead_of_what_an_answer_may_change(world: TestWorld, receiver: Receiver) -> None:
    """A failure that is heard of late is tried again a minute after the attempt began, however far time was to go."""
    change(world, "webhook-settings", {"insightiq": {"timeout_seconds": 0.5}})
    receiver.by_path["/slow"] = behaviour.silence
    subscribe(world, f"{receiver.url}/slow")
    subscribe(world, f"{receiver.url}/quick")
    raised = world.now()
    raise_event(world)
    world.advance(by="P1D")
    slow = log(world)[0]
    assert [each["at"] for each in slow["attempts"]] == [later(raised, minutes=minutes) for minutes in (0, 1, 6, 366)]
    assert (slow["state"], len(receiver.at("/slow")), len(receiver.at("/quick"))) == ("dead", 4, 1)


def test_what_waits_for_its_turn_is_not_taken_for_lost(tmp_path: Path, receiver: Receiver) -> None:
    """More than are sent to one address at once, so that the last ones begin long after they were due."""
    count = 120
    with serving(tmp_path, "--recipe", "empty", "--clock", "frozen") as served:
        world = served.world()
        change(world, "webhook-settings", {"insightiq": {"timeout_seconds": 0.5}})
        receiver.then = behaviour.silence
        subscribe(world, receiver.url)
        for number in range(count):
            raise_event(world, EVENT, number)
        wait_until(lambda: sum(len(each["attempts"]) for each in log(world, limit=1000)) >= count)
        settle(world)
        assert {len(each["attempts"]) for each in log(world, limit=1000)} == {1}
    assert len({each.id for each in receiver.received}) == len(receiver.received) == count
