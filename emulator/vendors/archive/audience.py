"""The report on a creator's audience. Its keys are assumed: the vendor shows an empty object."""

from collections.abc import Iterable
from typing import Any

from emulator.world.population import Audience


def report(audience: Audience) -> dict[str, Any]:
    """All shares in percent, the largest first; `credibility` is a part, 0..1."""
    people = audience.genders_and_ages
    return {
        "credibility": audience.credibility,
        "countries": [{"code": code, "value": share} for code, share in audience.countries],
        "cities": [{"name": name, "value": share} for name, share in audience.cities],
        "languages": [{"code": code, "value": share} for code, share in audience.languages],
        "genders": _summed("gender", ((gender, share) for (gender, _), share in people)),
        "ages": _summed("age_range", ((ages, share) for (_, ages), share in people)),
        "gender_age_distribution": [
            {"gender": gender, "age_range": ages, "value": share} for (gender, ages), share in people
        ],
        "interests": [{"name": name, "value": share} for name, share in audience.interests],
        "brands": [{"name": name, "value": share} for name, share in audience.brands],
    }


def _summed(key: str, shares: Iterable[tuple[str, float]]) -> list[dict[str, Any]]:
    totals: dict[str, float] = {}
    for name, share in shares:
        totals[name] = totals.get(name, 0) + share
    return [
        {key: name, "value": round(share, 2)} for name, share in sorted(totals.items(), key=lambda entry: -entry[1])
    ]
