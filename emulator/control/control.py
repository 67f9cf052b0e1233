"""What the control handlers work on, and the errors they raise."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from emulator.jobs.engine import Jobs
from emulator.journal import Journal
from emulator.refusal import Refusal
from emulator.settings import Settings
from emulator.world.tasks import Timeline, UnknownWorld
from emulator.world.vendor import Vendor
from emulator.world.world import World
from emulator.world.worlds import Worlds


@dataclass(frozen=True, slots=True)
class Control:
    """The parts of a running emulator."""

    settings: Settings
    vendors: tuple[Vendor, ...]
    worlds: Worlds
    timeline: Timeline
    journal: Journal
    jobs: Jobs


class Problem(Refusal):
    """An error of our own interface; `detail` says what was seen and what to do."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = tuple(headers.items())


def no_world(control: Control, name: str) -> Problem:
    names = ", ".join(world.name for world in control.worlds.list())
    return Problem(404, f"There is no world '{name[:100]}'. There are: {names or 'none'}.")


@contextmanager
def visiting(control: Control, name: str) -> Iterator[World]:
    """The world of that name, to be read."""
    try:
        with control.worlds.visit(name) as world:
            yield world
    except UnknownWorld:
        raise no_world(control, name) from None


@contextmanager
def changing(control: Control, name: str) -> Iterator[World]:
    """The world of that name, to be changed."""
    try:
        with control.worlds.change(name) as world:
            yield world
    except UnknownWorld:
        raise no_world(control, name) from None


def secrets(control: Control, world: World) -> tuple[str, ...]:
    """The texts that are shown nowhere."""
    return tuple(secret for vendor in control.vendors for secret in vendor.secrets(world.name))
