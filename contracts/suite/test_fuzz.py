"""Made-up requests; needs the extra check."""

from collections.abc import Callable

LEVEL = "fuzz"


def test_fuzz(contract_check: Callable[[], None]) -> None:
    contract_check()
