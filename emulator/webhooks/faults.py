"""Faults on command: deliveries that are dropped, doubled, late, or in another order."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final, Literal

from emulator.world import instant
from emulator.world.rules import Rules
from emulator.world.world import World

Action = Literal["deliver", "drop", "duplicate", "delay", "reorder"]
State = Literal["pending", "held", "dropped"]

RULES: Final = Rules("webhook")
_RULE: Final = {"match": {}, "copies": 1, "seconds": 60, "skip": 0, "times": None}


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


def rule(given: Mapping[str, Any]) -> dict[str, Any]:
    """With all that holds where nothing was said; whole numbers may come as 1.0."""
    full = {**_RULE, **given}
    return full | {name: int(full[name]) for name in ("copies", "skip", "times") if full[name] is not None}


def next_fault(world: World, vendor: str, event: str, url: str) -> Fault:
    """What a rule makes of a notification."""
    met = RULES.first(world, lambda each: _matches(each["match"], vendor, event, url))
    return KEEP if met is None else _fault(met)


def _matches(match: Mapping[str, str], vendor: str, event: str, url: str) -> bool:
    """Patterns as of file names: `CONTENTS.*`."""
    given = {"vendor": vendor, "event": event, "url": url}
    return all(fnmatchcase(given[name], pattern) for name, pattern in match.items())


def _fault(rule: Mapping[str, Any]) -> Fault:
    """`copies` are those beside the original."""
    copies = 1 + rule["copies"] if rule["action"] == "duplicate" else 1
    delay = int(rule["seconds"] * instant.SECOND) if rule["action"] in ("delay", "reorder") else 0
    return Fault(rule["action"], copies, delay)
