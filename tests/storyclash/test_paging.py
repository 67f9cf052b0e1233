"""Pages of posts, and the part of a campaign's period that is asked for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.vendors.storyclash import campaigns
from tests.storyclash.reports import PAGE, Report

WRONG_ORDER = {"message": "Malformed input, from needs to be before to"}
OUTSIDE = "Malformed input, {} needs to be within the campaign"
NO_SUCH_PAGE = {"message": "Page not found"}


def test_pages_are_full_but_for_the_last_one(big: Report) -> None:
    sizes = [len(page) for page in big.pages]
    assert len(sizes) >= 3
    assert set(sizes[:-1]) == {PAGE}
    assert 0 < sizes[-1] <= PAGE


def test_pages_go_on_where_the_last_one_ended(big: Report) -> None:
    ids = [post["id"] for post in big.posts]
    assert ids == sorted(set(ids))


def test_every_page_has_the_same_campaign_and_creators(big: Report) -> None:
    for page in range(1, len(big.pages) + 1):
        shown = big.fetch(page=page)
        assert (shown["campaign"], shown["creators"]) == (big.campaign, big.creators)
        assert shown["hasMoreResults"] is (page < len(big.pages))


def test_the_first_page_is_the_default(big: Report) -> None:
    assert big.fetch() == big.fetch(page=1)


def test_a_page_past_the_end_is_an_error(big: Report, reports: list[Report]) -> None:
    assert big.fetch(page=len(big.pages) + 1) == NO_SUCH_PAGE
    assert big.fetch(page=10**17) == NO_SUCH_PAGE
    assert reports[0].fetch(page=2) == NO_SUCH_PAGE


@pytest.mark.parametrize(("count", "more"), [(PAGE - 1, False), (PAGE, False), (PAGE + 1, True)])
def test_a_full_last_page_has_no_more_results(big: Report, count: int, more: bool) -> None:
    dates = sorted(post["date"] for post in big.posts)
    first = next(n for n in range(100) if dates[n - 1 : n] != dates[n : n + 1] != dates[n + count : n + count + 1])
    period = {"from": dates[first], "to": dates[first + count - 1]}
    assert sum(period["from"] <= date <= period["to"] for date in dates) == count
    shown = big.fetch(**period)
    assert (len(shown["posts"]), shown["hasMoreResults"]) == (min(count, PAGE), more)
    second = big.fetch(**period, page=2)
    assert len(second["posts"]) == 1 if more else second == NO_SUCH_PAGE


def moments(report: Report) -> st.SearchStrategy[int]:
    dates = [report.campaign["from"], report.campaign["to"], *(post["date"] for post in report.posts)]
    near = st.builds(lambda date, shift: date + shift, st.sampled_from(dates), st.integers(-1, 1))
    inside = st.integers(report.campaign["from"], report.campaign["to"])
    return near | inside | st.integers(-(10**18) + 1, 10**18 - 1) | st.just(0)


@given(st.data())
def test_from_and_to_leave_out_what_lies_outside(reports: list[Report], draw: st.DataObject) -> None:
    report = draw.draw(st.sampled_from(reports))
    start, end = draw.draw(st.none() | moments(report)), draw.draw(st.none() | moments(report))
    asked = {name: moment for name, moment in (("from", start), ("to", end)) if moment is not None}
    shown = report.fetch(**asked)
    if start is not None and end is not None and start > end:
        assert shown == WRONG_ORDER
        return
    period = range(report.campaign["from"], report.campaign["to"] + 1)
    for name, moment in asked.items():
        if moment not in period:
            assert shown == {"message": OUTSIDE.format(name)}
            return
    inside = [
        post
        for post in report.posts
        if (start is None or post["date"] >= start) and (end is None or post["date"] <= end)
    ]
    assert shown["posts"] == inside
    assert shown["creators"] == report.creators
    assert shown["hasMoreResults"] is False


def test_from_and_to_are_paged_like_the_whole(big: Report) -> None:
    dates = sorted(post["date"] for post in big.posts)
    start, end = dates[100], dates[-100]
    inside = [post for post in big.posts if start <= post["date"] <= end]
    pages: list[Any] = [big.fetch(**{"from": start, "to": end, "page": page})["posts"] for page in (1, 2)]
    assert pages == [inside[:PAGE], inside[PAGE : 2 * PAGE]]


def test_the_period_can_be_named_and_not_be_widened(reports: list[Report]) -> None:
    for report in reports:
        start, end = report.campaign["from"], report.campaign["to"]
        assert report.fetch(**{"from": start, "to": end}) == report.fetch()
        assert report.fetch(**{"from": start - 1, "to": end}) == {"message": OUTSIDE.format("from")}
        assert report.fetch(**{"from": start, "to": end + 1}) == {"message": OUTSIDE.format("to")}
        assert report.fetch(**{"from": end + 1}) == {"message": OUTSIDE.format("from")}
        assert report.fetch(to=start - 1) == {"message": OUTSIDE.format("to")}


@pytest.mark.parametrize(("allowed", "refused"), [(0, False), (-1, True)])
def test_more_posts_than_the_vendor_gives_are_an_error(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch, allowed: int, refused: bool
) -> None:
    """With the limit of 250,000 brought down to the size of a campaign."""
    report = reports[0]
    monkeypatch.setattr(campaigns, "MAX_POSTS", len(report.posts) + allowed)
    assert ("message" in report.fetch()) is refused
    if refused:
        assert report.fetch() == {"message": "Maximum results reached"}
