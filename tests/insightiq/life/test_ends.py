"""How connections end and begin again: disconnections, expired sessions, reconnections."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.insightiq.engagement.support import CONTENTS, listed
from tests.insightiq.identity.support import profile_of
from tests.insightiq.life.support import (
    ACCOUNTS,
    SYNCED,
    command,
    connect,
    disconnect,
    expire,
    naive,
    reconnect,
    shown,
    state,
    told,
)
from tests.insightiq.support import NOBODY, Another, account_with, everything
from tests.support import TestWorld, running
from tests.webhooks.receiver import Receiver, receiving
from tests.webhooks.sender import subscribe

ENDS = {"ACCOUNTS.CONNECTED", "ACCOUNTS.DISCONNECTED", "SESSION.EXPIRED"}
DAY = timedelta(days=1)


def ends(world: TestWorld, account: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each.at, each.event) for each in told(world, account) if each.event in ENDS]


def test_a_disconnection_by_the_application_is_told_of(telling: TestWorld) -> None:
    account = account_with(telling, "CONNECTED")
    telling.insightiq("POST", f"{ACCOUNTS}/{account['id']}/disconnect")
    telling.advance(by=1)
    assert [each.event for each in told(telling)] == ["ACCOUNTS.DISCONNECTED"]
    assert told(telling)[0].data == {
        "account_id": account["id"],
        "user_id": account["user"]["id"],
        "last_updated_time": shown(telling, account)["updated_at"],
    }


def test_a_second_disconnection_is_not_told_of(telling: TestWorld) -> None:
    account = account_with(telling, "CONNECTED")
    for _ in range(2):
        telling.insightiq("POST", f"{ACCOUNTS}/{account['id']}/disconnect")
    telling.advance(by=1)
    assert len(told(telling)) == 1


def test_a_disconnection_on_the_vendors_side_says_so_and_leaves_the_data(telling: TestWorld) -> None:
    account = connect(telling)
    telling.advance(by="P1D")
    before = shown(telling, account)
    kept = listed(telling, CONTENTS, account), profile_of(telling, account["id"])
    telling.advance(by=1)
    after = disconnect(telling, account)
    assert after == before | {
        "status": "NOT_CONNECTED",
        "disconnection_source": "INTERNAL_API",
        "updated_at": naive(telling),
    }
    assert after == shown(telling, account)
    assert ends(telling, account)[-1] == (naive(telling), "ACCOUNTS.DISCONNECTED")
    telling.advance(by="P8D")
    assert shown(telling, account) == after
    assert (listed(telling, CONTENTS, account), profile_of(telling, account["id"])) == kept


def test_an_expired_session_is_noticed_at_the_next_daily_sync(telling: TestWorld) -> None:
    account = connect(telling)
    telling.advance(by="P2DT5H")
    before = shown(telling, account)
    assert expire(telling, account) == before == shown(telling, account)
    telling.advance(by="PT18H59M")
    assert shown(telling, account) == before
    telling.advance(by="PT1M")
    assert shown(telling, account) == before | {"status": "SESSION_EXPIRED", "updated_at": naive(telling)}
    assert datetime.fromisoformat(naive(telling)) - datetime.fromisoformat(account["created_at"]) == 3 * DAY
    assert ends(telling, account)[1:] == [(naive(telling), "SESSION.EXPIRED")]


def test_an_expired_session_is_noticed_at_once_on_demand(telling: TestWorld) -> None:
    account = account_with(telling, "CONNECTED")
    after = expire(telling, account, now=True)
    assert after == account | {"status": "SESSION_EXPIRED", "updated_at": naive(telling)}
    assert ends(telling, account) == [(naive(telling), "SESSION.EXPIRED")]


@pytest.mark.parametrize("path", ["/v1/profiles", "/v1/social/contents", "/v1/social/content-groups"])
def test_a_refresh_notices_that_a_session_has_expired(telling: TestWorld, path: str) -> None:
    account = connect(telling, "Instagram")
    telling.advance(by=SYNCED)
    expire(telling, account)
    before = [each for each in told(telling, account) if each.event not in ENDS]
    telling.insightiq("POST", f"{path}/refresh", json={"account_id": account["id"]})
    telling.advance(by=SYNCED)
    assert shown(telling, account)["status"] == "SESSION_EXPIRED"
    assert [event for _, event in ends(telling, account)] == ["ACCOUNTS.CONNECTED", "SESSION.EXPIRED"]
    assert [each for each in told(telling, account) if each.event not in ENDS] == before


@pytest.mark.parametrize("status", ["NOT_CONNECTED", "SESSION_EXPIRED"])
def test_a_reconnected_account_is_synced_soon_and_then_daily_again(telling: TestWorld, status: str) -> None:
    account = account_with(telling, status)
    before = account["data"]
    telling.advance(by="PT3H")
    after = reconnect(telling, account)
    changed = {"status": "CONNECTED", "updated_at": naive(telling), "disconnection_source": None}
    assert after == account | changed == shown(telling, account)
    assert after["data"] == before
    since = datetime.fromisoformat(naive(telling))
    assert ends(telling, account) == [(naive(telling), "ACCOUNTS.CONNECTED")]
    telling.advance(by=SYNCED)
    for block in shown(telling, account)["data"].values():
        assert since < datetime.fromisoformat(block["last_sync_at"]) <= since + timedelta(seconds=67)
    telling.advance(by="P2D")
    for block in shown(telling, account)["data"].values():
        assert datetime.fromisoformat(block["last_sync_at"]) == since + 2 * DAY


def test_an_account_that_comes_and_goes_is_synced_once_a_day(telling: TestWorld) -> None:
    account = connect(telling, "YouTube")
    for _ in range(3):
        disconnect(telling, account)
        reconnect(telling, account)
    telling.advance(by=SYNCED)
    disconnect(telling, account)
    telling.advance(by="PT1H")
    reconnect(telling, account)
    telling.advance(by=SYNCED)
    since, before = datetime.fromisoformat(shown(telling, account)["updated_at"]), told(telling, account)
    telling.advance(by="P2D")
    later = [each for each in told(telling, account)[len(before) :] if each.event == "PROFILES.UPDATED"]
    assert [datetime.fromisoformat(each.at) for each in later] == [since + DAY, since + 2 * DAY]
    ran = [task["kind"] for task in telling.advance(by="P1D")["ran"]]
    connected = [each for each in everything(telling, ACCOUNTS) if each["status"] == "CONNECTED"]
    assert ran.count("insightiq.sync_account") == len(connected)


def test_a_disconnection_before_the_first_sync_leaves_nothing_to_read(telling: TestWorld) -> None:
    account = connect(telling)
    after = disconnect(telling, account)
    telling.advance(by="P2D")
    assert shown(telling, account) == after
    assert {block["status"] for block in after["data"].values()} == {"NOT_SYNCED"}
    assert telling.insightiq("GET", CONTENTS, params={"account_id": account["id"]}).status_code == 403
    reconnect(telling, account)
    telling.advance(by=SYNCED)
    assert [each.event for each in told(telling, account)][:4] == [
        "ACCOUNTS.CONNECTED", "ACCOUNTS.DISCONNECTED", "ACCOUNTS.CONNECTED", "PROFILES.ADDED"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        ("CONNECTED", ["reconnect"]),
        ("NOT_CONNECTED", ["disconnect", "expire"]),
        ("SESSION_EXPIRED", ["expire"]),
    ],
)
def test_what_the_state_of_an_account_does_not_allow_is_refused(
    telling: TestWorld, status: str, refused: list[str]
) -> None:
    account, before = account_with(telling, status), state(telling)
    for how in refused:
        answer = command(telling, f"/{account['id']}/{how}")
        assert answer.status_code == 409
        assert status in answer.json()["detail"]
    assert (state(telling), told(telling)) == (before, [])


@pytest.mark.parametrize("how", ["disconnect", "expire", "reconnect"])
def test_an_unknown_account_is_not_found(telling: TestWorld, another: Another, how: str) -> None:
    foreign = everything(another(seed=2), ACCOUNTS)[0]["id"]
    for key in (NOBODY, foreign, "x"):
        assert command(telling, f"/{key}/{how}").status_code == 404


class Accounts(RuleBasedStateMachine):
    """Accounts of a world whose clock is moved in steps of at least two minutes, so that first syncs are done."""

    @initialize()
    def begin(self) -> None:
        self.enter_receiver = receiving()
        self.receiver: Receiver = self.enter_receiver.__enter__()
        self.enter_server = running()
        self.server = self.enter_server.__enter__()
        self.world = self.server.world(clock={"mode": "frozen"})
        subscribe(self.world, self.receiver.url, *sorted(ENDS))
        self.known: list[dict[str, Any]] = []
        self.model: dict[str, dict[str, Any]] = {}

    def teardown(self) -> None:
        if hasattr(self, "server"):
            self.enter_server.__exit__(None, None, None)
            self.enter_receiver.__exit__(None, None, None)

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(naive(self.world))

    def turn(self, account: dict[str, Any], status: str, event: str, at: datetime) -> None:
        entry = self.model[account["id"]]
        entry |= {"status": status, "since": at, "lost": False}
        entry["told"].append((at.isoformat(timespec="microseconds"), event))

    def chosen(self, data: st.DataObject, *statuses: str) -> dict[str, Any] | None:
        found = [each for each in self.known if self.model[each["id"]]["status"] in statuses]
        return data.draw(st.sampled_from(found)) if found else None

    @rule(platform=st.sampled_from(["TikTok", "YouTube", "X"]))
    @precondition(lambda self: len(self.known) < 4)
    def connect(self, platform: str) -> None:
        account = connect(self.world, platform)
        self.known.append(account)
        self.model[account["id"]] = {"told": []}
        self.turn(account, "CONNECTED", "ACCOUNTS.CONNECTED", self.now)

    @rule(data=st.data(), by_application=st.booleans())
    def disconnect(self, data: st.DataObject, by_application: bool) -> None:
        account = self.chosen(data, "CONNECTED", "SESSION_EXPIRED")
        if account is None:
            return
        if by_application:
            self.world.insightiq("POST", f"{ACCOUNTS}/{account['id']}/disconnect")
        else:
            disconnect(self.world, account)
        self.turn(account, "NOT_CONNECTED", "ACCOUNTS.DISCONNECTED", self.now)

    @rule(data=st.data(), now=st.booleans())
    def expire(self, data: st.DataObject, now: bool) -> None:
        account = self.chosen(data, "CONNECTED")
        if account is None:
            return
        expire(self.world, account, now=now)
        if now:
            self.turn(account, "SESSION_EXPIRED", "SESSION.EXPIRED", self.now)
        else:
            self.model[account["id"]]["lost"] = True

    @rule(data=st.data())
    def reconnect(self, data: st.DataObject) -> None:
        account = self.chosen(data, "NOT_CONNECTED", "SESSION_EXPIRED")
        if account is not None:
            reconnect(self.world, account)
            self.turn(account, "CONNECTED", "ACCOUNTS.CONNECTED", self.now)

    @rule(minutes=st.sampled_from([2, 60, 1440, 1500, 2880]))
    def advance(self, minutes: int) -> None:
        before = self.now
        self.world.advance(by=minutes * 60)
        for account in self.known:
            entry = self.model[account["id"]]
            if entry["lost"]:
                self.notice(account, entry, before)

    def notice(self, account: dict[str, Any], entry: dict[str, Any], before: datetime) -> None:
        """With the first sync of the connection if that is still to come, with the next daily one otherwise."""
        first = before == entry["since"]
        at = entry["since"] + ((before - entry["since"]) // DAY + 1) * DAY
        if first:
            at = datetime.fromisoformat(shown(self.world, account)["updated_at"])
            assert timedelta(0) < at - before < timedelta(seconds=67)
        if at <= self.now:
            self.turn(account, "SESSION_EXPIRED", "SESSION.EXPIRED", at)

    @invariant()
    def accounts_are_as_expected(self) -> None:
        for account in self.known:
            entry, found = self.model[account["id"]], shown(self.world, account)
            assert found["status"] == entry["status"]
            assert datetime.fromisoformat(found["updated_at"]) == entry["since"]
            assert (found["disconnection_source"] is None) is (entry["status"] != "NOT_CONNECTED")
            if entry["status"] == "CONNECTED" and not entry["lost"] and self.now > entry["since"]:
                self.is_synced(found, entry["since"])

    def is_synced(self, account: dict[str, Any], since: datetime) -> None:
        last = since + (self.now - since) // DAY * DAY
        for block in account["data"].values():
            assert timedelta(0) <= datetime.fromisoformat(block["last_sync_at"]) - last <= timedelta(seconds=67)

    @invariant()
    def webhooks_were_told_each_turn_once_and_in_order(self) -> None:
        for account in self.known:
            assert ends(self.world, account) == self.model[account["id"]]["told"]


TestAccountsAsAModel = Accounts.TestCase
TestAccountsAsAModel.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
