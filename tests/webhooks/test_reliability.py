"""Worlds, clocks, jobs, receivers that fail in every way, and restarts, at random: held against a model of the due."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emulator.settings import Settings
from tests.support import RealTime, Server, TestWorld, running
from tests.webhooks.receiver import OK, Behaviour, Receiver, cut, receiving, silence, status
from tests.webhooks.sender import EVENT, OTHER_EVENT, change, is_active, log, raise_event, settle, subscribe, switch_on

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=6))  # reported: facts/insightiq.md, section 3
TIMEOUT = 0.3  # seconds; longer than the emulator takes an address for a prompt one
LIMITED = {"insightiq": {"timeout_seconds": TIMEOUT}}
EVENTS = {"a": EVENT, "b": OTHER_EVENT}  # what each of a world's two receivers is subscribed to

GOOD: dict[str, Behaviour] = {"ok": OK, "created": status(201)}
BAD: dict[str, Behaviour] = {"failing": status(500), "moved": status(302, location="/"), "dead": cut, "silent": silence}
DISTANCES = st.sampled_from([1, 30, 59.999999, 60, 300, 361, 3600, 21_600, 22_000])


@dataclass
class Due:
    """A delivery as it ought to be."""

    raised_at: datetime
    due: datetime
    attempts: list[datetime] = field(default_factory=list)
    state: str = "pending"


@dataclass
class Endpoint:
    """One of a world's receivers: what it is told to do, and what ought to have come."""

    path: str
    event: str
    webhook: dict[str, Any]
    good: bool = True
    active: bool = True
    deliveries: list[Due] = field(default_factory=list)
    jobs: list[datetime] = field(default_factory=list)  # when those end that are in progress

    def let_pass(self, until: datetime) -> None:
        """All that happens up to that moment, in the order of its times, and of the events for equal ones."""
        while (moment := min([*self.jobs, *(each.due for each in self._waiting())], default=until)) <= until:
            if moment in self.jobs:
                self.jobs.remove(moment)
                self.happen(moment)
            elif waiting := [each for each in self._waiting() if each.due == moment]:
                self._attempt(waiting[0])
            else:
                break

    def happen(self, moment: datetime) -> None:
        if self.active:
            self.deliveries.append(Due(moment, moment))

    def _waiting(self) -> list[Due]:
        return [each for each in self.deliveries if each.state == "pending"]

    def _attempt(self, delivery: Due) -> None:
        if not self.active:
            delivery.state = "dead"
            return
        delivery.attempts.append(delivery.due)
        if self.good:
            delivery.state = "delivered"
        elif len(delivery.attempts) <= len(WAITS):
            delivery.due += WAITS[len(delivery.attempts) - 1]
        else:
            delivery.state, self.active = "dead", False


class Reliability(RuleBasedStateMachine):
    """Two worlds with two receivers each, on one state that outlives its servers."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.receiver: Receiver = self.stack.enter_context(receiving())
        self.real_time = RealTime()
        self.serving = ExitStack()
        self.server: Server
        self.names: list[str] = []
        self.endpoints: dict[tuple[int, str], Endpoint] = {}

    @initialize()
    def begin(self) -> None:
        self.start()
        for number in range(2):
            made = self.server.world(recipe="empty", clock={"mode": "frozen"})
            self.names.append(made.name)
            change(made, "webhook-settings", LIMITED)
            for name, event in EVENTS.items():
                path = f"/{number}/{name}"
                webhook = subscribe(made, self.receiver.url + path, event)
                self.endpoints[number, name] = Endpoint(path, event, webhook)

    def start(self) -> None:
        self.server = self.serving.enter_context(
            running(Settings(recipe="empty", state=self.folder / "state.db"), self.real_time)
        )

    def world(self, number: int) -> TestWorld:
        shown = self.server.client.get(f"/_emulator/worlds/{self.names[number]}").json()
        return TestWorld(shown["name"], shown["credentials"], self.server.client)

    @rule(number=st.integers(0, 1), name=st.sampled_from("ab"), how=st.sampled_from([*GOOD, *BAD]))
    def behave(self, number: int, name: str, how: str) -> None:
        endpoint = self.endpoints[number, name]
        endpoint.good = how in GOOD
        self.receiver.by_path[endpoint.path] = (GOOD | BAD)[how]

    @rule(number=st.integers(0, 1), name=st.sampled_from("ab"), count=st.integers(1, 3))
    def happen(self, number: int, name: str, count: int) -> None:
        world, endpoint = self.world(number), self.endpoints[number, name]
        now = datetime.fromisoformat(world.now())
        for _ in range(count):
            raise_event(world, endpoint.event)
            endpoint.happen(now)
        settle(world)
        endpoint.let_pass(now)

    @rule(number=st.integers(0, 1), count=st.integers(1, 3))
    def ask(self, number: int, count: int) -> None:
        """Jobs of which the second receiver of the world is told."""
        world, body = self.world(number), {"emails": ["nobody@example.com"]}
        for _ in range(count):
            job = world.insightiq("POST", "/v1/social/creators/email-lookup", json=body).json()
            due = world.control("GET", f"/jobs/{job['id']}").json()["due"]
            self.endpoints[number, "b"].jobs.append(datetime.fromisoformat(due))

    @rule(number=st.integers(0, 1), seconds=DISTANCES)
    def advance(self, number: int, seconds: float) -> None:
        world = self.world(number)
        world.advance(by=seconds)
        now = datetime.fromisoformat(world.now())
        for name in EVENTS:
            self.endpoints[number, name].let_pass(now)

    @rule(number=st.integers(0, 1), name=st.sampled_from("ab"))
    def mend(self, number: int, name: str) -> None:
        """What waits for a further attempt is made again then, which nothing is that was given up."""
        endpoint = self.endpoints[number, name]
        switch_on(self.world(number), endpoint.webhook)
        endpoint.active = True

    @rule()
    def restart(self) -> None:
        self.serving.close()
        self.start()

    @invariant()
    def each_was_tried_when_it_was_due_and_never_else(self) -> None:
        for (number, _), endpoint in self.endpoints.items():
            logged = log(self.world(number), endpoint=endpoint.webhook["id"])
            assert [_shown(each) for each in logged] == [
                (each.state, each.raised_at, each.attempts) for each in endpoint.deliveries
            ]

    @invariant()
    def each_attempt_was_received_once(self) -> None:
        for (number, _), endpoint in self.endpoints.items():
            logged = log(self.world(number), endpoint=endpoint.webhook["id"])
            attempted = sorted(each["event_id"] for each in logged for _ in each["attempts"])
            assert sorted(each.id for each in self.receiver.at(endpoint.path)) == attempted

    @invariant()
    def a_webhook_is_active_unless_a_delivery_was_given_up(self) -> None:
        for (number, _), endpoint in self.endpoints.items():
            assert is_active(self.world(number), endpoint.webhook) == endpoint.active

    def teardown(self) -> None:
        self.serving.close()
        self.stack.close()


def _shown(delivery: dict[str, Any]) -> tuple[str, datetime, list[datetime]]:
    attempts = [datetime.fromisoformat(attempt["at"]) for attempt in delivery["attempts"]]
    return delivery["state"], datetime.fromisoformat(delivery["raised_at"]), attempts


Reliability.TestCase.settings = settings(max_examples=8, stateful_step_count=16, deadline=None)
TestReliability = Reliability.TestCase
