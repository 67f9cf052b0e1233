"""Attempts follow one another on the world's clock, with the same bytes, until one succeeds or none is left."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import RealTime, Server, TestWorld, running
from tests.webhooks import receiver as behaviour
from tests.webhooks.receiver import Receiver, receiving
from tests.webhooks.sender import change, is_active, later, log, raise_event, settle, subscribe, switch_on, wait_until

MOMENTS: list[dict[str, Any]] = [{}, {"minutes": 1}, {"minutes": 6}, {"hours": 6, "minutes": 6}]  # after the event


def test_attempts_are_made_at_once_and_after_a_minute_five_minutes_and_six_hours(
    world: TestWorld, receiver: Receiver
) -> None:
    subscribe(world, receiver.url)
    receiver.then = behaviour.status(500)
    raised = world.now()
    raise_event(world)
    settle(world)
    for number, moment in enumerate(MOMENTS[1:], 1):
        assert log(world)[0]["due"] == later(raised, **moment)
        world.advance(to=later(later(raised, **moment), microseconds=-1))
        assert len(receiver.received) == number
        world.advance(by=1e-6)
        assert len(receiver.received) == number + 1
    (logged,) = log(world)
    assert [each["at"] for each in logged["attempts"]] == [later(raised, **moment) for moment in MOMENTS]
    assert (logged["state"], logged["due"], logged["reason"]) == ("dead", None, "the last attempt failed")


def test_one_long_advance_makes_the_same_attempts(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, receiver.url)
    receiver.then = behaviour.status(500)
    raised = world.now()
    raise_event(world)
    world.advance(by="P30D")
    assert [each["at"] for each in log(world)[0]["attempts"]] == [later(raised, **moment) for moment in MOMENTS]
    assert len({each.id for each in receiver.received}) == 1
    assert len({each.body for each in receiver.received}) == 1
    assert len({each.headers["webhook-signatures"] for each in receiver.received}) == 1


def test_a_webhook_is_switched_off_after_the_last_failure_and_on_by_an_update(
    world: TestWorld, receiver: Receiver
) -> None:
    webhook = subscribe(world, receiver.url)
    receiver.planned.extend([behaviour.status(500)] * 4)
    raise_event(world)
    world.advance(by="PT6H5M")
    assert is_active(world, webhook)
    world.advance(by="PT1M")
    assert not is_active(world, webhook)
    raise_event(world)
    settle(world)
    assert len(receiver.received) == 4, "nothing is sent to it while it is off"
    switch_on(world, webhook)
    raise_event(world)
    settle(world)
    assert is_active(world, webhook)
    assert [each["state"] for each in log(world)] == ["dead", "delivered"], "what it missed is not made up for"


def test_what_waits_for_a_webhook_that_is_deleted_or_off_is_given_up(world: TestWorld, receiver: Receiver) -> None:
    webhook = subscribe(world, receiver.url)
    receiver.then = behaviour.status(500)
    raise_event(world)
    settle(world)
    world.insightiq("DELETE", f"/v1/webhooks/{webhook['id']}")
    world.advance(by="P1D")
    (logged,) = log(world)
    assert (logged["state"], len(logged["attempts"]), len(receiver.received)) == ("dead", 1, 1)


@settings(max_examples=25)
@given(
    statuses=st.lists(st.sampled_from([200, 202, 204, 301, 400, 404, 429, 500, 503]), max_size=6),
    waits=st.lists(st.sampled_from([0, 0.5, 1, 60, 3600]), max_size=5),
)
def test_the_log_is_what_the_answers_and_the_schedule_make_of_it(
    server: Server, statuses: list[int], waits: list[float]
) -> None:
    world = server.world(recipe="empty", clock={"mode": "frozen"})
    change(world, "webhook-settings", {"insightiq": {"retry_seconds": waits}})
    raised = world.now()
    with receiving() as receiver:
        webhook = subscribe(world, receiver.url)
        receiver.planned.extend(behaviour.status(number) for number in statuses)
        raise_event(world)
        world.advance(by="P1D")
        came = list(receiver.received)
    expected = expected_statuses(statuses, len(waits))
    (logged,) = log(world)
    succeeded = 200 <= expected[-1] < 300
    assert [each["status"] for each in logged["attempts"]] == expected
    moments = [later(raised, seconds=sum(waits[:number])) for number in range(len(expected))]
    assert [each["at"] for each in logged["attempts"]] == moments
    assert logged["state"] == ("delivered" if succeeded else "dead")
    assert is_active(world, webhook) == succeeded
    assert {each.body for each in came} == {came[0].body}
    assert len(came) == len(expected)
    world.control("DELETE")


def expected_statuses(planned: list[int], retries: int) -> list[int]:
    """Up to the first success, which comes at last when nothing is planned."""
    answers = [*planned, 200][: retries + 1]
    end = next((number for number, status in enumerate(answers, 1) if status < 300), len(answers))
    return answers[:end]


def test_on_a_running_clock_time_alone_makes_the_attempts(receiver: Receiver) -> None:
    real_time = RealTime()
    with running(real_time=real_time) as server:
        world = server.world(recipe="empty", clock={"mode": "running"})
        subscribe(world, receiver.url)
        receiver.planned.append(behaviour.status(500))
        raised = world.now()
        raise_event(world)
        wait_until(lambda: bool(log(world)[0]["attempts"]))
        real_time.pass_seconds(59.999)
        world.insightiq("GET", "/v1/webhooks")
        assert [each["state"] for each in log(world)] == ["pending"]
        real_time.pass_seconds(0.002)
        world.insightiq("GET", "/v1/webhooks")
        receiver.wait(2)
        settle(world)
        (logged,) = log(world)
    assert [each["at"] for each in logged["attempts"]] == [raised, later(raised, minutes=1)]
    assert logged["state"] == "delivered"
