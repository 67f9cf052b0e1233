"""Filters of a creator search that many have in common, made for a column or a facet."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import true

from emulator.contract.document import load
from emulator.vendors.insightiq.discovery_conditions import Condition, Search, has, within
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles

Filter = Callable[[Search, Any], Condition]


@cache
def reach() -> int:
    """How many results of a search can be had, as the contract says."""
    most: int = _schemas()["SearchProfilesRequest"]["x-sum"]["maximum"]
    return most


@cache
def applies(name: str, platform: str) -> bool:
    """Whether the contract has the filter for the platform."""
    schemas = _schemas()
    alone = schemas["SearchExportRequest"]["properties"]
    fields = alone | schemas["SearchFilters"]["properties"] | schemas["SearchProfilesRequest"]["properties"]
    return platform in fields[name].get("x-platforms", [platform])


def _schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = load("insightiq")["components"]["schemas"]
    return schemas


def ranged(column: str) -> Filter:
    return lambda _, span: within(profiles.c[column], span)


def flag(column: str) -> Filter:
    """False keeps the profiles of which it is false."""
    return lambda _, wanted: profiles.c[column].is_(wanted)


def only(column: str) -> Filter:
    """False, the default, restricts nothing."""
    return lambda _, wanted: profiles.c[column].is_(True) if wanted else true()


def one_of(facet: str) -> Filter:
    """The names of things of which a profile has at least one; an empty list restricts nothing."""
    return lambda search, names: has(search, facet, names) if names else true()


def tagged(facet: str, sign: str) -> Filter:
    def condition(search: Search, entries: list[dict[str, str]]) -> Condition:
        names = [entry["name"].removeprefix(sign) for entry in entries]
        return has(search, facet, names) if names else true()

    return condition
