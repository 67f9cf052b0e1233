"""Creators with exactly the properties that somebody asks for; what is left open, the seed decides.

Each is a function of the cast that it joins, its number among those that joined, and what is asked for.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Final

from emulator.world.population import people, vocabulary
from emulator.world.population.cast import Creator, Profile
from emulator.world.population.checks import hint
from emulator.world.population.creators import creator_of, home
from emulator.world.population.handles import Handles, fitting
from emulator.world.population.platforms import COMMENTS, PLATFORMS
from emulator.world.population.population import Cast
from emulator.world.population.profiles import presence
from emulator.world.population.vocabulary import City, Country

_OF_PROFILES: Final = (
    "following", "posts_count", "verified", "private", "account_type", "display_name", "biography", "avatar_url",
    "external_id", "average_likes", "average_comments", "average_views",
)  # fmt: skip
_FIELDS: Final = ("name", "handle", "email", "website", "gender")
_GAP: Final = 7


class CannotJoin(ValueError):
    """`field` is what is wrong; the message says what was seen and what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def creator(cast: Cast, number: int, given: Mapping[str, Any]) -> Creator:
    """Raises CannotJoin."""
    source = cast.origin.stream("ordered creator", number)
    handles = taken_handles(cast)
    country, city = home(source, _countries(cast, given))
    if (wanted := given.get("city")) is not None:
        cities = {each.name: each for each in country.cities}
        city = cities[known("city", wanted, cities)]
    who = _identity(source, cast, given, country, city, handles)
    creator_id = cast.creators[-1].id + _GAP if cast.creators else 10_000
    made = creator_of(source, creator_id, cast.origin.uuid("creator", creator_id), who, country, city)
    made = replace(made, **{name: given[name] for name in ("phone", "language") if name in given})
    known("language", made.language, vocabulary.languages())
    wanted = [{"handle": given.get("handle"), **each} for each in given.get("profiles") or [{"platform": "Instagram"}]]
    profiles = [_profile(cast, source, made, each, nth, handles) for nth, each in enumerate(wanted)]
    if len({profile.platform for profile in profiles}) < len(profiles):
        raise CannotJoin("profiles", "two of them are on one platform; a creator has one profile on each")
    return replace(made, profiles=tuple(profiles))


def found_creator(cast: Cast, wanted: int | str, field: str) -> Creator:
    """By id, or by a handle on any platform. Raises CannotJoin."""
    name = wanted.removeprefix("@").casefold() if isinstance(wanted, str) else None
    for each in cast.creators:
        known = {each.handle.casefold(), *(profile.handle.casefold() for profile in each.profiles)}
        if each.id == wanted or name in known:
            return each
    what = f"nobody is called {str(wanted)[:100]!r}" if name else f"nobody has the id {wanted}"
    raise CannotJoin(field, f"{what} in this world; make such a creator first")


def taken_handles(cast: Cast) -> Handles:
    handles = Handles()
    for each in cast.creators:
        handles.claim(each.handle)
        for profile in each.profiles:
            handles.take(profile.handle, profile.platform)
    return handles


def _identity(
    source: Random, cast: Cast, given: Mapping[str, Any], country: Country, city: City, handles: Handles
) -> people.Identity:
    """Who is called as asked for; otherwise somebody whom chance calls something."""
    kind, today, name = given.get("kind", "influencer"), cast.epoch.date(), given.get("name")
    if kind != "influencer":
        who = replace(people.magazine(source, city, handles), kind=kind)
    elif name is None:
        who = people.person(source, country.names, people.Names(), handles, today)
    else:
        who = people.named(source, name, handles, today)
    topics = [known(f"topics.{nth}", each, vocabulary.topics()) for nth, each in enumerate(given.get("topics", ()))]
    asked: dict[str, Any] = {key: given[key] for key in _FIELDS if key in given}
    return replace(who, **asked, topics=tuple(topics) or who.topics, **_born(given))


def _born(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"born": date.fromisoformat(given["born"])} if given.get("born") else {}


def _countries(cast: Cast, given: Mapping[str, Any]) -> Mapping[str, float]:
    if "country" in given:
        return {known("country", given["country"], vocabulary.countries()): 1.0}
    return cast.recipe.countries


def _profile(
    cast: Cast, source: Random, owner: Creator, given: Mapping[str, Any], nth: int, handles: Handles
) -> Profile:
    platform = known(f"profiles.{nth}.platform", given["platform"], PLATFORMS)
    wanted = given["handle"] and fitting(given["handle"], platform)
    if wanted is not None and not handles.is_free(wanted, platform):
        raise CannotJoin(f"profiles.{nth}.handle", f"{wanted!r} is taken on {platform}; choose another one")
    usual = presence(owner, source, cast.origin, handles, 0).profile(platform, given.get("followers", 10_000))
    handle = usual.handle if wanted is None else wanted
    rate = given.get("engagement_rate", usual.engagement_rate)
    made = replace(
        usual,
        handle=handle,
        engagement_rate=rate,
        average_likes=int(usual.followers * rate * (1 - COMMENTS)),
        average_comments=int(usual.followers * rate * COMMENTS),
        verified=False,
        private=False,
        account_type="CREATOR" if owner.kind == "influencer" else "BUSINESS",
        monthly_growth=0.0,  # so that the followers are as many as asked for, at all times
    )
    made = replace(made, **{name: given[name] for name in _OF_PROFILES if name in given})
    return replace(made, url=PLATFORMS[platform].url.format(handle=handle, id=made.external_id))


def known(field: str, wanted: Any, allowed: Mapping[Any, Any]) -> Any:
    if wanted not in allowed:
        raise CannotJoin(
            field, f"{str(wanted)[:100]!r} is not known; {hint(wanted, allowed) if allowed else 'there is none'}"
        )
    return wanted
