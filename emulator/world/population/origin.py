"""What a population is a function of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from emulator.world import ids
from emulator.world.population.randomness import stream
from emulator.world.population.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Origin:
    recipe: Recipe
    seed: int
    epoch: datetime

    @property
    def start(self) -> datetime:
        """Nothing was published before."""
        return self.epoch - timedelta(days=self.recipe.history_days)

    def stream(self, *name: str | int) -> Random:
        return stream(self.seed, *name)

    def uuid(self, *name: str | int) -> str:
        return ids.uuid(self.seed, *name)
