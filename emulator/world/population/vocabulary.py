"""The words and places that the population is made of, from `fixtures/population/*.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from emulator.resources import fixtures
from emulator.world.population import yamlfile


@dataclass(frozen=True, slots=True)
class City:
    name: str
    region: str
    lat: float
    lng: float


@dataclass(frozen=True, slots=True)
class Country:
    """`names` is a locale of Faker; in `phone` every # stands for a digit."""

    code: str
    name: str
    language: str
    names: str
    phone: str
    cities: tuple[City, ...]


@dataclass(frozen=True, slots=True)
class Language:
    name: str
    streets: Sequence[str]
    ad: str
    closings: Sequence[str]
    stories: Sequence[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """What each list is for is said in `topics.yaml`."""

    name: str
    category: str
    interests: Sequence[str]
    related: Sequence[str]
    signs: Sequence[str]
    words: Sequence[str]
    brands: Sequence[str]
    media: Sequence[str]
    things: Sequence[str]
    hashtags: Sequence[str]
    bios: Sequence[str]
    openings: Sequence[str]
    details: Sequence[str]
    venues: Sequence[str]


@dataclass(frozen=True, slots=True)
class Commerce:
    """`fields` are what a customer may note about a campaign's creators: name, description and possible values."""

    beginnings: Sequence[str]
    endings: Sequence[str]
    campaigns: Sequence[str]
    reports: Sequence[str]
    folders: Sequence[str]
    seasons: Sequence[str]
    slogans: Sequence[str]
    bios: Mapping[str, str]
    fields: Sequence[Mapping[str, Any]]


@cache
def countries() -> dict[str, Country]:
    return {code: _country(code, **entry) for code, entry in _read("countries").items()}


@cache
def languages() -> dict[str, Language]:
    return {code: Language(**entry) for code, entry in _read("languages").items()}


@cache
def topics() -> dict[str, Topic]:
    return {name: Topic(name, **entry) for name, entry in _read("topics").items()}


@cache
def commerce() -> Commerce:
    return Commerce(**_read("commerce"))


@cache
def careers() -> Mapping[str, Any]:
    """What each list is for is said in `careers.yaml`."""
    words: Mapping[str, Any] = _read("careers")
    return words


@cache
def fingerprint() -> str:
    """Changes when any word changes, because then every population changes."""
    content = b"".join(path.read_bytes() for path in sorted((fixtures() / "population").glob("*.yaml")))
    return sha256(content).hexdigest()


def _country(code: str, *, cities: dict[str, list[Any]], **entry: str) -> Country:
    return Country(code, **entry, cities=tuple(City(name, *place) for name, place in cities.items()))


def _read(name: str) -> Any:
    return yamlfile.read(fixtures() / "population" / f"{name}.yaml")
