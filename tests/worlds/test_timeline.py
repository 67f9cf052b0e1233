"""Whatever is done to a clock, each task runs once, at its due time and in order: checked against a small model."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from emulator.settings import Settings
from tests.population.recipes import first_world
from tests.support import Server, running
from tests.worlds.accounts import DAY, accounts, dues, is_connected, last_sync

SYNCED = Path(__file__).with_name("small.yaml")
MICROSECOND = timedelta(microseconds=1)
SPANS = st.integers(1, 4 * 86_400_000_000).map(lambda microseconds: microseconds * MICROSECOND)
RATES = st.sampled_from([0.001, 1 / 3, 0.5, 1, 1.7, 5])


@dataclass
class Account:
    """`due` is None when nothing is scheduled for it any more."""

    status: str
    synced: datetime
    due: datetime | None

    @property
    def connected(self) -> bool:
        return self.status == "CONNECTED"


@dataclass
class Model:
    """What a world with accounts is expected to do. `at` is where the clock stood when real time was `since`."""

    at: datetime
    since: int
    mode: str
    rate: float
    accounts: dict[str, Account] = field(default_factory=dict)

    def now(self, real: int) -> datetime:
        if self.mode == "frozen":
            return self.at
        return self.at + int((real - self.since) * self.rate) * MICROSECOND

    def next_due(self) -> datetime | None:
        return min((account.due for account in self.accounts.values() if account.due), default=None)

    def run_until(self, moment: datetime) -> list[datetime]:
        """When the tasks were due that have to be run on the way."""
        ran = []
        while (due := self.next_due()) is not None and due <= moment:
            ran.append(due)
            account = next(account for account in self.accounts.values() if account.due == due)
            account.synced = due if account.connected else account.synced
            account.due = due + DAY if account.connected else None
        return ran

    def set(self, at: datetime, real: int) -> None:
        self.at, self.since = at, real


class Clockwork(RuleBasedStateMachine):
    """A world of the small recipe; the machine's clock is in the rules' hands."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server
        self.world = first_world(server)
        self.seen = datetime.min.replace(tzinfo=UTC)
        self.ran: set[int] = set()

    @initialize(mode=st.sampled_from(["running", "frozen"]), rate=RATES)
    def begin(self, mode: str, rate: float) -> None:
        self.world.control("POST", "/reset")
        self.world.control("PATCH", "/clock", json={"mode": mode, "rate": rate})
        self.model = Model(datetime(2026, 1, 1, tzinfo=UTC), self.server.real_time.now, mode, rate)
        for shown in accounts(self.world):
            synced, connected = last_sync(shown), is_connected(shown)
            self.model.accounts[shown["id"]] = Account(shown["status"], synced, synced + DAY if connected else None)

    @rule(mode=st.sampled_from(["running", "frozen", None]), rate=RATES | st.none())
    def change(self, mode: str | None, rate: float | None) -> None:
        given = {name: value for name, value in {"mode": mode, "rate": rate}.items() if value is not None}
        answer = self.world.control("PATCH", "/clock", json=given)
        assert answer.status_code == (200 if given else 400)
        if given:
            self.model.set(self.now, self.real)
            self.model.mode, self.model.rate = mode or self.model.mode, rate or self.model.rate

    @rule(span=SPANS)
    def let_real_time_pass(self, span: timedelta) -> None:
        self.server.real_time.now += span // MICROSECOND

    @rule(span=SPANS, write=st.sampled_from([timedelta.total_seconds, lambda span: f"PT{span.total_seconds():.6f}S"]))
    def advance_by(self, span: timedelta, write: Callable[[timedelta], Any]) -> None:
        self.advance(self.now + span, by=write(span))

    @rule(span=st.just(timedelta(0)) | SPANS)
    def advance_to(self, span: timedelta) -> None:
        self.advance(self.now + span, to=(self.now + span).isoformat())

    @rule(offset=st.sampled_from([-MICROSECOND, timedelta(0), MICROSECOND]))
    def advance_to_about_the_next_task(self, offset: timedelta) -> None:
        due = self.model.next_due()
        if due is not None and due + offset >= self.now:
            self.advance(due + offset, to=(due + offset).isoformat())

    @rule(span=st.just(MICROSECOND) | SPANS)
    def advance_backwards(self, span: timedelta) -> None:
        self.model.run_until(self.now)
        refused = self.world.control("POST", "/clock/advance", json={"to": (self.now - span).isoformat()})
        assert refused.status_code == 400

    @rule(distance=st.sampled_from([{"to": "2025-12-31T23:59:59.999999Z"}, {"by": "P3000000D"}, {"by": 1e300}]))
    def advance_to_where_nobody_can_go(self, distance: dict[str, Any]) -> None:
        assert self.world.control("POST", "/clock/advance", json=distance).status_code == 400

    @rule(number=st.integers(0, 20))
    def disconnect(self, number: int) -> None:
        key, account = list(self.model.accounts.items())[number % len(self.model.accounts)]
        self.model.run_until(self.now)
        answer = self.world.insightiq("POST", f"/v1/accounts/{key}/disconnect", json={})
        assert answer.status_code == (403 if account.status == "NOT_CONNECTED" else 200)
        account.status = "NOT_CONNECTED"

    def advance(self, target: datetime, **distance: Any) -> None:
        answer = self.world.advance(**distance)
        assert dues(answer) == self.model.run_until(target)
        assert answer["ran_total"] == len(answer["ran"])
        ids = {task["id"] for task in answer["ran"]}
        assert len(ids) == len(answer["ran"])
        assert not ids & self.ran
        self.ran |= ids
        self.model.set(target, self.real)

    @property
    def real(self) -> int:
        return self.server.real_time.now

    @property
    def now(self) -> datetime:
        return self.model.now(self.real)

    @invariant()
    def agrees_with_the_model(self) -> None:
        self.model.run_until(self.now)
        shown = {account["id"]: (account["status"], last_sync(account)) for account in accounts(self.world)}
        assert shown == {key: (each.status, each.synced) for key, each in self.model.accounts.items()}
        clock = self.world.control("GET", "/clock").json()
        due = self.model.next_due()
        assert (clock["mode"], clock["rate"]) == (self.model.mode, self.model.rate)
        assert datetime.fromisoformat(clock["now"]) == self.now
        assert clock["next_due"] == (due and due.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
        assert self.seen <= self.now
        self.seen = self.now


@pytest.fixture(scope="module")
def small() -> Iterator[Server]:
    with running(Settings(recipe=str(SYNCED))) as server:
        yield server


def test_the_small_recipe_has_accounts_of_both_kinds(small: Server) -> None:
    found = accounts(first_world(small))
    assert sum(is_connected(account) for account in found) >= 3
    synced = [last_sync(account) for account in found]
    assert len(set(synced)) == len(synced), "the model knows no order of tasks that are due at once"


def test_clocks_and_tasks_follow_the_model(small: Server) -> None:
    class OnSmall(Clockwork):
        def __init__(self) -> None:
            super().__init__(small)

    run_state_machine_as_test(OnSmall, settings=settings(max_examples=40, stateful_step_count=25))
