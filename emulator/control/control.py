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


@contextmanager
def named(control: Control, name: str) -> Iterator[None]:
    """For what is done with the world of that name: raises Problem if there is none."""
    try:
        yield
    except UnknownWorld:
        names = ", ".join(world.name for world in control.worlds.list())
        raise Problem(404, f"There is no world '{name[:100]}'. There are: {names or 'none'}.") from None


@contextmanager
def visiting(control: Control, name: str) -> Iterator[World]:
    """The world of that name, to be read."""
    with named(control, name), control.worlds.visit(name) as world:
        yield world


@contextmanager
def changing(control: Control, name: str) -> Iterator[World]:
    """The world of that name, to be changed."""
    with named(control, name), control.worlds.change(name) as world:
        yield world


def secrets(control: Control, world: World) -> tuple[str, ...]:
    """The texts that are shown nowhere."""
    return tuple(secret for vendor in control.vendors for secret in vendor.secrets(world.name))
