"""Schemas of a contract by their names, for JSON that comes from elsewhere than a request."""

from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema_rs

from emulator.contract.document import load
from emulator.contract.validation import Schemas

Broken = list[tuple[tuple[str | int, ...], str]]


def component(folder: str, name: str) -> Callable[[Any], Broken]:
    """What a schema of `contracts/<folder>` has against a value: places and messages."""

    def broken(value: Any) -> Broken:
        errors = _validator(folder, name).iter_errors(value)
        return [(tuple(error.instance_path), f"{error.message[:300]} (schema {name})") for error in errors]

    return broken


@cache
def _validator(folder: str, name: str) -> jsonschema_rs.Draft202012Validator:
    return Schemas(load(folder)).validator({"$ref": f"#/components/schemas/{name}"})
