"""What the parts of Creator Discovery share: the platforms that are served, and how a profile is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, select

from emulator.vendors.insightiq import addresses
from emulator.vendors.insightiq.dialect import InsightIQError, not_found
from emulator.vendors.insightiq.tables.connect import work_platforms
from emulator.vendors.insightiq.tables.discovery import creator_profiles as profiles
from emulator.world import instant
from emulator.world.population.growth import followers_after
from emulator.world.population.platforms import PLATFORMS, PlatformName
from emulator.world.store import Row, Statement
from emulator.world.world import World, own

CONTACTABLE: Final = ("Instagram", "YouTube", "TikTok")  # of get_contact_info (documented)

# The names of the cast's platforms are those of the documentation; one of them has changed since (observed).
_RENAMED: Final = {"Twitter": "X"}
_PUBLIC: Final = frozenset(_RENAMED.get(name, name) for name in PLATFORMS)
_MONTH: Final = 30 * instant.DAY
_SCHEME: Final = re.compile(r"^(https?://)?(www\.|m\.)?", re.IGNORECASE)

_PLATFORM = Statement(select(work_platforms.c.name).where(own(work_platforms), work_platforms.c.id == bindparam("id")))


@dataclass(frozen=True, slots=True)
class Platform:
    """A work platform that has public profiles; `key` is its name as the contract's `x-platforms` has it."""

    id: str
    name: str

    @property
    def key(self) -> str:
        return self.name.lower()


def vendor_name(platform: PlatformName) -> str:
    """The name of a platform of the cast among the vendor's work platforms."""
    return _RENAMED.get(platform, platform)


def platform(world: World, id: str) -> Platform:
    """404 `incorrect_work_platform_id` if there is none of this id, or it has no public profiles (assumed)."""
    row = world.row(_PLATFORM, id=id)
    if row is None or row[0] not in _PUBLIC:
        raise not_found("work_platform")
    return Platform(id, row[0])


def social(world: World, id: str, identifier: str) -> Platform:
    """404 as of `platform`, and for LinkedIn, be it by its id or by the profile's address (assumed)."""
    found = platform(world, id)
    if found.name == "LinkedIn" or addresses.lies_on("LinkedIn", identifier):
        raise not_found("work_platform")
    return found


def address(url: str) -> str:
    """An address as profiles are found by: without scheme, `www.`, query and slashes at the end, folded."""
    return _SCHEME.sub("", url.split("?")[0].split("#")[0]).rstrip("/").casefold()


def _by(column: ColumnElement[str], *shown: ColumnElement[Any]) -> Statement:
    named = profiles.c.work_platform_id == bindparam("platform"), column == bindparam("name")
    return Statement(select(*shown).where(own(profiles), *named))


_NAMES: Final = ("handle", "address", "external_id")
_SHOWN: Final = (profiles.c.live, profiles.c.contacts, profiles.c.followers, profiles.c.monthly_growth)
_BY = {name: _by(profiles.c[name], *_SHOWN) for name in _NAMES}
_NUMBER_BY = {name: _by(profiles.c[name], profiles.c.id) for name in _NAMES}


def find(world: World, on: Platform, identifier: str) -> Row:
    """`live`, `contacts`, `followers` and `monthly_growth` of a profile, by user name or address.

    404 `incorrect_identifier` (assumed).
    """
    return _found(world, on, identifier, _BY)


def number(world: World, on: Platform, identifier: str) -> int:
    """The number that a profile is kept under. Errors as of `find`."""
    found: int = _found(world, on, identifier, _NUMBER_BY)[0]
    return found


def _found(world: World, on: Platform, identifier: str, by: Mapping[str, Statement]) -> Row:
    column, name = named(on, identifier)
    row = world.row(by[column], platform=on.id, name=name)
    if row is None:
        raise InsightIQError(404, "RECORD_NOT_FOUND", "incorrect_identifier", "Requested identifier does not exist")
    return row


def followers_now(world: World, followers: int, monthly_growth: float) -> int:
    """Rows have those of the world's epoch."""
    return followers_at(world, followers, monthly_growth, world.now)


def followers_at(world: World, followers: int, monthly_growth: float, at: int) -> int:
    return followers_after(followers, monthly_growth, (at - world.record.epoch) / _MONTH)


def counted(world: World, shown: dict[str, Any], followers: int, growth: float) -> dict[str, Any]:
    """The profile with its followers, or subscribers, as of now."""
    now = followers_now(world, followers, growth)
    count = {key: now for key in ("follower_count", "subscriber_count") if shown[key] is not None}
    return {**shown, **count}


def named(on: Platform, identifier: str) -> tuple[str, str]:
    """The column that names the profile, and its value: the same for all addresses of a kind."""
    identifier = identifier.strip()
    if "/" not in identifier:
        return "handle", identifier.removeprefix("@").casefold()
    name = addresses.profile_name(on.name, identifier) if addresses.known(on.name) else None
    if name is None:
        return "address", address(identifier)
    return ("external_id", name.external_id) if name.external_id else ("handle", name.handle or "")
