"""What passes between a client and an API: the answer together with what the journal needs to know about it."""

from dataclasses import dataclass
from typing import Protocol

from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.world.record import Record


@dataclass(frozen=True, slots=True)
class Answer:
    """`world` and `at` (its time) are absent where the credential selected none.

    `stirred` tells that something is due in the world at once because of the request.
    """

    response: Response
    operation: str | None = None
    world: Record | None = None
    at: int = 0
    stirred: bool = False


class Numbering(Protocol):
    """Counts the requests to a world, so that ids made from the count are the same in every run."""

    def next(self, world: Record | None) -> int: ...


class Api(Protocol):
    """One vendor's API. Both functions are called on the event loop and do not wait."""

    name: str

    def answer(self, request: Request) -> Answer:
        """Raises Behind while the world that the request selects has to catch up with its clock."""

    def refuse(self, refusal: Refusal, path: str) -> Answer:
        """For what went wrong before the request was complete."""
