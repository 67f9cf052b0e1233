"""A world's clock goes as it is told, to the microsecond, and never back."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import Server, TestWorld
from tests.worlds.accounts import accounts, is_connected, last_sync
from tests.worlds.calls import Call, made, send

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CENTURY = 100 * 365 * 86_400 * 1_000_000


@pytest.fixture
def still(server: Server) -> Iterator[TestWorld]:
    """Nobody and nothing in it, the clock frozen at the epoch."""
    with made(server, recipe="empty") as world:
        yield world


def advance(world: TestWorld, **distance: Any) -> httpx.Response:
    return world.control("POST", "/clock/advance", json=distance)


def now(world: TestWorld) -> datetime:
    return datetime.fromisoformat(world.now())


def as_number(microseconds: int) -> float | int:
    whole, rest = divmod(microseconds, 1_000_000)
    return whole if rest == 0 else microseconds / 1_000_000


def as_seconds(microseconds: int) -> str:
    return f"PT{microseconds // 1_000_000}.{microseconds % 1_000_000:06}S"


def as_duration(microseconds: int) -> str:
    minutes, rest = divmod(microseconds, 60_000_000)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"P{days}DT{hours}H{minutes}M{rest // 1_000_000}.{rest % 1_000_000:06}S"


FORMS = st.sampled_from([as_number, as_seconds, as_duration])


@given(spans=st.lists(st.tuples(st.integers(1, CENTURY), FORMS), min_size=1, max_size=6))
def test_a_span_is_exact_to_the_microsecond_however_it_is_written(server: Server, spans: list[tuple[int, Any]]) -> None:
    with made(server, recipe="empty") as world:
        for microseconds, write in spans:
            assert advance(world, by=write(microseconds)).status_code == 200
        assert now(world) == EPOCH + timedelta(microseconds=sum(microseconds for microseconds, _ in spans))


@given(
    days=st.integers(0, 2_000_000),
    microseconds=st.integers(0, 86_399_999_999),
    offset=st.integers(-23 * 60 - 59, 23 * 60 + 59),
)
def test_a_moment_is_reached_exactly_whatever_its_offset(
    server: Server, days: int, microseconds: int, offset: int
) -> None:
    moment = EPOCH + timedelta(days=days, microseconds=microseconds)
    with made(server, recipe="empty") as world:
        shown = advance(world, to=moment.astimezone(timezone(timedelta(minutes=offset))).isoformat())
        assert shown.status_code == 200
        assert datetime.fromisoformat(shown.json()["clock"]["now"]) == moment == now(world)


@pytest.mark.parametrize(
    ("by", "passed"),
    [
        ("P2W", timedelta(weeks=2)),
        ("P1DT12H", timedelta(days=1.5)),
        ("PT0.5S", timedelta(seconds=0.5)),
        ("PT90M", timedelta(minutes=90)),
        ("PT0.000001S", MICROSECOND),
        ("PT0.0000019S", MICROSECOND),
        ("PT0.0000000001S", MICROSECOND),
        ("P000000000000000000000000000000000001D", timedelta(days=1)),
        (1, timedelta(seconds=1)),
        (0.5, timedelta(seconds=0.5)),
        (1.001, timedelta(seconds=1, milliseconds=1)),
        (1e-6, MICROSECOND),
        (5e-324, MICROSECOND),
        (1e9, timedelta(seconds=1e9)),
    ],
)
def test_a_span_moves_the_clock_by_itself(still: TestWorld, by: float | str, passed: timedelta) -> None:
    assert advance(still, by=by).status_code == 200
    assert now(still) == EPOCH + passed


@pytest.mark.parametrize(
    "by",
    ["P3000000D", "PT999999999999S", f"P{'9' * 90}W", 1e12, 1e308, 2**53, 2**64, 10**400, "P417000W"],
    ids=lambda by: str(by)[:12],
)
def test_the_year_10000_is_out_of_reach(still: TestWorld, by: float | str) -> None:
    refused = still.control("POST", "/clock/advance", content=json.dumps({"by": by}))
    assert refused.status_code == 400
    assert now(still) == EPOCH


def test_the_last_second_can_be_reached_and_is_the_end(still: TestWorld) -> None:
    assert advance(still, to=END.isoformat()).status_code == 200
    assert now(still) == END
    for further in ({"by": 1e-6}, {"to": (END + MICROSECOND).isoformat()}, {"by": f"P{'9' * 90}D"}):
        refused = advance(still, **further)
        assert refused.status_code == 400
        assert "9999" in refused.json()["detail"]
    assert now(still) == END
    assert advance(still, to=END.isoformat()).json()["ran"] == []


def test_a_running_clock_stops_at_the_end_of_time(server: Server) -> None:
    with made(server, recipe="empty", epoch="9999-12-31T00:00:00Z", clock={"mode": "running", "rate": 1e6}) as world:
        server.real_time.pass_seconds(1)
        assert now(world) == END
        assert world.insightiq("GET", "/v1/users").status_code == 200
        assert advance(world, by=1).status_code == 400


def test_what_is_due_after_the_end_of_time_is_not_due(server: Server) -> None:
    """The accounts of a population are synced once a day; here, some never again."""
    with made(server, epoch="9999-12-01T00:00:00Z", clock={"mode": "frozen"}) as world:
        ran = advance(world, to=END.isoformat()).json()
        assert ran["ran_total"] > 500
        assert ran["clock"]["next_due"] is None
        assert world.control("GET").json()["clock"]["next_due"] is None


@pytest.mark.parametrize(
    "distance",
    [
        {},
        {"by": 1, "to": "2027-01-01T00:00:00Z"},
        {"by": 0},
        {"by": -1},
        {"by": -0.0},
        {"by": True},
        {"by": None},
        {"by": [1]},
        {"by": "NaN"},
        {"by": "Infinity"},
        {"by": "1"},
        {"by": ""},
        {"by": "P"},
        {"by": "PT"},
        {"by": "P1DT"},
        {"by": "P0D"},
        {"by": "PT0.000S"},
        {"by": "-PT1S"},
        {"by": "PT-1S"},
        {"by": "PT1.5M"},
        {"by": "PT1.S"},
        {"by": "PT.5S"},
        {"by": "PT1,5S"},
        {"by": "P1W1D"},
        {"by": "P1Y"},
        {"by": "P1M"},
        {"by": "pt1s"},
        {"by": "PT1S\n"},
        {"by": "PT1e3S"},
        {"by": "PT\u0661S"},
        {"by": f"P{'9' * 5000}D"},
        {"to": "tomorrow"},
        {"to": "2027-01-01"},
        {"to": "2027-01-01T00:00:00"},
        {"to": "2027-02-29T00:00:00Z"},
        {"to": "2027-01-01T24:00:00Z"},
        {"to": 1_800_000_000},
        {"to": None},
        {"until": "2027-01-01T00:00:00Z"},
    ],
    ids=lambda distance: str(distance)[:30],
)
def test_what_is_no_distance_is_told_and_moves_nothing(still: TestWorld, distance: dict[str, Any]) -> None:
    refused = advance(still, **distance)
    assert refused.status_code == 400
    for name in distance:
        assert name in refused.json()["detail"]
    assert now(still) == EPOCH


@given(text=st.text(max_size=20) | st.from_regex(r"P?(\d{0,3}[WDTHMS.]){0,6}", fullmatch=True))
@settings(max_examples=200)
def test_no_text_breaks_the_clock(still: TestWorld, text: str) -> None:
    assert advance(still, by=text).status_code in (200, 400)


@given(back=st.integers(1, CENTURY), forth=st.integers(0, CENTURY))
@settings(max_examples=30)
def test_the_clock_cannot_go_back(server: Server, back: int, forth: int) -> None:
    with made(server, recipe="empty", epoch="2100-01-01T00:00:00Z") as world:
        if forth:
            advance(world, by=as_seconds(forth))
        before = world.control("GET", "/clock").json()
        earlier = (now(world) - timedelta(microseconds=back)).isoformat()
        refused = advance(world, to=earlier)
        assert refused.status_code == 400
        assert before["now"] in refused.json()["detail"]
        assert world.control("GET", "/clock").json() == before


@pytest.mark.parametrize("moment", ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "1969-12-31T23:59:59.9Z"])
def test_before_1970_there_was_nothing(still: TestWorld, moment: str) -> None:
    refused = advance(still, to=moment)
    assert refused.status_code == 400
    assert "1970" in refused.json()["detail"]


@pytest.mark.parametrize(
    "change",
    [{}, {"mode": "stopped"}, {"mode": None}, {"rate": 0}, {"rate": -1}, {"rate": 1e6 + 1}, {"rate": "1"}, {"pace": 1}],
    ids=str,
)
def test_a_wrong_change_is_told_and_changes_nothing(still: TestWorld, change: dict[str, Any]) -> None:
    before = still.control("GET", "/clock").json()
    refused = still.control("PATCH", "/clock", json=change)
    assert refused.status_code == 400
    for name in change:
        assert name in refused.json()["detail"]
    assert still.control("GET", "/clock").json() == before


@given(rate=st.floats(0, 1e6, exclude_min=True), microseconds=st.integers(0, 10**12))
def test_any_rate_carries_the_clock_forwards(server: Server, rate: float, microseconds: int) -> None:
    with made(server, recipe="empty", clock={"mode": "running", "rate": rate}) as world:
        server.real_time.now += microseconds
        passed = (now(world) - EPOCH) / MICROSECOND
        limit = (END - EPOCH) / MICROSECOND
        assert min(microseconds * rate, limit) - 1 - passed * 1e-15 <= passed <= min(microseconds * rate, limit)


def test_a_machine_whose_clock_is_set_back_takes_no_world_before_where_it_was_set(server: Server) -> None:
    with made(server, recipe="empty", clock={"mode": "running", "rate": 1}) as world:
        server.real_time.pass_seconds(60)
        advance(world, by=1)
        server.real_time.pass_seconds(-30)
        assert now(world) == EPOCH + timedelta(seconds=61)
        server.real_time.pass_seconds(31)
        assert now(world) == EPOCH + timedelta(seconds=62)


def test_a_request_finds_a_running_world_caught_up(server: Server) -> None:
    """Whatever fell due meanwhile has run before anybody sees the world."""
    with made(server, clock={"mode": "running", "rate": 3600}) as world:
        before = {account["id"]: account for account in accounts(world)}
        due = datetime.fromisoformat(world.control("GET", "/clock").json()["next_due"])
        server.real_time.pass_seconds(24.5)
        after = accounts(world)
        assert due < now(world) == EPOCH + timedelta(hours=24.5)
        assert datetime.fromisoformat(world.control("GET", "/clock").json()["next_due"]) > now(world)
        connected = [account for account in after if is_connected(account)]
        assert connected
        for account in connected:
            synced = last_sync(account)
            assert synced > last_sync(before[account["id"]])
            assert now(world) - timedelta(days=1) < synced <= now(world)


def test_every_vendor_sees_a_running_world_caught_up(server: Server) -> None:
    """The first request after a while may be anybody's."""
    for call in (
        Call("storyclash", path="/external-api/campaigns"),
        Call("archive", content="{mediaItems {totalCount}}"),
        Call("insightiq", "POST", "/v1/users", {"name": "A", "external_id": "a"}),
    ):
        with made(server, clock={"mode": "running", "rate": 3600}) as world:
            server.real_time.pass_seconds(30)
            send(world, call)
            assert datetime.fromisoformat(world.control("GET", "/clock").json()["next_due"]) > now(world)


