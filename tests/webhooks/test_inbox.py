"""The inbox: a receiver for users who have none."""

import hmac
import json
from hashlib import sha256
from typing import Any

import pytest

from tests.support import Server, TestWorld
from tests.webhooks.sender import EVENT, OTHER_EVENT, change, inbox, is_active, log, raise_event, settle, subscribe


def address(world: TestWorld, name: str = "default") -> str:
    url: str = world.control("GET").json()["inbox_url"]
    assert url.endswith(f"/_inbox/{world.name}/default")
    return url.removesuffix("default") + name


def signed(world: TestWorld, body: bytes) -> dict[str, str]:
    secret = world.credentials["insightiq"]["password"]
    return {"webhook-signatures": hmac.new(secret.encode(), body, sha256).hexdigest()}


def test_a_webhook_that_is_sent_there_is_seen_there(world: TestWorld) -> None:
    subscribe(world, address(world))
    world.advance(by="PT1H")
    raise_event(world)
    settle(world)
    (logged,), (entry,) = log(world), inbox(world)
    assert logged["state"] == "delivered"
    assert json.loads(logged["attempts"][0]["body"]) == {"ok": True}
    assert entry["headers"].pop("webhook-signatures") == logged["request"]["headers"]["webhook-signatures"]
    assert entry.pop("headers")["content-type"] == "application/json"
    assert entry == {
        "number": 1,
        "name": "default",
        "at": world.now(),
        "event": EVENT,
        "event_id": logged["event_id"],
        "verified": True,
        "status": 200,
        "body": logged["request"]["body"],
        "truncated": False,
    }


def test_anything_is_accepted_from_anybody(world: TestWorld) -> None:
    bodies = [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"event": 1, "id": []}',
        b'{"event": "A.B", "id": "x"}',
        b" " * 1_048_576,
    ]
    for body in bodies:
        answer = world.client.post(address(world), content=body)
        assert (answer.status_code, answer.json()) == (200, {"ok": True})
    entries = inbox(world)
    assert [each["event"] for each in entries] == [None] * 5 + ["A.B", None]
    assert [each["event_id"] for each in entries] == [None] * 5 + ["x", None]
    assert [each["body"] for each in entries[:5]] == [None, "{", "[]", "\ufffd\ufffd", bodies[4].decode()]
    assert [each["truncated"] for each in entries] == [False] * 6 + [True]
    assert {each["verified"] for each in entries} == {None}


def test_a_signature_is_verified(world: TestWorld) -> None:
    right = signed(world, b"{}")["webhook-signatures"]
    headers: list[tuple[Any, bool | None]] = [
        ({"Webhook-Signatures": right}, True),
        ({"Phyllo-Signature": f"0000,{right}"}, True),
        ({"Webhook-Signatures": right[:-1]}, False),
        ({"Webhook-Signatures": b"\xff"}, False),
        ({"Webhook-Signatures": ""}, None),
        ({}, None),
    ]
    for header, expected in headers:
        world.client.post(address(world), content=b"{}", headers=header)
        assert inbox(world)[-1]["verified"] is expected


def test_secrets_are_not_kept(world: TestWorld) -> None:
    secret = world.credentials["insightiq"]["password"]
    headers = {"authorization": "Bearer x", "cookie": "a=b", "x-mine": secret}
    world.client.post(address(world), content=json.dumps({"secret": "s", "seen": secret}), headers=headers)
    shown = json.dumps(inbox(world))
    assert secret not in shown
    assert inbox(world)[0]["headers"]["authorization"] == inbox(world)[0]["headers"]["cookie"] == "[redacted]"


def test_addresses_are_told_apart(world: TestWorld) -> None:
    subscribe(world, address(world, "one"), EVENT)
    subscribe(world, address(world, "two"), EVENT, OTHER_EVENT)
    raise_event(world, EVENT)
    raise_event(world, OTHER_EVENT)
    settle(world)
    assert [each["name"] for each in inbox(world)] == ["one", "two", "two"]
    assert [each["event"] for each in inbox(world, name="two")] == [EVENT, OTHER_EVENT]
    assert [each["name"] for each in inbox(world, event=EVENT)] == ["one", "two"]
    assert [each["number"] for each in inbox(world, limit=2)] == [2, 3]
    assert [each["number"] for each in inbox(world, limit=2, before=3)] == [1, 2]


