"""The filters of a creator search on the audience. Profiles whose audience is not known match none of them."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, literal, true

from emulator.vendors.insightiq.discovery_conditions import Condition, Search, all_of, any_of, has, number, percent
from emulator.vendors.insightiq.discovery_shapes import Filter, one_of, only
from emulator.vendors.insightiq.tables.discovery import AGES
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles

INTERESTED: Final = 5.0  # an audience has an interest from this share on, in percent (assumed)

# The scores at which the classes begin and end (assumed).
_CREDIBILITY: Final = {
    "BAD": (0.0, 0.6),
    "LOW": (0.6, 0.7),
    "NORMAL": (0.7, 0.8),
    "HIGH": (0.8, 0.9),
    "EXCELLENT": (0.9, 1.1),
}


def parts(span: dict[str, Any]) -> dict[str, float]:
    """Of each group of ages, by its column, the part that lies in the span: that of its years."""
    low, high = number(span.get("min", 0)), number(span.get("max", 1000))
    years = {first: (min(high, last) - max(low, first) + 1) / (last - first + 1) for first, last in AGES.values()}
    return {f"audience_age_{first}": part for first, part in years.items() if part > 0}


def of_ages(span: dict[str, Any]) -> ColumnElement[Any]:
    """The share of the ages in the span, in percent."""
    share: ColumnElement[Any] = literal(0.0)
    for column, part in parts(span).items():
        share = share + profiles.c[column] * part
    return share


def _gender(_: Search, wanted: dict[str, Any]) -> Condition:
    if wanted["type"] == "ANY":
        return true()
    column = profiles.c[f"audience_{wanted['type'].lower()}"]
    return column > number(wanted["percentage_value"])


def _age(_: Search, wanted: dict[str, Any]) -> Condition:
    """Without a share it restricts nothing."""
    least = wanted.get("percentage_value", wanted.get("percentage"))
    return true() if least is None else profiles.c.has_audience.is_(True) & (of_ages(wanted) >= number(least))


def _languages(search: Search, wanted: list[dict[str, str]]) -> Condition:
    field = "audience_language.percentage_value"
    shares = [(entry["code"], percent(field, entry["percentage_value"])) for entry in wanted]
    return all_of(has(search, "audience_language", [code], least=share) for code, share in shares)


def _interests(search: Search, names: list[str]) -> Condition:
    return has(search, "audience_interest", names, least=INTERESTED) if names else true()


def _affinities(search: Search, wanted: list[dict[str, str]]) -> Condition:
    """Entries without a name are idle; a share that is not told is 0."""
    field = "audience_interest_affinities.percentage_value"
    named = [
        (entry["value"], percent(field, entry.get("percentage_value", "0"))) for entry in wanted if "value" in entry
    ]
    return all_of(has(search, "audience_interest", [name], above=share) for name, share in named)


def _locations(search: Search, wanted: list[dict[str, Any]]) -> Condition:
    """Entries without an id are idle."""
    named = [entry for entry in wanted if "location_id" in entry]
    return all_of(
        has(search, "audience_location", [entry["location_id"]], above=entry.get("percentage_value", 0))
        for entry in named
    )


def _locations_by_name(search: Search, wanted: list[dict[str, Any]]) -> Condition:
    """Where several places have the name, one of them is enough."""
    named = [entry for entry in wanted if "name" in entry]
    return all_of(
        has(search, "audience_location", search.places(entry["name"]), above=entry.get("percentage_value", 0))
        for entry in named
    )


def _credible(_: Search, classes: list[str]) -> Condition:
    bounds = [_CREDIBILITY[name] for name in classes]
    score = profiles.c.credibility
    return any_of((score >= low) & (score < high) for low, high in bounds) if bounds else true()


def _credibility(_: Search, least: float) -> Condition:
    return profiles.c.credibility >= least


FILTERS: Final[Mapping[str, Filter]] = {
    "has_audience_info": only("has_audience"),
    "audience_gender": _gender,
    "audience_age": _age,
    "audience_language": _languages,
    "audience_interests": _interests,
    "audience_interest_affinities": _affinities,
    "audience_brand_affinities": one_of("audience_brand"),
    "audience_locations": _locations,
    "audience_location": _locations_by_name,
    "audience_credibility_category": _credible,
    "audience_credibility_score": _credibility,
}
