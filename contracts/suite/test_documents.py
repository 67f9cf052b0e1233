"""Contracts are valid, and every documented sample is valid by them."""

from collections.abc import Callable

LEVEL = "documents"


def test_documents(contract_check: Callable[[], None]) -> None:
    contract_check()
