"""What becomes of items, and of those who made them, as time goes by."""

from datetime import timedelta
from typing import Any

from tests.archive.community import HISTORY, UNSUBSCRIBE, creator_ids, moment, subscribe
from tests.archive.community import fetch_by_platform_id as fetch
from tests.archive.library import data
from tests.support import TestWorld

HOURS = (1, 6, 24, 72, 168, 336, 720)  # after publication, when engagement is recorded


def test_engagement_is_recorded_when_its_time_has_come_and_what_is_written_stays(followed: TestWorld) -> None:
    seen: dict[str, list[Any]] = {}
    for hours in (0, 1, 5, 18, 24, 100, 300):
        followed.advance(by=hours * 3600)
        now = moment(followed.now())
        for key, item in fetch(followed).items():
            history, taken = item["engagementHistory"], moment(item["takenAt"])
            lifetime = 24 if item["type"] == "STORY" else 720
            recorded = [taken + timedelta(hours=age) for age in HOURS if age <= lifetime]
            assert [moment(row["at"]) for row in history] == [at for at in recorded if at <= now]
            assert history[: len(seen.get(key, ()))] == seen.get(key, [])
            seen[key] = history
    assert any(len(history) == 7 for history in seen.values())


def test_a_row_is_added_at_its_very_moment(followed: TestWorld) -> None:
    followed.advance(by="P2D")
    items = fetch(followed)
    latest = max(items.values(), key=lambda item: str(item["takenAt"]))
    rows, taken = len(latest["engagementHistory"]), moment(latest["takenAt"])
    due = taken + timedelta(hours=HOURS[rows])
    followed.advance(to=(due - timedelta(microseconds=1)).isoformat())
    assert len(fetch(followed)[latest["externalId"]]["engagementHistory"]) == rows
    followed.advance(to=due.isoformat())
    assert moment(fetch(followed)[latest["externalId"]]["engagementHistory"][-1]["at"]) == due


def test_followers_come_and_go_as_time_does(followed: TestWorld) -> None:
    query = "query($id: Int) {creator(id: $id) {followersCount}}"
    ids = creator_ids(followed)
    before = [data(followed, query, id=each)["creator"]["followersCount"] for each in ids]
    followed.advance(by="P60D")
    after = [data(followed, query, id=each)["creator"]["followersCount"] for each in ids]
    assert sum(now != then for now, then in zip(after, before, strict=True)) > len(ids) / 2
    assert all(0.3 * then <= now <= 3 * then + 10 for now, then in zip(after, before, strict=True))


def test_the_history_is_watched_from_a_subscription_to_its_end(followed: TestWorld) -> None:
    """Watching shows in the tasks that run: one for each row that is added to a history."""

    def rows(by: str) -> tuple[int, int]:
        """How many were added, and how many tasks said so."""
        before = {key: len(item["engagementHistory"]) for key, item in fetch(followed).items()}
        ran = followed.advance(by=by)["ran"]
        after = {key: len(item["engagementHistory"]) for key, item in fetch(followed).items()}
        added = sum(count - before.get(key, 0) for key, count in after.items())
        return added, sum(task["kind"] == "archive.record_engagement" for task in ran)

    assert rows("P3D")[1] == 0
    subscribe(followed, event=HISTORY)
    subscribe(followed, event=HISTORY, callbackUrl="https://other.example.com")
    added, told = rows("P5D")
    assert added == told > 50
    assert data(followed, UNSUBSCRIBE, event=HISTORY) == {"webhookSubscriptionDelete": True}
    subscribe(followed, event=HISTORY)
    added, told = rows("P5D")
    assert told >= added > 50
    assert data(followed, UNSUBSCRIBE, event=HISTORY) == {"webhookSubscriptionDelete": True}
    followed.advance(by="P17D")  # what is still waiting is void, and the longest wait is 16 days
    assert rows("P12D")[1] == 0
