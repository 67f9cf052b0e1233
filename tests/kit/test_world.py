"""A world in the hand of a test: in process without a socket, in process with one, and in a process of its own."""

import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import httpx
import pytest

from emulator.testing import Emulator, Refused, Server, connect, in_process, in_subprocess
from emulator.testing.moments import Span

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module", params=["asgi", "thread", "process", "url"])
def there(request: pytest.FixtureRequest) -> Iterator[Server]:
    match request.param:
        case "asgi":
            opened = in_process(listen=False)
        case "thread":
            opened = in_process()
        case _:
            opened = in_subprocess()
    with opened as server:
        if request.param == "url":
            with connect(server.url) as other:
                yield other
        else:
            yield server


@pytest.fixture
def world(there: Server) -> Iterator[Emulator]:
    with there.world(recipe="empty") as world:
        yield world


def subscribe(world: Emulator, *events: str, url: str | None = None) -> None:
    named = {"name": "kit", "url": url or world.webhooks.url, "events": list(events)}
    assert world.client("insightiq").post("/v1/webhooks", json=named).status_code == 201


def test_clients_speak_with_the_worlds_credentials(world: Emulator) -> None:
    world.seed.creator("mia.moreau")
    assert world.client("insightiq").get("/v1/users").json()["data"] == []
    answer = world.client("archive").post("/api/v1", json={"query": '{creator(accountName: "mia.moreau") {id}}'})
    assert answer.json()["data"]["creator"]["id"]
    assert world.client("storyclash").get("/external-api/campaigns").json() == []


def test_the_client_of_archive_speaks_with_both_versions(there: Server) -> None:
    with there.world() as world:
        client = world.client("archive")
        partners = client.post("/api/v1", json={"query": "{mediaItems(first: 1) {nodes {id}}}"}).json()
        workspace = client.post("/api/v2", json={"query": "{items(first: 1) {nodes {id}}}"}).json()
    assert len(partners["data"]["mediaItems"]["nodes"]) == len(workspace["data"]["items"]["nodes"]) == 1


def test_the_environment_is_what_the_command_line_prints(there: Server, world: Emulator) -> None:
    variables = world.environment
    assert {name for name in variables if name.endswith("_URL")} == {
        "INSIGHTIQ_URL",
        "ARCHIVE_URL",
        "STORYCLASH_URL",
        "EMULATOR_URL",
    }
    assert {variables["ARCHIVE_URL"], world.url("archive")} == {there.url}
    assert variables["STORYCLASH_TOKEN"] == world.credentials("storyclash")["token"]


def test_time_is_the_tests_own(world: Emulator) -> None:
    assert world.now == EPOCH
    assert world.advance(timedelta(hours=1)) == []
    world.advance("PT30M")
    world.advance(0.5)
    assert world.now == EPOCH + timedelta(hours=1, minutes=30, seconds=0.5)
    world.advance(to=datetime(2026, 2, 1, tzinfo=UTC))
    assert world.now == datetime(2026, 2, 1, tzinfo=UTC)
    world.resume(rate=3600)
    assert world.freeze() >= datetime(2026, 2, 1, tzinfo=UTC)
    world.reset()
    assert world.now == EPOCH


def test_a_moment_needs_a_zone(world: Emulator) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        world.advance(to=datetime(2026, 2, 1))  # noqa: DTZ001 - that is the point
    with pytest.raises(TypeError, match="a span, or a moment"):
        world.advance()


def test_what_the_emulator_refuses_is_told_in_its_words(world: Emulator) -> None:
    with pytest.raises(Refused, match="cannot go back") as refused:
        world.advance(to="2025-01-01T00:00:00Z")
    assert refused.value.status == 400


def test_waiting_for_a_webhook_moves_time(world: Emulator) -> None:
    subscribe(world, "ACCOUNTS.CONNECTED", "PROFILES.ADDED")
    world.seed.account(world.seed.creator("mia.moreau"))
    came = world.webhooks.wait_for("PROFILES.ADDED")
    assert came.raised_at == world.now > EPOCH
    assert (came.state, came.statuses, came.verified) == ("delivered", (200,), True)
    assert came.json()["event"] == "PROFILES.ADDED"
    assert [each.event for each in world.webhooks.received()] == ["ACCOUNTS.CONNECTED", "PROFILES.ADDED"]
    world.webhooks.assert_received("*.ADDED", times=1)
    world.webhooks.assert_not_sent("SESSION.*")


def test_waiting_in_vain_tells_what_came_instead(world: Emulator) -> None:
    subscribe(world, "ACCOUNTS.CONNECTED")
    world.seed.account(world.seed.creator("mia.moreau"))
    with pytest.raises(AssertionError) as failure:
        world.webhooks.wait_for("ACCOUNTS.DISCONNECTED", within=timedelta(hours=2))
    assert "there are no webhooks with event='ACCOUNTS.DISCONNECTED'" in str(failure.value)
    assert "event is 'ACCOUNTS.CONNECTED', not 'ACCOUNTS.DISCONNECTED'" in str(failure.value)
    assert world.now <= EPOCH + timedelta(hours=2)


