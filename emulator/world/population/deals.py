"""Accounts that a world has whatever chance says, so that every platform and every status can be met in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from emulator.world.population.access import AccountStatus
from emulator.world.population.asked import UNCONNECTABLE
from emulator.world.population.origin import Origin
from emulator.world.population.platforms import PLATFORMS, PlatformName
from emulator.world.population.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Deal:
    """An account that a creator has connected; without a platform it is on the creator's main one."""

    platform: PlatformName | None
    status: AccountStatus


def deals(origin: Origin, creator_ids: Sequence[int]) -> Mapping[int, Deal]:
    """By creator; as many of the possible ones as there are users, and creators to be them."""
    possible = _possible(origin.recipe)[: origin.recipe.connected_users]
    chosen = origin.stream("deals").sample(creator_ids, k=min(len(possible), len(creator_ids)))
    return dict(zip(chosen, possible, strict=False))


def _possible(recipe: Recipe) -> list[Deal]:
    """Connected accounts on the rarest platforms first, as the common ones come by themselves."""
    names = [name for name, weight in recipe.platforms.items() if weight and name not in UNCONNECTABLE]
    names.sort(key=lambda name: PLATFORMS[name].prevalence)
    return [*(Deal(name, "CONNECTED") for name in names), Deal(None, "NOT_CONNECTED"), Deal(None, "SESSION_EXPIRED")]
