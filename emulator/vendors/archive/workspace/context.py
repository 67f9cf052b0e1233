"""What the root resolvers of version 2 work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.vendors.archive.dialect import Shop
from emulator.world.world import World

VENDOR = "archive"


@dataclass(frozen=True, slots=True)
class Workspace(Shop):
    """A shop, as version 1 calls it. `choices` are those of workspace.yaml; `rate` are the headers of its limits.

    A request for `workspaces` alone need not name one: its id is then 0, and its UUID empty.
    """

    uuid: str
    choices: Mapping[str, Any]
    rate: tuple[tuple[str, str], ...] = ()


def choices_of(world: World) -> Mapping[str, Any]:
    """What the world's maker, or its user later on, has chosen of workspace.yaml's choices."""
    return world.record.choices[VENDOR]
