"""Brands that a workspace compares itself with, and what is posted about them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.community import world_from
from tests.archive.workspace.client import ask, data, everything, problems
from tests.support import Server, TestWorld

METRICS = ("earnedMediaValue", "engagementsTotal", "impressions", "influencersCount", "postsCount", "reach")
BRAND = f"id name isOwnBrand ownMetricsStatus {' '.join(METRICS)}"
BRANDS = f"""query($date: DateWithZone, $period: CompetitorBrandStatsPeriod) {{
  competitorBrands(date: $date, period: $period, first: 100) {{totalCount nodes {{{BRAND}}}}}
}}"""
ONE = f"""query($id: ID!, $date: DateWithZone, $period: CompetitorBrandStatsPeriod) {{
  competitorBrand(id: $id, date: $date, period: $period) {{{BRAND}}}
}}"""
FIELDS = """id externalId caption provider type takenAt originalUrl archivePublicUrl hashtags mentions
  currentEngagement {impressions likes comments shares earnedMediaValue}
  socialProfile {id accountName creator {id}}"""
ITEMS = f"""query(
  $brandId: ID!, $takenAt: FilterDateRangeInput!, $sorting: [CompetitorBrandItemSortingInput!],
  $after: String, $first: Int
) {{
  items: competitorBrandItems(
    brandId: $brandId, filter: {{takenAt: $takenAt}}, sorting: $sorting, after: $after, first: $first
  ) {{totalCount nodes {{{FIELDS}}} edges {{cursor node {{id}}}} pageInfo {{endCursor hasNextPage}}}}
}}"""
NOBODY = "00000000-0000-4000-8000-000000000000"
DAYS = st.dates(date(2024, 12, 1), date(2026, 2, 1))
PERIODS = st.sampled_from(["WEEK", "MONTH"])
SORTING = st.sampled_from(
    [[{"sortKey": key, "sortOrder": way}] for key in ("TAKEN_AT", "EARNED_MEDIA_VALUE") for way in ("ASC", "DESC")]
)


@pytest.fixture(scope="module")
def brands(quiet: TestWorld) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = data(quiet, BRANDS)["competitorBrands"]["nodes"]
    return shown


@pytest.fixture(scope="module")
def about(quiet: TestWorld, brands: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """All posts about each brand, newest first."""
    return {brand["id"]: everything_about(quiet, brand["id"]) for brand in brands}


@pytest.fixture
def partial(server: Server) -> Iterator[TestWorld]:
    """A world where the figures of the own brand are out of reach."""
    with world_from(server) as world:
        world.control("PUT", "/archive/settings", json={"own_brand_metrics": "UNAVAILABLE"}).raise_for_status()
        yield world


def everything_about(world: TestWorld, brand: str) -> list[dict[str, Any]]:
    return everything(world, "competitorBrandItems", FIELDS, f', brandId: "{brand}", filter: {{takenAt: {{}}}}')


def page(world: TestWorld, brand: str, **arguments: Any) -> dict[str, Any]:
    shown: dict[str, Any] = data(world, ITEMS, brandId=brand, **{"takenAt": {}} | arguments)["items"]
    return shown


def span(day: date, period: str) -> tuple[str, str]:
    """From, and up to."""
    if period == "WEEK":
        begins = day - timedelta(days=day.weekday())
        ends = begins + timedelta(days=7)
    else:
        begins = day.replace(day=1)
        ends = (begins + timedelta(days=31)).replace(day=1)
    return f"{begins}T00:00:00Z", f"{ends}T00:00:00Z"


def test_one_of_the_brands_is_the_own_one(brands: list[dict[str, Any]]) -> None:
    assert len(brands) == 8
    assert [brand["ownMetricsStatus"] for brand in brands if brand["isOwnBrand"]] == ["AVAILABLE"]
    assert {brand["ownMetricsStatus"] for brand in brands if not brand["isOwnBrand"]} == {None}


def test_a_brand_is_the_one_of_the_list(quiet: TestWorld, brands: list[dict[str, Any]]) -> None:
    for brand in brands:
        assert data(quiet, ONE, id=brand["id"])["competitorBrand"] == brand


@settings(max_examples=40)
@given(day=DAYS, period=PERIODS)
def test_metrics_are_those_of_the_posts_of_the_period(
    quiet: TestWorld, about: dict[str, list[dict[str, Any]]], day: date, period: str
) -> None:
    begins, ends = span(day, period)
    for brand in data(quiet, BRANDS, date=str(day), period=period)["competitorBrands"]["nodes"]:
        posts = [post for post in about[brand["id"]] if begins <= post["takenAt"] < ends]
        read = [post["currentEngagement"] for post in posts if post["currentEngagement"]]
        assert brand["postsCount"] == len(posts)
        assert brand["influencersCount"] == len({post["socialProfile"]["creator"]["id"] for post in posts})
        assert brand["impressions"] == sum(int(each["impressions"]) for each in read)
        assert brand["earnedMediaValue"] == sum(int(each["earnedMediaValue"]) for each in read)
        reactions = ("likes", "comments", "shares")
        assert brand["engagementsTotal"] == sum(int(each[name] or 0) for each in read for name in reactions)
        assert 0 <= brand["reach"] <= brand["impressions"]
        assert bool(brand["reach"]) == bool(read)


def test_without_a_day_the_period_is_the_last_one_that_is_over(quiet: TestWorld) -> None:
    """It is Thursday, the first of January 2026."""
    for period, day in (("WEEK", "2025-12-28"), ("MONTH", "2025-12-01")):
        assert data(quiet, BRANDS, period=period) == data(quiet, BRANDS, period=period, date=day)
    assert any(brand["postsCount"] for brand in data(quiet, BRANDS)["competitorBrands"]["nodes"])
    assert data(quiet, BRANDS, date=None, period=None) == data(quiet, BRANDS, period="MONTH")


def test_metrics_grow_with_what_is_published(server: Server) -> None:
    with world_from(server) as world:
        before = data(world, BRANDS, date="2026-01-01")["competitorBrands"]["nodes"]
        world.advance(by="P10D")
        after = data(world, BRANDS, date="2026-01-01")["competitorBrands"]["nodes"]
        assert all(b["postsCount"] <= a["postsCount"] for b, a in zip(before, after, strict=True))
        assert sum(each["postsCount"] for each in after) > sum(each["postsCount"] for each in before)


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "9999-12-31", "2024-02-29"])
@pytest.mark.parametrize("period", ["WEEK", "MONTH"])
def test_a_period_without_posts_counts_nothing(quiet: TestWorld, day: str, period: str) -> None:
    for brand in data(quiet, BRANDS, date=day, period=period)["competitorBrands"]["nodes"]:
        assert [brand[name] for name in METRICS] == [0] * len(METRICS)


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "", 5])
def test_what_is_no_day_is_refused(quiet: TestWorld, day: Any) -> None:
    (error,) = problems(quiet, BRANDS, date=day)
    assert error["message"].startswith("Variable $date of type DateWithZone was provided invalid value")


@pytest.mark.parametrize("id", [NOBODY, "", "1"])
def test_an_unknown_brand_is_null_and_has_no_posts(quiet: TestWorld, id: str) -> None:
    assert data(quiet, ONE, id=id) == {"competitorBrand": None}
    shown = page(quiet, id)
    assert (shown["totalCount"], shown["nodes"]) == (0, [])


def test_a_brand_of_another_workspace_is_unknown(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        other = world.credentials["archive"]["workspace_ids"][1]
        for brand in data(world, BRANDS)["competitorBrands"]["nodes"]:
            assert data(world, ONE, other, id=brand["id"]) == {"competitorBrand": None}


@given(first=st.integers(1, 9))
def test_pages_of_any_size_hold_the_same_brands(quiet: TestWorld, brands: list[dict[str, Any]], first: int) -> None:
    assert everything(quiet, "competitorBrands", BRAND, first=first) == brands


def test_figures_of_the_own_brand_may_be_out_of_reach_beside_the_rest(
    partial: TestWorld, brands: list[dict[str, Any]]
) -> None:
    answer = ask(partial, BRANDS)
    (place,) = [place for place, brand in enumerate(brands) if brand["isOwnBrand"]]
    missing = {**dict.fromkeys(METRICS), "ownMetricsStatus": "UNAVAILABLE"}
    expected = [{**brand, **missing} if brand["isOwnBrand"] else brand for brand in brands]
    assert answer["data"]["competitorBrands"]["nodes"] == expected
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
    assert error["path"][:3] == ["competitorBrands", "nodes", place]


def test_who_asks_for_no_figures_is_told_no_error(partial: TestWorld) -> None:
    shown = data(partial, "{competitorBrands {nodes {name ownMetricsStatus}}}")["competitorBrands"]["nodes"]
    assert {brand["ownMetricsStatus"] for brand in shown} == {None, "UNAVAILABLE"}


def test_posts_about_a_brand_are_items_that_mention_it(
    quiet: TestWorld, about: dict[str, list[dict[str, Any]]]
) -> None:
    items = {item["externalId"]: item for item in everything(quiet, "items", FIELDS)}
    assert any(about.values())
    for posts in about.values():
        mentioned = [set(post["mentions"]) for post in posts]
        assert not posts or set.intersection(*mentioned)
        for post in posts:
            item = items[post["externalId"]]
            own = {"id", "archivePublicUrl"}
            assert {name: post[name] for name in post.keys() - own} == {name: item[name] for name in item.keys() - own}
            assert post["id"] != item["id"]


@settings(max_examples=40)
@given(begins=st.none() | st.integers(0, 500), ends=st.none() | st.integers(0, 500), place=st.integers(0, 7))
def test_both_ends_of_a_span_belong_to_it(
    quiet: TestWorld, about: dict[str, list[dict[str, Any]]], begins: int | None, ends: int | None, place: int
) -> None:
    brand, posts = list(about.items())[place]
    moments = [post["takenAt"] for post in posts]
    first, last = (None if each is None else moments[each % len(moments)] for each in (begins, ends))
    kept = [post["id"] for post in posts if (first or "") <= post["takenAt"] <= (last or "9")]
    shown = page(quiet, brand, takenAt={"from": first, "to": last}, first=100)
    assert shown["totalCount"] == len(kept)
    assert [post["id"] for post in shown["nodes"]] == kept[:100]


@pytest.mark.parametrize("way", ["ASC", "DESC"])
def test_posts_are_ordered_by_what_they_earned(
    quiet: TestWorld, about: dict[str, list[dict[str, Any]]], way: str
) -> None:
    brand = max(about, key=lambda each: len(about[each]))
    sorting = {"sortKey": "EARNED_MEDIA_VALUE", "sortOrder": way}
    nodes = page(quiet, brand, sorting=sorting, first=100)["nodes"]
    earned = [int(post["currentEngagement"]["earnedMediaValue"]) for post in nodes if post["currentEngagement"]]
    assert len(earned) > 2
    assert earned == sorted(earned, reverse=way == "DESC")


@settings(max_examples=15)
@given(old=SORTING, new=SORTING, place=st.integers(0, 500), first=st.integers(0, 30))
def test_a_cursor_goes_on_behind_its_post_in_any_order(
    quiet: TestWorld,
    about: dict[str, list[dict[str, Any]]],
    old: list[Any],
    new: list[Any],
    place: int,
    first: int,
) -> None:
    brand = max(about, key=lambda each: len(about[each]))
    edges = page(quiet, brand, sorting=old, first=100)["edges"]
    edge = edges[place % len(edges)]
    whole = [post["id"] for post in page(quiet, brand, sorting=new, first=100)["nodes"]]
    shown = page(quiet, brand, sorting=new, after=edge["cursor"], first=first)
    if edge["node"]["id"] in whole:
        start = whole.index(edge["node"]["id"]) + 1
        expected = whole[start : start + first]
        assert [post["id"] for post in shown["nodes"]][: len(expected)] == expected


def test_a_malformed_cursor_is_an_error_and_a_stale_one_gives_an_empty_page(
    quiet: TestWorld, about: dict[str, list[dict[str, Any]]]
) -> None:
    (brand, posts), (other, _) = sorted(about.items(), key=lambda each: -len(each[1]))[:2]
    for cursor in ("xyz789", "e30=", "!", "WzFd"):
        (error,) = problems(quiet, ITEMS, brandId=brand, takenAt={}, after=cursor)
        assert error["message"] == "Invalid cursor"
    stale = page(quiet, brand, first=1)["pageInfo"]["endCursor"]
    newest = datetime.fromisoformat(posts[0]["takenAt"]).astimezone(UTC) - timedelta(seconds=1)
    before = {"to": newest.isoformat().replace("+00:00", "Z")}
    shown = page(quiet, brand, takenAt=before, after=stale)
    assert (shown["nodes"], shown["pageInfo"]) == ([], {"endCursor": None, "hasNextPage": False})
    assert page(quiet, other, after=stale)["nodes"] == []


def test_a_post_about_two_brands_is_the_same_post(about: dict[str, list[dict[str, Any]]]) -> None:
    by_id: dict[str, set[str]] = {}
    for posts in about.values():
        for post in posts:
            by_id.setdefault(post["id"], set()).add(post["externalId"])
    assert all(len(external) == 1 for external in by_id.values())
