"""A sample application that uses all three vendors and receives webhooks, tested with the kit as its authors would."""

from datetime import timedelta

import pytest

from emulator.testing import AsyncEmulator, Emulator
from tests.shop.customer import Customer

pytestmark = pytest.mark.emulator(recipe="empty")

SUBSCRIBE = """mutation($url: String!) {webhookSubscriptionCreate(
  version: v0, event: MEDIA_ITEM_CREATED, callbackUrl: $url) {id}}"""


@pytest.mark.parametrize("followers", [1, 999, 10_000, 48_200, *range(100_000, 2_000_000, 53_000)])
def test_a_report_comes_when_it_is_done(customer: Customer, emulator: Emulator, followers: int) -> None:
    emulator.seed.creator("mia.moreau", followers=followers)
    customer.watch()
    assert customer.order("mia.moreau")["status"] == "IN_PROGRESS"
    assert customer.ask("GET", "/creators/mia.moreau").json() == {"followers": followers, "reported": None}
    emulator.webhooks.wait_for("PROFILE_ANALYTICS.SUCCESS")
    assert customer.ask("GET", "/creators/mia.moreau").json() == {"followers": followers, "reported": followers}
    emulator.requests.assert_made("create_profile_analytics", times=1, json={"identifier": "mia.moreau"})


@pytest.mark.asyncio
@pytest.mark.parametrize("minutes", range(1, 11))
async def test_a_report_comes_while_the_test_awaits(
    customer: Customer, async_emulator: AsyncEmulator, minutes: int
) -> None:
    await async_emulator.seed.creator("mia.moreau", followers=5_000)
    await customer.shop.watch(customer.address, ["PROFILE_ANALYTICS.SUCCESS"])
    await async_emulator.jobs.rule("SUCCESS", after=timedelta(minutes=minutes))
    await customer.asked("POST", "/reports", json={"handle": "mia.moreau"})
    await async_emulator.advance(timedelta(minutes=minutes, seconds=-1))
    assert customer.shop.reports == {}
    await async_emulator.advance(1)
    assert list(customer.shop.reports) == ["mia.moreau"]


@pytest.mark.parametrize("status", [400, 404, 409, 429, 500, 503])
@pytest.mark.parametrize("code", ["retry_later", "incorrect_identifier", "anything"])
def test_a_report_that_fails_is_never_shown(customer: Customer, emulator: Emulator, status: int, code: str) -> None:
    emulator.seed.creator("mia.moreau", followers=7_000)
    customer.watch()
    job = customer.order("mia.moreau")["id"]
    assert emulator.jobs.fail(job, error={"code": code, "status": status}).status == "FAILURE"
    emulator.webhooks.assert_received("PROFILE_ANALYTICS.FAILURE", times=1)
    assert [event["event"] for event in customer.shop.events] == ["PROFILE_ANALYTICS.FAILURE"]
    assert customer.ask("GET", "/creators/mia.moreau").json()["reported"] is None


@pytest.mark.parametrize("copies", range(2, 10))
@pytest.mark.parametrize("event", ["ACCOUNTS.CONNECTED", "PROFILES.ADDED"])
def test_an_event_that_comes_several_times_is_taken_once(
    customer: Customer, emulator: Emulator, copies: int, event: str
) -> None:
    creator = emulator.seed.creator("mia.moreau")
    customer.watch()
    emulator.webhooks.break_with({"action": "duplicate", "match": {"event": event}, "copies": copies - 1})
    emulator.seed.account(creator)
    emulator.webhooks.wait_for(event, count=copies)
    assert len([each for each in customer.shop.events if each["event"] == event]) == 1
    emulator.webhooks.assert_verified()


@pytest.mark.parametrize("signature", ["", "0" * 64, "none", "deadbeef,cafe"])
def test_a_forged_event_is_refused(customer: Customer, signature: str) -> None:
    forged = {"event": "ACCOUNTS.CONNECTED", "id": "1", "data": {}}
    answer = customer.ask("POST", "/hooks/insightiq", json=forged, headers={"webhook-signatures": signature})
    assert answer.status_code == 401
    assert customer.shop.events == []


