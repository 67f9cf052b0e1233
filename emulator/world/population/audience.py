"""Who follows a profile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from emulator.world.population import vocabulary
from emulator.world.population.cast import Creator, Gender, Profile
from emulator.world.population.market import Brand
from emulator.world.population.origin import Origin
from emulator.world.population.randomness import factor, percentages

Shares = tuple[tuple[str, float], ...]

_AGES = {"13-17": 6, "18-24": 30, "25-34": 36, "35-44": 16, "45-54": 7, "55-64": 3, "65+": 2}
_AT_HOME = 25.0  # how much heavier the creator's own country weighs than another one
_FEMALE: Mapping[str, float] = {"beauty": 0.84, "fashion": 0.74, "parenting": 0.76, "gaming": 0.24, "tech": 0.22}
_BRANDS = 6


@dataclass(frozen=True, slots=True)
class Audience:
    """Shares in percent, two decimals, the largest first; countries and languages by code.

    Every list sums to 100 except `cities`, which are the larger ones only. `credibility` is the part of the followers
    who are taken for real people, 0..1.
    """

    countries: Shares
    cities: Shares
    languages: Shares
    genders_and_ages: tuple[tuple[tuple[Gender, str], float], ...]
    interests: Shares
    brands: Shares
    credibility: float


class Audiences:
    """Everybody's audiences. Those of the creator asked for last are kept, for the next one who shows this creator."""

    def __init__(self, origin: Origin, brands: Sequence[Brand]) -> None:
        self._origin = origin
        self._brands = brands
        self._creator_id: int | None = None
        self._known: dict[int, Audience] = {}

    def of(self, creator: Creator, profile: Profile) -> Audience:
        if creator.id != self._creator_id:
            self._creator_id, self._known = creator.id, {}
        if profile.id not in self._known:
            self._known[profile.id] = _audience_of(self._origin, creator, profile, self._brands)
        return self._known[profile.id]


def _audience_of(origin: Origin, creator: Creator, profile: Profile, brands: Sequence[Brand]) -> Audience:
    source = origin.stream("audience", profile.id)
    nations = percentages(
        (code, factor(source, 0.5) * (_AT_HOME if code == creator.country else 1)) for code in vocabulary.countries()
    )
    return Audience(
        countries=nations,
        cities=_cities(source, nations),
        languages=_languages(nations),
        genders_and_ages=_genders_and_ages(source, creator.topics[0]),
        interests=_interests(source, creator),
        brands=_brands(source, creator, brands),
        credibility=round(min(0.98, source.gauss(0.82, 0.07)), 4),
    )


def _cities(source: Random, nations: Shares) -> Shares:
    """The larger cities of the three most common countries."""
    shares = [
        (city.name, round(share * factor(source, 0.3) / (rank * rank + 4), 2))
        for code, share in nations[:3]
        for rank, city in enumerate(vocabulary.countries()[code].cities[:5], start=1)
    ]
    return tuple(sorted(shares, key=lambda entry: -entry[1]))


def _languages(nations: Shares) -> Shares:
    totals: dict[str, float] = {}
    for code, share in nations:
        language = vocabulary.countries()[code].language
        totals[language] = totals.get(language, 0) + share
    return percentages(totals.items())


def _genders_and_ages(source: Random, topic: str) -> tuple[tuple[tuple[Gender, str], float], ...]:
    female = _FEMALE.get(topic, 0.52)
    genders: Mapping[Gender, float] = {"FEMALE": female, "MALE": 1 - female, "OTHER": 0.01}
    return percentages(
        ((gender, age), part * weight * factor(source, 0.25))
        for gender, part in genders.items()
        for age, weight in _AGES.items()
    )


def _interests(source: Random, creator: Creator) -> Shares:
    """Everybody's interests, those of the creator above all."""
    labels = dict.fromkeys(label for topic in vocabulary.topics().values() for label in topic.interests)
    return percentages((label, factor(source, 0.5) * (5 if label in creator.interests else 1)) for label in labels)


def _brands(source: Random, creator: Creator, brands: Sequence[Brand]) -> Shares:
    chosen = source.sample(brands, k=min(_BRANDS, len(brands)))
    affinity = ((brand.name, factor(source, 0.5) * (3 if brand.topic in creator.topics else 1)) for brand in chosen)
    return percentages(affinity)
