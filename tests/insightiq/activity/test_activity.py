import json
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator import resources
from tests.insightiq.activity.support import ARTISTS, BOTH, CONTENTS, THINGS, accounts_on, activity_state, heard
from tests.insightiq.support import NOBODY, Another, assert_refused, segment
from tests.support import TestWorld

FOLDER: Final = resources.fixtures() / "documented" / "insightiq" / "activity"
SAMPLES: Final = {ARTISTS: "get_activity_artist.json", CONTENTS: "get_activity_content.json"}
TYPES: Final = {ARTISTS: {"TOP", "FOLLOWED"}, CONTENTS: {"TOP", "RECENT", "SAVED"}}
both = pytest.mark.parametrize("path", BOTH, ids=THINGS.values())


def first(world: TestWorld, status: str | None = None) -> str:
    account_id: str = accounts_on(world, "Spotify", status)[0]["id"]
    return account_id


@both
def test_objects_have_the_documented_keys_in_their_order(listeners: TestWorld, path: str) -> None:
    documented = json.loads((FOLDER / SAMPLES[path]).read_bytes())["response"]["body"]
    for each in heard(listeners, path, first(listeners)):
        assert list(each) == list(documented)
        if path == CONTENTS:
            assert list(each["additional_info"]) == list(documented["additional_info"])


@both
def test_every_spotify_account_has_objects_of_every_kind_of_activity(listeners: TestWorld, path: str) -> None:
    assert len(accounts_on(listeners, "Spotify")) > 3
    for account in accounts_on(listeners, "Spotify"):
        found = heard(listeners, path, account["id"])
        assert {each["activity_type"] for each in found} == TYPES[path]
        for each in found:
            assert each["user"] == account["user"]
            assert each["work_platform"] == account["work_platform"]
            assert each["account"] == {"id": account["id"], "platform_username": account["platform_username"]}
            assert account["created_at"] < each["created_at"] <= each["updated_at"]


@both
def test_an_account_on_another_platform_has_an_empty_page(listeners: TestWorld, path: str) -> None:
    assert heard(listeners, path, accounts_on(listeners, "Instagram")[0]["id"]) == []


@both
def test_an_account_has_nothing_twice(listeners: TestWorld, path: str) -> None:
    key = f"platform_{THINGS[path]}_id"
    found = heard(listeners, path, first(listeners))
    assert len({each["id"] for each in found}) == len(found)
    assert len({(each["activity_type"], each[key]) for each in found}) == len(found)


def test_the_same_artist_is_the_same_on_the_platform_for_all_who_listen(listeners: TestWorld) -> None:
    known: dict[str, set[str]] = {}
    ids = set()
    count = 0
    for account in accounts_on(listeners, "Spotify"):
        for artist in heard(listeners, ARTISTS, account["id"]):
            shown = [artist[key] for key in ("artist_name", "artist_url", "image_url", "genre")]
            known.setdefault(artist["platform_artist_id"], set()).add(json.dumps(shown))
            ids.add(artist["id"])
            count += 1
    assert {len(shown) for shown in known.values()} == {1}
    assert len(ids) == count > len(known)


def test_tracks_are_on_albums_and_episodes_of_podcasts_are_not(listeners: TestWorld) -> None:
    found = heard(listeners, CONTENTS, first(listeners))
    assert {each["type"] for each in found} == {"TRACK", "PODCAST"}
    for each in found:
        assert each["format"] == "AUDIO"
        assert (each["additional_info"]["album"] is None) is (each["type"] == "PODCAST")
        assert (each["description"] is None) is (each["type"] == "TRACK")


@both
def test_objects_are_listed_last_updated_first(listeners: TestWorld, path: str) -> None:
    updated = [each["updated_at"] for each in heard(listeners, path, first(listeners))]
    assert updated == sorted(updated, reverse=True)


