"""What the user of a world has chosen about a vendor, where the vendor leaves a choice."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import bindparam, select

from emulator.world import sql
from emulator.world.store import Statement
from emulator.world.tables import choices
from emulator.world.world import World

_CHOSEN: Final = Statement(
    select(choices.c.chosen).where(choices.c.world == bindparam("world"), choices.c.vendor == bindparam("vendor"))
)


def chosen(world: World, vendor: str) -> dict[str, Any]:
    """Keys and values are those of the control API; nothing until somebody chooses."""
    row = world.transaction.row(_CHOSEN, {"world": world.name, "vendor": vendor})
    found: dict[str, Any] = orjson.loads(row[0]) if row else {}
    return found


def choose(world: World, vendor: str, wanted: Mapping[str, Any]) -> None:
    """Replace what was chosen."""
    key = {"world": world.name, "vendor": vendor}
    world.transaction.change(sql.removal(choices, *key), {f"key_{name}": value for name, value in key.items()})
    row = {**key, "chosen": orjson.dumps(wanted)}
    world.transaction.change(sql.insertion(choices, tuple(row)), row)
