"""What the root resolvers of version 2 work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.vendors.archive.dialect import Shop
from emulator.vendors.archive.workspace.terms import defaults
from emulator.world import choices
from emulator.world.world import World

VENDOR = "archive"


@dataclass(frozen=True, slots=True)
class Workspace(Shop):
    """A shop, as version 1 calls it. `settings` are those of workspace.yaml; `rate` are the headers of its limits.

    A request for `workspaces` alone need not name one: its id is then 0, and its UUID empty.
    """

    uuid: str
    settings: Mapping[str, Any]
    rate: tuple[tuple[str, str], ...] = ()


def settings_of(world: World) -> dict[str, Any]:
    return {**defaults(), **choices.chosen(world, VENDOR)}
