"""Worlds over HTTP."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from emulator.control import keeping
from emulator.control.control import Control, Problem, named
from emulator.control.moments import parse_instant, shown_clock
from emulator.webhooks import inbox
from emulator.words import sentence
from emulator.world import instant
from emulator.world.plan import Plan
from emulator.world.population import RecipeError
from emulator.world.record import Choices, Record
from emulator.world.tasks import UnknownWorld
from emulator.world.worlds import WorldExists

_OF_RECIPES: Final[dict[str, Any]] = {
    "recipe": "default", "seed": 1, "epoch": None, "clock": {}, "limits": {}, "choices": {},
}  # fmt: skip


def list_worlds(control: Control) -> dict[str, Any]:
    return {"data": list(_those_left(control))}


def create_world(control: Control, body: dict[str, Any]) -> dict[str, Any]:
    try:
        record = _made(control, body)
    except WorldExists as error:
        raise Problem(409, f"A world '{error}' exists. Delete or reset it, or take another name.") from None
    except RecipeError as error:
        place = "body " if str(error).startswith("recipe") else ""
        raise Problem(400, sentence(f"{place}{error}")) from None
    return _shown(control, record)


def get_world(control: Control, world: str) -> dict[str, Any]:
    with named(control, world):
        return _shown(control, control.worlds.get(world))


def reset_world(control: Control, world: str) -> dict[str, Any]:
    control.journal.flush()
    with named(control, world):
        return _shown(control, control.worlds.reset(world))


def delete_world(control: Control, world: str) -> None:
    with named(control, world):
        control.worlds.delete(world)


def get_choices(control: Control, world: str) -> Choices:
    with named(control, world):
        return control.worlds.get(world).choices


def set_choices(control: Control, world: str, body: dict[str, Any]) -> Choices:
    with named(control, world):
        return control.worlds.choose(world, _choices(body)).choices


def _choices(body: dict[str, dict[str, Any]]) -> Choices:
    """Whole numbers may come as 1.0."""
    return {
        vendor: {name: int(value) if isinstance(value, float) else value for name, value in given.items()}
        for vendor, given in body.items()
    }


def _made(control: Control, body: dict[str, Any]) -> Record:
    source = body.get("from")
    if source is None:
        return control.worlds.create(_plan(body))
    if decided := [name for name, usual in _OF_RECIPES.items() if body.get(name, usual) != usual]:
        raise Problem(400, f"body {decided[0]}: a world that is made from another one has what that one has.")
    if "export" in source:
        return keeping.imported(control, source["export"], body.get("name"))
    return keeping.fork(control, source, body.get("name") or _name())


def _those_left(control: Control) -> Iterator[dict[str, Any]]:
    """A world may be deleted while the others are being shown."""
    for record in control.worlds.list():
        with suppress(UnknownWorld):
            yield _shown(control, record)


def _plan(body: dict[str, Any]) -> Plan:
    clock = body.get("clock", {})
    return Plan(
        name=body.get("name") or _name(),
        recipe=body["recipe"],
        seed=int(body["seed"]),  # 1.0 is an integer in JSON
        epoch=None if body["epoch"] is None else parse_instant(body["epoch"]),
        mode=clock.get("mode"),
        rate=clock.get("rate"),
        limits={vendor: int(it) if isinstance(it, float) else it for vendor, it in body.get("limits", {}).items()},
        choices=_choices(body.get("choices", {})),
    )


def _name() -> str:
    return f"world-{secrets.token_hex(4)}"


def _shown(control: Control, record: Record) -> dict[str, Any]:
    with control.worlds.visit(record.name) as world:
        return {
            "name": world.name,
            "recipe": record.recipe,
            "seed": record.seed,
            "epoch": instant.rfc3339(record.epoch),
            "clock": shown_clock(world.record, world.now),
            "limits": world.record.limits,
            "choices": world.record.choices,
            "inbox_url": inbox.url(world.base_url, world.name),
            "credentials": {vendor.name: vendor.credentials(world) for vendor in control.vendors},
        }
