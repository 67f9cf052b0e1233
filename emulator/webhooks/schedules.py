"""When a vendor's webhooks are tried again: as its contract says, or as the user of a world wants it."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.world import instant, sql
from emulator.world.store import Statement
from emulator.world.tables import webhook_settings
from emulator.world.vendor import Schedule
from emulator.world.world import World

_SETTINGS: Final = Statement(
    select(webhook_settings.c.settings).where(
        webhook_settings.c.world == bindparam("world"), webhook_settings.c.vendor == bindparam("vendor")
    )
)


def promised(delivery: Mapping[str, Any]) -> Schedule:
    """The schedule that a contract names in its `x-delivery`."""
    return Schedule(delivery["timeout_seconds"], _waits(delivery["retry_seconds"]))


def chosen(world: World, vendor: str) -> dict[str, Any]:
    """What the world's user has set for a vendor's webhooks; keys are those of the control API."""
    row = world.transaction.row(_SETTINGS, {"world": world.name, "vendor": vendor})
    settings: dict[str, Any] = orjson.loads(row[0]) if row else {}
    return settings


def choose(world: World, vendor: str, settings: Mapping[str, Any]) -> None:
    """Replace what was set."""
    key = {"world": world.name, "vendor": vendor}
    world.transaction.change(sql.removal(webhook_settings, *key), {f"key_{name}": value for name, value in key.items()})
    row = {**key, "settings": orjson.dumps(settings)}
    world.transaction.change(sql.insertion(webhook_settings, tuple(row)), row)


def schedule(world: World, vendor: str, usual: Schedule) -> Schedule:
    """The schedule that holds in a world."""
    settings = chosen(world, vendor)
    waits = settings.get("retry_seconds")
    return Schedule(settings.get("timeout_seconds", usual.timeout), usual.retries if waits is None else _waits(waits))


def _waits(seconds: list[float]) -> tuple[int, ...]:
    return tuple(int(wait * instant.SECOND) for wait in seconds)
