"""Creators and campaigns that a recipe names, and objects that it brings along: what may be said of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, cast

from emulator.world.population import vocabulary
from emulator.world.population.checks import (
    Check,
    FieldError,
    count,
    flag,
    listed,
    mapped,
    number,
    one_of,
    record,
    seen,
    text,
)
from emulator.world.population.platforms import MAIN, PLATFORMS, PlatformName

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,28}[a-z0-9])?")
_STATUSES = ("CONNECTED", "NOT_CONNECTED", "SESSION_EXPIRED")
_GENDERS = ("FEMALE", "MALE", "OTHER")
_ACCOUNT_TYPES = ("PERSONAL", "CREATOR", "BUSINESS")
_UNCONNECTABLE = ("Pinterest", "Discord")


@dataclass(frozen=True, slots=True)
class NamedCreator:
    """What a recipe says of one creator; whatever it does not say, chance decides.

    `platforms` are by platform what is said of the profile there, `connected` the statuses of the accounts that its
    owner has connected.
    """

    handle: str
    platforms: Mapping[PlatformName, Mapping[str, Any]]
    name: str | None = None
    gender: str | None = None
    born: str | None = None
    country: str | None = None
    email: str | None = None
    website: str | None = None
    topics: tuple[str, ...] = ()
    posts: int = 0
    connected: Mapping[PlatformName, str] | None = None


@dataclass(frozen=True, slots=True)
class NamedCampaign:
    """What a recipe says of one campaign. Its days are ISO dates, or numbers of days from the epoch on."""

    name: str
    creators: tuple[str, ...]
    type: Literal["campaign", "market_report"] = "campaign"
    from_: int | str = -30
    to: int | str = 0
    topic: str | None = None
    hashtag: str | None = None
    folder: str | None = None

    def period(self, epoch: datetime) -> tuple[datetime, datetime]:
        """From the first second of the first day to the last of the last one."""
        first, last = (_day(each, epoch) for each in (self.from_, self.to))
        return first, last + timedelta(days=1, seconds=-1)


def named_creators(value: object) -> tuple[NamedCreator, ...]:
    made = tuple(_creator(entry) for entry in _CREATORS(value))
    _differ([(nth, each.handle) for nth, each in enumerate(made)], "handle")
    return made


def named_campaigns(value: object) -> tuple[NamedCampaign, ...]:
    made = tuple(NamedCampaign(**{_field(key): said for key, said in entry.items()}) for entry in _CAMPAIGNS(value))
    for nth, campaign in enumerate(made):
        first, end = campaign.period(datetime(2026, 1, 1, tzinfo=UTC))
        if type(campaign.from_) is type(campaign.to) and first > end:
            raise FieldError("", [((nth, "to"), f"is {campaign.to}; allowed: a day not before {campaign.from_}")])
    return made


def _creator(entry: Mapping[str, Any]) -> NamedCreator:
    platforms = {
        name: {"followers": said} if isinstance(said, int) else said for name, said in entry["platforms"].items()
    }
    return NamedCreator(**{**entry, "platforms": platforms, "connected": _connected(entry.get("connected"), platforms)})


def _connected(said: Any, platforms: Mapping[str, Any]) -> Mapping[PlatformName, str] | None:
    """None for somebody who is no user at all."""
    if said in (None, False):
        return None
    if said is True:
        said = [name for name in platforms if name not in _UNCONNECTABLE]
    statuses = said if isinstance(said, dict) else dict.fromkeys(said, "CONNECTED")
    return cast("Mapping[PlatformName, str]", statuses)


def _field(key: str) -> str:
    return "from_" if key == "from" else key


def _day(said: int | str, epoch: datetime) -> datetime:
    day = epoch.date() + timedelta(days=said) if isinstance(said, int) else date.fromisoformat(said)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _differ(values: list[tuple[int, str]], key: str) -> None:
    first: dict[str, int] = {}
    for nth, value in values:
        if value in first:
            raise FieldError("", [((nth, key), f"is {value!r}, as in entry {first[value]}; {key}s must differ")])
        first[value] = nth


def _handle(value: object) -> str:
    if not isinstance(value, str) or not _HANDLE.fullmatch(value):
        rule = "1 to 30 of a-z, 0-9, dots, underscores and dashes, without @"
        raise FieldError(f"is {seen(value)}; allowed: {rule}")
    return value


def _main(check: Check) -> Check:
    def check_main(value: object) -> Any:
        platforms = check(value)
        if not set(MAIN) & set(platforms):
            raise FieldError(f"has {', '.join(platforms) or 'none'}; one of {', '.join(MAIN)} has to be there")
        return platforms

    return check_main


def _profile(value: object) -> Any:
    return count(2_000_000_000)(value) if type(value) is int else _PROFILE(value)


def _connections(value: object) -> Any:
    """True for all, a list of platforms, or a mapping of platforms to statuses."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return listed(_connectable, "platforms")(value)
    what = "true, a list of platforms, or a mapping of platforms to statuses"
    return mapped(_connectable, one_of(lambda: _STATUSES), what)(value)


def _topics(value: object) -> Any:
    topics = listed(one_of(vocabulary.topics), "topics")(value)
    if not topics:
        raise FieldError("is empty; leave it out to have chance decide")
    return topics


def _date(value: object) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year < 2200:
        raise FieldError(f"is {seen(value)}; allowed: a date from 1900 to 2199 such as 2026-01-31")
    return day.isoformat()


def _moment(value: object) -> int | str:
    """A number of days is counted from the epoch."""
    if type(value) is int and -2920 <= value <= 2920:
        return value
    try:
        return _date(value)
    except FieldError:
        allowed = "a date such as 2026-01-31, or a number of days from the epoch on, such as -30"
        raise FieldError(f"is {seen(value)}; allowed: {allowed}") from None


_platform = one_of(lambda: PLATFORMS)
_connectable = one_of(lambda: [name for name in PLATFORMS if name not in _UNCONNECTABLE])
_PROFILE = record(
    {
        "handle": _handle,
        "followers": count(2_000_000_000),
        "following": count(2_000_000_000),
        "verified": flag,
        "private": flag,
        "account_type": one_of(lambda: _ACCOUNT_TYPES),
        "engagement_rate": number(1),
        "monthly_growth": number(1, -0.5),
        "biography": text(2_000),
    }
)
_CREATORS = listed(
    record(
        {
            "handle": _handle,
            "platforms": _main(mapped(_platform, _profile, "a mapping of platforms to followers, or to more")),
            "name": text(100),
            "gender": one_of(lambda: _GENDERS),
            "born": _date,
            "country": one_of(vocabulary.countries),
            "email": text(100),
            "website": text(200),
            "topics": _topics,
            "posts": count(10_000),
            "connected": _connections,
        },
        needed=("handle", "platforms"),
    ),
    "creators",
)
_CAMPAIGNS = listed(
    record(
        {
            "name": text(100),
            "creators": listed(_handle, "handles of named creators"),
            "type": one_of(lambda: ("campaign", "market_report")),
            "from": _moment,
            "to": _moment,
            "topic": one_of(vocabulary.topics),
            "hashtag": text(50),
            "folder": text(50),
        },
        needed=("name", "creators"),
    ),
    "campaigns",
)


def _object(value: object) -> object:
    if not isinstance(value, dict):
        raise FieldError(f"is {seen(value)}; allowed: an object as the vendor shows it")
    return value


objects = mapped(
    text(), mapped(text(), listed(_object, "objects"), "a mapping of kinds to objects"), "a mapping of vendors"
)
