"""Faults over HTTP: what goes wrong with requests, and the names of the vendors' errors."""

from dataclasses import asdict
from typing import Any

from emulator.control.control import Control, Problem, changing, visiting
from emulator.faults import catalogue, given
from emulator.faults.fault import RULES
from emulator.faults.given import FaultError
from emulator.webhooks import faults as webhooks
from emulator.words import sentence
from emulator.world.rules import Rule


def get_faults(control: Control, world: str) -> dict[str, Any]:
    with visiting(control, world) as visited:
        return {"faults": RULES.all(visited), "webhooks": webhooks.RULES.all(visited)}


def set_faults(control: Control, world: str, body: dict[str, Any]) -> dict[str, Any]:
    """A list that is left out stays as it is; an empty object clears both."""
    wanted = body or {"faults": [], "webhooks": []}
    new = [_rule(nth, each) for nth, each in enumerate(wanted.get("faults", ()))]
    with changing(control, world) as changed:
        if "faults" in wanted:
            RULES.replace(changed, new)
        if "webhooks" in wanted:
            webhooks.RULES.replace(changed, [webhooks.rule(each) for each in wanted["webhooks"]])
    return get_faults(control, world)


def clear_faults(control: Control, world: str) -> None:
    set_faults(control, world, {})


def list_errors(control: Control, vendor: str | None) -> dict[str, Any]:  # noqa: ARG001
    vendors = catalogue.VENDORS if vendor is None else (vendor,)
    return {"data": [asdict(error) for each in vendors for error in catalogue.errors(each)]}


def _rule(nth: int, each: dict[str, Any]) -> Rule:
    try:
        return given.rule(each)
    except FaultError as error:
        raise Problem(400, sentence(f"body faults.{nth}.{error}")) from None
