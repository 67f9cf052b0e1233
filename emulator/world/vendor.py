"""What a vendor brings into the worlds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.world.clock import Mode
from emulator.world.projection import Project
from emulator.world.record import Limit
from emulator.world.tasks import TaskHandler
from emulator.world.world import World


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor's part in every world.

    `key` gives the credential of the world of that name as requests show it, such as `<token>` or `<id>:<secret>`.
    `credentials` gives what a user has to enter into a client, as JSON. `secrets` are the texts that are to be
    written down nowhere. `limit` gives the rate limit of a world whose clock begins in a mode, unless the world's maker
    chooses one.
    """

    name: str
    key: Callable[[str], str]
    credentials: Callable[[World], dict[str, Any]]
    secrets: Callable[[str], tuple[str, ...]]
    project: Project
    limit: Callable[[Mode], Limit] | None = None
    tasks: Mapping[str, TaskHandler] = field(default_factory=dict)
