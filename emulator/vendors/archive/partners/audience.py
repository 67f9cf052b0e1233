"""The report on a creator's audience. Its keys are assumed: the vendor shows an empty object."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from emulator.world.population import Audience
from emulator.world.population.drift import shares_later

Entries = list[dict[str, Any]]

# What an entry of each list is a share of; the names are those under which other vendors' lists of the audience shift.
_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "countries": ("code",),
    "cities": ("name",),
    "languages": ("code",),
    "gender_age_distribution": ("gender", "age_range"),
    "interests": ("name",),
    "brands": ("name",),
}


def report(audience: Audience) -> dict[str, Any]:
    """Of the epoch; all shares in percent, the largest first; `credibility` is a part, 0..1."""
    lists: dict[str, Sequence[tuple[Any, float]]] = {
        "countries": audience.countries,
        "cities": audience.cities,
        "languages": audience.languages,
        "gender_age_distribution": audience.genders_and_ages,
        "interests": audience.interests,
        "brands": audience.brands,
    }
    return _shown(audience.credibility, {name: [(_of(what), share) for what, share in lists[name]] for name in lists})


def later(report: Mapping[str, Any], seed: int, profile_id: int, weeks: int) -> dict[str, Any]:
    """The report so many weeks after the epoch."""
    lists = {
        name: [(tuple(entry[key] for key in keys), entry["value"]) for entry in report[name]]
        for name, keys in _LISTS.items()
    }
    shifted = {name: shares_later(seed, profile_id, name, lists[name], weeks) for name in lists}
    return _shown(report["credibility"], shifted)


def _of(what: Any) -> tuple[str, ...]:
    return what if isinstance(what, tuple) else (what,)


def _shown(credibility: float, lists: Mapping[str, Sequence[tuple[tuple[str, ...], float]]]) -> dict[str, Any]:
    people = lists["gender_age_distribution"]
    return {
        "credibility": credibility,
        **{name: [_entry(keys, *each) for each in lists[name]] for name, keys in _LISTS.items()},
        "genders": _summed("gender", ((gender, share) for (gender, _), share in people)),
        "ages": _summed("age_range", ((ages, share) for (_, ages), share in people)),
    }


def _entry(keys: Sequence[str], what: Sequence[str], share: float) -> dict[str, Any]:
    return {**dict(zip(keys, what, strict=True)), "value": share}


def _summed(key: str, shares: Iterable[tuple[str, float]]) -> Entries:
    totals: dict[str, float] = {}
    for name, share in shares:
        totals[name] = totals.get(name, 0) + share
    return [
        {key: name, "value": round(share, 2)} for name, share in sorted(totals.items(), key=lambda entry: -entry[1])
    ]
