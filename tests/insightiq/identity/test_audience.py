import json
from pathlib import Path
from typing import Any, Final

import pytest

from emulator import resources
from tests.insightiq.identity.support import AUDIENCE, WITH_AUDIENCE, account, accounts, audience_of, profile_of
from tests.insightiq.support import NOBODY, Another, assert_refused
from tests.support import TestWorld

SAMPLE: Final = Path(resources.fixtures() / "documented" / "insightiq" / "identity" / "get_audience.json")
LISTS: Final = ("countries", "cities", "gender_age_distribution")


def followed(world: TestWorld) -> list[dict[str, Any]]:
    return [each for each in accounts(world) if each["work_platform"]["name"] in WITH_AUDIENCE]


def test_an_audience_has_the_documented_keys_in_their_order(world: TestWorld) -> None:
    documented = json.loads(SAMPLE.read_bytes())["response"]["body"]
    for each in followed(world):
        audience = audience_of(world, each["id"])
        assert list(audience) == list(documented)
        for name in LISTS:
            assert [list(share) for share in audience[name][:1]] == [list(share) for share in documented[name]]


def test_an_audience_belongs_to_its_account(world: TestWorld) -> None:
    for each in followed(world):
        audience = audience_of(world, each["id"])
        assert {key: audience[key] for key in ("user", "work_platform")} == {
            key: each[key] for key in ("user", "work_platform")
        }
        assert audience["account"] == {"id": each["id"], "platform_username": each["platform_username"]}
        assert each["created_at"] < audience["created_at"] <= audience["updated_at"]
        assert audience["updated_at"] <= each["data"]["identity"]["last_sync_at"]


def test_audiences_have_ids_of_their_own(world: TestWorld) -> None:
    audiences = {audience_of(world, each["id"])["id"] for each in followed(world)}
    assert len(audiences) == len(followed(world))
    assert audiences.isdisjoint(profile_of(world, each["id"])["id"] for each in followed(world))


def test_shares_are_percentages_with_two_decimals_the_largest_first(world: TestWorld) -> None:
    for each in followed(world):
        audience = audience_of(world, each["id"])
        for name in LISTS:
            shares = [share["value"] for share in audience[name]]
            assert shares == sorted(shares, reverse=True)
            assert all(0 <= share <= 100 and round(share, 2) == share for share in shares)
        for name in ("countries", "gender_age_distribution"):
            assert sum(share["value"] for share in audience[name]) == pytest.approx(100)
        assert sum(share["value"] for share in audience["cities"]) < 100


def test_the_oldest_are_written_as_in_real_answers(world: TestWorld) -> None:
    ages = {share["age_range"] for share in audience_of(world, followed(world)[0]["id"])["gender_age_distribution"]}
    assert ages == {"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-"}


def test_two_accounts_have_different_audiences(world: TestWorld) -> None:
    shown = [json.dumps(audience_of(world, each["id"])["countries"]) for each in followed(world)]
    assert len(set(shown)) == len(shown)


def test_exactly_the_accounts_whose_identity_has_an_audience_have_one(world: TestWorld) -> None:
    for each in accounts(world):
        answer = world.insightiq("GET", AUDIENCE, params={"account_id": each["id"]})
        if "audience" in each["data"]["identity"]:
            assert answer.status_code == 200
        else:
            assert_refused(answer, 404, "incorrect_account_id")


def test_an_audience_stays_readable_after_a_disconnection(world: TestWorld) -> None:
    each = account(world, "CONNECTED", *WITH_AUDIENCE)["id"]
    before = audience_of(world, each)
    world.insightiq("POST", f"/v1/accounts/{each}/disconnect", json={})
    world.advance(by="P20D")
    assert audience_of(world, each) == before


def test_an_unknown_account_has_no_audience(world: TestWorld, another: Another) -> None:
    foreign = followed(another(seed=2))[0]["id"]
    wrong_kind = profile_of(world, followed(world)[0]["id"])["id"]
    for account_id in (NOBODY, foreign, wrong_kind):
        answer = world.insightiq("GET", AUDIENCE, params={"account_id": account_id})
        assert_refused(answer, 404, "incorrect_account_id")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "MISSING_FIELDS"),
        ({"id": NOBODY}, "MISSING_FIELDS"),
        ({"account_id": ""}, "INVALID_FIELDS"),
        ({"account_id": "x"}, "INVALID_FIELDS"),
        ({"account_id": NOBODY + "0"}, "INVALID_FIELDS"),
        ({"account_id": [NOBODY, NOBODY]}, "INVALID_FIELDS"),
    ],
)
def test_a_bad_account_id_is_refused_by_name(world: TestWorld, asked: dict[str, Any], code: str) -> None:
    assert_refused(world.insightiq("GET", AUDIENCE, params=asked), 400, code, "account_id")
