"""Processes that are killed owe what they had committed, and whoever opens the state next delivers it."""

import signal
from pathlib import Path

from tests.cli.process import serving
from tests.webhooks import receiver as behaviour
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import change, log, raise_event, settle, subscribe, wait_until

ARGUMENTS = ("--state", "state.db", "--recipe", "empty", "--clock", "frozen")


def test_what_was_being_delivered_is_delivered_after_the_restart(tmp_path: Path, receiver: Receiver) -> None:
    receiver.planned.append(behaviour.silence)
    with serving(tmp_path, *ARGUMENTS) as served:
        change(served.world(), "webhook-settings", {"insightiq": {"timeout_seconds": 2}})
        subscribe(served.world(), receiver.url)
        raise_event(served.world())
        receiver.wait(1)
        served.process.kill()
    with serving(tmp_path, *ARGUMENTS) as served:
        first, second = receiver.wait(2)
        assert (first.id, first.body, first.headers) == (second.id, second.body, second.headers)
        wait_until(lambda: bool(log(served.world(), state="delivered")))
        (logged,) = log(served.world())
        assert [(each["number"], each["at"]) for each in logged["attempts"]] == [(1, logged["raised_at"])]


def test_what_was_still_to_be_delivered_is_delivered_after_the_restart(tmp_path: Path, receiver: Receiver) -> None:
    with serving(tmp_path, *ARGUMENTS) as served:
        change(served.world(), "webhook-faults", [{"action": "delay", "seconds": 60}])
        subscribe(served.world(), receiver.url)
        raise_event(served.world())
        (before,) = log(served.world())
        served.process.kill()
    with serving(tmp_path, *ARGUMENTS) as served:
        settle(served.world())
        assert (log(served.world()), receiver.received) == ([before], [])
        served.world().advance(by=60)
        (came,) = receiver.received
        assert came.id == before["event_id"]
        assert [each["state"] for each in log(served.world())] == ["delivered"]


def test_a_server_that_is_told_to_stop_leaves_its_deliveries_to_the_next(tmp_path: Path, receiver: Receiver) -> None:
    receiver.planned.append(behaviour.silence)
    with serving(tmp_path, *ARGUMENTS) as served:
        change(served.world(), "webhook-settings", {"insightiq": {"timeout_seconds": 300}})
        subscribe(served.world(), receiver.url)
        raise_event(served.world())
        receiver.wait(1)
        assert served.end(signal.SIGTERM) == 0
    with serving(tmp_path, *ARGUMENTS) as served:
        first, second = receiver.wait(2)
        assert (first.id, first.body) == (second.id, second.body)
        wait_until(lambda: bool(log(served.world(), state="delivered")))


def test_a_retry_survives_the_restart(tmp_path: Path, receiver: Receiver) -> None:
    receiver.planned.append(behaviour.status(500))
    with serving(tmp_path, *ARGUMENTS) as served:
        subscribe(served.world(), receiver.url)
        raise_event(served.world())
        settle(served.world())
        served.process.kill()
    with serving(tmp_path, *ARGUMENTS) as served:
        served.world().advance(by=60)
        (logged,) = log(served.world())
    assert [each["status"] for each in logged["attempts"]] == [500, 200]
    assert len(receiver.received) == 2
