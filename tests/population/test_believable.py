"""Figures, places and words are such as one meets in life."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest

from tests.archive.library import fetch_all
from tests.population.recipes import world_of
from tests.storyclash.reports import fetch_reports

LANGUAGES = {"US": "EN", "GB": "EN", "DE": "DE", "AT": "DE", "FR": "FR", "ES": "ES", "IT": "IT"}


@dataclass(frozen=True)
class Sight:
    now: datetime
    items: list[dict[str, Any]]
    partners: list[dict[str, Any]]

    @property
    def creators(self) -> dict[int, dict[str, Any]]:
        return {item["creator"]["id"]: item["creator"] for item in self.items}


@pytest.fixture(scope="module")
def sight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sight]:
    """Many creators, so that shares and middles mean something."""
    with world_of(
        tmp_path_factory.mktemp("sight"),
        creators=160,
        posts=2_400,
        platforms={"Instagram": 60, "TikTok": 40},
        countries=dict.fromkeys(LANGUAGES, 1),
        brands=20,
        market_reports=1,
        creators_per_campaign=200,
        shops=[{"id": 1, "name": "One"}],
    ) as world:
        partners = [creator for report in fetch_reports(world) for creator in report.creators]
        yield Sight(datetime.fromisoformat(world.now()), fetch_all(world), partners)


def rate(item: dict[str, Any]) -> float:
    """Likes and comments to followers."""
    [counts] = item["engagement"]
    share: float = (counts["likeCount"] + counts["commentCount"]) / item["creator"]["followersCount"]
    return share


def aged(sight: Sight) -> list[dict[str, Any]]:
    """Posts that have all of their engagement, without stories, which are watched rather than reacted to."""
    edge = sight.now - timedelta(days=30)
    return [item for item in sight.items if datetime.fromisoformat(item["takenAt"]) < edge and item["type"] != "STORY"]


def test_followers_differ_by_orders_of_magnitude(sight: Sight) -> None:
    followers = sorted(creator["followersCount"] for creator in sight.creators.values())
    assert followers[0] >= 80
    assert followers[-1] <= 30_000_000
    assert followers[len(followers) * 9 // 10] > 20 * followers[len(followers) // 10]


def test_engagement_fits_the_audience(sight: Sight) -> None:
    rates = [rate(item) for item in aged(sight)]
    assert max(rates) < 1.5
    assert 0.01 < median(rates) < 0.08


def test_the_larger_the_audience_the_smaller_the_part_that_reacts(sight: Sight) -> None:
    ranked = sorted(aged(sight), key=lambda item: int(item["creator"]["followersCount"]))
    third = len(ranked) // 3
    assert median(map(rate, ranked[-third:])) < 0.8 * median(map(rate, ranked[:third]))


def test_comments_are_fewer_than_likes_and_likes_fewer_than_views(sight: Sight) -> None:
    for item in sight.items:
        [counts] = item["engagement"]
        assert 0 <= counts["commentCount"] <= max(1, 0.3 * counts["likeCount"])
        if counts["viewCount"] is not None:
            assert counts["likeCount"] <= counts["viewCount"] <= counts["playCount"]


def test_stories_are_liked_less_than_posts(sight: Sight) -> None:
    stories = [rate(item) for item in sight.items if item["type"] == "STORY"]
    assert median(stories) < median(map(rate, aged(sight))) / 4


def test_posts_lie_in_the_year_before_the_epoch_and_grow_more_frequent(sight: Sight) -> None:
    ages = [(sight.now - datetime.fromisoformat(item["takenAt"])).total_seconds() / 86_400 for item in sight.items]
    assert min(ages) >= 0
    assert max(ages) <= 365
    assert 0.5 < sum(age < 182.5 for age in ages) / len(ages) < 0.75


def test_handles_are_in_the_alphabet_of_the_platform_and_given_once(sight: Sight) -> None:
    handles = [(creator["provider"], creator["accountName"]) for creator in sight.creators.values()]
    assert len(set(handles)) == len(handles)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._]{2,39}", handle) for _, handle in handles)


def test_identifiers_have_the_form_of_the_platform(sight: Sight) -> None:
    forms = {"INSTAGRAM": r"[A-Za-z0-9_-]{11}", "TIKTOK": r"[67]\d{18}"}
    for item in sight.items:
        assert re.fullmatch(forms[item["provider"]], item["externalId"])


def test_the_id_of_a_tiktok_tells_when_it_was_published(sight: Sight) -> None:
    tiktoks = [item for item in sight.items if item["provider"] == "TIKTOK"]
    assert all(int(item["externalId"]) >> 32 == datetime.fromisoformat(item["takenAt"]).timestamp() for item in tiktoks)


def test_countries_and_languages_are_those_of_the_recipe(sight: Sight) -> None:
    assert {partner["country"] for partner in sight.partners} == LANGUAGES.keys()
    assert all(partner["language"] == LANGUAGES[partner["country"]] for partner in sight.partners)


def test_a_place_is_in_the_city_that_it_names(sight: Sight) -> None:
    """Everything in one city lies within a few kilometres."""
    places = [item["location"] for item in sight.items if item["location"]]
    assert 0.2 < len(places) / len(sight.items) < 0.4
    cities: dict[str, list[dict[str, Any]]] = {}
    for place in places:
        cities.setdefault(place["city"], []).append(place)
    assert len(cities) > 10
    for found in cities.values():
        for axis in ("lat", "lng"):
            assert max(place[axis] for place in found) - min(place[axis] for place in found) < 0.25


def test_hardly_two_captions_are_the_same(sight: Sight) -> None:
    captions = [item["caption"] for item in sight.items if item["type"] != "STORY"]
    assert len(set(captions)) > 0.95 * len(captions)
    assert all(captions)


def test_a_few_creators_are_verified_and_mostly_the_large_ones(sight: Sight) -> None:
    creators = list(sight.creators.values())
    verified = [creator["followersCount"] for creator in creators if creator["verified"]]
    assert 0.02 < len(verified) / len(creators) < 0.4
    assert median(verified) > median(creator["followersCount"] for creator in creators)
