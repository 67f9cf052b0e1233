"""What a vendor brings into the worlds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.world.projection import Project
from emulator.world.tasks import TaskHandler
from emulator.world.world import World


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor's part in every world.

    `key` gives the credential of the world of that name as requests show it, such as `<token>` or `<id>:<secret>`.
    `credentials` gives what a user has to enter into a client, as JSON. `secrets` are the texts that are to be
    written down nowhere.
    """

    name: str
    key: Callable[[str], str]
    credentials: Callable[[World], dict[str, Any]]
    secrets: Callable[[str], tuple[str, ...]]
    project: Project
    tasks: Mapping[str, TaskHandler] = field(default_factory=dict)
