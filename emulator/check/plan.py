"""What a check is, what became of it, and what the user allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from emulator.check.graph import GraphContract
from emulator.check.rest import RestContract

if TYPE_CHECKING:
    from emulator.check.run import Run

Level = Literal["documents", "responses", "behaviour", "fuzz"]
Time = Literal["virtual", "wait", "skip"]
Contract = RestContract | GraphContract
Need = Literal["writes", "clock", "own world", "receiver"]

LEVELS: tuple[Level, ...] = ("documents", "responses", "behaviour", "fuzz")


EVIDENCE = ("documented", "observed", "reported", "assumed")


class Skipped(Exception):
    """The check does not fit this target; the message says why."""


@dataclass(frozen=True)
class Check:
    """`id` is `<vendor>/<operation>/<name>`. `run` reports what it finds, and raises Skipped."""

    id: str
    level: Level
    words: str
    run: "Callable[[Run], None]" = field(compare=False, repr=False)
    needs: frozenset[Need] = frozenset()

    @property
    def vendor(self) -> str:
        return self.id.partition("/")[0]

    @property
    def operation(self) -> str:
        return self.id.split("/")[1]


@dataclass(frozen=True)
class Outcome:
    """What became of a check."""

    check: Check
    state: Literal["held", "failed", "skipped"]
    reason: str = ""
    calls: int = 0


@dataclass(frozen=True)
class Options:
    """What the user allows.

    `receiver` is an address at which the target reaches us, `strict` forbids keys that the contract does not name,
    `first` ends the run with the first failure. Divergences from rules of other `evidence` are told, and not counted.
    """

    writes: bool = False
    time: Time = "skip"
    seed: int = 1
    examples: int = 20
    strict: bool = False
    first: bool = False
    evidence: Sequence[str] = EVIDENCE
    receiver: str = ""
    listen: int = 0
