"""What a vendor brings into the worlds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.world.clock import Mode
from emulator.world.joining import ByProjection, Joining
from emulator.world.life import Published
from emulator.world.own import Own
from emulator.world.projection import Project
from emulator.world.record import Limit
from emulator.world.tasks import TaskHandler
from emulator.world.world import World


@dataclass(frozen=True, slots=True)
class Schedule:
    """`timeout` in seconds of real time; `retries` are the waits after each failure, in microseconds of the world's."""

    timeout: float
    retries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Webhooks:
    """A vendor's part in the delivery of its webhooks.

    `active` says whether an endpoint still wants what is on its way to it; `exhausted` is told that the last attempt at
    one has failed. `verified` says whether a delivery to the inbox is signed as it ought to be, or None where nothing
    is signed. `defaults` are what else a world can choose, beside the schedule, with what holds if it does not.
    """

    schedule: Schedule
    active: Callable[[World, str], bool]
    exhausted: Callable[[World, str], None]
    verified: Callable[[str, Mapping[str, str], bytes], bool | None]
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor's part in every world.

    `key` gives the credential of the world of that name as requests show it, such as `<token>` or `<id>:<secret>`.
    `credentials` gives what a user has to enter into a client, as JSON. `secrets` are the texts that are to be
    written down nowhere. `limit` gives the rate limit of a world whose clock begins in a mode, unless the world's maker
    chooses one; `choices` gives what else there is to choose, and how it is if nobody does. `webhooks` is absent where
    a vendor sends none, `published` where what is published after the epoch never shows, `joins` where members who join
    are no more to the vendor than their rows. `objects` are the kinds of objects that a recipe can bring along.
    """

    name: str
    key: Callable[[str], str]
    credentials: Callable[[World], dict[str, Any]]
    secrets: Callable[[str], tuple[str, ...]]
    project: Project
    limit: Callable[[Mode], Limit] | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)
    webhooks: Webhooks | None = None
    published: Published | None = None
    tasks: Mapping[str, TaskHandler] = field(default_factory=dict)
    objects: Mapping[str, Own] = field(default_factory=dict)
    joins: Joining | None = None

    @property
    def joining(self) -> Joining:
        return self.joins or ByProjection(self.project)