def test_tasks_that_fell_due_are_run_before_a_clock_is_frozen(server: Server) -> None:
    with made(server, clock={"mode": "running", "rate": 3600}) as world:
        server.real_time.pass_seconds(30)
        frozen = world.control("PATCH", "/clock", json={"mode": "frozen"}).json()
        assert frozen["now"] == "2026-01-02T06:00:00.000000Z"
        assert frozen["next_due"] > frozen["now"]


def test_the_ticker_lets_a_running_world_run_without_being_asked(server: Server) -> None:
    with made(server, clock={"mode": "running", "rate": 3600}) as world:
        server.real_time.pass_seconds(30)
        server.emulator._ticker.tick()
        shown = world.control("GET", "/clock").json()
        assert shown["next_due"] > shown["now"] == "2026-01-02T06:00:00.000000Z"


def test_only_the_first_thousand_tasks_of_an_advance_are_listed(server: Server) -> None:
    """All of them are seen in a world that is the same, and goes there day by day."""
    with made(server, clock={"mode": "frozen"}) as world, made(server, clock={"mode": "frozen"}) as slow:
        connected = sum(is_connected(account) for account in accounts(world))
        days = 1000 // connected + 2
        ran = advance(world, by=f"P{days}D").json()
        every = [task for _ in range(days) for task in advance(slow, by="P1D").json()["ran"]]
        assert ran["ran_total"] == len(every) > len(ran["ran"]) == 1000
        assert ran["ran"] == every[:1000]
        assert sum(task["kind"] == "insightiq.sync_account" for task in every) == connected * days
        assert ran["ran"] == sorted(ran["ran"], key=lambda task: (task["due"], task["id"]))
