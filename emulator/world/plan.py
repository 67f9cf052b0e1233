"""How a world is to begin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from emulator.world.clock import Mode
from emulator.world.origins import Origin
from emulator.world.population import INLINE, Recipe
from emulator.world.record import Choices, Limit


@dataclass(frozen=True, slots=True)
class Plan:
    """How a world begins. `epoch` is an instant; None leaves the epoch, the clock's mode or its rate to the recipe.

    `recipe` is a name, a file, or a recipe itself. `limits` and `choices` are by vendor; what is left out is as usual.
    """

    name: str
    recipe: str | Mapping[str, Any] = "default"
    seed: int = 1
    epoch: int | None = None
    mode: Mode | None = None
    rate: float | None = None
    limits: Mapping[str, Limit] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)


def first_row(
    plan: Plan, recipe: Recipe, origin: Origin, epoch: int, chosen: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The columns that creation writes, and reset again. `chosen` are limits and choices, by vendor."""
    return {
        "origin": origin.scope,
        "recipe": plan.recipe if isinstance(plan.recipe, str) else INLINE,
        "seed": plan.seed,
        "epoch": epoch,
        **{name: orjson.dumps(each).decode() for name, each in chosen.items()},
        "clock_mode": plan.mode or recipe.clock,
        "clock_rate": plan.rate or recipe.clock_rate,
        "clock_at": epoch,
        "clock_until": epoch,
        "next_due": origin.next_due,
        "sequence": origin.tasks,
    }
