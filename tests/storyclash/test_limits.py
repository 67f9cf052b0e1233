"""Rate limits, on the world's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.settings import Settings
from tests.population.recipes import first_world, write_recipe
from tests.storyclash.reports import CAMPAIGNS, Report, fetch
from tests.support import Server, TestWorld, running

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
REACHED = {"message": "Rate Limit reached"}
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)

Profile = Literal["hourly", "setup"]
SMALL = {"epoch": "2026-01-01T00:00:00Z", "creators": 4, "posts": 60, "campaigns": 2}


@pytest.fixture
def hourly(server: Server) -> Iterator[TestWorld]:
    """The limit that holds if nothing else is said."""
    world = server.world(clock={"mode": "frozen"})
    yield world
    world.control("DELETE")


@pytest.fixture
def setup(server: Server) -> Iterator[TestWorld]:
    world = server.world(clock={"mode": "frozen"}, limits={"storyclash": "setup"})
    yield world
    world.control("DELETE")


def ids(world: TestWorld) -> list[int]:
    return [campaign["id"] for campaign in world.storyclash(CAMPAIGNS).json()]


def go_to(world: TestWorld, moment: datetime) -> None:
    world.advance(to=moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


def limited(world: TestWorld, campaign_id: int, **parameters: Any) -> bool:
    return fetch(world, campaign_id, **parameters) == REACHED


def test_a_page_is_given_once_an_hour(hourly: TestWorld) -> None:
    campaign, *_ = ids(hourly)
    assert not limited(hourly, campaign)
    assert limited(hourly, campaign)
    go_to(hourly, EPOCH + HOUR - MICROSECOND)
    assert limited(hourly, campaign)
    go_to(hourly, EPOCH + HOUR)
    assert not limited(hourly, campaign)
    assert limited(hourly, campaign)


def test_the_first_page_is_the_same_page_whether_it_is_named_or_not(hourly: TestWorld) -> None:
    campaign, *_ = ids(hourly)
    assert not limited(hourly, campaign)
    assert limited(hourly, campaign, page=1)


def test_from_and_to_open_no_further_allowance(hourly: TestWorld) -> None:
    campaign, *_ = hourly.storyclash(CAMPAIGNS).json()
    assert not limited(hourly, campaign["id"], **{"from": campaign["from"]})
    assert limited(hourly, campaign["id"], to=campaign["to"])


def test_campaigns_are_counted_separately(hourly: TestWorld) -> None:
    campaigns = ids(hourly)
    assert [limited(hourly, campaign) for campaign in campaigns] == [False] * len(campaigns)
    assert [limited(hourly, campaign) for campaign in campaigns] == [True] * len(campaigns)


def test_pages_are_counted_separately(tmp_path: Path) -> None:
    path = write_recipe(tmp_path, creators=2, posts=3_000, history_days=80, market_reports=1)
    with running(Settings(recipe=str(path), clock="frozen")) as server:
        world = first_world(server)
        [campaign] = ids(world)
        assert [limited(world, campaign, page=page) for page in (1, 2, 1, 2)] == [False, False, True, True]


def test_worlds_are_counted_separately(hourly: TestWorld, server: Server) -> None:
    campaign, *_ = ids(hourly)
    other = server.world(clock={"mode": "frozen"})
    assert [limited(world, campaign) for world in (hourly, other, hourly, other)] == [False, False, True, True]


def test_a_refused_request_is_not_counted(hourly: TestWorld) -> None:
    campaign, *_ = ids(hourly)
    assert not limited(hourly, campaign)
    hourly.advance(by="PT59M59S")
    assert limited(hourly, campaign)
    hourly.advance(by=1)
    assert not limited(hourly, campaign)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"page": 99}, "Page not found"),
        ({"page": 0}, "Malformed input, page not valid"),
        ({"from": 2, "to": 1}, "Malformed input, from needs to be before to"),
        ({"from": 1}, "Malformed input, from needs to be within the campaign"),
    ],
    ids=str,
)
def test_a_failing_request_is_not_counted(hourly: TestWorld, parameters: dict[str, int], message: str) -> None:
    campaign, *_ = ids(hourly)
    assert fetch(hourly, campaign, **parameters) == {"message": message}
    assert fetch(hourly, campaign, **parameters) == {"message": message}
    assert not limited(hourly, campaign)


def test_a_bad_token_is_not_counted(hourly: TestWorld) -> None:
    campaign, *_ = ids(hourly)
    assert hourly.client.get(f"/external-api/campaign/{campaign}?token=nope").json() == {"message": "Invalid API Key"}
    assert not limited(hourly, campaign)


def test_the_list_of_campaigns_has_no_limit(hourly: TestWorld, setup: TestWorld) -> None:
    for world in (hourly, setup):
        assert ids(world) == ids(world) == ids(world)


def test_while_setting_up_one_request_in_ten_seconds_is_answered_whatever_it_asks_for(setup: TestWorld) -> None:
    first, second, *_ = ids(setup)
    assert not limited(setup, first)
    assert limited(setup, second)
    assert limited(setup, first, page=2)
    go_to(setup, EPOCH + timedelta(seconds=10) - MICROSECOND)
    assert limited(setup, second)
    go_to(setup, EPOCH + timedelta(seconds=10))
    assert not limited(setup, second)
    assert limited(setup, first)


def test_with_the_limit_off_everything_is_answered(reports: list[Report]) -> None:
    assert reports[0].fetch() == reports[0].fetch()


def test_a_reset_forgets_what_was_counted(hourly: TestWorld) -> None:
    campaign, *_ = ids(hourly)
    assert not limited(hourly, campaign)
    hourly.control("POST", "/reset")
    assert not limited(hourly, campaign)


def test_counts_survive_a_restart(tmp_path: Path) -> None:
    state = Settings(recipe="default", clock="frozen", state=tmp_path / "state.db")
    with running(state) as server:
        world = first_world(server)
        first, second, *_ = ids(world)
        assert not limited(world, first)
        go_to(world, EPOCH + HOUR - MICROSECOND)
    with running(state) as server:
        world = first_world(server)
        assert limited(world, first)
        assert not limited(world, second)
        go_to(world, EPOCH + HOUR)
        assert not limited(world, first)
        assert limited(world, second)


def test_two_processes_on_one_state_count_together(tmp_path: Path) -> None:
    state = Settings(recipe="default", clock="frozen", state=tmp_path / "state.db")
    with running(state) as one, running(state) as other:
        first, second, *_ = ids(first_world(one))
        asked = [(one, first), (other, first), (other, second), (one, second)]
        assert [limited(first_world(server), campaign) for server, campaign in asked] == [False, True, False, True]


@pytest.fixture(scope="module", params=["hourly", "setup"])
def resettable(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestWorld]:
    path = write_recipe(tmp_path_factory.mktemp("small"), **SMALL)
    with running(Settings(recipe=str(path), clock="frozen", storyclash_limit=request.param)) as server:
        yield first_world(server)


# What is asked for, with the parameters, and the message in case that no limit stands against it.
CALLS: dict[str, tuple[dict[str, Any], str | None]] = {
    "page": ({}, None),
    "named page": ({"page": 1}, None),
    "outside": ({"from": 5}, "Malformed input, from needs to be within the campaign"),
    "late page": ({"page": 2}, "Page not found"),
    "bad order": ({"from": 5, "to": 4}, "Malformed input, from needs to be before to"),
}
PAUSES = st.sampled_from([0, 1, 10**7 - 1, 10**7, 36 * 10**8 - 1, 36 * 10**8]) | st.integers(0, 4 * 10**9)


@settings(max_examples=60)
@given(st.lists(st.tuples(PAUSES, st.sampled_from([0, 1, None]), st.sampled_from(sorted(CALLS))), max_size=12))
def test_at_any_times_the_limit_is_that_of_the_last_success(
    resettable: TestWorld, calls: list[tuple[int, int | None, str]]
) -> None:
    """A model of the limiter: when each place was last taken."""
    profile: Profile = resettable.control("POST", "/reset").json()["limits"]["storyclash"]
    campaigns, now, taken = ids(resettable), EPOCH, dict[Any, datetime]()
    for pause, campaign, call in calls:
        now += timedelta(microseconds=pause)
        go_to(resettable, now)
        parameters, message = CALLS[call]
        place = (campaign, parameters.get("page", 1)) if profile == "hourly" else None
        period = HOUR if profile == "hourly" else timedelta(seconds=10)
        shown = fetch(resettable, campaigns[campaign] if campaign is not None else 1, **parameters)
        if place in taken and now < taken[place] + period:
            assert shown == REACHED
        elif campaign is None:
            assert shown == {"message": "Campaign not found"}
        elif message is not None:
            assert shown == {"message": message}
        else:
            assert shown["campaign"]["id"] == campaigns[campaign]
            taken[place] = now


def test_a_running_clock_reopens_the_limit_by_itself(server: Server) -> None:
    world = server.world(clock={"mode": "running", "rate": 3600})
    campaign, *_ = ids(world)
    answers = [limited(world, campaign)]
    for seconds in (0.5, 0.499, 0.001):
        server.real_time.pass_seconds(seconds)
        answers.append(limited(world, campaign))
    assert answers == [False, True, True, False]
    world.control("DELETE")
