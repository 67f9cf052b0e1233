"""Creators and campaigns that are asked for: what may be said of them, by recipes and by the control API alike.

What is said comes back in one form: `profiles` for `platforms`, statuses by platform for `connected`, and a mapping for
every creator of a campaign. A recipe may say that form too, so that stored recipes are checked as files are.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from emulator.words import hint, seen
from emulator.world.population import vocabulary
from emulator.world.population.asked import UNCONNECTABLE, Said, cities, handle_on, moment
from emulator.world.population.bounds import checks
from emulator.world.population.checks import Check, FieldError, count, listed, mapped, one_of, record, text
from emulator.world.population.handles import Handles
from emulator.world.population.platforms import PLATFORMS
from emulator.world.population.yamlfile import Place

_STATUSES: Final = ("CONNECTED", "NOT_CONNECTED", "SESSION_EXPIRED")
_MOST_CREATORS: Final = 10_000
_MOST_CAMPAIGNS: Final = 1_000
_DAYS: Final = 2_920
_SOME_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
_USUAL: Final = "Instagram"
_PLATFORMS: Final = "a mapping of platforms to followers, or to more"


def creator(value: object) -> Said:
    """Raises FieldError."""
    return _creator(_fields(), value)


def campaign(value: object) -> Said:
    """Raises FieldError."""
    return _campaign(record(_campaign_fields())(value))


def named_creators(value: object) -> tuple[Said, ...]:
    """Creators of a recipe have a handle, by which it speaks of them, and may have published something by the epoch."""
    fields = {**_fields(), "posts": count(10_000)}
    made = listed(lambda each: _creator(fields, each, "handle"), "creators", most=_MOST_CREATORS)(value)
    _differ(made)
    return tuple(made)


def named_campaigns(value: object) -> tuple[Said, ...]:
    named = record(_campaign_fields(), needed=("name",))
    return tuple(listed(lambda each: _campaign(named(each)), "campaigns", most=_MOST_CAMPAIGNS)(value))


@cache
def _fields() -> Mapping[str, Check]:
    platform, others = one_of(lambda: PLATFORMS), checks("ProfileOrder")
    profile = record({**others, "platform": platform}, needed=("platform",))
    described = record({name: check for name, check in others.items() if name != "platform"})
    return checks(
        "CreatorOrder",
        born=_date,
        country=one_of(vocabulary.countries),
        city=one_of(cities),
        language=one_of(vocabulary.languages),
        topics=listed(one_of(vocabulary.topics), "topics", 1, 3),
        profiles=listed(profile, "profiles", 1, len(PLATFORMS)),
        platforms=_platforms(
            mapped(platform, lambda value: _profile(value, others["followers"], described), _PLATFORMS)
        ),
        connected=_connected,
    )


@cache
def _campaign_fields() -> Mapping[str, Check]:
    member = checks("ParticipantOrder", creator=_name)
    part = record(member, needed=("creator",))
    members = listed(
        lambda value: part(value if isinstance(value, dict) else {"creator": value}), "creators", most=1_000
    )
    return checks("CampaignOrder", starts=_moment, ends=_moment, topic=one_of(vocabulary.topics), creators=members)


def _creator(fields: Mapping[str, Check], value: object, *needed: str) -> Said:
    said = record(fields, needed)(value)
    if "platforms" in said and "profiles" in said:
        raise FieldError("", [(("platforms",), "is there beside profiles; say one of them")])
    place = "platforms" if "platforms" in said else "profiles"
    profiles = said.pop("platforms", said.get("profiles")) or ({"platform": _USUAL},)
    made = {**said, "profiles": profiles}
    if "connected" in said:
        made["connected"] = _statuses(said["connected"], [each["platform"] for each in profiles])
    if problems := [*_wrong(made, place)]:
        raise FieldError("", problems)
    return {name: each for name, each in made.items() if each is not None}


def _wrong(said: Said, place: str) -> Iterator[tuple[Place, str]]:
    """What does not go together."""
    there = [profile["platform"] for profile in said["profiles"]]
    if len({*there}) < len(there):
        yield (place,), "two of them are on one platform; a creator has one profile on each"
    if said.get("posts") and not any(PLATFORMS[name].kinds for name in there):
        yield ("posts",), f"is {said['posts']}, and nothing can be posted on {', '.join(there)}"
    for name in ("gender", "born") if said.get("kind", "influencer") != "influencer" else ():
        if name in said:
            yield (name,), f"is {said[name]!r}, and only a person has one; this is of the kind {said['kind']}"
    if "city" in said and "country" in said and said["country"] not in cities()[said["city"]]:
        known = ", ".join(cities()[said["city"]])
        yield ("city",), f"is {said['city']!r}, which is not in {said['country']}, but in {known}"
    for name in said.get("connected") or ():
        if name not in there:
            yield ("connected", name), f"is no platform of the creator's; {hint(name, there)}"


def _platforms(check: Check) -> Check:
    def check_all(value: object) -> tuple[Said, ...]:
        if not (profiles := check(value)):
            raise FieldError(f"is empty; leave it out for {_USUAL}")
        return tuple({"platform": name, **said} for name, said in profiles.items())

    return check_all


def _profile(value: object, followers: Check, described: Check) -> Any:
    return described(value) if isinstance(value, dict) else {"followers": followers(value)}


def _connected(value: object) -> Any:
    """True for all, a list of platforms, or a mapping of platforms to statuses."""
    if isinstance(value, bool):
        return value
    allowed = one_of(lambda: [name for name in PLATFORMS if name not in UNCONNECTABLE])
    if isinstance(value, list | tuple):
        chosen = listed(allowed, "platforms", 1)(list(value))
    else:
        what = "true, a list of platforms, or a mapping of platforms to statuses"
        chosen = mapped(allowed, one_of(lambda: _STATUSES), what)(value)
    if not chosen:
        raise FieldError("is empty; leave it out for somebody who has connected nothing")
    return chosen


def _statuses(said: Any, platforms: Sequence[str]) -> Mapping[str, str] | None:
    """None for somebody who is no user at all."""
    if isinstance(said, Mapping):
        return said
    chosen = [name for name in platforms if name not in UNCONNECTABLE] if said is True else said or ()
    return dict.fromkeys(chosen, "CONNECTED") or None


def _campaign(said: Said) -> Said:
    starts, ends = (said.get(name) for name in ("starts", "ends"))
    if starts is not None and ends is not None and type(starts) is type(ends) and not _in_order(starts, ends):
        raise FieldError("", [(("ends",), f"is {ends}; allowed: a time that is not before {starts}")])
    wrong = [
        (("creators", nth, "new_customers"), f"{each['new_customers']} are more than the {each['orders']} orders")
        for nth, each in enumerate(said.get("creators", ()))
        if each.get("new_customers", 0) > each.get("orders", each.get("new_customers", 0))
    ]
    if wrong:
        raise FieldError("", wrong)
    return said


def _in_order(starts: int | str, ends: int | str) -> bool:
    return moment(starts, _SOME_DAY, last=False) < moment(ends, _SOME_DAY, last=True)


def _differ(creators: Sequence[Said]) -> None:
    """Everybody has a handle of their own, on each platform."""
    handles, first = Handles(), dict[str, int]()
    for nth, each in enumerate(creators):
        if (other := first.setdefault(each["handle"].casefold(), nth)) != nth:
            raise FieldError(
                "", [((nth, "handle"), f"is {each['handle']!r}, as in entry {other}; handles must differ")]
            )
        for profile in each["profiles"]:
            wanted = handle_on(each, profile) or ""
            if not handles.is_free(wanted, profile["platform"]):
                taken = f"{wanted!r} on {profile['platform']} is somebody else's before; choose another one"
                raise FieldError("", [((nth, "handle"), taken)])
            handles.take(wanted, profile["platform"])


def _name(value: object) -> int | str:
    """An id, or a handle."""
    if isinstance(value, str) and 0 < len(value) <= 200:
        return value
    if type(value) is not int:
        raise FieldError(f"is {seen(value)}; allowed: the handle of a creator, or an id")
    return value


def _date(value: object) -> str:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year < 2200:
        raise FieldError(f"is {seen(value)}; allowed: a date from 1900 to 2199 such as 2026-01-31")
    return day.isoformat()


def _moment(value: object) -> int | str:
    """A number of days is counted from the day when the campaign is made: in a recipe, the epoch's."""
    if isinstance(value, float) and value.is_integer():  # as JSON may have whole numbers
        value = int(value)
    if type(value) is int and -_DAYS <= value <= _DAYS:
        return value
    if isinstance(value, str) and _is_moment(value):
        return value
    allowed = "a date such as 2026-01-31, a moment, or a number of days from the epoch on, such as -30"
    raise FieldError(f"is {seen(value)}; allowed: {allowed}")


def _is_moment(value: str) -> bool:
    try:
        return moment(value, _SOME_DAY, last=True).year >= 1970  # before, the clock has no time
    except (ValueError, OverflowError):
        return False


def _object(value: object) -> object:
    if not isinstance(value, dict):
        raise FieldError(f"is {seen(value)}; allowed: an object as the vendor shows it")
    return value


objects = mapped(
    text(), mapped(text(), listed(_object, "objects"), "a mapping of kinds to objects"), "a mapping of vendors"
)
