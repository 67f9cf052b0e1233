"""What an audience is made up of shifts from week to week, and shows when the audience is fetched anew."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest

from tests.insightiq.identity.support import REFRESH, WITH_AUDIENCE, account, audience_of
from tests.support import TestWorld

LISTS: Final = ("countries", "cities", "gender_age_distribution")
WEEK: Final = timedelta(days=7)

Shares = dict[tuple[str, ...], float]


def fetched(world: TestWorld, account_id: str, weeks: int) -> Iterator[dict[str, Any]]:
    """The audience after its first fetch by a sync of this world, and after each of the following ones."""
    world.advance(by="P8D")
    yield audience_of(world, account_id)
    for _ in range(weeks):
        world.advance(by="P7D")
        yield audience_of(world, account_id)


def shares(audience: dict[str, Any], name: str) -> Shares:
    return {tuple(text for text in each.values() if isinstance(text, str)): each["value"] for each in audience[name]}


def lists(audience: dict[str, Any]) -> list[Any]:
    return [audience[name] for name in LISTS]


def refresh(world: TestWorld, account_id: str) -> None:
    assert world.insightiq("POST", REFRESH, json={"account_id": account_id}).status_code == 202
    world.advance(by="PT67S")


@pytest.fixture
def followed(world: TestWorld) -> str:
    """An account that is synced daily, and its audience weekly."""
    account_id: str = account(world, "CONNECTED", *WITH_AUDIENCE)["id"]
    return account_id


def test_every_week_brings_other_shares_of_the_same_things(world: TestWorld, followed: str) -> None:
    for earlier, later in pairwise(fetched(world, followed, 12)):
        for name in LISTS:
            assert shares(later, name).keys() == shares(earlier, name).keys()
            assert shares(later, name) != shares(earlier, name)


def test_shares_shift_little_in_a_week_and_not_without_end(world: TestWorld, followed: str) -> None:
    """Besides, the rounding takes up to a hundredth from a share, and gives the largest one what it has taken."""
    audiences = list(fetched(world, followed, 50))
    for name in LISTS:
        first, *rest = (shares(audience, name) for audience in audiences)
        for earlier, later in pairwise([first, *rest]):
            assert all(abs(later[each] - share) < 2 for each, share in earlier.items())
        for each, share in first.items():
            assert all(share / 2 - 0.5 < later[each] < share * 2 + 0.5 for later in rest)


def test_shifted_shares_are_percentages_with_two_decimals_the_largest_first(world: TestWorld, followed: str) -> None:
    for audience in fetched(world, followed, 12):
        for name in LISTS:
            values = [each["value"] for each in audience[name]]
            assert values == sorted(values, reverse=True)
            assert all(0 <= value <= 100 and round(value, 2) == value for value in values)
            assert sum(round(value * 100) for value in values) == 10_000 or name == "cities"
        assert sum(each["value"] for each in audience["cities"]) < 100


def test_a_refresh_a_week_later_brings_new_shares(world: TestWorld, followed: str) -> None:
    """On that day the daily sync comes too early by the seconds which the first one has taken."""
    before = audience_of(world, followed)
    world.advance(to=(datetime.fromisoformat(before["updated_at"]) + WEEK).isoformat() + "Z")
    assert audience_of(world, followed) == before
    refresh(world, followed)
    after = audience_of(world, followed)
    assert after["updated_at"] > before["updated_at"]
    assert all(after[name] != before[name] for name in LISTS)
    unchanged = {"updated_at": "", **dict.fromkeys(LISTS)}
    assert list((after | unchanged).items()) == list((before | unchanged).items())


def test_a_refresh_on_the_same_day_leaves_the_audience_with_its_time(world: TestWorld, followed: str) -> None:
    world.advance(by="P8D")
    before = audience_of(world, followed)
    for _ in range(3):
        refresh(world, followed)
        world.advance(by="PT1H")
        assert audience_of(world, followed) == before


def test_an_audience_has_a_new_time_exactly_when_it_has_new_shares(world: TestWorld, followed: str) -> None:
    seen = [audience_of(world, followed)]
    for _ in range(30):
        world.advance(by="P1D")
        seen.append(audience_of(world, followed))
    for earlier, later in pairwise(seen):
        assert (later["updated_at"] == earlier["updated_at"]) is (lists(later) == lists(earlier))
    assert len({each["updated_at"] for each in seen}) in (5, 6)


def test_the_same_weeks_bring_the_same_shares_after_a_reset(world: TestWorld, followed: str) -> None:
    before = list(fetched(world, followed, 4))
    assert world.control("POST", "/reset").status_code == 200
    assert list(fetched(world, followed, 4)) == before


def test_accounts_drift_in_ways_of_their_own(world: TestWorld) -> None:
    """The same share of two audiences does not rise and fall by the same part."""
    chosen = [account(world, "CONNECTED", name)["id"] for name in sorted(WITH_AUDIENCE)]
    first = [shares(audience_of(world, each), "gender_age_distribution") for each in chosen]
    world.advance(by="P70D")
    later = [shares(audience_of(world, each), "gender_age_distribution") for each in chosen]
    ratios = [
        {each: new[each] / old[each] for each in old if old[each] > 1} for old, new in zip(first, later, strict=True)
    ]
    common = ratios[0].keys() & ratios[1].keys()
    assert len(common) > 3
    assert any(abs(ratios[0][each] - ratios[1][each]) > 0.01 for each in common)
