"""A delivery: what is sent, what counts as an answer, and what the log says of it."""

import gzip
import hmac
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.process import serving
from tests.support import TestWorld
from tests.webhooks import receiver as behaviour
from tests.webhooks.receiver import Behaviour, Receiver
from tests.webhooks.sender import EVENT, OTHER_EVENT, change, is_active, log, raise_event, settle, subscribe

HEADERS = ("Webhook-Signatures", "Phyllo-Signatures", "Phyllo-Signature")


def test_an_event_is_delivered_and_logged(world: TestWorld, receiver: Receiver) -> None:
    webhook = subscribe(world, f"{receiver.url}/hook?token=tell-nobody")
    raise_event(world)
    settle(world)
    (came,), (logged,) = receiver.received, log(world)
    assert came.content["event"] == EVENT
    assert logged["attempts"][0].pop("milliseconds") >= 0
    assert logged["attempts"][0].pop("headers")["content-length"] == "0"
    assert logged == {
        "id": logged["id"],
        "vendor": "insightiq",
        "endpoint": webhook["id"],
        "url": f"{receiver.url}/hook?token=[redacted]",
        "event": EVENT,
        "event_id": came.id,
        "state": "delivered",
        "raised_at": world.now(),
        "due": None,
        "reason": None,
        "redelivery_of": None,
        "verified": True,
        "request": {
            "headers": {name: came.headers[name] for name in ("content-type", "webhook-signatures")},
            "body": came.body.decode(),
            "truncated": False,
        },
        "attempts": [{"number": 1, "at": world.now(), "status": 200, "error": None, "body": None}],
    }
    assert world.control("GET", f"/deliveries/{logged['id']}").json()["request"] == logged["request"]


def test_the_signature_is_verified_with_the_client_secret(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, receiver.url)
    raise_event(world)
    (came,) = receiver.wait(1)
    secret = world.credentials["insightiq"]["password"]
    expected = hmac.new(secret.encode(), came.body, sha256).hexdigest()
    signatures = came.headers["webhook-signatures"].split(",")
    assert any(hmac.compare_digest(signature.strip(), expected) for signature in signatures)


@pytest.mark.parametrize("names", [[HEADERS[1]], [HEADERS[2]], list(HEADERS)], ids=str)
def test_older_header_names_are_sent_on_demand(world: TestWorld, receiver: Receiver, names: list[str]) -> None:
    change(world, "webhook-settings", {"insightiq": {"signature_headers": names}})
    subscribe(world, receiver.url)
    raise_event(world)
    (came,) = receiver.wait(1)
    assert {name for name in HEADERS if name.lower() in came.headers} == set(names)
    assert len({came.headers[name.lower()] for name in names}) == 1


def test_only_those_who_subscribed_to_an_event_get_it(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, f"{receiver.url}/one", EVENT)
    subscribe(world, f"{receiver.url}/both", EVENT, OTHER_EVENT)
    raise_event(world, EVENT)
    raise_event(world, OTHER_EVENT)
    settle(world)
    events = [(each.path, each.content["event"]) for each in receiver.received]
    assert events == [("/one", EVENT), ("/both", EVENT), ("/both", OTHER_EVENT)]


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        (behaviour.status(301, location="/elsewhere"), 301, None),
        (behaviour.status(307, location="/elsewhere"), 307, None),
        (behaviour.status(400), 400, None),
        (behaviour.status(410), 410, None),
        (behaviour.status(503, retry_after="1"), 503, None),
        (behaviour.cut, None, "disconnected"),
        (behaviour.silence, None, "no answer within 0.1 s"),
    ],
)
def test_what_is_no_success_is_tried_again_and_not_followed(
    world: TestWorld, receiver: Receiver, answer: Behaviour, status: int | None, error: str | None
) -> None:
    change(world, "webhook-settings", {"insightiq": {"timeout_seconds": 0.1 if answer is behaviour.silence else 5}})
    webhook = subscribe(world, receiver.url)
    receiver.planned.append(answer)
    raise_event(world)
    settle(world)
    (logged,) = log(world)
    assert (logged["state"], logged["attempts"][0]["status"]) == ("pending", status)
    assert (error or "") in (logged["attempts"][0]["error"] or "")
    assert (logged["attempts"][0]["error"] is None) == (error is None)
    assert is_active(world, webhook)
    assert len(receiver.received) == 1
    change(world, "webhook-settings", {})
    world.advance(by=60)
    assert [each["status"] for each in log(world)[0]["attempts"]] == [status, 200]