@both
def test_a_page_is_the_part_of_the_list_that_was_asked_for(listeners: TestWorld, path: str) -> None:
    account_id = first(listeners)
    found = heard(listeners, path, account_id)

    @settings(max_examples=20)
    @given(limit=st.integers(1, 100), offset=st.integers(0, len(found) + 3))
    def hold(limit: int, offset: int) -> None:
        asked: dict[str, Any] = {"account_id": account_id, "limit": limit, "offset": offset}
        page = listeners.insightiq("GET", path, params=asked).json()
        assert page["data"] == found[offset : offset + limit]
        assert page["metadata"] == {"offset": offset, "limit": limit, "from_date": None, "to_date": None}

    hold()


@both
def test_each_object_is_found_by_its_id_as_in_the_list(listeners: TestWorld, path: str) -> None:
    for each in heard(listeners, path, first(listeners)):
        assert listeners.insightiq("GET", f"{path}/{each['id']}").json() == each


@both
def test_a_search_gives_the_known_objects_in_the_order_of_the_ids_each_once(listeners: TestWorld, path: str) -> None:
    known = {
        each["id"]: each
        for account in accounts_on(listeners, "Spotify")
        for each in heard(listeners, path, account["id"])
    }

    @settings(max_examples=25)
    @given(st.lists(st.sampled_from([*known, NOBODY]), min_size=1, max_size=100))
    def hold(ids: list[str]) -> None:
        answer = listeners.insightiq("POST", f"{path}/search", json={"ids": ids})
        assert answer.status_code == 200
        assert answer.json() == {"data": [known[each] for each in dict.fromkeys(ids) if each in known]}

    hold()


@both
def test_a_search_does_not_find_objects_of_other_kinds_or_worlds(
    listeners: TestWorld, world: TestWorld, path: str
) -> None:
    other = ARTISTS if path == CONTENTS else CONTENTS
    ids = [each["id"] for each in heard(listeners, other, first(listeners))][:5]
    assert listeners.insightiq("POST", f"{path}/search", json={"ids": ids}).json() == {"data": []}
    own = [each["id"] for each in heard(listeners, path, first(listeners))][:5]
    assert world.insightiq("POST", f"{path}/search", json={"ids": own}).json() == {"data": []}


@both
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "MISSING_FIELDS"),
        ({"ids": []}, "INVALID_FIELDS"),
        ({"ids": [NOBODY] * 101}, "INVALID_FIELDS"),
        ({"ids": ["x"]}, "INVALID_FIELDS"),
        ({"ids": [7]}, "INVALID_FIELDS"),
        ({"ids": NOBODY}, "INVALID_FIELDS"),
        ({"ids": None}, "INVALID_FIELDS"),
        ([NOBODY], "INVALID_FIELDS"),
    ],
)
def test_a_bad_search_is_refused(world: TestWorld, path: str, body: Any, code: str) -> None:
    assert_refused(world.insightiq("POST", f"{path}/search", json=body), 400, code)


@both
def test_an_unknown_object_is_not_found(listeners: TestWorld, world: TestWorld, path: str) -> None:
    other = ARTISTS if path == CONTENTS else CONTENTS
    wrong_kind = heard(listeners, other, first(listeners))[0]["id"]
    for object_id in (NOBODY, wrong_kind, first(listeners), "x", segment("%' --")):
        assert_refused(listeners.insightiq("GET", f"{path}/{object_id}"), 404, f"incorrect_{THINGS[path]}_id")
    foreign = heard(listeners, path, first(listeners))[0]["id"]
    assert_refused(world.insightiq("GET", f"{path}/{foreign}"), 404, f"incorrect_{THINGS[path]}_id")


@both
def test_the_list_of_an_unknown_account_is_not_found(listeners: TestWorld, another: Another, path: str) -> None:
    foreign = accounts_on(another(), "Instagram")[0]["id"]
    for account_id in (NOBODY, foreign, heard(listeners, path, first(listeners))[0]["id"]):
        answer = listeners.insightiq("GET", path, params={"account_id": account_id})
        assert_refused(answer, 404, "incorrect_account_id")


