"""Creators with exactly the properties that somebody asks for, a recipe or a test; the seed decides the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Final

from emulator.words import hint
from emulator.world.population import people
from emulator.world.population.asked import CannotJoin, Said, countries_of
from emulator.world.population.cast import Creator, Profile
from emulator.world.population.creators import creator_of, home
from emulator.world.population.growth import followers_before
from emulator.world.population.handles import Handles, plain
from emulator.world.population.origin import Origin
from emulator.world.population.profiles import profiles_as_said
from emulator.world.population.vocabulary import City, Country

Directory = Mapping[int | str, Creator]

_OF_IDENTITY: Final = ("name", "email", "website", "gender", "topics")
_OF_CREATORS: Final = ("phone", "language")


def creator(
    origin: Origin, source: Random, id: int, said: Said, handles: Handles, names: people.Names, posts: int = 0
) -> Creator:
    """Raises CannotJoin for a handle that is taken. `posts` is how many posts the creator has in the world."""
    country, city = _home(source, origin, said)
    who = _identity(source, origin, said, country, city, handles, names)
    made = creator_of(source, id, origin.uuid("creator", id), who, country, city)
    made = replace(made, **{name: said[name] for name in _OF_CREATORS if name in said})
    return replace(made, profiles=profiles_as_said(made, source, origin, handles, posts, said))


def joining(creator: Creator, months: float) -> Creator:
    """Somebody who was asked for so many months after the epoch, as of which followers are counted."""
    return replace(creator, profiles=tuple(_at_epoch(profile, months) for profile in creator.profiles))


def directory(creators: Iterable[Creator]) -> Directory:
    """By id, and by handles on any platform; of several with one handle, the first."""
    found: dict[int | str, Creator] = {}
    for each in creators:
        found.setdefault(each.id, each)
        for handle in (each.handle, *(profile.handle for profile in each.profiles)):
            found.setdefault(handle.casefold(), each)
    return found


def found_creator(known: Directory, wanted: int | str, field: str) -> Creator:
    """Raises CannotJoin."""
    found = known.get(wanted.removeprefix("@").casefold() if isinstance(wanted, str) else wanted)
    if found is None:
        what = f"nobody is called {wanted[:100]!r}" if isinstance(wanted, str) else f"nobody has the id {wanted}"
        raise CannotJoin(field, f"{what} in this world; make such a creator first")
    return found


def taken_handles(creators: Sequence[Creator]) -> Handles:
    handles = Handles()
    for each in creators:
        handles.claim(each.handle)
        for profile in each.profiles:
            handles.take(profile.handle, profile.platform)
    return handles


def known(field: str, wanted: Any, allowed: Mapping[Any, Any]) -> Any:
    if wanted not in allowed:
        raise CannotJoin(
            field, f"{str(wanted)[:100]!r} is not known; {hint(wanted, allowed) if allowed else 'there is none'}"
        )
    return wanted


def _home(source: Random, origin: Origin, said: Said) -> tuple[Country, City]:
    country, city = home(source, countries_of(said) or origin.recipe.countries)
    return country, next((each for each in country.cities if each.name == said.get("city")), city)


def _identity(
    source: Random, origin: Origin, said: Said, country: Country, city: City, handles: Handles, names: people.Names
) -> people.Identity:
    """Who is called as asked for; otherwise somebody whom chance calls something that is free."""
    kind, today, nobody = said.get("kind", "influencer"), origin.epoch.date(), Handles()
    if kind == "influencer":
        who = people.person(source, country.names, names, nobody, today, said.get("gender"))
        who = _named(who, said["name"]) if "name" in said else who
    else:
        who = replace(people.magazine(source, city, nobody), kind=kind)
    handle = said.get("handle")
    who = people.called(who, handles.claim(who.handle) if handle is None else handle)
    who = replace(who, **{name: said[name] for name in _OF_IDENTITY if name in said})
    return replace(who, topics=tuple(who.topics), born=_born(said) or who.born)


def _named(who: people.Identity, name: str) -> people.Identity:
    first, _, last = name.partition(" ")
    return replace(people.called(who, plain(name) or "somebody"), first_name=first, last_name=last)


def _born(said: Said) -> date | None:
    return date.fromisoformat(said["born"]) if "born" in said else None


def _at_epoch(profile: Profile, months: float) -> Profile:
    if not profile.monthly_growth:
        return profile
    return replace(profile, followers=followers_before(profile.followers, profile.monthly_growth, months))
