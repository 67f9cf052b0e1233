"""Faults on command: deliveries that are dropped, doubled, late, or in another order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final, Literal

import orjson
from sqlalchemy import bindparam, select

from emulator.world import instant, sql
from emulator.world.store import Statement
from emulator.world.tables import webhook_faults
from emulator.world.world import World

Action = Literal["deliver", "drop", "duplicate", "delay", "reorder"]
State = Literal["pending", "held", "dropped"]

_RULES: Final = Statement(
    select(webhook_faults.c.position, webhook_faults.c.rule, webhook_faults.c.matched)
    .where(webhook_faults.c.world == bindparam("world"))
    .order_by(webhook_faults.c.position)
)
_COUNT: Final = sql.change(webhook_faults, ("world", "position"), ("matched",))


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of one notification; `delay` is in microseconds.

    One that is to be reordered is held until the next one to its endpoint is on its way, `delay` at most.
    """

    action: Action
    copies: int = 1
    delay: int = 0

    @property
    def state(self) -> State:
        return {"drop": "dropped", "reorder": "held"}.get(self.action, "pending")  # type: ignore[return-value]

    @property
    def reason(self) -> str | None:
        return "dropped on command" if self.action == "drop" else None


KEEP: Final = Fault("deliver")


def next_fault(world: World, vendor: str, event: str, url: str) -> Fault:
    """What the first rule that matches makes of it; every rule on the way counts what it matches."""
    for position, stored, matched in world.transaction.rows(_RULES, {"world": world.name}):
        rule = orjson.loads(stored)
        if not _matches(rule["match"], vendor, event, url):
            continue
        world.transaction.change(_COUNT, {"key_world": world.name, "key_position": position, "matched": matched + 1})
        if rule["skip"] <= matched < rule["skip"] + (rule["times"] or matched + 1):
            return _fault(rule)
    return KEEP


def rules(world: World) -> list[dict[str, Any]]:
    """In their order, each with `matched`: how many notifications it has seen."""
    found = world.transaction.rows(_RULES, {"world": world.name})
    return [{**orjson.loads(stored), "matched": matched} for _, stored, matched in found]


def replace_rules(world: World, new: Sequence[Mapping[str, Any]]) -> None:
    world.transaction.change(sql.removal(webhook_faults, "world"), {"key_world": world.name})
    for position, rule in enumerate(new):
        row = {"world": world.name, "position": position, "rule": orjson.dumps(rule), "matched": 0}
        world.transaction.change(sql.insertion(webhook_faults, tuple(row)), row)


def _matches(match: Mapping[str, str], vendor: str, event: str, url: str) -> bool:
    """Patterns as of file names: `CONTENTS.*`."""
    given = {"vendor": vendor, "event": event, "url": url}
    return all(fnmatchcase(given[name], pattern) for name, pattern in match.items())


def _fault(rule: Mapping[str, Any]) -> Fault:
    """`copies` are those beside the original."""
    copies = 1 + rule["copies"] if rule["action"] == "duplicate" else 1
    delay = int(rule["seconds"] * instant.SECOND) if rule["action"] in ("delay", "reorder") else 0
    return Fault(rule["action"], copies, delay)