def test_it_fails_as_often_as_it_is_told(world: TestWorld) -> None:
    webhook = subscribe(world, address(world))
    change(world, "inbox/default", {"status": 503, "times": 2})
    raise_event(world)
    settle(world)
    assert world.control("GET", "/inbox/default").json() == {
        "name": "default",
        "url": address(world),
        "status": 503,
        "times": 1,
        "delay_seconds": 0,
    }
    world.advance(by="P1D")
    assert [each["status"] for each in log(world)[0]["attempts"]] == [503, 503, 200]
    assert [each["status"] for each in inbox(world)] == [503, 503, 200]
    assert len({each["event_id"] for each in inbox(world)}) == 1
    assert world.control("GET", "/inbox/default").json()["times"] is None
    change(world, "inbox/default", {"status": 500})
    raise_event(world)
    world.advance(by="P1D")
    assert not is_active(world, webhook)


def test_it_answers_late_if_it_is_told_to(world: TestWorld) -> None:
    change(world, "webhook-settings", {"insightiq": {"timeout_seconds": 0.1}})
    change(world, "inbox/default", {"delay_seconds": 30, "times": 1})
    subscribe(world, address(world))
    raise_event(world)
    settle(world)
    (logged,) = log(world)
    assert (logged["state"], logged["attempts"][0]["error"]) == ("pending", "no answer within 0.1 s")
    change(world, "webhook-settings", {})
    world.advance(by=60)
    assert [each["state"] for each in log(world)] == ["delivered"]


@pytest.mark.parametrize("number", [204, 301, 304, 404, 599])
def test_it_answers_any_status(world: TestWorld, number: int) -> None:
    change(world, "inbox/other", {"status": number})
    answer = world.client.post(address(world, "other"), content=b"{}")
    assert answer.status_code == number
    assert answer.content in (b"", b'{"ok":false}')
    assert world.client.post(address(world), content=b"{}").status_code == 200


def test_the_oldest_are_forgotten(world: TestWorld) -> None:
    for _ in range(1_003):
        world.client.post(address(world))
    numbers = [each["number"] for each in inbox(world, limit=1000)]
    assert numbers == list(range(4, 1_004))


def test_it_is_emptied(world: TestWorld) -> None:
    world.client.post(address(world))
    assert world.control("DELETE", "/inbox").status_code == 204
    assert inbox(world) == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/_inbox/nowhere/default", 404),
        ("POST", "/_inbox/{world}", 404),
        ("POST", "/_inbox/{world}/", 404),
        ("POST", "/_inbox/{world}/Upper", 404),
        ("POST", "/_inbox/{world}/a/b", 404),
        ("POST", "/_inbox/{world}/a%0a", 404),
        ("POST", f"/_inbox/{{world}}/{'a' * 64}", 404),
        ("POST", "/_inbox", 404),
        ("GET", "/_inbox/{world}/default", 405),
        ("PUT", "/_inbox/{world}/default", 405),
    ],
)
def test_what_is_no_address_of_it_is_refused(world: TestWorld, method: str, path: str, status: int) -> None:
    answer = world.client.request(method, path.replace("{world}", world.name))
    assert answer.status_code == status
    assert answer.json()["ok"] is False
    assert answer.json()["detail"]
    assert inbox(world) == []


def test_what_is_too_long_is_refused(world: TestWorld) -> None:
    assert world.client.post(address(world), content=b" " * 1_048_577).status_code == 413
    assert inbox(world) == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("default", {"status": 199}),
        ("default", {"status": 600}),
        ("default", {"times": 0}),
        ("default", {"delay_seconds": 31}),
        ("default", {"delay": 1}),
        ("default", []),
        ("Default", {}),
        ("a" * 64, {}),
    ],
)
def test_a_wrong_answer_is_refused_and_changes_nothing(world: TestWorld, path: str, body: Any) -> None:
    change(world, "inbox/default", {"status": 418})
    assert world.control("PUT", f"/inbox/{path}", json=body).status_code == 400
    assert world.control("GET", "/inbox/default").json()["status"] == 418


def test_worlds_do_not_see_each_others(server: Server, world: TestWorld) -> None:
    other = server.world(recipe="empty")
    body = b'{"event": "A.B", "id": "1"}'
    world.client.post(address(world), content=body, headers=signed(other, body))
    assert [each["verified"] for each in inbox(world)] == [False]
    assert inbox(other) == []
    other.control("DELETE")
