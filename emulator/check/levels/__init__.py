"""The levels: each module gives the checks that the contracts call for."""

from collections.abc import Iterator, Sequence

from emulator.check.levels import documents, responses
from emulator.check.run import Check, Contract, Level


def checks(contracts: Sequence[Contract], levels: Sequence[Level]) -> Iterator[Check]:
    """In the order in which they run."""
    modules = {"documents": (documents,), "responses": (responses,)}
    for level in levels:
        for contract in contracts:
            for module in modules[level]:
                yield from module.checks(contract)
