"""Faults as users write them, checked: what the kind of fault does not take, or no vendor has, is told."""

from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Final

import jsonschema_rs
import orjson

from emulator.contract.document import load
from emulator.contract.validation import Schemas
from emulator.contract.wording import worded
from emulator.faults import catalogue
from emulator.faults.fault import ANSWERING, KINDS, RULES, SILENT, SPARED, Beset, Fate, Fault, Substitute
from emulator.http import Request
from emulator.words import hint
from emulator.world.rules import Rule
from emulator.world.world import World

_COMMON: Final = frozenset({"name", "match", "kind", "when", "seconds", "skip", "times", "probability"})
_BY_REQUEST: Final = frozenset({"kind", "when", "seconds"})  # what one that comes with a request takes of these
_UNAVAILABLE: Final = 503
_OWN: Final = ("error", "retry_after", "status", "body", "pointer", "how")


class FaultError(ValueError):
    """Where, what was seen, and what is possible: a sentence without its end."""


def rule(given: Mapping[str, Any]) -> Rule:
    """With all that holds where nothing was said; whole numbers may come as 1.0. Raises FaultError."""
    traits = KINDS[given["kind"]]
    _check_keys(given, _COMMON | traits.keys)
    full = {"name": None, "match": {}, "skip": 0, "times": None, "probability": 1, **given}
    full |= {"when": given.get("when", traits.whens[0]), "seconds": given.get("seconds", traits.seconds)}
    full |= {key: int(full[key]) for key in ("skip", "times", "status") if full.get(key) is not None}
    _check_bounds(full)
    _check_match(full)
    return full


def rule_of_header(text: str, vendor: str) -> Rule:
    """JSON, the name of a kind, or that of an error. Raises FaultError."""
    if text.strip().startswith("{"):
        return rule({**_parsed(text), "match": {"vendor": vendor}})
    if text in KINDS:
        return rule({"kind": text})
    known = catalogue.named(vendor, text)
    if known is None:
        names = [*KINDS, *(error.name for error in catalogue.errors(vendor))]
        raise FaultError(f"{text[:100]!r} is neither a kind of fault nor an error of {vendor}; {hint(text, names)}")
    return rule({"kind": "error", "error": text})


def fate(met: Rule, place: int | None, nth: int, beset: Beset) -> Fate:
    """Of a request that the rule strikes; nothing, if the vendor does not have the error."""
    own = {key: met[key] for key in _OWN if key in met}
    headers = tuple((name.lower(), value) for name, value in met.get("headers", {}).items())
    fault = Fault(met["kind"], met["when"], met["seconds"], headers=headers, rule=place, nth=nth, **own)
    if fault.kind in ANSWERING:
        answer = _answer(fault, beset)
        return Fate(fault, answer) if answer else SPARED
    return Fate(fault, Substitute(0, b"") if fault.kind in SILENT else None)


def decide(world: World, beset: Beset, request: Request) -> Fate:
    """By the first rule that strikes the request; the rules on the way count it."""
    met = RULES.meet(world, lambda each: matches(each, beset.vendor, beset.operation, request))
    return SPARED if met is None else fate(met.rule, met.position, met.matched, beset)


def matches(rule: Rule, vendor: str, operation: str | None, request: Request) -> bool:
    """Patterns as of file names: `get_*`, `/v1/users/*`; an error strikes only the vendors that have it."""
    shown = {"vendor": vendor, "operation": operation or "", "method": request.method, "path": request.path}
    matched = all(fnmatchcase(shown[key], pattern) for key, pattern in rule["match"].items())
    return matched and (rule["kind"] != "error" or catalogue.named(vendor, rule["error"]) is not None)


def _answer(fault: Fault, beset: Beset) -> Substitute | None:
    if fault.kind == "answer":
        text = fault.body if isinstance(fault.body, str) else orjson.dumps(fault.body).decode()
        return Substitute(fault.status or _UNAVAILABLE, b"" if fault.body is None else text.encode(), fault.headers)
    name = catalogue.RATE_LIMITS[beset.vendor] if fault.kind == "rate_limit" else fault.error or ""
    error = catalogue.named(beset.vendor, name, beset.operation)
    if error is None:
        return None
    answer = error.answer(beset.operation, fault.retry_after, proper=beset.proper)
    return answer if fault.status is None else replace(answer, status=fault.status)


def _parsed(text: str) -> dict[str, Any]:
    try:
        given: dict[str, Any] = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise FaultError(f"not JSON: {error}") from None
    for broken in _schema().iter_errors(given):
        place, message = worded(broken, load("control"))
        raise FaultError(f"{'.'.join(map(str, place)) or 'fault'}: {message}")
    for key in given.keys() & (_COMMON - _BY_REQUEST):
        raise FaultError(f"{key}: a fault that comes with a request strikes just this one")
    return given


@cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return Schemas(load("control")).validator({"$ref": "#/components/schemas/FaultGiven"})


def _check_keys(given: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in given:
        if key not in known:
            raise FaultError(f"{key}: a fault of kind {given['kind']} does not take it; {hint(key, sorted(known))}")
    if given["kind"] == "error" and "error" not in given:
        raise FaultError("error: is missing; the names are at /_emulator/errors")


def _check_bounds(full: Rule) -> None:
    traits = KINDS[full["kind"]]
    if full["when"] not in traits.whens:
        raise FaultError(f"when: a fault of kind {full['kind']} works on the answer, so that it is always after")
    if full["seconds"] > traits.most:
        raise FaultError(
            f"seconds: is {full['seconds']:g}; a fault of kind {full['kind']} takes {traits.most:g} at most"
        )


def _check_match(full: Rule) -> None:
    """Some vendor has to be meant, and one of those meant to have the operation and the error."""
    match = full["match"]
    meant = [each for each in catalogue.VENDORS if fnmatchcase(each, match.get("vendor", "*"))]
    if not meant:
        raise FaultError(f"match.vendor: is {match['vendor']!r}; {hint(match['vendor'], catalogue.VENDORS)}")
    known = sorted(name for each in meant for name in catalogue.operations(each))
    pattern = match.get("operation", "*")
    if not any(fnmatchcase(name, pattern) for name in known):
        raise FaultError(
            f"match.operation: {pattern!r} is no operation of {' or '.join(meant)}; {hint(pattern, known)}"
        )
    if full["kind"] == "error" and not any(catalogue.named(each, full["error"]) for each in meant):
        names = sorted({error.name for each in meant for error in catalogue.errors(each)})
        raise FaultError(f"error: {full['error']!r} is no error of {' or '.join(meant)}; {hint(full['error'], names)}")
