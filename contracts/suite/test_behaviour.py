"""Journeys, lists, refusals, limits, jobs and webhooks."""

from collections.abc import Callable

LEVEL = "behaviour"


def test_behaviour(contract_check: Callable[[], None]) -> None:
    contract_check()
