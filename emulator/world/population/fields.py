"""What may stand in each field of a recipe. A check returns the value or raises FieldError."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeGuard

from emulator.words import hint, seen
from emulator.world.population import vocabulary
from emulator.world.population.checks import Check, FieldError, count, flag
from emulator.world.population.named_fields import named_campaigns, named_creators, objects
from emulator.world.population.platforms import MAIN, PLATFORMS

MOST_POSTS = 5_000_000
_MOST = 1_000  # shops, and market reports of given sizes


@dataclass(frozen=True, slots=True)
class Shop:
    id: int
    name: str


def _weights(allowed: Callable[[], Mapping[Any, object]], needed: tuple[str, ...] = ()) -> Check:
    def check(value: object) -> dict[str, float]:
        """In the order of what is allowed, so that the order in the file means nothing."""
        if not isinstance(value, dict):
            raise FieldError(f"is {seen(value)}; allowed: a mapping of names to weights")
        for name in value:
            if name not in allowed():
                raise FieldError(f"unknown entry {name!r}; {hint(name, allowed())}")
        weights = {name: _number(value[name], f"{name} ") for name in allowed() if name in value}
        if not sum(weights.get(name, 0) for name in needed or weights):
            raise FieldError(f"the weights of {', '.join(needed) or 'all entries'} sum to 0; one must be above 0")
        return weights

    return check


def _number(value: object, subject: str = "") -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e9:
        raise FieldError(f"{subject}is {seen(value)}; allowed: a number from 0 to 1e9")
    return float(value)


def _rate(value: object) -> float:
    if not (rate := _number(value)):
        raise FieldError("is 0; allowed: a number above 0 (to stop the clock, write clock: frozen)")
    return rate


def _clock(value: object) -> object:
    if value not in ("running", "frozen"):
        raise FieldError(f"is {seen(value)}; allowed: running, frozen")
    return value


def _epoch(value: object) -> datetime | None:
    """ISO 8601; without a zone it is UTC. The bounds keep all history and all later posts where platforms have ids."""
    if value == "today":
        return None
    try:
        epoch = datetime.fromisoformat(str(value))
    except ValueError:
        epoch = None
    if epoch is None or not 2020 <= epoch.year < 2200:
        raise FieldError(f"is {seen(value)}; allowed: today, or a time from 2020 to 2199 such as 2026-01-01T00:00:00Z")
    return epoch.astimezone(UTC) if epoch.tzinfo else epoch.replace(tzinfo=UTC)


def _shops(value: object) -> tuple[Shop, ...]:
    if not isinstance(value, list):
        raise FieldError(f"is {seen(value)}; allowed: a list of {{id, name}}")
    if len(value) > _MOST:
        raise FieldError(f"has {len(value)} entries; allowed: up to {_MOST}")
    shops = tuple(_shop(entry) for entry in value)
    if len({shop.id for shop in shops}) < len(shops):
        raise FieldError("two shops have the same id; ids must differ")
    return shops


def _shop(entry: object) -> Shop:
    match entry:
        case {"id": number, "name": str(name), **rest} if _is_id(number) and name and not rest:
            return Shop(number, name)
    raise FieldError(f"has the entry {seen(entry)}; allowed: {{id: a whole number from 1 to 2**63 - 1, name: a text}}")


def _sizes(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise FieldError(f"is {seen(value)}; allowed: a list of whole numbers")
    if len(value) > _MOST:
        raise FieldError(f"has {len(value)} entries; allowed: up to {_MOST}")
    return tuple(_size(entry) for entry in value)


def _size(entry: object) -> int:
    if type(entry) is not int or not 1 <= entry <= MOST_POSTS:
        raise FieldError(f"has the entry {seen(entry)}; allowed: whole numbers from 1 to {MOST_POSTS}")
    return entry


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 < value < 2**63


FIELDS: Mapping[str, Check] = {
    "epoch": _epoch,
    "clock": _clock,
    "clock_rate": _rate,
    "creators": count(200_000),
    "posts": count(MOST_POSTS),
    "history_days": count(2920, smallest=1),
    "later_posts": flag,
    "platforms": _weights(lambda: PLATFORMS, needed=MAIN),
    "countries": _weights(vocabulary.countries),
    "brands": count(150),
    "campaigns": count(1000),
    "market_reports": count(1000),
    "report_posts": _sizes,
    "creators_per_campaign": count(10_000, smallest=1),
    "connected_users": count(200_000),
    "shops": _shops,
    "named_creators": named_creators,
    "named_campaigns": named_campaigns,
    "objects": objects,
}
