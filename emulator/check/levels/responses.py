"""Every operation is called with sensible inputs, and its answer held to the contract."""

from collections.abc import Iterator
from typing import Any

from emulator.check.graph import GraphContract
from emulator.check.knowledge import known
from emulator.check.plan import Check, Contract, Need
from emulator.check.rest import RestContract
from emulator.check.run import Run
from emulator.check.values import good

WORDS = "It is answered as the contract says: status, headers, media type and body."


def checks(contract: Contract) -> Iterator[Check]:
    """Reads first: what they tell, writes need."""
    operations: list[Any] = [*contract.operations.values()]
    for operation in sorted(operations, key=_turn):
        needs = frozenset[Need]() if operation.safe else frozenset[Need]({"writes"})
        yield Check(f"{contract.vendor}/{operation.id}/response", "responses", WORDS, _run(contract, operation), needs)


def _turn(operation: Any) -> int:
    """What is read without knowing anything comes first, then what makes something to know; what deletes comes last."""
    name = operation.id.rpartition(".")[2]
    if operation.safe:
        return 0 if not operation.required else 2
    return 1 if name.startswith("create") else 4 if name.startswith("delete") else 3


def _run(contract: Contract, operation: Any) -> Any:
    def run(this: Run) -> None:
        if isinstance(contract, RestContract):
            good(this, contract, operation)
        elif isinstance(contract, GraphContract):
            known(this, contract).good(operation)

    return run
