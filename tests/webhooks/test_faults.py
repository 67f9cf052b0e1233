"""Faults on command: what is dropped, doubled, late or overtaken, so that users can try their receivers."""

from typing import Any

import pytest

from tests.support import TestWorld
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import EVENT, OTHER_EVENT, change, later, log, raise_event, settle, subscribe


def raised(world: TestWorld, receiver: Receiver, rules: list[dict[str, Any]], count: int) -> list[int]:
    """The numbers of the events that came, of that many."""
    subscribe(world, receiver.url)
    change(world, "webhook-faults", rules)
    for number in range(count):
        raise_event(world, EVENT, number)
    settle(world)
    return came(receiver)


def came(receiver: Receiver) -> list[int]:
    return [int(each.content["data"]["job_id"].replace("-", ""), 16) for each in receiver.received]


def test_what_is_dropped_never_comes(world: TestWorld, receiver: Receiver) -> None:
    assert raised(world, receiver, [{"action": "drop", "times": 1}], 2) == [1]
    world.advance(by="P1D")
    assert came(receiver) == [1]
    assert [(each["state"], each["reason"]) for each in log(world)] == [
        ("dropped", "dropped on command"),
        ("delivered", None),
    ]


def test_what_is_duplicated_comes_several_times_with_one_id(world: TestWorld, receiver: Receiver) -> None:
    assert raised(world, receiver, [{"action": "duplicate", "copies": 2}], 1) == [0, 0, 0]
    assert len({each.id for each in receiver.received}) == len({each.body for each in receiver.received}) == 1
    assert len({each["event_id"] for each in log(world)}) == 1


def test_what_is_delayed_comes_at_its_time(world: TestWorld, receiver: Receiver) -> None:
    assert raised(world, receiver, [{"action": "delay", "seconds": 90, "times": 1}], 2) == [1]
    moment = world.now()
    assert log(world, state="pending")[0]["due"] == later(moment, seconds=90)
    world.advance(by=89.999999)
    assert came(receiver) == [1]
    world.advance(by=0.000001)
    assert came(receiver) == [1, 0]
    assert log(world)[0]["attempts"][0]["at"] == later(moment, seconds=90)


def test_what_is_reordered_is_overtaken_by_the_next(world: TestWorld, receiver: Receiver) -> None:
    assert raised(world, receiver, [{"action": "reorder", "times": 1}], 1) == []
    assert [each["state"] for each in log(world)] == ["held"]
    raise_event(world, EVENT, 1)
    settle(world)
    assert came(receiver) == [1, 0]
    world.advance(by="P1D")
    assert came(receiver) == [1, 0]


def test_what_nobody_overtakes_comes_after_a_while(world: TestWorld, receiver: Receiver) -> None:
    assert raised(world, receiver, [{"action": "reorder", "seconds": 30}], 1) == []
    world.advance(by=30)
    assert came(receiver) == [0]
    assert [each["state"] for each in log(world)] == ["delivered"]


def test_a_rule_holds_for_so_many_after_so_many(world: TestWorld, receiver: Receiver) -> None:
    assert raised(world, receiver, [{"action": "drop", "skip": 1, "times": 2}], 5) == [0, 3, 4]
    (rule,) = world.control("GET", "/webhook-faults").json()["data"]
    assert rule == {
        "match": {},
        "action": "drop",
        "copies": 1,
        "seconds": 60,
        "skip": 1,
        "times": 2,
        "matched": 5,
    }


def test_a_rule_is_for_what_it_matches(world: TestWorld, receiver: Receiver) -> None:
    rules = [
        {"match": {"event": "PROFILE_*", "url": "*/quiet"}, "action": "drop"},
        {"match": {"event": OTHER_EVENT}, "action": "duplicate"},
        {"match": {"vendor": "archive"}, "action": "drop"},
    ]
    change(world, "webhook-faults", rules)
    for path in ("/quiet", "/loud"):
        subscribe(world, receiver.url + path, EVENT, OTHER_EVENT)
    raise_event(world, EVENT)
    raise_event(world, OTHER_EVENT)
    settle(world)
    events = [(each.path, each.content["event"]) for each in receiver.received]
    assert events == [("/loud", EVENT), *[("/quiet", OTHER_EVENT)] * 2, *[("/loud", OTHER_EVENT)] * 2]
    assert [each["matched"] for each in world.control("GET", "/webhook-faults").json()["data"]] == [1, 2, 0]


def test_an_empty_list_ends_them(world: TestWorld, receiver: Receiver) -> None:
    assert raised(world, receiver, [{"action": "drop"}], 1) == []
    change(world, "webhook-faults", [])
    raise_event(world, EVENT, 1)
    settle(world)
    assert came(receiver) == [1]


@pytest.mark.parametrize(
    "rules",
    [
        {"action": "drop"},
        [{}],
        [{"action": "lose"}],
        [{"action": "drop", "match": {"name": "x"}}],
        [{"action": "drop", "match": {"event": ""}}],
        [{"action": "duplicate", "copies": 0}],
        [{"action": "duplicate", "copies": 101}],
        [{"action": "delay", "seconds": -1}],
        [{"action": "delay", "second": 1}],
        [{"action": "drop", "times": 0}],
        [{"action": "drop"}, {"action": "drop", "skip": 1.5}],
    ],
    ids=str,
)
def test_a_wrong_rule_is_refused_and_changes_nothing(world: TestWorld, rules: Any) -> None:
    change(world, "webhook-faults", [{"action": "drop"}])
    before = world.control("GET", "/webhook-faults").json()
    assert world.control("PUT", "/webhook-faults", json=rules).status_code == 400
    assert world.control("GET", "/webhook-faults").json() == before
