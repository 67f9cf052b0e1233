"""Whatever two shops do, in whatever order: each has what it made itself, and sees nothing of the other."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.archive.community import (
    CREATED,
    HISTORY,
    START,
    STOP,
    SUBSCRIBE,
    TAG_CREATOR,
    TAG_ITEM,
    UNSUBSCRIBE,
    collect,
    creator_ids,
    shops,
    subscriptions,
)
from tests.archive.library import data, fetch_all
from tests.support import Server, TestWorld

SHOPS = st.integers(0, 1)
NAMES = st.sampled_from(["summer", "Summer", "sommer ", "été", "x" * 300])
EVENTS = st.sampled_from([CREATED, HISTORY])
URLS = st.sampled_from(["https://one.example.com", "https://two.example.com/hook?a=b", "xyz789"])
VERSIONS = st.sampled_from(["v0", "v1"])
WHAT = st.sampled_from([TAG_CREATOR, TAG_ITEM])
TOTAL = "{mediaItems {totalCount}}"
ONE_FAILS = """mutation($id: ID!, $name: String!) {
  failed: mediaItemAddTag(id: $id, name: " ") {id}
  made: mediaItemAddTag(id: $id, name: $name) {id}
}"""
CAMPAIGNS = "/external-api/campaigns"


class Shops(RuleBasedStateMachine):
    """The model of a shop: its labels by name, its subscriptions in their order, its collections by id."""

    server: Server

    @initialize()
    def begin(self) -> None:
        self.world: TestWorld = self.server.world(recipe="demo", clock={"mode": "frozen"})
        self.headers = shops(self.world)
        self.labels: list[dict[str, str]] = [{}, {}]
        self.subscribed: list[list[dict[str, str]]] = [[], []]
        self.items = [fetch_all(self.world, "id", **shop) for shop in self.headers]
        self.creators = [creator_ids(self.world, **shop) for shop in self.headers]
        self.campaigns = [campaign["id"] for campaign in self.world.storyclash(CAMPAIGNS).json()]
        self.owners: dict[int, int] = {}

    def teardown(self) -> None:
        self.world.control("DELETE")

    @rule(shop=SHOPS, owner=SHOPS, what=WHAT, name=NAMES, place=st.integers(0, 5))
    def tag(self, shop: int, owner: int, what: str, name: str, place: int) -> None:
        target = str(self.creators[owner][place]) if what == TAG_CREATOR else self.items[owner][place]["id"]
        label = data(self.world, what, self.headers[shop], id=target, name=name)["tag"]
        if shop != owner:
            assert label is None
            return
        known = self.labels[shop].setdefault(name, label["id"])
        assert label == {"id": known, "name": name, "shopId": self.headers[shop]["SHOP-ID"], "type": "custom"}
        every = [*self.labels[0].values(), *self.labels[1].values()]
        assert len(set(every)) == len(every)

    @rule(shop=SHOPS, owner=SHOPS, on=st.booleans(), place=st.integers(0, 5))
    def track(self, shop: int, owner: int, on: bool, place: int) -> None:
        creator = self.creators[owner][place]
        (shown,) = data(self.world, START if on else STOP, self.headers[shop], id=creator).values()
        assert (shown and shown["id"]) == (creator if shop == owner else None)

    @rule(shop=SHOPS, owner=SHOPS, name=NAMES, place=st.integers(0, 5))
    def collect_by_name(self, shop: int, owner: int, name: str, place: int) -> None:
        item = self.items[owner][place]["id"]
        assert collect(self.world, self.headers[shop], id=item, collectionName=name) is (shop == owner)

    @rule(shop=SHOPS, place=st.integers(0, 5))
    def collect_by_id(self, shop: int, place: int) -> None:
        """A campaign's collection belongs to the one shop that has once found it."""
        campaign = self.campaigns[place % len(self.campaigns)]
        item = self.items[shop][place]["id"]
        if collect(self.world, self.headers[shop], id=item, collectionId=campaign):
            assert self.owners.setdefault(campaign, shop) == shop
        else:
            assert self.owners.get(campaign) != shop

    @rule(shop=SHOPS, event=EVENTS, version=VERSIONS, url=URLS)
    def subscribe(self, shop: int, event: str, version: str, url: str) -> None:
        wanted = {"event": event, "version": version, "callbackUrl": url}
        made: dict[str, Any] = data(self.world, SUBSCRIBE, self.headers[shop], **wanted)["made"]
        there = [each for each in self.subscribed[shop] if each == {"id": each["id"], **wanted}]
        if there:
            assert there == [made]
        else:
            assert made == {"id": made["id"], **wanted}
            assert made["id"] not in {each["id"] for each in (*self.subscribed[0], *self.subscribed[1])}
            self.subscribed[shop].append(made)

    @rule(shop=SHOPS, event=EVENTS)
    def unsubscribe(self, shop: int, event: str) -> None:
        left = [each for each in self.subscribed[shop] if each["event"] != event]
        deleted = data(self.world, UNSUBSCRIBE, self.headers[shop], event=event)["webhookSubscriptionDelete"]
        assert deleted is (len(left) < len(self.subscribed[shop]))
        self.subscribed[shop] = left

    @rule(name=NAMES)
    def fail(self, name: str) -> None:
        """An error of one field leaves alone what the others do."""
        answer = self.world.archive(ONE_FAILS, self.headers[0], id=self.items[0][0]["id"], name=name)
        assert answer["data"]["failed"] is None
        assert self.labels[0].setdefault(name, answer["data"]["made"]["id"]) == answer["data"]["made"]["id"]

    @rule()
    def reset(self) -> None:
        self.world.control("POST", "/reset")
        self.labels, self.subscribed = [{}, {}], [[], []]

    @invariant()
    def each_shop_sees_its_own(self) -> None:
        for place, shop in enumerate(self.headers):
            assert subscriptions(self.world, shop) == self.subscribed[place]
            assert data(self.world, TOTAL, shop)["mediaItems"]["totalCount"] == len(self.items[place])


def test_shops_as_a_model(server: Server) -> None:
    machine = type("Machine", (Shops,), {"server": server})
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=30, deadline=None))
