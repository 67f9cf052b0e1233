"""What the checks of recipes are made of. Each takes what stands in the file, and returns the value or raises."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from emulator.words import hint, seen
from emulator.world.population.yamlfile import Place

Check = Callable[[object], Any]


class FieldError(ValueError):
    """What was seen and what is allowed, at one place or several below the field that is checked."""

    def __init__(self, message: str, problems: Sequence[tuple[Place, str]] = ()) -> None:
        self.problems = tuple(problems) or (((), message),)
        super().__init__(message or self.problems[0][1])


def count(largest: int, smallest: int = 0) -> Check:
    def check(value: object) -> int:
        if type(value) is not int or not smallest <= value <= largest:
            raise FieldError(f"is {seen(value)}; allowed: a whole number from {smallest} to {largest}")
        return value

    return check


def number(largest: float, smallest: float = 0) -> Check:
    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not smallest <= value <= largest:
            raise FieldError(f"is {seen(value)}; allowed: a number from {smallest:g} to {largest:g}")
        return float(value)

    return check


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise FieldError(f"is {seen(value)}; allowed: true, false")
    return value


def text(longest: int = 200) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
            raise FieldError(f"is {seen(value)}; allowed: a text of 1 to {longest} characters")
        return value

    return check


def one_of(allowed: Callable[[], Iterable[str]]) -> Check:
    def check(value: object) -> str:
        if value not in list(allowed()):
            raise FieldError(f"is {seen(value)}; {hint(value, allowed())}")
        return str(value)

    return check


def listed(check: Check, what: str, least: int = 0, most: int = 100_000) -> Check:
    """A list; `what` are its entries, of which there are so many."""

    def check_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise FieldError(f"is {seen(value)}; allowed: a list of {what}")
        if not least <= len(value) <= most:
            raise FieldError(f"has {len(value) or 'no'} entries; allowed: {least} to {most} {what}")
        return tuple(_each(enumerate(value), lambda _: check).values())

    return check_all


def mapped(name: Check, check: Check, what: str) -> Check:
    """A mapping of names to values; `what` says so in words."""

    def check_all(value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise FieldError(f"is {seen(value)}; allowed: {what}")
        checked: dict[str, Any] = _each(value.items(), lambda key: _both(name, key, check))
        return checked

    return check_all


def record(fields: Mapping[str, Check], needed: Sequence[str] = ()) -> Check:
    """A mapping with some of these keys."""

    def check_all(value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise FieldError(f"is {seen(value)}; allowed: a mapping with the keys {', '.join(fields)}")
        missing = [((), f"lacks the key {key!r}") for key in needed if key not in value]
        checked: dict[str, Any] = _each(value.items(), lambda key: _known(fields, key), missing)
        return checked

    return check_all


def _each(
    members: Iterable[tuple[Any, object]], check_of: Callable[[Any], Check], broken: Iterable[tuple[Place, str]] = ()
) -> dict[Any, Any]:
    """All of them checked, and all that is wrong with them told at once."""
    problems, checked = list(broken), {}
    for key, value in members:
        try:
            checked[key] = check_of(key)(value)
        except FieldError as error:
            problems += [((key, *place), message) for place, message in error.problems]
    if problems:
        raise FieldError("", problems)
    return checked


def _known(fields: Mapping[str, Check], key: object) -> Check:
    if key not in fields:
        raise FieldError(f"unknown key; {hint(key, fields)}")
    return fields[str(key)]


def _both(name: Check, key: object, check: Check) -> Check:
    name(key)
    return check
