"""`checks.yaml` speaks of operations that the contract has: a slip of the pen would leave a rule unchecked."""

from collections.abc import Iterator
from typing import Any

from emulator.check.graph import GraphContract
from emulator.check.hints import hints
from emulator.check.plan import Check, Contract
from emulator.check.rule import Rule
from emulator.check.run import Run

WORDS = "What checks.yaml names is there."
TABLES = ("arguments", "callbacks", "order", "most-on-a-page")
LISTS = ("own-world", "abridged", "cursors-apart")


def checks(contract: Contract) -> Iterator[Check]:
    part = contract.name if isinstance(contract, GraphContract) else "document"
    name = f"{contract.vendor}/{part}/hints"

    def run(this: Run) -> None:
        rule = Rule(name, WORDS, "assumed", f"contracts/{contract.vendor}/checks.yaml")
        mine = f"{contract.name}." if isinstance(contract, GraphContract) else ""
        unknown = {each for each in named(contract) if each.startswith(mine)} - set(contract.operations)
        this.expect(not unknown, rule, f"no operation {', '.join(sorted(unknown))}", "operations of the contract")

    yield Check(name, "documents", WORDS, run)


def named(contract: Contract) -> Iterator[str]:
    """Every operation that the file speaks of."""
    told = hints(contract.vendor)
    for source in told.sources:
        yield from (source.operation, *source.only)
    for key in TABLES:
        yield from told.table(key)
    for key in LISTS:
        yield from told.node.get(key, ())
    for row in told.node.get("filters", ()):
        yield from [row["for"]] if isinstance(row["for"], str) else row["for"]
    for row in told.node.get("found", ()):
        yield row["by"]
        yield from (row[key] for key in ("from", "made-by") if key in row)
    yield from (row["ask"] for row in told.table("limits").values())
    yield from _jobs(told.table("jobs"))
    for journey in told.node.get("journeys", ()):
        yield from (step["call"] for step in journey["steps"] if "call" in step)


def _jobs(told: Any) -> Iterator[str]:
    for asking, reading in told.get("of", {}).items():
        yield from (asking, reading)
    for key in ("fields", "may-fail", "may-be-empty", "events"):
        yield from told.get(key, ())
