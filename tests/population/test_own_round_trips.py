"""What the world `default` answers, given as objects to a recipe with nobody in it, is what that one answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulator.check.shape import selection
from emulator.contract.sdl import schema
from tests.archive.workspace import client
from tests.population.recipes import world_of
from tests.support import Server, TestWorld

EPOCH = "2026-01-01T00:00:00Z"
BY_ACCOUNT = {
    "contents": "/v1/social/contents",
    "content_groups": "/v1/social/content-groups",
    "publications": "/v1/publications/contents",
    "activity_artists": "/v1/media/activity/artists",
    "activity_contents": "/v1/media/activity/contents",
}
LISTS = {"users": "/v1/users", "accounts": "/v1/accounts", "profiles": "/v1/profiles"}
DATED = {"contents", "content_groups", "publications"}

MEDIA_ITEM = selection(schema("archive", "partners").type_map["MediaItem"])  # type: ignore[arg-type]
ITEM = selection(schema("archive", "workspace").type_map["Item"])  # type: ignore[arg-type]
MEDIA_ITEMS = (
    "query($filter: Filter, $after: String, $first: Int) { mediaItems(filter: $filter, after: $after, first: $first)"
    f"{{ totalCount pageInfo {{ endCursor hasNextPage }} nodes {{ {MEDIA_ITEM} }} }} }}"
)
ITEMS = (
    "query($filter: ItemFilterInput, $sorting: [ItemSortingInput!], $after: String, $first: Int)"
    "{ items(filter: $filter, sorting: $sorting, after: $after, first: $first)"
    f"{{ totalCount pageInfo {{ endCursor hasNextPage }} nodes {{ {ITEM} }} }} }}"
)


@pytest.fixture(scope="module")
def original(server: Server) -> Iterator[TestWorld]:
    world = server.world(recipe="default", clock={"mode": "frozen"}, epoch=EPOCH)
    yield world
    world.control("DELETE")


@pytest.fixture(scope="module")
def copy(original: TestWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestWorld]:
    """Each kind is a file of answers, as they were printed."""
    folder = tmp_path_factory.mktemp("captured")
    answers = {"insightiq": insightiq(original), "archive": archive(original)}
    for vendor, kinds in answers.items():
        for kind, captured in kinds.items():
            assert captured, kind
            (folder / f"{vendor}_{kind}.json").write_text(json.dumps(captured))
    objects = {vendor: {kind: f"{vendor}_{kind}.json" for kind in kinds} for vendor, kinds in answers.items()}
    with world_of(folder, shops=[{"id": 4821, "name": "Northbay Creator Studio"}], objects=objects) as world:
        yield world


def pages(world: TestWorld, path: str, **wanted: Any) -> Iterator[dict[str, Any]]:
    offset = 0
    while True:
        answer = world.insightiq("GET", path, params={"limit": 100, "offset": offset, **wanted}).json()
        if not answer.get("data"):
            return
        yield answer
        offset += 100


def account_ids(world: TestWorld) -> list[str]:
    return [account["id"] for page in pages(world, "/v1/accounts") for account in page["data"]]


def insightiq(world: TestWorld) -> dict[str, list[Any]]:
    found = {kind: list(pages(world, path)) for kind, path in LISTS.items()}
    accounts = account_ids(world)
    for kind, path in BY_ACCOUNT.items():
        found[kind] = [page for account in accounts for page in pages(world, path, account_id=account)]
    audiences = [world.insightiq("GET", "/v1/audience", params={"account_id": account}) for account in accounts]
    found["audiences"] = [answer.json() for answer in audiences if answer.status_code == 200]
    wanted = [{"account_id": account, "content_id": content} for account, content in commented(world)]
    found["comments"] = [page for each in wanted for page in pages(world, "/v1/social/comments", **each)]
    return found


def commented(world: TestWorld) -> list[tuple[str, str]]:
    """The first content of each account, with its account."""
    found = []
    for account in account_ids(world):
        answer = world.insightiq("GET", "/v1/social/contents", params={"account_id": account, "limit": 1}).json()
        counted = [each for each in answer.get("data", ()) if 0 < (each["engagement"]["comment_count"] or 0) < 200]
        found += [(account, each["id"]) for each in counted]
    return found[:3]


def archive(world: TestWorld) -> dict[str, list[Any]]:
    return {"media_items": media_items(world), "items": items(world)}


def media_items(world: TestWorld) -> list[Any]:
    found, after, more = [], None, True
    while more:
        found.append(world.archive(MEDIA_ITEMS, after=after, first=100))
        info = found[-1]["data"]["mediaItems"]["pageInfo"]
        after, more = info["endCursor"], info["hasNextPage"]
    return found


def items(world: TestWorld) -> list[Any]:
    found, after, more = [], None, True
    while more:
        found.append(client.ask(world, ITEMS, after=after, first=100))
        info = found[-1]["data"]["items"]["pageInfo"]
        after, more = info["endCursor"], info["hasNextPage"]
    return found


@pytest.fixture(scope="module")
def contents(original: TestWorld) -> list[tuple[str, str]]:
    return commented(original)


@pytest.fixture(scope="module")
def accounts(original: TestWorld) -> list[str]:
    return account_ids(original)


few = settings(max_examples=15, suppress_health_check=list(HealthCheck))
windows = st.fixed_dictionaries({"limit": st.integers(1, 100), "offset": st.integers(0, 60)})
days = st.sampled_from(["2025-10-05", "2025-11-11", "2025-12-20"])


@pytest.mark.parametrize("kind", [*LISTS, *BY_ACCOUNT, "audiences", "comments"])
@few
@given(asked=st.data())
def test_insightiq_answers_alike(
    original: TestWorld,
    copy: TestWorld,
    accounts: list[str],
    contents: list[tuple[str, str]],
    kind: str,
    asked: st.DataObject,
) -> None:
    wanted: dict[str, Any] = {} if kind == "audiences" else asked.draw(windows)
    if kind == "comments":
        wanted["account_id"], wanted["content_id"] = asked.draw(st.sampled_from(contents))
    elif kind == "audiences" or kind in BY_ACCOUNT:
        wanted["account_id"] = asked.draw(st.sampled_from(accounts))
    if kind in DATED:
        wanted |= asked.draw(st.sampled_from([{}, {"from_date": asked.draw(days)}, {"to_date": asked.draw(days)}]))
    path = {**LISTS, **BY_ACCOUNT, "audiences": "/v1/audience", "comments": "/v1/social/comments"}[kind]
    answers = [world.insightiq("GET", path, params=wanted) for world in (original, copy)]
    assert answers[0].status_code == answers[1].status_code
    if answers[0].status_code == 200:
        assert answers[0].json() == answers[1].json()


@few
@given(
    filter=st.fixed_dictionaries(
        {},
        optional={
            "itemProviders": st.just(["TIKTOK"]),
            "itemTypes": st.lists(st.sampled_from(["POST", "REEL", "STORY", "TIKTOK"]), max_size=2),
            "creatorVerified": st.just([True]),
            "usageRightsStatus": st.just(["APPROVED", "REQUESTED"]),
        },
    ),
    first=st.integers(1, 60),
)
def test_version_1_answers_alike(original: TestWorld, copy: TestWorld, filter: dict[str, Any], first: int) -> None:
    answers = [world.archive(MEDIA_ITEMS, filter=filter, first=first) for world in (original, copy)]
    assert answers[0] == answers[1]


@few
@given(
    filter=st.fixed_dictionaries(
        {},
        optional={
            "provider": st.sampled_from(["INSTAGRAM", "TIKTOK", "YOUTUBE"]),
            "itemTypes": st.lists(st.sampled_from(["POST", "REEL", "STORY", "TIKTOK", "YOUTUBE_SHORT"]), max_size=2),
            "contentTypes": st.just(["VIDEO"]),
            "verified": st.just([True]),
            "followersCount": st.just({"from": 5_000}),
            "viralityScore": st.just(["HIGH", "LOW"]),
            "engagement": st.just([{"field": "EARNED_MEDIA_VALUE", "range": {"from": 10_000}}]),
            "takenAt": st.just({"from": "2025-09-01T00:00:00Z"}),
        },
    ),
    key=st.sampled_from(
        ["TAKEN_AT", "LIKE_COUNT", "COMMENT_COUNT", "EARNED_MEDIA_VALUE", "SHARE_COUNT", "FOLLOWERS_COUNT"]
    ),
    order=st.sampled_from(["ASC", "DESC"]),
    first=st.integers(1, 60),
)
def test_version_2_answers_alike(
    original: TestWorld, copy: TestWorld, filter: dict[str, Any], key: str, order: str, first: int
) -> None:
    """A creator's accounts are in the order of their numbers, which version 2 does not tell."""
    asked: dict[str, Any] = {"filter": filter, "sorting": [{"sortKey": key, "sortOrder": order}], "first": first}
    answers = [client.data(world, ITEMS, **asked)["items"] for world in (original, copy)]
    for node in (*answers[0]["nodes"], *answers[1]["nodes"]):
        node["creator"]["socialProfiles"].sort(key=lambda profile: str(profile["id"]))
    assert answers[0] == answers[1]
