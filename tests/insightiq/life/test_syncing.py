"""What webhooks are told when data is fetched: daily, weekly and on request; of what is new or has changed alone."""

from collections import Counter
from typing import Any

import pytest

from tests.insightiq.engagement.support import CONTENTS, FETCHED, GROUPS, PUBLICATIONS, ask, busiest, day, listed
from tests.insightiq.identity.support import REFRESH, audience_of, profile_of
from tests.insightiq.life.support import ACCOUNTS, CORE, SYNCED, Told, connect, items, naive, shown, told
from tests.insightiq.support import Another, everything
from tests.support import TestWorld
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import subscribe

KINDS = {"CONTENTS": (CONTENTS, PUBLICATIONS), "CONTENT-GROUPS": (GROUPS,)}


def connected(world: TestWorld, *platforms: str) -> list[dict[str, Any]]:
    return [
        account
        for account in everything(world, ACCOUNTS)
        if account["status"] == "CONNECTED" and (not platforms or account["work_platform"]["name"] in platforms)
    ]


def published(world: TestWorld, account: dict[str, Any], family: str) -> list[dict[str, Any]]:
    """What events of that family tell of."""
    return [each for path in KINDS[family] for each in listed(world, path, account)]


def by_id(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in entries}


def changed(before: list[dict[str, Any]], after: list[dict[str, Any]], *keys: str) -> list[str]:
    """Ids of what was there before and is not the same now, or has another one of these figures."""

    def look(entry: dict[str, Any]) -> Any:
        return [entry["engagement"][key] for key in keys] if keys else entry | {"updated_at": None}

    known = by_id(before)
    return sorted(each["id"] for each in after if each["id"] in known and look(each) != look(known[each["id"]]))


