"""Checks made of the control API's contract, which lists what may be said of creators and campaigns, and its bounds."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from unicodedata import category

import yaml

from emulator import resources
from emulator.words import seen
from emulator.world.population.checks import Check, FieldError, count, flag, listed, number, one_of

_LINE: Final = 2_000  # characters; longer texts may have several lines
_BY_FORMAT: Final[Mapping[str | None, str]] = {"email": "an e-mail address", "uri": "an address", None: "a text"}
_BY_PATTERN: Final[Mapping[str | None, str]] = {
    "^[._-]*[A-Za-z0-9][A-Za-z0-9._-]*$": " without @: letters from a to z, digits, dots, underscores and dashes",
    "^[A-Za-z0-9_-]+$": ": letters from a to z, digits, underscores and dashes",
}


def checks(schema: str, **others: Check) -> dict[str, Check]:
    """By property of a schema; `others` are checks of those about which the vocabulary knows more."""
    properties: Mapping[str, Any] = _schemas()[schema]["properties"]
    return {name: others.get(name) or _check(said) for name, said in properties.items()}


@cache
def _schemas() -> Mapping[str, Any]:
    content = (resources.contracts() / "control" / "schemas" / "members.yaml").read_bytes()
    schemas: Mapping[str, Any] = yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    return schemas


def _check(said: Mapping[str, Any]) -> Check:
    match said:
        case {"enum": allowed}:
            return one_of(lambda: allowed)
        case {"type": "boolean"}:
            return flag
        case {"type": "integer"}:
            return _whole(said["maximum"], said["minimum"])
        case {"type": "number"}:
            return number(said["maximum"], said["minimum"])
        case {"type": "array"}:
            return listed(_check(said["items"]), "entries", said.get("minItems", 0), said["maxItems"])
    return _text(said)


def _whole(largest: int, smallest: int) -> Check:
    """As JSON has it, where 1.0 is a whole number."""
    check = count(largest, smallest)
    return lambda value: check(int(value) if isinstance(value, float) and value.is_integer() else value)


def _text(said: Mapping[str, Any]) -> Check:
    most, form = said["maxLength"], said.get("format")
    least = said.get("minLength", 1 if form else 0)
    pattern = re.compile(said.get("pattern", "").replace("$", r"\Z"))
    such = f", such as {said['examples'][0]}" if form and "examples" in said else ""
    allowed = f"{_BY_FORMAT[form]} of {least} to {most} characters{_BY_PATTERN.get(said.get('pattern'), '')}{such}"

    def check(value: object) -> str:
        fits = isinstance(value, str) and least <= len(value) <= most and pattern.search(value) and _is(form, value)
        if not fits or not _readable(str(value), lines=most > _LINE) or (least and not str(value).strip()):
            raise FieldError(f"is {seen(value)}; allowed: {allowed}")
        return str(value)

    return check


def _readable(text: str, *, lines: bool) -> bool:
    """Without control characters, except between lines."""
    return all(category(sign) not in ("Cc", "Cs") or (lines and sign == "\n") for sign in text)


def _is(form: str | None, value: str) -> bool:
    return form is None or bool(_format(form).is_valid(value))


@cache
def _format(form: str) -> Any:
    import jsonschema_rs  # imported here, as only what is named needs it

    return jsonschema_rs.Draft202012Validator({"type": "string", "format": form}, validate_formats=True)
