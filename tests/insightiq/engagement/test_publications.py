from typing import Any

import pytest

from tests.insightiq.engagement.support import (
    CONTENTS,
    FETCHED,
    PUBLICATIONS,
    REFRESHED,
    accounts,
    ask,
    day,
    listed,
)
from tests.insightiq.support import Another
from tests.support import TestWorld


@pytest.fixture(params=["Substack", "Beehiiv"])
def newsletter(request: pytest.FixtureRequest, another: Another) -> tuple[TestWorld, dict[str, Any]]:
    """A world where many read newsletters, and a connected account with publications."""
    world = another(seed=7)
    return world, accounts(world, request.param)[0]


def test_newsletters_are_publications_and_no_contents(newsletter: tuple[TestWorld, dict[str, Any]]) -> None:
    world, account = newsletter
    assert listed(world, CONTENTS, account) == []
    publications = listed(world, PUBLICATIONS, account)
    assert publications
    for publication in publications:
        assert (publication["format"], publication["type"], publication["platform"]) == ("TEXT", "BLOG", "BOTH")
        assert publication["audience"] in ("FREE", "PAID", "BOTH")
        assert publication["visibility"] == ("PRIVATE" if publication["audience"] == "PAID" else "PUBLIC")
        assert publication["authors"] == [account["platform_profile_name"]]
        figures = publication["engagement"]
        assert 0 <= figures["email_click_rate"] <= figures["email_open_rate"] <= 100
        assert figures["impression_organic_count"] is None
    assert len({publication["url"] for publication in publications}) == len(publications)


def test_publications_of_other_platforms_are_an_empty_page(world: TestWorld) -> None:
    for account in accounts(world, "Instagram", "TikTok"):
        assert listed(world, PUBLICATIONS, account) == []


def test_a_historic_fetch_of_contents_reveals_older_publications(newsletter: tuple[TestWorld, dict[str, Any]]) -> None:
    world, account = newsletter
    before = listed(world, PUBLICATIONS, account)
    ask(world, CONTENTS, account, day(world.now(), -300))
    world.advance(by=FETCHED)
    after = listed(world, PUBLICATIONS, account)
    assert len(after) > len(before)
    assert [entry["published_at"] for entry in after] == sorted((e["published_at"] for e in after), reverse=True)


def test_a_refresh_of_contents_brings_newer_figures(newsletter: tuple[TestWorld, dict[str, Any]]) -> None:
    world, account = newsletter
    world.advance(by="PT1H")
    before = {entry["id"]: entry["engagement"] for entry in listed(world, PUBLICATIONS, account)}
    ask(world, CONTENTS, account)
    world.advance(by=REFRESHED)
    after = {entry["id"]: entry["engagement"] for entry in listed(world, PUBLICATIONS, account)}
    for key, figures in before.items():
        assert all(value is None or value <= after[key][name] for name, value in figures.items())
    assert before != after