def new(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = by_id(before)
    return [each for each in after if each["id"] not in known]


def test_a_day_tells_of_every_figure_that_has_changed_and_of_no_other(telling: TestWorld) -> None:
    accounts = connected(telling)
    before = {(account["id"], family): published(telling, account, family) for account in accounts for family in KINDS}
    profiles = {account["id"]: profile_of(telling, account["id"]) for account in accounts}
    telling.advance(by="P1D")
    found: Counter[str] = Counter()
    for account in accounts:
        events = told(telling, account)
        for family in KINDS:
            earlier, after = before[account["id"], family], published(telling, account, family)
            expected = changed(earlier, after)
            assert sorted(items(events, f"{family}.UPDATED")) == expected
            assert sorted(items(events, f"{family}.ADDED")) == sorted(each["id"] for each in new(earlier, after))
            found[family] += len(expected)
        earlier, after = before[account["id"], "CONTENTS"], published(telling, account, "CONTENTS")
        commented = changed(earlier, after, "comment_count")
        commented += [each["id"] for each in new(earlier, after) if each["engagement"]["comment_count"]]
        told_of = items(events, "CONTENTS_COMMENTS.UPDATED") + items(events, "CONTENTS_COMMENTS.ADDED")
        assert sorted(told_of) == sorted(commented)
        counted = profile_of(telling, account["id"])["reputation"] != profiles[account["id"]]["reputation"]
        assert ("PROFILES.UPDATED" in {each.event for each in events}) is counted
        found["comments"] += len(commented)
        found["profiles"] += counted
    assert min(found[key] for key in ("CONTENTS", "comments", "profiles")) > 0


def test_daily_events_are_raised_at_the_time_of_day_of_the_connection(telling: TestWorld) -> None:
    telling.advance(by="P4D")
    accounts = by_id(everything(telling, ACCOUNTS))
    daily = [each for each in told(telling) if not each.event.startswith("ACTIVITY")]
    assert len(daily) > 50
    for each in daily:
        assert each.at[11:] == accounts[each.data["account_id"]]["updated_at"][11:]


def test_an_audience_is_told_of_weekly(telling: TestWorld) -> None:
    accounts = connected(telling, "Instagram", "YouTube")
    before = {account["id"]: audience_of(telling, account["id"]) for account in accounts}
    telling.advance(by="P7D")
    for account in accounts:
        after = audience_of(telling, account["id"])
        events = [each for each in told(telling, account) if each.event == "PROFILES_AUDIENCE.UPDATED"]
        lists = {"countries", "cities", "gender_age_distribution"}
        differs = any(after[name] != before[account["id"]][name] for name in lists)
        assert [each.at for each in events] == ([after["updated_at"]] if differs else [])
    assert [each for each in told(telling) if each.event == "PROFILES_AUDIENCE.UPDATED"]


def test_activity_is_told_of_weekly_with_what_is_new_and_what_was_heard_again(telling: TestWorld) -> None:
    (account, *_) = connected(telling, "Spotify")
    paths = {"ACTIVITY-ARTISTS": "/v1/media/activity/artists", "ACTIVITY-CONTENTS": "/v1/media/activity/contents"}
    before = {family: by_id(listed(telling, path, account)) for family, path in paths.items()}
    telling.advance(by="P14D")
    events = [each for each in told(telling, account) if each.event.startswith("ACTIVITY")]
    assert len({each.at for each in events}) == 2
    for family, path in paths.items():
        after = by_id(listed(telling, path, account))
        assert set(items(events, f"{family}.ADDED")) == after.keys() - before[family].keys()
        seen_again = {key for key in before[family] if after[key] != before[family][key]}
        assert seen_again <= set(items(events, f"{family}.UPDATED")) <= after.keys()


def test_a_refreshed_profile_is_told_of_even_if_nothing_has_changed(telling: TestWorld) -> None:
    account = connected(telling)[0]
    telling.insightiq("POST", REFRESH, json={"account_id": account["id"]})
    assert told(telling) == []
    telling.advance(by=SYNCED)
    (event,) = told(telling)
    profile = profile_of(telling, account["id"])
    assert (event.event, event.at) == ("PROFILES.UPDATED", profile["updated_at"])
    assert event.data["profile_id"] == profile["id"]


@pytest.mark.parametrize(("path", "family"), [(CONTENTS, "CONTENTS"), (GROUPS, "CONTENT-GROUPS")])
def test_a_refresh_of_contents_tells_of_those_that_have_changed(telling: TestWorld, path: str, family: str) -> None:
    account = busiest(telling, "Instagram", path=path)
    before = listed(telling, path, account)
    ask(telling, path, account)
    telling.advance(by=SYNCED)
    expected = changed(before, listed(telling, path, account))
    assert sorted(items(told(telling), f"{family}.UPDATED")) == expected
    assert {each.event.split(".")[0] for each in told(telling)} <= {family, "CONTENTS_COMMENTS"}


@pytest.mark.parametrize(("path", "family"), [(CONTENTS, "CONTENTS"), (GROUPS, "CONTENT-GROUPS")])
def test_a_historic_fetch_tells_of_what_it_reveals(telling: TestWorld, path: str, family: str) -> None:
    account = busiest(telling, "Instagram", path=path)
    before = by_id(listed(telling, path, account))
    ask(telling, path, account, day(telling.now(), -365))
    telling.advance(by=FETCHED)
    revealed = by_id(listed(telling, path, account)).keys() - before.keys()
    assert revealed
    assert set(items(told(telling), f"{family}.ADDED")) == revealed
    assert {each.at for each in told(telling)} == {naive(telling)}


def test_webhooks_make_no_difference_to_what_is_synced(world: TestWorld, another: Another, receiver: Receiver) -> None:
    def live(one: TestWorld) -> list[Any]:
        accounts = [connect(one, platform) for platform in ("Instagram", "Spotify")]
        one.advance(by="P8D")
        state = [everything(one, path) for path in (ACCOUNTS, "/v1/profiles")]
        return [*state, *(listed(one, CONTENTS, account) for account in accounts)]

    subscribe(world, receiver.url, *CORE)
    assert live(world) == live(another())
    assert told(world)


def test_a_webhook_hears_only_of_what_it_has_subscribed_to(world: TestWorld, receiver: Receiver) -> None:
    subscribe(world, receiver.url, "PROFILES.ADDED")
    account = connect(world, "Instagram")
    world.advance(by="P2D")
    assert [each.event for each in told(world)] == ["PROFILES.ADDED"]
    assert told(world) == told(world, account)


def test_a_later_connection_is_synced_daily_from_then_on(telling: TestWorld) -> None:
    telling.advance(by="PT6H")
    account = connect(telling, "Instagram")
    telling.advance(by="P3D")
    assert shown(telling, account) == account | {"data": shown(telling, account)["data"]}
    assert {block["last_sync_at"] for block in shown(telling, account)["data"].values()} == {naive(telling)}
    updates: list[Told] = [each for each in told(telling, account) if each.event.endswith(".UPDATED")]
    assert {each.at[11:] for each in updates} == {account["created_at"][11:]}