@pytest.mark.parametrize("number", [200, 201, 202, 204])
def test_every_2xx_is_a_success(world: TestWorld, receiver: Receiver, number: int) -> None:
    subscribe(world, receiver.url)
    receiver.planned.append(behaviour.status(number))
    raise_event(world)
    settle(world)
    assert [each["state"] for each in log(world)] == ["delivered"]


def test_of_a_long_answer_only_the_beginning_is_read_and_less_is_kept(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, receiver.url)
    receiver.planned.extend([behaviour.endless, behaviour.body(b"y" * 65_536)])
    for _ in range(2):
        raise_event(world)
        settle(world)
    bodies = [each["attempts"][0]["body"] for each in log(world, state="delivered")]
    assert bodies == ["x" * 4096, "y" * 4096]


def test_a_compressed_answer_is_not_unpacked(world: TestWorld, receiver: Receiver) -> None:
    """It is not asked for either; a small one could become a large one."""
    subscribe(world, receiver.url)
    receiver.planned.append(behaviour.body(gzip.compress(b"0" * 10_000_000), content_encoding="gzip"))
    raise_event(world)
    settle(world)
    (logged,) = log(world)
    assert logged["state"] == "delivered"
    assert "0000" not in logged["attempts"][0]["body"]
    assert receiver.received[0].headers["accept-encoding"] == "identity"


def test_secrets_in_an_answer_are_not_shown(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, receiver.url)
    receiver.planned.append(behaviour.body(b'{"token": "abc", "kept": 1}', set_cookie="session=abc"))
    raise_event(world)
    settle(world)
    (attempt,) = log(world)[0]["attempts"]
    assert attempt["body"] == '{"token": "[redacted]", "kept": 1}'
    assert attempt["headers"]["set-cookie"] == "[redacted]"


def test_what_an_address_has_of_secrets_is_not_logged(tmp_path: Path, receiver: Receiver) -> None:
    with serving(tmp_path, "--recipe", "empty", "--clock", "frozen", "--log-level", "debug") as served:
        subscribe(served.world(), receiver.url.replace("//", "//user:hush@") + "/hook?token=hush")
        raise_event(served.world())
        settle(served.world())
        (logged,) = log(served.world())
    assert logged["state"] == "delivered"
    assert logged["url"] == receiver.url.replace("//", "//user:[redacted]@") + "/hook?token=[redacted]"
    assert receiver.received[0].headers["authorization"].startswith("Basic "), "it is used all the same"
    assert "send_mock_event" in served.log.read_text()
    assert "hush" not in served.log.read_text()


def test_the_log_is_searched_and_paged(world: TestWorld, receiver: Receiver) -> None:
    first, second = subscribe(world, f"{receiver.url}/1"), subscribe(world, f"{receiver.url}/2", OTHER_EVENT)
    receiver.by_path["/2"] = behaviour.status(500)
    for number in range(3):
        raise_event(world, EVENT, number)
    raise_event(world, OTHER_EVENT)
    settle(world)
    every = log(world)
    assert [each["endpoint"] for each in every] == [first["id"]] * 3 + [second["id"]]
    assert (
        log(world, event=OTHER_EVENT) == log(world, state="pending") == log(world, endpoint=second["id"]) == every[3:]
    )
    assert log(world, vendor="insightiq") == every
    assert log(world, vendor="archive") == log(world, event=EVENT, state="pending") == []
    assert log(world, limit=2) == every[2:]
    assert log(world, limit=2, before=every[2]["id"]) == every[:2]
