"""Bulk refreshes of engagement, and the operations that they are (archive-workspace-v2-operations.txt)."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.archive.library import data as partners_data
from tests.archive.workspace.client import ask, data, everything
from tests.archive.workspace.refreshes import choose, history, item_ids, now, operation, refresh, wallet
from tests.population.recipes import world_of
from tests.support import Server, TestWorld


def test_an_operation_goes_from_queued_over_processing_to_completed(world: TestWorld) -> None:
    ids = item_ids(world)[:5]
    begun = refresh(world, *ids)
    assert begun == {"operationId": begun["operationId"], "processedCount": 5, "skippedItemIds": [], "userErrors": []}
    seen = []
    while (shown := operation(world, begun["operationId"]))["completedAt"] is None:
        parts = shown["succeededItemIds"] + shown["failedItemIds"] + shown["pendingItemIds"]
        assert sorted(parts) == sorted(ids)
        assert shown["processed"] == 5 - len(shown["pendingItemIds"])
        seen.append((shown["status"], shown["processed"]))
        world.advance(by="PT1S")
    assert seen[0] == ("QUEUED", 0)
    assert [processed for _, processed in seen] == sorted(processed for _, processed in seen)
    assert {status for status, _ in seen} == {"QUEUED", "PROCESSING"}
    assert {processed for status, processed in seen if status == "PROCESSING"} > {0, 1, 2}
    assert (shown["status"], shown["succeededItemIds"], shown["processed"]) == ("COMPLETED", ids, 5)


def test_engagement_is_newer_after_a_refresh_in_both_versions(world: TestWorld) -> None:
    chosen = item_ids(world)[-3:]  # old ones, which nothing else reads any more
    before = {item: history(world, item) for item in chosen}
    world.advance(by="PT20M")
    begun = now(world)
    refresh(world, *chosen)
    world.advance(by="PT5M")
    for item_id in chosen:
        newest, *older = history(world, item_id)
        assert datetime.fromisoformat(newest["at"]) >= begun.replace(microsecond=0)
        assert older == before[item_id]
        node = data(
            world,
            "query($id: ID!) {items(filter: {ids: [$id]}) {nodes {mediaItemId currentEngagement {likes}}}}",
            id=item_id,
        )["items"]["nodes"][0]
        assert node["currentEngagement"]["likes"] == newest["likes"]
        query = "query($id: String) {mediaItem(id: $id) {provider engagementHistory {at likeCount commentCount}}}"
        item = partners_data(world, query, id=node["mediaItemId"])["mediaItem"]
        if item is not None:  # version 1 does not know YouTube
            last = item["engagementHistory"][-1]
            assert (last["at"], str(last["likeCount"])) == (newest["at"], newest["likes"])


def test_stories_unknown_ids_and_those_of_other_workspaces_are_left_out_without_a_word(server: Server) -> None:
    world = server.world(recipe="demo", epoch="2026-01-01T00:00:00Z", clock={"mode": "frozen"})
    first, second = world.credentials["archive"]["workspace_ids"]
    stories = [each["id"] for each in everything(world, "items", "id type") if each["type"] == "STORY"][:2]
    foreign = data(world, "{items(first: 2) {nodes {id}}}", second)["items"]["nodes"]
    own = item_ids(world)[0]
    assert stories
    given = [*stories, *(each["id"] for each in foreign), own, own, "item-id-from-step-1", ""]
    answer = refresh(world, *given, workspace=first)
    assert (answer["processedCount"], answer["skippedItemIds"], answer["userErrors"]) == (1, [], [])
    assert operation(world, answer["operationId"])["pendingItemIds"] == [own]
    assert operation(world, answer["operationId"], second) is None
    assert wallet(world)["spent"] == 3
    world.control("DELETE")


def test_items_of_an_active_operation_and_those_of_this_day_are_skipped_for_free(world: TestWorld) -> None:
    one, two, three = item_ids(world)[:3]
    begun = refresh(world, one)["operationId"]
    assert refresh(world, one, two)["skippedItemIds"] == [one]
    world.advance(by="PT1M")
    ended = datetime.fromisoformat(operation(world, begun)["completedAt"])
    again = refresh(world, one, two, three)
    assert (again["processedCount"], again["skippedItemIds"]) == (1, [one, two])
    assert wallet(world)["spent"] == 9
    nothing = refresh(world, one)
    assert nothing == {"operationId": None, "processedCount": 0, "skippedItemIds": [one], "userErrors": []}
    world.advance(to=(ended + timedelta(days=1, seconds=1)).isoformat())
    assert refresh(world, one)["processedCount"] == 1


def test_a_short_wallet_cancels_the_whole_call(world: TestWorld) -> None:
    choose(world, monthly_credits=8)
    ids = item_ids(world)[:3]
    answer = refresh(world, *ids)
    [error] = answer["userErrors"]
    assert (answer["operationId"], answer["processedCount"], error["field"]) == (None, None, ["itemIds"])
    assert "9" in error["message"]
    assert wallet(world)["spent"] == 0
    assert data(world, "{operations {totalCount}}")["operations"]["totalCount"] == 0
    assert refresh(world, *ids[:2])["processedCount"] == 2
    assert wallet(world)["left"] == 2
    bought = world.control("POST", f"/archive/wallets/{wallet(world)['workspace_id']}/packs", json={"credits": 1})
    assert bought.json()["left"] == 3
    assert refresh(world, ids[2])["processedCount"] == 1
    assert wallet(world)["left"] == 0


def test_a_month_gives_new_credits_and_packs_last_for_one_more(world: TestWorld) -> None:
    choose(world, monthly_credits=3)
    pack = f"/archive/wallets/{wallet(world)['workspace_id']}/packs"
    world.control("POST", pack, json={"credits": 10})
    refresh(world, *item_ids(world)[:2])
    shown = wallet(world)
    assert (shown["month"], shown["spent"], shown["bought"], shown["left"]) == ("2026-01-01", 3, 7, 7)
    world.advance(to="2026-01-31T23:59:59Z")
    assert wallet(world)["left"] == 7
    world.advance(to="2026-02-01T00:00:00Z")
    shown = wallet(world)
    assert (shown["spent"], shown["rolled"], shown["bought"], shown["left"]) == (0, 7, 0, 10)
    world.control("POST", pack, json={"credits": 5})
    refresh(world, *item_ids(world)[2:4])
    shown = wallet(world)
    assert (shown["spent"], shown["rolled"], shown["bought"]) == (3, 4, 5)
    world.advance(to="2026-03-01T00:00:00Z")
    assert (wallet(world)["rolled"], wallet(world)["left"]) == (5, 8)
    world.advance(to="2026-05-01T00:00:00Z")
    assert wallet(world)["left"] == 3


def test_without_the_feature_flag_nothing_is_refreshed(world: TestWorld) -> None:
    choose(world, refetch_engagement=False)
    answer = refresh(world, item_ids(world)[0])
    assert (answer["operationId"], answer["processedCount"], answer["skippedItemIds"]) == (None, None, None)
    assert "not enabled" in answer["userErrors"][0]["message"]
    assert wallet(world)["spent"] == 0
    choose(world)
    assert refresh(world, item_ids(world)[0])["processedCount"] == 1


@pytest.mark.parametrize(
    ("outcome", "count", "status", "failed"),
    [
        ("PARTIAL", 5, "PARTIAL", 3),
        ("PARTIAL", 1, "FAILED", 1),
        ("FAILED", 3, "FAILED", 3),
        ("COMPLETED", 2, "COMPLETED", 0),
    ],
)
def test_outcomes_come_on_command(world: TestWorld, outcome: str, count: int, status: str, failed: int) -> None:
    rule = {"match": {"vendor": "archive"}, "outcome": outcome, "after": 60}
    assert world.control("PUT", "/job-rules", json=[rule]).status_code == 200
    ids = item_ids(world)[:count]
    before = {item: history(world, item) for item in ids}
    begun = refresh(world, *ids)["operationId"]
    world.advance(by="PT59.9S")
    assert operation(world, begun)["status"] == "PROCESSING"
    world.advance(by="PT0.1S")
    shown = operation(world, begun)
    assert (shown["status"], len(shown["failedItemIds"]), shown["processed"]) == (status, failed, count)
    assert shown["pendingItemIds"] == []
    for item in ids:
        assert (history(world, item) == before[item]) is (item in shown["failedItemIds"])
    world.control("PUT", "/job-rules", json=[])
    assert refresh(world, *ids)["skippedItemIds"] == shown["succeededItemIds"]  # what failed may be asked for again


def test_an_operation_is_ended_by_hand_with_what_it_has_done_so_far(world: TestWorld) -> None:
    world.control("PUT", "/job-rules", json=[{"match": {}, "after": 100}])
    begun = refresh(world, *item_ids(world)[:4])["operationId"]
    world.advance(by="PT60S")
    done = operation(world, begun)["succeededItemIds"]
    assert 0 < len(done) < 4
    ended = world.control("POST", f"/jobs/{begun}/fail", json={})
    assert (ended.status_code, ended.json()["status"]) == (200, "PARTIAL")
    shown = operation(world, begun)
    assert (shown["succeededItemIds"], len(shown["failedItemIds"]), shown["status"]) == (done, 4 - len(done), "PARTIAL")
    world.advance(by="P1D")
    assert operation(world, begun) == shown


def test_operations_are_listed_newest_first_and_by_workspace(world: TestWorld) -> None:
    made = [refresh(world, item)["operationId"] for item in item_ids(world)[:5]]
    fields = "id operationType status total createdAt"
    listed = everything(world, "operations", fields, first=2)
    assert [each["id"] for each in listed] == made[::-1]
    assert {each["operationType"] for each in listed} == {"refetch_engagement"}
    page = data(world, "{operations(first: 2) {totalCount pageInfo {endCursor hasNextPage}}}")["operations"]
    assert page["totalCount"] == 5
    newest = refresh(world, item_ids(world)[6])["operationId"]
    query = f"query($after: String) {{operations(first: 9, after: $after) {{nodes {{{fields}}}}}}}"
    after = data(world, query, after=page["pageInfo"]["endCursor"])["operations"]["nodes"]
    assert [each["id"] for each in after] == made[2::-1]
    assert newest not in made


def test_an_unknown_operation_is_null(world: TestWorld) -> None:
    assert operation(world, "op-9182736-abc123") is None


def test_an_item_that_was_refreshed_today_can_make_an_error_instead(world: TestWorld) -> None:
    one, two = item_ids(world)[:2]
    refresh(world, one)
    world.advance(by="PT1M")
    choose(world, recently_refreshed="refused")
    answer = refresh(world, one, two)
    assert one in answer["userErrors"][0]["message"]
    assert two not in answer["userErrors"][0]["message"]
    assert wallet(world)["spent"] == 3


def test_the_shape_of_a_user_errors_field_can_be_chosen(world: TestWorld) -> None:
    choose(world, monthly_credits=0, user_error_field="string")
    query = "mutation($ids: [ID!]!) {refetchEngagementBulk(itemIds: $ids) {userErrors {field}}}"
    answer = ask(world, query, ids=item_ids(world)[:1])
    assert answer["data"]["refetchEngagementBulk"]["userErrors"] == [{"field": "itemIds"}]


def test_a_refresh_is_told_to_those_who_watch_the_history_in_version_1(world: TestWorld) -> None:
    subscribe = """mutation($url: String!) {
      webhookSubscriptionCreate(version: v0, event: MEDIA_ITEM_ENGAGEMENT_HISTORY_CREATED, callbackUrl: $url) {id}
    }"""
    url = world.control("GET").json()["inbox_url"]
    partners_data(world, subscribe, url=url)
    chosen: Any = data(
        world, "{items(first: 1, filter: {provider: INSTAGRAM, itemTypes: [REEL]}) {nodes {id externalId}}}"
    )
    item = chosen["items"]["nodes"][0]
    refresh(world, item["id"])
    world.advance(by="PT30S")
    arrived = [json.loads(each["body"]) for each in world.control("GET", "/inbox").json()["data"]]
    assert item["externalId"] in [body["external_id"] for body in arrived]


def test_worlds_without_shops_have_no_workspaces(tmp_path_factory: pytest.TempPathFactory) -> None:
    with world_of(tmp_path_factory.mktemp("nobody"), creators=1, posts=1) as world:
        assert world.control("GET", "/archive/wallets").json() == {"data": []}