@pytest.mark.parametrize("within", [timedelta(hours=36), 36 * 3600, "P1DT12H", "PT36H", "PT129600S"])
def test_a_span_may_be_said_in_all_ways(world: Emulator, within: Span) -> None:
    with pytest.raises(AssertionError, match=r"within 1 day, 12:00:00 of the world's time"):
        world.webhooks.wait_for("SESSION.EXPIRED", within=within)
    world.jobs.rule("FAILURE", after=within)
    assert world.jobs.rules()[0]["after"] == 36 * 3600
    world.advance(within)
    assert world.now == EPOCH + timedelta(hours=36)


@pytest.mark.parametrize("within", ["1h", "P", "PT", "P1Y", ""])
def test_what_is_no_span_is_told(world: Emulator, within: str) -> None:
    with pytest.raises(ValueError, match="is not a duration such as PT1H or P1DT12H"):
        world.webhooks.wait_for("SESSION.EXPIRED", within=within)


def test_a_receiver_that_fails_is_tried_again(world: Emulator) -> None:
    subscribe(world, "ACCOUNTS.CONNECTED")
    world.webhooks.answer_with(503, times=2)
    world.seed.account(world.seed.creator("mia.moreau"))
    assert world.webhooks.wait_for("ACCOUNTS.CONNECTED").statuses == (503, 503, 200)


def test_a_clock_that_runs_can_be_waited_for_too(world: Emulator) -> None:
    subscribe(world, "ACCOUNTS.CONNECTED", "PROFILES.ADDED")
    world.resume(rate=2)
    world.seed.account(world.seed.creator("mia.moreau"))
    assert world.webhooks.wait_for("PROFILES.ADDED").verified
    world.settle()
    with pytest.raises(AssertionError):
        world.webhooks.wait_for("SESSION.EXPIRED", within=timedelta(minutes=5))


def test_an_application_of_the_test_receives_webhooks(world: Emulator) -> None:
    bodies: list[bytes] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        bodies.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with world.receiver(application) as url:
        subscribe(world, "ACCOUNTS.CONNECTED", url=f"{url}/hooks")
        world.seed.account(world.seed.creator("mia.moreau"))
        sent = world.webhooks.assert_received("ACCOUNTS.CONNECTED", times=1, url=f"{url}/*")
    assert [body.decode() for body in bodies] == [sent.body]
    world.seed.account(world.seed.creator("ann"))
    assert world.webhooks.all(state="delivered") == [sent], "nobody is there any more"


def test_requests_go_wrong_as_the_test_says(world: Emulator) -> None:
    client = world.client("insightiq")
    (told,) = world.faults.set({"kind": "rate_limit", "match": {"operation": "list_users"}, "skip": 1, "times": 1})
    assert [client.get("/v1/users").status_code for _ in range(3)] == [200, 429, 200]
    assert world.faults.all() == [{**told, "matched": 3}]
    world.faults.clear()
    assert world.faults.all() == []


def test_faults_of_requests_and_of_webhooks_are_two_lists_that_are_cleared_together(world: Emulator) -> None:
    (told,) = world.webhooks.break_with({"action": "drop"})
    world.faults.set({"kind": "drop"})
    assert world.webhooks.faults() == [told]
    world.faults.set()
    assert (world.faults.all(), world.webhooks.faults()) == ([], [told])
    (kept,) = world.faults.set({"kind": "drop"})
    assert world.webhooks.break_with() == []
    assert (world.faults.all(), world.webhooks.faults()) == ([kept], [])
    world.webhooks.break_with({"action": "drop"})
    world.faults.clear()
    assert (world.faults.all(), world.webhooks.faults()) == ([], [])


