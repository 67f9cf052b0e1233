"""What the control handlers work on, and the errors they raise."""

from dataclasses import dataclass

from emulator.jobs.engine import Jobs
from emulator.journal import Journal
from emulator.refusal import Refusal
from emulator.settings import Settings
from emulator.world.tasks import Timeline
from emulator.world.vendor import Vendor
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
