"""Refreshes, time and failures at random: items, statuses, credits and the day's limit always add up."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.archive.workspace.client import data, everything
from tests.archive.workspace.refreshes import choose, history, now, operation, refresh, wallet
from tests.support import Server, TestWorld

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
EVER = datetime(1970, 1, 1, tzinfo=UTC)
PRICE = 3
STATUSES = ("QUEUED", "PROCESSING", "COMPLETED", "PARTIAL", "FAILED")
OUTCOMES = (None, "COMPLETED", "PARTIAL", "FAILED")


@dataclass
class Begun:
    """An operation as it was last seen."""

    items: list[str]
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        return bool(self.shown) and self.shown["completedAt"] is not None


class Accounts(RuleBasedStateMachine):
    server: Server

    @initialize(credits=st.sampled_from([0, 10, 40, 100_000]))
    def begin(self, credits: int) -> None:
        self.world: TestWorld = self.server.world(clock={"mode": "frozen"})
        choose(self.world, monthly_credits=credits)
        items = everything(self.world, "items", "id type")
        self.items = [each["id"] for each in items if each["type"] != "STORY"][:12]
        self.stories = [each["id"] for each in items if each["type"] == "STORY"][:2]
        self.credits, self.month = credits, now(self.world).replace(day=1)
        self.given, self.spent = credits, 0
        self.begun: dict[str, Begun] = {}
        self.read_at: dict[str, datetime] = {}
        self.readings = {item: len(history(self.world, item)) for item in self.items}

    @rule(chosen=st.lists(st.integers(0, 16), max_size=8))
    def ask(self, chosen: list[int]) -> None:
        ids = [[*self.items, *self.stories, "unknown", "", "x"][place] for place in chosen]
        self.look()
        moment, left = now(self.world), wallet(self.world)["left"]
        active = {item for each in self.begun.values() for item in each.shown["pendingItemIds"]}
        since = {item: moment - self.read_at.get(item, EVER) for item in self.items}
        ids = [item for item in ids if not DAY <= since.get(item, SECOND) < DAY + SECOND]
        real = list(dict.fromkeys(item for item in ids if item in self.items))
        skipped = [item for item in real if item in active or since[item] < DAY]
        accepted = [item for item in real if item not in skipped]
        answer = refresh(self.world, *ids)
        if PRICE * len(accepted) > left:
            assert (answer["operationId"], answer["processedCount"], len(answer["userErrors"])) == (None, None, 1)
        else:
            assert (answer["processedCount"], answer["skippedItemIds"]) == (len(accepted), skipped)
            assert (answer["operationId"] is None) is (not accepted)
            self.spent += PRICE * len(accepted)
            if accepted:
                self.begun[answer["operationId"]] = Begun(accepted)

    @rule(seconds=st.sampled_from([0.5, 3, 10, 60, 86_399, 86_400, 20 * 86_400]))
    def wait(self, seconds: float) -> None:
        self.world.advance(by=seconds)
        month = now(self.world).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        if month != self.month:
            self.month, self.spent = month, 0

    @rule(outcome=st.sampled_from(OUTCOMES), after=st.sampled_from([None, 0, 5, 600]))
    def command(self, outcome: str | None, after: int | None) -> None:
        rule = {"match": {"vendor": "archive"}, "outcome": outcome, "after": after}
        rules = [] if outcome is None and after is None else [rule]
        assert self.world.control("PUT", "/job-rules", json=rules).status_code == 200

    @rule(place=st.integers(0, 9), how=st.sampled_from(["complete", "fail"]))
    def end(self, place: int, how: str) -> None:
        self.look()
        if left := [name for name, each in self.begun.items() if not each.over]:
            name = left[place % len(left)]
            assert self.world.control("POST", f"/jobs/{name}/{how}", json={}).status_code == 200

    @rule()
    def read_again(self) -> None:
        for item, before in self.readings.items():
            rows = history(self.world, item)
            counts = [int(row["likes"]) for row in rows]
            assert counts == sorted(counts, reverse=True)
            assert len(rows) >= before
            self.readings[item] = len(rows)

    @invariant()
    def all_adds_up(self) -> None:
        if not hasattr(self, "begun"):
            return
        self.look()
        shown = wallet(self.world)
        assert (shown["spent"], shown["left"]) == (self.spent, self.given - self.spent)
        assert data(self.world, "{operations {totalCount}}")["operations"]["totalCount"] == len(self.begun)

    def look(self) -> None:
        """At every operation: what it said before still holds, and its parts are its items."""
        for name, each in self.begun.items():
            before, shown = each.shown, operation(self.world, name)
            succeeded, failed, pending = (shown[f"{part}ItemIds"] for part in ("succeeded", "failed", "pending"))
            assert sorted(succeeded + failed + pending) == sorted(each.items)
            assert (shown["total"], shown["processed"]) == (len(each.items), len(succeeded) + len(failed))
            _hold_status(shown)
            if before:
                assert set(before["succeededItemIds"]) <= set(succeeded)
                assert set(before["failedItemIds"]) <= set(failed)
                assert STATUSES.index(before["status"]) <= STATUSES.index(shown["status"])
            for item in set(succeeded) - set(before["succeededItemIds"] if before else ()):
                newest = datetime.fromisoformat(history(self.world, item)[0]["at"])
                assert newest >= datetime.fromisoformat(shown["createdAt"])
                self.read_at[item] = newest
            each.shown = shown

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.control("DELETE")


def _hold_status(shown: dict[str, Any]) -> None:
    succeeded, failed, pending = (len(shown[f"{part}ItemIds"]) for part in ("succeeded", "failed", "pending"))
    over = shown["completedAt"] is not None
    assert over is (shown["status"] in ("COMPLETED", "PARTIAL", "FAILED"))
    if over:
        assert not pending
        assert shown["status"] == ("COMPLETED" if not failed else "PARTIAL" if succeeded else "FAILED")
    if shown["status"] == "QUEUED":
        assert pending == shown["total"]


def test_accounts_always_add_up(server: Server) -> None:
    machine = type("OfServer", (Accounts,), {"server": server})
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=20, deadline=None))
