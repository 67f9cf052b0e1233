"""Every operation is called with sensible inputs, and its answer held to the contract."""

from collections.abc import Callable

LEVEL = "responses"


def test_responses(contract_check: Callable[[], None]) -> None:
    contract_check()
