"""Campaigns while time passes: posts that come, figures that grow, and clients that poll."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.settings import Settings
from emulator.world.population import Cast, load_recipe, populate
from tests.population.recipes import first_world, world_of, write_recipe
from tests.storyclash.imports import campaigns
from tests.storyclash.reports import PAGE, Report, fetch, fetch_reports
from tests.support import TestWorld, running

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
REACHED = {"message": "Rate Limit reached"}
GROWING = ("interactions", "likes", "comments", "shares", "videoViews", "estimatedReach")
LIVELY = {
    "epoch": "2026-01-01T00:00:00Z",
    "creators": 30,
    "posts": 3_000,
    "history_days": 50,
    "brands": 3,
    "campaigns": 3,
    "market_reports": 2,
    "report_posts": [2_999, 40],
    "creators_per_campaign": 12,
}
POLLED = {**LIVELY, "posts": 1_200, "report_posts": [1_150]}


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestWorld, Cast]]:
    """A world in which much is published, and who is in it; it is reset by whoever changes it."""
    folder = tmp_path_factory.mktemp("lively")
    cast = populate(load_recipe(str(write_recipe(folder, **LIVELY))), 1, EPOCH)
    with world_of(folder, **LIVELY) as world:
        yield world, cast


def go_to(world: TestWorld, moment: datetime) -> None:
    world.advance(to=moment.isoformat())


def metrics(reports: list[Report]) -> dict[tuple[int, int], dict[str, Any]]:
    return {(report.campaign["id"], post["id"]): post["metrics"] for report in reports for post in report.posts}


def written(cast: Cast, until: datetime) -> dict[int, set[int]]:
    """The posts of each campaign, by its id: what the population says that there is by then."""
    found: dict[int, set[int]] = {campaign.id: set() for campaign in cast.campaigns}
    for creator in cast.creators:
        posts = cast.posts_of(creator)
        nth = 0
        while (post := cast.later_post_of(creator, nth)).published_at <= until:
            posts, nth = [*posts, post], nth + 1
        for post in posts:
            for campaign_id in post.campaign_ids:
                found[campaign_id].add(post.id)
    return found


def test_what_is_published_for_a_running_campaign_comes_to_it_at_its_time(lively: tuple[TestWorld, Cast]) -> None:
    world, cast = lively
    before = {report.campaign["id"]: {post["id"] for post in report.posts} for report in fetch_reports(world)}
    assert before == written(cast, EPOCH)
    go_to(world, EPOCH + timedelta(days=9))
    after = {report.campaign["id"]: {post["id"] for post in report.posts} for report in fetch_reports(world)}
    assert after == written(cast, EPOCH + timedelta(days=9))
    assert sum(len(after[each] - before[each]) for each in after) > 50
    world.control("POST", "/reset")


def test_a_report_of_a_fixed_size_has_exactly_so_many_posts(lively: tuple[TestWorld, Cast]) -> None:
    world, _ = lively
    go_to(world, EPOCH + timedelta(days=2))
    large, small = fetch_reports(world)[-2:]
    assert [len(page) for page in large.pages] == [PAGE, PAGE, PAGE - 1]
    assert len(small.posts) == 40
    assert {post["id"] for post in small.posts} < {post["id"] for post in large.posts}
    world.control("POST", "/reset")


def test_figures_never_fall_and_those_of_young_posts_grow(lively: tuple[TestWorld, Cast]) -> None:
    world, _ = lively
    before = metrics(fetch_reports(world))
    for hours in (1, 30, 24 * 40):
        world.advance(by=hours * 3600)
        after = metrics(fetch_reports(world))
        assert all(after[key][name] >= before[key][name] for key in before for name in GROWING)
        assert any(after[key]["likes"] > before[key]["likes"] for key in before)
        before = after
    world.control("POST", "/reset")


@settings(max_examples=8)
@given(st.integers(0, 60 * 86_400_000_000))
def test_figures_are_those_of_the_population_at_any_instant(lively: tuple[TestWorld, Cast], passed: int) -> None:
    """Whether they are kept whole or worked out."""
    world, cast = lively
    now = EPOCH + timedelta(microseconds=passed)
    go_to(world, now)
    posts = {post.id: post for creator in cast.creators for post in cast.posts_of(creator)}
    large = fetch_reports(world)[-2]
    for post in large.posts:
        known, shown = posts[post["id"]], post["metrics"]
        counts, followers = known.engagement(now), known.profile.followers
        interactions = counts.likes + counts.comments + counts.shares
        film = known.format == "Video"
        assert shown == {
            "interactions": interactions,
            "likes": counts.likes,
            "comments": counts.comments,
            "shares": counts.shares,
            "videoViews": counts.views if film else 0,
            "videoLength": known.media[0].duration if film else 0,
            "engagementRate": round(100 * interactions / followers, 2),
            "estimatedReach": counts.reach,
            "estimatedMediaValue": pytest.approx(counts.reach * 0.012 + interactions * 0.08, abs=0.0051),
        }
    world.control("POST", "/reset")


@settings(max_examples=10)
@given(data=st.data())
def test_pages_are_what_an_oracle_takes_out_of_all_posts(lively: tuple[TestWorld, Cast], data: st.DataObject) -> None:
    """Any campaign, after any time and with what was published in it; any part of its period, and any page."""
    world, _ = lively
    world.control("POST", "/reset")
    world.advance(by=data.draw(st.sampled_from([1, 86_400, 7 * 86_400, 40 * 86_400]), "time that passes"))
    for report in fetch_reports(world):
        posts = sorted(report.posts, key=lambda post: int(post["id"]))
        start, end = report.campaign["from"], report.campaign["to"]
        near = st.sampled_from([post["date"] for post in posts]) if posts else st.nothing()
        moment = st.integers(start, end) | near
        asked = data.draw(st.fixed_dictionaries({}, optional={"from": moment, "to": moment}))
        page = data.draw(st.integers(1, 4))
        low, high = asked.get("from", start), asked.get("to", end)
        inside = [post for post in posts if low <= post["date"] <= high]
        shown, rest = inside[(page - 1) * PAGE : page * PAGE], inside[page * PAGE :]
        answer = report.fetch(**asked, page=page)
        if low > high:
            assert answer == {"message": "Malformed input, from needs to be before to"}
        elif not shown and page > 1:
            assert answer == {"message": "Page not found"}
        else:
            assert (answer["posts"], answer["hasMoreResults"]) == (shown, bool(rest))
            assert answer["creators"] == report.creators
    world.control("POST", "/reset")


def test_a_week_of_hourly_polling_breaks_no_limit_and_one_request_too_early_always_does(tmp_path: Path) -> None:
    """Every page of every campaign, each hour at a moment of its own that stays the same."""
    path = write_recipe(tmp_path, **POLLED)
    with running(Settings(recipe=str(path), clock="frozen")) as server:
        world = first_world(server)
        pages: dict[int, int] = {each["id"]: 1 for each in campaigns(world)}
        seen = 0
        for hour in range(24 * 7):
            for campaign, known in list(pages.items()):
                page = 1
                while page <= pages[campaign]:
                    shown = fetch(world, campaign, page=page)
                    assert "posts" in shown, (hour, campaign, page, shown)
                    pages[campaign] = max(pages[campaign], page + shown["hasMoreResults"])
                    seen += 1
                    page += 1
                assert fetch(world, campaign, page=known) == REACHED
            world.advance(by=3_599.999_999)
            assert all(fetch(world, campaign) == REACHED for campaign in pages)
            world.advance(by=0.000_001)
        assert seen > 24 * 7 * len(pages)
