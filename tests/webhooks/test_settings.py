"""How a world's webhooks are delivered, by its user's choice, and what becomes of the choice and of the log."""

from typing import Any

import pytest

from emulator.webhooks import retention
from tests.support import Server, TestWorld
from tests.webhooks import receiver as behaviour
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import change, inbox, later, log, raise_event, settle, subscribe

USUAL = {
    "insightiq": {
        "timeout_seconds": 5,
        "retry_seconds": [60, 300, 21600],
        "signature_headers": ["Webhook-Signatures"],
    },
    "archive": {"timeout_seconds": 5, "retry_seconds": [60, 300, 21600]},
    "storyclash": {"timeout_seconds": 5, "retry_seconds": []},
}
KEPT = ("/deliveries", "/inbox", "/webhook-faults", "/webhook-settings", "/inbox/default")


def test_unless_told_otherwise_they_are_the_contracts(world: TestWorld) -> None:
    assert world.control("GET", "/webhook-settings").json() == USUAL


def test_what_is_left_out_is_the_contracts_again(world: TestWorld) -> None:
    choices: list[dict[str, Any]] = [
        {"timeout_seconds": 0.5, "signature_headers": ["Phyllo-Signature"]},
        {"retry_seconds": [1.5]},
        {"retry_seconds": []},
        {},
    ]
    for chosen in choices:
        change(world, "webhook-settings", {"insightiq": chosen})
        shown = world.control("GET", "/webhook-settings").json()
        assert shown == USUAL | {"insightiq": USUAL["insightiq"] | chosen}
    change(world, "webhook-settings", {})
    assert world.control("GET", "/webhook-settings").json() == USUAL


def test_another_schedule_is_kept_to_the_microsecond(world: TestWorld, receiver: Receiver) -> None:
    change(world, "webhook-settings", {"insightiq": {"retry_seconds": [0.000001, 86400]}})
    subscribe(world, receiver.url)
    receiver.then = behaviour.status(500)
    raised = world.now()
    raise_event(world)
    world.advance(by="P2D")
    (logged,) = log(world)
    moments = [raised, later(raised, microseconds=1), later(raised, days=1, microseconds=1)]
    assert [each["at"] for each in logged["attempts"]] == moments
    assert logged["state"] == "dead"


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"storyclash": {"signature_headers": ["Webhook-Signatures"]}},
        {"archive": {"signature_headers": ["Webhook-Signatures"]}},
        {"insightiq": {"timeout": 1}},
        {"insightiq": {"timeout_seconds": 0}},
        {"insightiq": {"timeout_seconds": 301}},
        {"insightiq": {"retry_seconds": [-1]}},
        {"insightiq": {"retry_seconds": [1] * 51}},
        {"insightiq": {"signature_headers": []}},
        {"insightiq": {"signature_headers": ["X-Signature"]}},
    ],
    ids=str,
)
def test_wrong_ones_are_refused_and_change_nothing(world: TestWorld, body: Any) -> None:
    assert world.control("PUT", "/webhook-settings", json=body).status_code == 400
    assert world.control("GET", "/webhook-settings").json() == USUAL


def test_reset_and_deletion_take_all_of_it_away(server: Server) -> None:
    world = server.world(name="short-lived", recipe="empty", clock={"mode": "frozen"})
    before = [world.control("GET", path).json() for path in KEPT]
    assert before[:3] == [{"data": []}] * 3
    for end in ("reset", "deletion"):
        use(world)
        assert all(world.control("GET", path).json() != empty for path, empty in zip(KEPT, before, strict=True))
        if end == "reset":
            world.control("POST", "/reset")
        else:
            world.control("DELETE")
            world = server.world(name="short-lived", recipe="empty", clock={"mode": "frozen"})
        assert [world.control("GET", path).json() for path in KEPT] == before
        world.advance(by="P1D")
        assert log(world) == inbox(world) == []
    world.control("DELETE")


def use(world: TestWorld) -> None:
    """Leave something of everything behind, a retry among it."""
    change(world, "webhook-settings", {"insightiq": {"retry_seconds": [60]}})
    change(world, "webhook-faults", [{"action": "duplicate"}])
    change(world, "inbox/default", {"status": 500})
    subscribe(world, world.control("GET").json()["inbox_url"])
    raise_event(world)
    settle(world)


def test_a_world_that_is_not_there_has_none_of_it(server: Server) -> None:
    at = "/_emulator/worlds/nowhere"
    requests: list[tuple[str, str, Any]] = [
        *(("GET", path, None) for path in KEPT),
        ("GET", "/deliveries/1", None),
        ("POST", "/deliveries/1/redeliver", None),
        ("POST", "/deliveries/redeliver", {}),
        ("PUT", "/webhook-faults", []),
        ("PUT", "/webhook-settings", {}),
        ("PUT", "/inbox/default", {}),
        ("DELETE", "/inbox", None),
    ]
    for method, path, body in requests:
        answer = server.client.request(method, at + path, json=body)
        assert answer.status_code == 404
        assert "There is no world 'nowhere'" in answer.json()["detail"]


def test_of_settled_deliveries_the_last_ones_are_kept(
    world: TestWorld, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With smaller numbers than in earnest; what is not settled is kept however old it is."""
    monkeypatch.setattr(retention, "KEPT", 10)
    monkeypatch.setattr(retention, "EVERY", 1)
    subscribe(world, receiver.url)
    receiver.planned.append(behaviour.status(500))
    raise_event(world)
    settle(world)
    (waiting,) = log(world)
    change(world, "webhook-faults", [{"action": "drop", "skip": 10, "times": 5}])
    raise_event_times(world, 20)
    settle(world)
    kept = log(world)
    assert kept[0] == waiting
    assert [each["state"] for each in kept[1:]] == ["dropped"] * 5 + ["delivered"] * 5
    assert [len(each["attempts"]) for each in kept[1:]] == [0] * 5 + [1] * 5
    world.advance(by="P1D")
    assert log(world) == kept[1:], "delivered at last, it is the oldest of those that are settled"
    assert len(receiver.received) == 1 + 15 + 1


def raise_event_times(world: TestWorld, count: int) -> None:
    for number in range(count):
        raise_event(world, number=number)
        settle(world)