@pytest.mark.parametrize("kind", ["drop", "truncate"])
def test_a_connection_that_is_closed_is_told_alike_with_a_socket_and_without(world: Emulator, kind: str) -> None:
    world.faults.set({"kind": kind, "times": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        world.client("insightiq").get("/v1/users")
    assert world.client("insightiq").get("/v1/users").status_code == 200


def test_a_client_that_does_not_wait_has_its_time_out_with_a_socket_and_without(world: Emulator) -> None:
    world.faults.set({"kind": "timeout", "seconds": 600})
    with pytest.raises(httpx.ReadTimeout):
        world.client("insightiq").get("/v1/users", timeout=0.05)


def test_a_webhook_is_delivered_again(world: Emulator) -> None:
    subscribe(world, "ACCOUNTS.CONNECTED")
    world.seed.account(world.seed.creator("mia.moreau"))
    first = world.webhooks.assert_received("ACCOUNTS.CONNECTED")
    again = world.webhooks.redeliver(first)
    assert (again.event_id, again.body, again.state) == (first.event_id, first.body, "delivered")


def test_a_request_that_was_not_made_shows_the_nearest(world: Emulator) -> None:
    client = world.client("insightiq")
    client.get("/v1/users", params={"limit": 3})
    client.post("/v1/users", json={"name": "Ann", "external_id": "a"})
    made = world.requests.assert_made("create_user", times=1, json={"name": "Ann"}, status=201)
    assert (made.method, made.path, made.json()["external_id"]) == ("POST", "/v1/users", "a")
    world.requests.assert_made(path="/v1/us*", query={"limit": "3"})
    world.requests.assert_not_made(vendor="archive")
    with pytest.raises(AssertionError) as failure:
        world.requests.assert_made("create_user", json={"name": "Bob"})
    assert str(failure.value).splitlines()[:4] == [
        "there are no requests with operation='create_user', json={'name': 'Bob'}",
        "Nearest of 2:",
        "  POST /v1/users (insightiq, create_user): 201",
        "    json is {'name': 'Ann', 'external_id': 'a'}, not {'name': 'Bob'}",
    ]
    with pytest.raises(AssertionError, match="there are 1 requests with method='POST'; wanted 2"):
        world.requests.assert_made(method="POST", times=2)
    with pytest.raises(TypeError, match="requests have no 'pth'; they have"):
        world.requests.all(pth="/v1/users")
    world.requests.clear()
    assert world.requests.all() == []


def ordered(world: Emulator, handle: str) -> str:
    platform = {"identifier": handle, "work_platform_id": "9bb8913b-ddd9-430b-a66a-d74d846e6c66"}
    answer = world.client("insightiq").post("/v1/social/creators/async/profiles/analytics", json=platform)
    assert answer.status_code in (200, 202), answer.text
    return str(answer.json()["id"])


def test_jobs_end_as_the_test_says(world: Emulator) -> None:
    world.seed.creator("mia.moreau")
    done, failed, ruled = (ordered(world, "mia.moreau") for _ in range(3))
    assert [job.id for job in world.jobs.all("profile_analytics", status="IN_PROGRESS")] == [done, failed, ruled]
    assert world.jobs.complete(done).result["profile"]["platform_username"] == "mia.moreau"
    assert world.jobs.fail(failed, error={"message": "Out of order"}).error
    world.jobs.rule("FAILURE", family="profile_analytics", after=timedelta(minutes=1))
    world.jobs.rule(vendor="insightiq", after=timedelta(hours=9), skip=5)
    assert [rule["matched"] for rule in world.jobs.rules()] == [1, 0]
    world.advance("PT1M")
    assert world.jobs.get(ruled).status == "FAILURE"
    with pytest.raises(Refused, match="has ended with SUCCESS"):
        world.jobs.complete(done)
    world.jobs.set_rules()
    assert world.jobs.rules() == []


def test_a_world_is_gone_after_its_test(there: Server) -> None:
    with there.world(name="short-lived", recipe="empty") as world:
        key = world.credentials("insightiq")
        assert there.existing("short-lived").now == EPOCH
    with httpx.Client(base_url=there.url, transport=there.transport) as client:
        assert client.get("/v1/users", auth=(key["username"], key["password"])).status_code == 401
    with pytest.raises(Refused, match="There is no world 'short-lived'"):
        there.existing("short-lived")


def test_worlds_are_made_as_python_says_times(there: Server) -> None:
    began = datetime(2026, 3, 1, tzinfo=UTC)
    with there.world(recipe="empty", epoch=began) as world:
        assert world.now == began


def test_a_large_body_is_refused_with_a_socket_and_without(there: Server, world: Emulator) -> None:
    with pytest.raises(Refused, match="Too large") as refused:
        world.seed.creator(display_name="x" * 2_000_000)
    assert refused.value.status == 413


def test_clients_are_shared_by_threads(world: Emulator) -> None:
    together = Barrier(8)

    def asked(_: int) -> httpx.Client:
        together.wait()
        client = world.client("insightiq")
        assert client.get("/v1/users").status_code == 200
        return client

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(asked, range(8)))) == 1


def test_a_refusal_can_be_carried_to_another_process(world: Emulator) -> None:
    with pytest.raises(Refused) as refused:
        world.jobs.get("no-such-job")
    carried = pickle.loads(pickle.dumps(refused.value))
    assert (carried.status, str(carried)) == (404, str(refused.value))


def test_where_no_emulator_answers_is_told() -> None:
    with pytest.raises(Refused, match="start one with: emulator serve"), connect("http://127.0.0.1:9"):
        pass
