"""What was asked of a world can be read afterwards, without its secrets."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator import journal
from emulator.settings import Settings
from emulator.world.store import Store, Transaction
from tests.population.recipes import first_world
from tests.support import Server, TestWorld, running

FIELDS = "{mediaItems(first: 1) {nodes {id}}}"


@pytest.fixture
def empty(server: Server) -> Iterator[TestWorld]:
    made = server.world(recipe="empty")
    yield made
    made.control("DELETE")


def listed(world: TestWorld, **query: Any) -> list[dict[str, Any]]:
    answer = world.control("GET", "/journal", params=query)
    assert answer.status_code == 200, answer.text
    exchanges: list[dict[str, Any]] = answer.json()["data"]
    return exchanges


def numbers(world: TestWorld, **query: Any) -> list[int]:
    return [exchange["number"] for exchange in listed(world, **query)]


def converse(world: TestWorld) -> None:
    """Something with everybody, well and badly."""
    world.insightiq("GET", "/v1/work-platforms?limit=1")
    world.insightiq("POST", "/v1/users", json={"name": "A"})
    world.archive(FIELDS)
    world.storyclash("/external-api/campaigns")
    world.storyclash("/external-api/campaign/7")
    world.insightiq("GET", "/v1/nowhere")
    world.insightiq("PUT", "/v1/users")
    world.archive("{nonsense}")


EXPECTED = [
    ("insightiq", "list_work_platforms", 200),
    ("insightiq", "create_user", 400),
    ("archive", "mediaItems", 200),
    ("storyclash", "list_campaigns", 200),
    ("storyclash", "get_campaign", 200),
    ("insightiq", None, 404),
    ("insightiq", None, 405),
    ("archive", None, 200),
]


def test_every_exchange_is_listed_newest_first(empty: TestWorld) -> None:
    converse(empty)
    exchanges = listed(empty)
    shown = [(each["vendor"], each["operation"], each["response"]["status"]) for each in exchanges]
    assert shown == EXPECTED[::-1]
    assert [each["number"] for each in exchanges] == list(range(len(EXPECTED), 0, -1))
    assert {each["at"] for each in exchanges} == {empty.now()}


def test_an_exchange_is_shown_as_it_was(empty: TestWorld) -> None:
    sent = '{"name": "Zoë", "external_id": "z"}'
    headers = {"x-mine": "1", "content-type": "application/json"}
    answer = empty.insightiq("POST", "/v1/users?a=b%20c&a=d", content=sent, headers=headers)
    shown = listed(empty)[0]
    assert (shown["request"]["method"], shown["request"]["path"]) == ("POST", "/v1/users")
    assert shown["request"]["query"] == "a=b%20c&a=d"
    assert shown["request"]["headers"]["x-mine"] == "1"
    assert (shown["request"]["body"], shown["request"]["truncated"]) == (sent, False)
    assert (shown["response"]["body"], shown["response"]["truncated"]) == (answer.text, False)
    assert shown["response"]["headers"]["request-id"] == answer.headers["request-id"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"vendor": "archive"}, {"vendor": "archive"}),
        ({"operation": "get_campaign"}, {"operation": "get_campaign"}),
        ({"status": 404}, {"status": 404}),
        ({"vendor": "insightiq", "status": 200}, {"vendor": "insightiq", "status": 200}),
        ({"vendor": "storyclash", "status": 404}, {"vendor": "storyclash", "status": 404}),
    ],
    ids=str,
)
def test_filters_narrow_it(empty: TestWorld, query: dict[str, Any], wanted: dict[str, Any]) -> None:
    converse(empty)
    expected = [
        number
        for number, (vendor, operation, status) in enumerate(EXPECTED, 1)
        if wanted.items() <= {"vendor": vendor, "operation": operation, "status": status}.items()
    ]
    assert numbers(empty, **query) == expected[::-1]


@pytest.fixture(scope="module")
def spoken(server: Server) -> Iterator[TestWorld]:
    made = server.world(recipe="empty")
    for _ in range(3):
        converse(made)
    yield made
    made.control("DELETE")


@given(limit=st.integers(1, 30), before=st.none() | st.integers(1, 40))
def test_limit_and_before_page_through_it(spoken: TestWorld, limit: int, before: int | None) -> None:
    known = [number for number in range(24, 0, -1) if before is None or number < before]
    query = {"limit": limit} if before is None else {"limit": limit, "before": before}
    assert numbers(spoken, **query) == known[:limit]


@given(limit=st.integers(1, 10), vendor=st.sampled_from(["insightiq", "archive", "storyclash"]))
def test_the_smallest_number_leads_to_the_next_page(spoken: TestWorld, limit: int, vendor: str) -> None:
    pages = [numbers(spoken, limit=limit, vendor=vendor)]
    while pages[-1]:
        pages.append(numbers(spoken, limit=limit, vendor=vendor, before=pages[-1][-1]))
    assert list(chain(*pages)) == numbers(spoken, vendor=vendor, limit=1000)


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 1001}, {"limit": "x"}, {"before": 0}, {"vendor": "x"}, {"status": 99}], ids=str
)
def test_a_wrong_filter_is_told(empty: TestWorld, query: dict[str, Any]) -> None:
    answer = empty.control("GET", "/journal", params=query)
    assert answer.status_code == 400
    assert next(iter(query)) in answer.json()["detail"]


def test_requests_without_a_credential_and_to_the_control_api_are_in_no_journal(
    server: Server, empty: TestWorld
) -> None:
    server.client.get("/v1/users")
    empty.control("GET")
    assert listed(empty) == []


def test_only_the_newest_are_kept(empty: TestWorld) -> None:
    """A little more than are kept, in two lots, as those that wait and those that are written are bounded apart."""
    kept, extra = journal.KEPT, 60
    for count in (kept // 2, kept // 2 + extra):
        for _ in range(count):
            empty.insightiq("GET", "/v1/nowhere")
        assert len(numbers(empty, limit=1)) == 1
    assert numbers(empty, limit=kept) == list(range(kept + extra, extra, -1))
    assert numbers(empty, before=extra + 1) == []


def test_long_bodies_are_cut(empty: TestWorld) -> None:
    for size in (journal.BODY - 1, journal.BODY, journal.BODY + 1, 3 * journal.BODY):
        empty.insightiq("POST", "/v1/users", content="x" * size)
        shown = listed(empty, limit=1)[0]["request"]
        assert shown["body"] == "x" * min(size, journal.BODY)
        assert shown["truncated"] == (size > journal.BODY)


def test_long_answers_are_cut(world: TestWorld) -> None:
    answer = world.insightiq("GET", "/v1/work-platforms?limit=100")
    assert len(answer.content) > journal.BODY
    shown = listed(world, limit=1)[0]["response"]
    assert answer.content.startswith(shown["body"].rstrip("\ufffd").encode())
    assert shown["truncated"]


def test_bodies_that_are_not_text_are_shown_as_far_as_they_are(empty: TestWorld) -> None:
    empty.insightiq("POST", "/v1/users", content=b"\xff\x00ok")
    assert listed(empty)[0]["request"]["body"] == "\ufffd\x00ok"


def test_clearing_forgets_the_exchanges_and_numbers_on(empty: TestWorld) -> None:
    converse(empty)
    assert empty.control("DELETE", "/journal").status_code == 204
    assert listed(empty) == []
    empty.insightiq("GET", "/v1/users")
    assert numbers(empty) == [len(EXPECTED) + 1]


def test_a_journal_belongs_to_one_world(server: Server, empty: TestWorld) -> None:
    other = server.world(recipe="empty")
    converse(other)
    assert listed(empty) == []
    assert empty.control("DELETE", "/journal").status_code == 204
    assert len(listed(other)) == len(EXPECTED)
    other.control("DELETE")


def test_it_survives_a_restart(tmp_path: Path) -> None:
    settings = Settings(recipe="empty", state=tmp_path / "state.db")
    seen: list[list[dict[str, Any]]] = []
    for _ in range(2):
        with running(settings) as server:
            world = first_world(server)
            seen.append(listed(world))
            converse(world)
    assert [each["number"] for each in seen[1]] == list(range(len(EXPECTED), 0, -1))


@contextmanager
def while_writing(store: Store, monkeypatch: pytest.MonkeyPatch, act: Any) -> Iterator[None]:
    """`act` happens in another thread at the moment when the store is about to be written."""
    write = store.write
    seen: list[threading.Thread] = []

    @contextmanager
    def interrupted() -> Iterator[Transaction]:
        if not seen:
            seen.append(threading.Thread(target=act))
            seen[0].start()
            seen[0].join(0.3)  # it may have to wait until this is written
        with write() as transaction:
            yield transaction

    monkeypatch.setattr(store, "write", interrupted)
    yield
    monkeypatch.undo()
    assert seen, "nothing was written"
    seen[0].join()


def test_two_who_read_it_at_once_both_see_what_was_asked_before(
    server: Server, empty: TestWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, found = server.emulator.control.journal, []
    empty.insightiq("GET", "/v1/users")
    with while_writing(server.emulator._store, monkeypatch, lambda: found.append(kept.list(empty.name, [], 10))):
        kept.list(empty.name, [], 10)
    assert [len(exchanges) for exchanges in found] == [1]


def test_a_world_may_turn_up_while_it_is_written(
    server: Server, empty: TestWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits is gathered world by world, in a thread, while the event loop numbers further requests."""
    kept, worlds = server.emulator.control.journal, server.emulator.control.worlds
    for other in (server.world(recipe="empty"), empty):
        other.insightiq("GET", "/v1/users")
    newcomer = worlds.get(server.world(recipe="empty").name)
    take = journal._World.take
    threads: list[threading.Thread] = []

    def interrupted(seen: journal._World) -> journal._World:
        if not threads:
            threads.append(threading.Thread(target=kept.next, args=(newcomer,)))
            threads[0].start()
            threads[0].join(0.3)
        return take(seen)

    monkeypatch.setattr(journal._World, "take", interrupted)
    kept.flush()
    assert threads
    threads[0].join()