@pytest.mark.parametrize("connected", range(0, 24, 2))
def test_all_accounts_are_found_however_many_pages_they_are(
    customer: Customer, emulator: Emulator, connected: int
) -> None:
    handles = [f"creator{number}" for number in range(connected)]
    for handle in handles:
        emulator.seed.account(emulator.seed.creator(handle))
    emulator.requests.clear()
    assert sorted(customer.accounts()) == sorted(handles)
    emulator.requests.assert_made("list_accounts", times=-(-connected // 10) + 1)


@pytest.mark.parametrize("likes", [[], [0], [17], [3, 4], [1_000_000, 1], *([7] * n for n in range(3, 28, 2))])
def test_a_campaign_has_the_likes_of_its_posts(customer: Customer, emulator: Emulator, likes: list[int]) -> None:
    creator = emulator.seed.creator("mia.moreau")
    campaign = emulator.seed.campaign("Spring", creators=[{"creator": creator, "cost": 900}])
    for count in likes:
        emulator.seed.post(creator, likes=count, campaigns=[campaign["id"]])
    shown = customer.ask("GET", f"/campaigns/{campaign['id']}").json()
    assert shown == {"name": "Spring", "likes": sum(likes), "cost": 900}


@pytest.mark.parametrize("minutes", [1, 15, 30, 45, 59])
def test_a_campaign_is_not_shown_twice_within_an_hour(customer: Customer, emulator: Emulator, minutes: int) -> None:
    path = f"/campaigns/{emulator.seed.campaign('Spring')['id']}"
    assert customer.ask("GET", path).status_code == 200
    emulator.advance(timedelta(minutes=minutes))
    assert customer.ask("GET", path).json() == {"error": "Rate Limit reached"}
    emulator.advance(timedelta(minutes=60 - minutes))
    assert customer.ask("GET", path).status_code == 200


@pytest.mark.parametrize("hours", range(1, 21))
def test_a_new_post_is_told_when_it_is_published(customer: Customer, emulator: Emulator, hours: int) -> None:
    creator = emulator.seed.creator("mia.moreau")
    variables = {"url": f"{customer.address}/hooks/archive"}
    answer = emulator.client("archive").post("/api/v1", json={"query": SUBSCRIBE, "variables": variables}).json()
    assert "errors" not in answer
    post = emulator.seed.post(creator, published_at=emulator.now + timedelta(hours=hours))
    emulator.advance(timedelta(hours=hours, seconds=-1))
    assert customer.shop.posts == []
    emulator.advance(1)
    assert customer.shop.posts == [post["external_id"]]


@pytest.mark.parametrize("name", ["nobody", "mia", "mia.moreau.", "MIA_MOREAU", "%20", "ünbekannt"])
def test_who_is_unknown_is_not_found(customer: Customer, emulator: Emulator, name: str) -> None:
    emulator.seed.creator("mia.moreau")
    assert customer.ask("GET", f"/creators/{name}").status_code == 404


@pytest.mark.parametrize("days", range(1, 21))
def test_a_test_can_go_back_and_try_another_way(customer: Customer, emulator: Emulator, days: int) -> None:
    creator = emulator.seed.creator("mia.moreau")
    customer.watch()
    emulator.snapshot()
    emulator.seed.account(creator)
    emulator.advance(timedelta(days=days))
    assert customer.accounts() == ["mia.moreau"]
    told = len(customer.shop.events)
    assert told == 2
    emulator.rollback()
    assert customer.accounts() == []
    emulator.seed.account(creator)
    emulator.advance(timedelta(days=days))
    assert len(customer.shop.events) == told, "the same events again, by their ids"


@pytest.mark.parametrize("number", range(30))
def test_every_test_has_a_world_of_its_own(customer: Customer, emulator: Emulator, number: int) -> None:
    assert customer.accounts() == []
    assert emulator.requests.all(vendor="storyclash") == []
    emulator.seed.account(emulator.seed.creator(f"creator{number}"))
    assert customer.accounts() == [f"creator{number}"]


@pytest.mark.emulator(recipe="default")
@pytest.mark.parametrize("seed", range(3))
def test_a_world_can_be_full_of_people(customer: Customer, emulator: Emulator, seed: int) -> None:
    account = emulator.seed.account()
    assert account["platform_username"] in customer.accounts()
    assert customer.ask("GET", f"/creators/{account['platform_username']}").json()["followers"] > 0
