"""`creatorAudienceReport`: who the audience of a creator is, as InsightIQ tells it too."""

from typing import Any

import pytest

from tests.archive.library import Library, data
from tests.support import TestWorld

QUERY = """query($id: Int, $accountName: String, $provider: IntegrationProviderEnum) {
  creatorAudienceReport(id: $id, accountName: $accountName, provider: $provider) {
    id accountName provider audienceReport
  }
}"""
PROVIDERS = {"Instagram": "INSTAGRAM", "TikTok": "TIKTOK"}


def report(world: TestWorld, **wanted: Any) -> dict[str, Any]:
    shown: dict[str, Any] = data(world, QUERY, **wanted)["creatorAudienceReport"]
    return shown


def by(entries: list[dict[str, Any]], *keys: str) -> dict[tuple[str, ...], float]:
    """The shares, by what they are shares of; InsightIQ calls the oldest 65-."""
    return {tuple(entry[key].replace("65-", "65+") for key in keys): entry["value"] for entry in entries}


def test_a_connected_creator_has_the_audience_that_insightiq_shows(library: Library) -> None:
    """Both as of this week; where access has ended, InsightIQ shows an earlier one."""
    seen = 0
    for account in library.world.insightiq("GET", "/v1/accounts?limit=100").json()["data"]:
        provider = PROVIDERS.get(account["work_platform"]["name"])
        answer = library.world.insightiq("GET", f"/v1/audience?account_id={account['id']}")
        if provider is None or answer.status_code != 200 or account["status"] != "CONNECTED":
            continue
        seen += 1
        told = answer.json()
        shown = report(library.world, accountName=account["platform_username"], provider=provider)["audienceReport"]
        assert by(shown["countries"], "code") == by(told["countries"], "code")
        assert by(shown["cities"], "name") == by(told["cities"], "name")
        people = ("gender", "age_range")
        assert by(shown["gender_age_distribution"], *people) == by(told["gender_age_distribution"], *people)
    assert seen > 3


def test_a_report_names_its_creator_and_its_shares_add_up(library: Library) -> None:
    for creator in library.creators.values():
        shown = report(library.world, id=creator["id"])
        audience = shown.pop("audienceReport")
        assert shown == {key: creator[key] for key in ("id", "accountName", "provider")}
        assert 0 < audience["credibility"] <= 1
        for whole in ("countries", "languages", "genders", "ages", "gender_age_distribution", "interests", "brands"):
            values = [entry["value"] for entry in audience[whole]]
            assert values == sorted(values, reverse=True)
            assert sum(values) == pytest.approx(100, abs=0.1)
        parts = by(audience["gender_age_distribution"], "gender", "age_range")
        for (gender,), share in by(audience["genders"], "gender").items():
            assert share == pytest.approx(sum(part for (each, _), part in parts.items() if each == gender), abs=0.01)


def test_creators_have_audiences_of_their_own(library: Library) -> None:
    reports = [str(report(library.world, id=each)["audienceReport"]) for each in library.creators]
    assert len(set(reports)) == len(reports)


@pytest.mark.parametrize("wanted", [{}, {"id": 1}, {"accountName": "nobody.at.all"}, {"provider": "TIKTOK"}])
def test_whoever_is_unknown_takes_the_whole_answer_along(library: Library, wanted: dict[str, Any]) -> None:
    """As the result cannot be null."""
    answer = library.world.archive(QUERY, None, **wanted)
    assert answer["data"] is None
    [error] = answer["errors"]
    assert error["message"].startswith("Cannot return null for non-nullable field Query.creatorAudienceReport")
