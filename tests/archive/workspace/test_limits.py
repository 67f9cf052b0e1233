"""The two limits on requests, and the headers that tell of them (facts/archive-v2.md, section 4)."""

import math
import re
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.client import data, post
from tests.archive.workspace.refreshes import choose, refresh, wallet
from tests.support import Server, TestWorld

CHEAP = "{workspace {id}}"
CONDITION = '{field: "tier", type: TEXT, operator: IS_EMPTY}'
RELATIONS = (
    "aiFilterReasons {key} creator {id} currentEngagement {likes} customAttributes location {city} socialProfile {id} "
    "transcriptions {transcript}"
)
PLANS = {
    "startup": (5_000, 50),
    "growth": (15_000, 250),
    "agency": (15_000, 250),
    "enterprise": (60_000, 1_000),
    "base": (5_000, 50),
}


@pytest.fixture
def limited(server: Server) -> Iterator[TestWorld]:
    world = server.world(clock={"mode": "frozen"}, limits={"archive": "plan"})
    yield world
    world.control("DELETE")


def left(answer: httpx.Response) -> int:
    found = re.fullmatch(r'"(\w+)";r=(\d+);t=(\d+)', answer.headers["ratelimit"])
    assert found
    return int(found[2])


def some_items(world: TestWorld) -> list[str]:
    """One page of them, since more would meet the limit."""
    page = data(world, "{items(first: 20, filter: {provider: TIKTOK}) {nodes {id}}}")
    return [each["id"] for each in page["items"]["nodes"]]


def many(times: int) -> str:
    """A document of 90 credits for each."""
    return "{" + " ".join(f"q{nth}: creators(first: 100) {{totalCount}}" for nth in range(times)) + "}"


def spent(world: TestWorld, query: str) -> int:
    """What a call costs, from a full bucket."""
    world.advance(by="P1D")
    before = left(post(world, CHEAP)) + 5
    return before - 5 - left(post(world, query))


def test_a_sixth_request_in_a_second_is_refused_with_the_time_to_wait(limited: TestWorld) -> None:
    answers = [post(limited, CHEAP) for _ in range(6)]
    assert [each.status_code for each in answers] == [200] * 5 + [429]
    refused = answers[-1]
    error = {"message": "Rate limit exceeded. Retry after 1.0 seconds.", "extensions": {"code": "RATE_LIMIT_EXCEEDED"}}
    assert refused.json() == {"errors": [error]}
    assert refused.headers["retry-after"] == "1"
    limited.advance(by="PT0.65S")
    assert post(limited, CHEAP).json()["errors"][0]["message"] == "Rate limit exceeded. Retry after 0.4 seconds."
    assert post(limited, CHEAP).headers["retry-after"] == "1"
    limited.advance(by="PT0.35S")
    assert post(limited, CHEAP).status_code == 200


def test_a_refused_request_costs_nothing_and_does_nothing(limited: TestWorld) -> None:
    choose(limited, plan="startup")
    ids = some_items(limited)[:1]
    limited.advance(by="P1D")
    for _ in range(5):
        post(limited, CHEAP)
    query = "mutation($ids: [ID!]!) {refetchEngagementBulk(itemIds: $ids) {operationId}}"
    refused = post(limited, query, {"ids": ids})
    assert refused.status_code == 429
    assert wallet(limited)["spent"] == 0
    assert left(refused) == 5_000 - 25


