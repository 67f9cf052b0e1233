"""Who somebody is: a person, a magazine or a brand, as yet without a place and an audience."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING

from emulator.world.population import vocabulary
from emulator.world.population.cast import CreatorKind, Gender
from emulator.world.population.handles import Handles, personal, plain
from emulator.world.population.market import Brand
from emulator.world.population.randomness import pick
from emulator.world.population.vocabulary import City

if TYPE_CHECKING:
    from faker import Generator

_GENDERS: Mapping[Gender, float] = {"FEMALE": 58, "MALE": 39, "OTHER": 3}
_DOMAINS = ("example.com", "example.net", "example.org")


@dataclass(frozen=True, slots=True)
class Identity:
    """The part of a creator that does not depend on where they live."""

    kind: CreatorKind
    name: str
    handle: str
    email: str
    website: str | None
    topics: tuple[str, ...]
    first_name: str = ""
    last_name: str = ""
    gender: Gender | None = None
    born: date | None = None


class Names:
    """Faker's name lists, each loaded when the first person of its locale appears.

    Only the provider of person names is loaded: a whole `Faker(locale)` takes ten times as long.
    """

    def __init__(self) -> None:
        self._generators: dict[str, Generator] = {}

    def person(self, source: Random, locale: str, gender: Gender) -> tuple[str, str]:
        """First and last name."""
        names = self._generator(locale)
        names.random = source
        first = {"FEMALE": "first_name_female", "MALE": "first_name_male", "OTHER": "first_name"}[gender]
        return names.format(first), names.format("last_name")

    def _generator(self, locale: str) -> "Generator":
        if locale not in self._generators:
            from faker import Generator  # a tenth of a second, spent only when there are people to be named

            generator = self._generators[locale] = Generator()
            generator.add_provider(import_module(f"faker.providers.person.{locale}").Provider)
        return self._generators[locale]


def person(
    source: Random, locale: str, names: Names, handles: Handles, today: date, wanted: Gender | None = None
) -> Identity:
    """Of the gender that is wanted, or of one that chance decides."""
    drawn = pick(source, _GENDERS)
    gender = wanted or drawn
    first, last = names.person(source, locale, gender)
    born = today - timedelta(days=int(source.triangular(18, 52, 27) * 365.25) + source.randint(1, 360))
    topics = _topics(source)
    word = source.choice(vocabulary.topics()[topics[0]].words)
    handle = handles.claim(personal(source, first, last, word, born.year))
    email = f"{handle}@{source.choice(_DOMAINS)}"
    website = f"https://{plain(handle)}.example" if source.random() < 0.35 else None
    return Identity("influencer", f"{first} {last}", handle, email, website, topics, first, last, gender, born)


def called(who: Identity, handle: str) -> Identity:
    """The same one by another handle, from which addresses are made."""
    mailbox = re.sub(r"[^a-z0-9._-]", "", handle.lower()).strip(".") or "mail"
    website = who.website and f"https://{plain(handle) or 'mail'}.example"
    return replace(who, handle=handle, email=who.email.replace(who.handle, mailbox), website=website)


def magazine(source: Random, city: City, handles: Handles) -> Identity:
    topic = source.choice(tuple(vocabulary.topics().values()))
    name = f"{city.name} {source.choice(topic.media)}"
    handle = handles.claim(plain(name))
    return Identity("media", name, handle, f"desk.{handle}@example.org", f"https://{handle}.example", (topic.name,))


def channel(brand: Brand) -> Identity:
    email = f"hello.{brand.handle}@example.com"
    return Identity("brand", brand.name, brand.handle, email, brand.website, (brand.topic,))


def _topics(source: Random) -> tuple[str, ...]:
    """A main topic and one or two that are near it."""
    main = source.choice(tuple(vocabulary.topics().values()))
    return (main.name, *source.sample(main.related, k=source.randint(1, 2)))
