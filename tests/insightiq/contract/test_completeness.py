"""The contract says everything that the documentation prints: a machine-made index of the text is the witness."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from emulator.contract.document import pointed
from tests.insightiq.contract.exceptions import EXCEPTIONS
from tests.insightiq.contract.printed import DOCUMENT, Entry, Field, Promised, entries

BOUNDS: Final = {
    (">=", ""): "minimum",
    ("<=", ""): "maximum",
    (">=", "items"): "minItems",
    ("<=", "items"): "maxItems",
    (">=", "characters"): "minLength",
    ("<=", "characters"): "maxLength",
}


def is_named(field: Field, promised: Promised) -> bool:
    return field.name == promised.name


def is_required(field: Field, promised: Promised) -> bool:
    return promised.required or not field.required


def has_values(field: Field, promised: Promised) -> bool:
    return {None if value == "null" else value for value in field.values} <= promised.values


def has_bounds(field: Field, promised: Promised) -> bool:
    return all(number in promised.all(BOUNDS[sign, unit]) for sign, number, unit in field.bounds)


def has_default(field: Field, promised: Promised) -> bool:
    return field.default is None or any(value in promised.all("default") for value in meanings(field.default))


def has_type(field: Field, promised: Promised) -> bool:
    return field.basic_type is None or field.basic_type in promised.types


def meanings(text: str) -> Iterator[Any]:
    """A printed default as a text, and as what it is in JSON."""
    yield text
    try:
        yield json.loads(text)
    except ValueError:
        return


CHECKS: Final[dict[str, Callable[[Field, Promised], bool]]] = {
    "name": is_named,
    "required": is_required,
    "values": has_values,
    "bounds": has_bounds,
    "default": has_default,
    "type": has_type,
}


def departures(entry: Entry, rule: str) -> Iterator[tuple[str, str, str]]:
    """Printed fields for which nothing under their name, however nested, is as printed."""
    for field in entry.fields:
        if not any(CHECKS[rule](field, promised) for promised in entry.promised.get((field.place, field.name), ())):
            yield rule, str(entry), f"{field.place} {field.name}"


def exempt(rule: str) -> set[tuple[str, str, str]]:
    return {key for key in EXCEPTIONS if key[0] == rule}


def test_the_index_is_of_the_whole_documentation() -> None:
    assert len(entries()) == 81
    assert sum(len(entry.fields) for entry in entries()) == 2053
    assert {field.place for entry in entries() for field in entry.fields} == {
        "path", "query", "header", "body", "response"
    }  # fmt: skip


def test_every_printed_operation_is_in_the_contract_with_its_status() -> None:
    unlike = {("status", str(entry), "") for entry in entries() if entry.status not in entry.operation["responses"]}
    assert unlike == exempt("status")


def test_every_operation_that_names_the_documentation_is_printed_there() -> None:
    """But for those that only the code samples of another operation call."""
    printed = {str(entry) for entry in entries()}
    claimed = {
        f"{method.upper()} {path}": node["x-source"]
        for path, item in DOCUMENT["paths"].items()
        for method, node in item.items()
        if isinstance(node, dict) and node.get("x-source", "").startswith("insightiq-v1.txt")
    }
    assert {operation for operation, source in claimed.items() if "sample only" not in source} == printed


@pytest.mark.parametrize("rule", CHECKS)
def test_every_printed_field_is_in_the_contract_as_printed(rule: str) -> None:
    """Its name, required mark, allowed values, bounds, default and type; but for the exceptions, which all occur."""
    found = {departure for entry in entries() for departure in departures(entry, rule)}
    assert found == exempt(rule)


@pytest.mark.parametrize("key", EXCEPTIONS, ids=" ".join)
def test_every_exception_has_its_note_in_the_contract(key: tuple[str, str, str]) -> None:
    assert pointed(DOCUMENT, EXCEPTIONS[key].note).get("x-note")
    assert EXCEPTIONS[key].reason
