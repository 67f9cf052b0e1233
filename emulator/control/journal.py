"""The journal over HTTP."""

from emulator.control.control import Control, named
from emulator.world.tables import journal


def list_exchanges(
    control: Control,
    world: str,
    vendor: str | None,
    operation: str | None,
    status: int | None,
    limit: int,
    before: int | None,
) -> bytes:
    _check(control, world)
    wanted = {"vendor": vendor, "operation": operation, "status": status}
    conditions = [journal.c[name] == value for name, value in wanted.items() if value is not None]
    if before is not None:
        conditions.append(journal.c.number < before)
    return b'{"data":[' + b",".join(control.journal.list(world, conditions, limit)) + b"]}"


def clear_journal(control: Control, world: str) -> None:
    _check(control, world)
    control.journal.clear(world)


def _check(control: Control, world: str) -> None:
    with named(control, world):
        control.worlds.get(world)