@pytest.mark.parametrize("name", PLANS)
def test_the_headers_tell_the_plan(limited: TestWorld, name: str) -> None:
    burst, refill = PLANS[name]
    choose(limited, plan=name)
    answer = post(limited, CHEAP)
    assert answer.headers["ratelimit-policy"] == f'"{name}";q={burst};w={burst // refill}'
    full = int(datetime.fromisoformat(limited.now()).timestamp()) + math.ceil(5 / refill)
    assert answer.headers["ratelimit"] == f'"{name}";r={burst - 5};t={full}'


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        (CHEAP, 5),
        ("{nonsense}", 5),
        ("{items(first: 100) {totalCount}}", 60),
        ("{items {totalCount}}", 12),
        ("{items(first: 1) {totalCount}}", 5),
        ("{socialProfiles(first: 100) {totalCount}}", 45),
        ("{creators(first: 100) {totalCount}}", 90),
        (f"{{creators(first: 100, customAttributeConditions: [{CONDITION}]) {{totalCount}}}}", 340),
        ('{engagementHistory(first: 100, itemId: "x") {totalCount}}', 6),
        ("{one: items(first: 100) {totalCount} other: items(first: 100) {totalCount}}", 120),
        ('mutation {deleteCollection(id: "x") {deletedCollectionId}}', 55),
        (f"{{items(first: 100) {{nodes {{{RELATIONS}}}}}}}", 183),
        ("{items(first: 101) {totalCount}}", 60),
    ],
)  # fmt: skip
def test_a_call_costs_what_it_asks_for(limited: TestWorld, query: str, cost: int) -> None:
    choose(limited, plan="enterprise")
    assert spent(limited, query) == cost


def test_an_empty_bucket_refuses_until_it_has_refilled(limited: TestWorld) -> None:
    choose(limited, plan="startup")
    query = many(50)  # 4,500 credits
    assert left(post(limited, query)) == 500
    refused = post(limited, query)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "80")
    assert "Retry after 80.0 seconds" in refused.json()["errors"][0]["message"]
    limited.advance(by="PT79.9S")
    assert post(limited, query).status_code == 429
    limited.advance(by="PT0.1S")
    assert left(post(limited, query)) == 0


@settings(max_examples=20)
@given(steps=st.lists(st.tuples(st.sampled_from([0, 0.1, 0.3, 1, 20]), st.sampled_from([0, 10, 40])), max_size=25))
def test_the_bucket_is_what_a_model_of_it_says(server: Server, steps: list[tuple[float, int]]) -> None:
    world = server.world(recipe="default", clock={"mode": "frozen"}, limits={"archive": "plan"})
    choose(world, plan="startup")
    now, level, recent = 0.0, 5_000.0, list[float]()
    for wait, fields in steps:
        world.advance(by=wait)
        now, level = now + wait, min(5_000.0, level + wait * 50)
        query = (
            "{" + " ".join(f"q{n}: creators(first: 100) {{totalCount}}" for n in range(fields)) + "}"
            if fields
            else CHEAP
        )
        cost = 90 * fields or 5
        allowed = sum(at > now - 1 + 1e-9 for at in recent) < 5 and level >= cost - 1e-6
        assert (post(world, query).status_code == 200) is allowed
        if allowed:
            level -= cost
            recent.append(now)
    world.control("DELETE")


def test_workspaces_have_budgets_of_their_own(server: Server) -> None:
    world = server.world(recipe="demo", clock={"mode": "frozen"}, limits={"archive": "plan"})
    one, other = world.credentials["archive"]["workspace_ids"]
    assert [post(world, CHEAP, workspace=one).status_code for _ in range(6)][-1] == 429
    assert post(world, CHEAP, workspace=other).status_code == 200
    world.control("DELETE")


def test_a_reset_world_begins_with_a_full_bucket(limited: TestWorld) -> None:
    assert [post(limited, CHEAP).status_code for _ in range(6)][-1] == 429
    limited.control("POST", "/reset")
    assert left(post(limited, CHEAP)) == 15_000 - 5


def test_without_limits_the_bucket_stays_full(world: TestWorld) -> None:
    assert {left(post(world, CHEAP)) for _ in range(10)} == {15_000}


def test_the_budget_of_credits_can_be_left_out(limited: TestWorld) -> None:
    choose(limited, rate_budget=False)
    answers = [post(limited, CHEAP) for _ in range(6)]
    assert [each.status_code for each in answers] == [200] * 5 + [429]
    assert not any("ratelimit" in name for each in answers for name in each.headers)


def test_a_refresh_is_paid_from_the_wallet_and_not_from_the_budget(limited: TestWorld) -> None:
    assert data(limited, "{workspaces {totalCount}}") == {"workspaces": {"totalCount": 1}}
    ids = some_items(limited)[:4]
    limited.advance(by="PT1H")
    before = left(post(limited, CHEAP))
    refresh(limited, *ids)
    assert before - left(post(limited, CHEAP)) == 55 + 5
    assert wallet(limited)["spent"] == 12
