"""The levels: each module gives the checks that the contracts call for."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from emulator.check.levels import (
    callbacks,
    deliveries,
    documents,
    fuzz,
    graph_deliveries,
    graph_found,
    graph_limits,
    graph_lists,
    graph_refusals,
    hinted,
    jobs,
    journeys,
    limits,
    lists,
    refusals,
    responses,
)
from emulator.check.plan import LEVELS, Check, Contract, Level

Module = Callable[[Contract], Iterator[Check]]

_BEHAVIOUR: tuple[Module, ...] = (
    refusals.checks,
    graph_refusals.checks,
    lists.checks,
    graph_lists.checks,
    graph_found.checks,
    journeys.checks,
    limits.checks,
    graph_limits.checks,
    deliveries.checks,
    callbacks.checks,
    jobs.checks,
    graph_deliveries.checks,
    graph_lists.later_checks,
)
_MODULES: Mapping[Level, tuple[Module, ...]] = {
    "documents": (documents.checks, hinted.checks),
    "responses": (responses.checks,),
    "behaviour": _BEHAVIOUR,
    "fuzz": (fuzz.checks,),
}


def checks(contracts: Sequence[Contract], levels: Sequence[Level]) -> Iterator[Check]:
    """In the order in which they run: what lets time pass comes last."""
    for level in LEVELS:
        for module in _MODULES[level] if level in levels else ():
            for contract in contracts:
                yield from module(contract)
