"""Schemas of a contract by their names, for JSON that comes from elsewhere than a request."""

from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema_rs

from emulator.contract.document import load
from emulator.contract.validation import Schemas
from emulator.contract.wording import Place, worded

Broken = list[tuple[Place, str]]


def component(folder: str, name: str) -> Callable[[Any], Broken]:
    """What a schema of `contracts/<folder>` has against a value: places and messages."""

    def broken(value: Any) -> Broken:
        found = (worded(error, load(folder)) for error in _validator(folder, name).iter_errors(value))
        return [(place, f"{message[:300]} (schema {name})") for place, message in found]

    return broken


@cache
def _validator(folder: str, name: str) -> jsonschema_rs.Draft202012Validator:
    return Schemas(load(folder)).validator({"$ref": f"#/components/schemas/{name}"})
