"""What the contract says beside the schema: limits, plans, prices, and what can be chosen (workspace.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from emulator import resources
from emulator.contract.document import read_yaml


@dataclass(frozen=True, slots=True)
class Plan:
    """`burst` and `refill` (a second) are credits of the rate budget, `monthly_credits` those of the wallet."""

    name: str
    burst: int
    refill: int
    monthly_credits: int


@cache
def terms() -> Mapping[str, Any]:
    contract: Mapping[str, Any] = read_yaml(resources.contracts() / "archive" / "workspace.yaml")
    return contract


@cache
def defaults() -> Mapping[str, Any]:
    """Of the settings, by name."""
    return {name: schema["default"] for name, schema in terms()["settings"]["properties"].items()}


@cache
def plan(name: str) -> Plan:
    return Plan(name, **terms()["plans"][name])


def limit(name: str) -> int:
    return int(terms()["limits"][name])