@both
@pytest.mark.parametrize(
    ("asked", "code", "named"),
    [
        ({}, "MISSING_FIELDS", "account_id"),
        ({"account_id": "x"}, "INVALID_FIELDS", "account_id"),
        ({"account_id": ""}, "INVALID_FIELDS", "account_id"),
        ({"account_id": NOBODY, "limit": 0}, "INVALID_FIELDS", "limit"),
        ({"account_id": NOBODY, "limit": 101}, "INVALID_FIELDS", "limit"),
        ({"account_id": NOBODY, "offset": -1}, "INVALID_FIELDS", "offset"),
    ],
)
def test_a_bad_parameter_is_refused_by_name(
    world: TestWorld, path: str, asked: dict[str, Any], code: str, named: str
) -> None:
    assert_refused(world.insightiq("GET", path, params=asked), 400, code, named)


def test_the_activity_of_a_connected_account_grows_weekly(listeners: TestWorld) -> None:
    account_id = first(listeners, "CONNECTED")
    before = {each["id"]: each for each in heard(listeners, CONTENTS, account_id)}
    began = datetime.fromisoformat(listeners.now()).replace(tzinfo=None)
    listeners.advance(by="P21D")
    after = {each["id"]: each for each in heard(listeners, CONTENTS, account_id)}
    changed = {each["updated_at"] for each in after.values() if datetime.fromisoformat(each["updated_at"]) > began}
    times = sorted(datetime.fromisoformat(at) for at in changed)
    assert [later - earlier for earlier, later in pairwise(times)] == [timedelta(days=7)] * 2
    assert len(after) > len(before)
    for object_id, each in before.items():
        assert after[object_id] | {"updated_at": ""} == each | {"updated_at": ""}
    new = [each for object_id, each in after.items() if object_id not in before]
    assert {each["activity_type"] for each in new} <= {"RECENT", "SAVED"}
    assert all(each["created_at"] <= each["updated_at"] and each["created_at"] in changed for each in new)


@pytest.mark.parametrize("path", ["/v1/social/contents", "/v1/social/content-groups"])
def test_a_refresh_of_what_the_platform_does_not_have_comes_to_nothing(listeners: TestWorld, path: str) -> None:
    account = accounts_on(listeners, "Spotify", "CONNECTED")[0]
    answer = listeners.insightiq("POST", f"{path}/refresh", json={"account_id": account["id"]})
    assert answer.status_code == 202
    listeners.advance(by="PT67S")
    assert listeners.insightiq("GET", f"/v1/accounts/{account['id']}").json() == account


def test_what_is_heard_again_is_updated_and_not_added(listeners: TestWorld) -> None:
    account_id = first(listeners, "CONNECTED")
    listeners.advance(by="P28D")
    found = heard(listeners, CONTENTS, account_id)
    assert any(each["created_at"] < each["updated_at"] for each in found)
    assert len({(each["activity_type"], each["platform_content_id"]) for each in found}) == len(found)


def test_the_activity_of_an_ended_connection_stays_as_it_was(listeners: TestWorld) -> None:
    account_id = first(listeners, "CONNECTED")
    listeners.insightiq("POST", f"/v1/accounts/{account_id}/disconnect", json={})
    ended = [each["id"] for each in accounts_on(listeners, "Spotify") if each["status"] != "CONNECTED"]
    before = [heard(listeners, path, each) for path in BOTH for each in ended]
    assert all(before)
    listeners.advance(by="P8D")
    assert [heard(listeners, path, each) for path in BOTH for each in ended] == before


def test_the_same_time_brings_the_same_activity_again_after_a_reset(listeners: TestWorld) -> None:
    before = activity_state(listeners)
    listeners.advance(by="P8D")
    after = activity_state(listeners)
    assert after != before
    listeners.control("POST", "/reset")
    assert activity_state(listeners) == before
    listeners.advance(by="P8D")
    assert activity_state(listeners) == after
