"""What a run has seen of the contract: operations, statuses, fields, rules."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from emulator.check import schema
from emulator.check.exchange import Exchange


@dataclass
class Coverage:
    """By `<vendor>/<operation>`: calls by status, and fields of successful answers."""

    exchanges: int = 0
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    fields: dict[str, set[str]] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)

    def add(self, contract: Any, operation: Any, exchange: Exchange) -> None:
        self.exchanges += 1
        key = f"{contract.vendor}/{operation.id}"
        self.statuses.setdefault(key, Counter())[exchange.status] += 1
        self.rules.add(f"{key}/response")
        if exchange.answered.successful:
            self.fields.setdefault(key, set()).update(schema.seen(exchange.json))


@dataclass(frozen=True)
class Row:
    """One operation in a summary: each pair is what was seen of how many."""

    operation: str
    calls: int
    statuses: tuple[int, int]
    fields: tuple[int, int]
    unknown: tuple[str, ...]


def rows(run: Any) -> Iterator[Row]:
    for contracts in run.contracts.values():
        for contract in contracts:
            for operation in contract.operations.values():
                yield _row(run.coverage, contract, operation)


def _row(coverage: Coverage, contract: Any, operation: Any) -> Row:
    key = f"{contract.vendor}/{operation.id}"
    met, seen = coverage.statuses.get(key, Counter()), coverage.fields.get(key, set())
    promised, named = set(operation.answers), set(contract.fields(operation))
    unknown = unnamed(contract, operation, seen)
    return Row(key, met.total(), (len(promised & set(met)), len(promised)), (len(named & seen), len(named)), unknown)


def unnamed(contract: Any, operation: Any, seen: Iterable[str]) -> tuple[str, ...]:
    """Keys that the contract does not name, in objects of which it names some: others are free in what they have."""
    if not hasattr(operation, "method"):  # GraphQL gives what it is asked for
        return ()
    named = set(contract.fields(operation))
    objects = {path.rpartition(".")[0] for path in named}
    return tuple(sorted(path for path in set(seen) - named if path.rpartition(".")[0] in objects))
