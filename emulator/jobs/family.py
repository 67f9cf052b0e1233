"""A kind of job: what a vendor brings for each, as one row of its table of families."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.refusal import Refusal
from emulator.world.world import World


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is stored. `request` is what was asked for, `result` what came of it; `error` is there if it failed.

    Times are instants; `due` is when it will end, or has ended. `rule` is what was commanded for it, if anything was.
    """

    id: str
    vendor: str
    family: str
    status: str
    request: dict[str, Any]
    request_id: str
    created_at: int
    due: int
    ended_at: int | None
    result: Any
    error: dict[str, Any] | None
    rule: dict[str, Any] | None


class Commanded(Refusal):
    """The job is to fail, whatever it would have come to; what is None is for the vendor to say."""

    def __init__(
        self,
        type: str | None = None,
        code: str | None = None,
        message: str | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message or "the job was told to fail")
        self.type = type
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Family:
    """`seconds` are the shortest and the longest time that a job takes; `outcomes` are the statuses it may end in.

    Where the time is a matter of what was asked for, `seconds` is a function of the job.

    `compute` gives the result, for the status that the job is to end in, as JSON or as a pair of another status and
    JSON; a Refusal that it raises fails the job, and `worded` makes the job's error of it. `ended` is called in the
    transaction in which the job ends, and tells whoever is to be told.
    """

    vendor: str
    name: str
    seconds: tuple[int, int] | Callable[[Job], tuple[int, int]]
    compute: Callable[[World, Job, str], Any]
    ended: Callable[[World, Job], None]
    worded: Callable[[Refusal, Job], dict[str, Any]]
    in_progress: str = "IN_PROGRESS"
    succeeded: str = "SUCCESS"
    failed: str = "FAILURE"
    outcomes: tuple[str, ...] = ("SUCCESS", "FAILURE")
    computed: tuple[str, ...] = ("SUCCESS",)  # the outcomes that have a result


Families = Mapping[tuple[str, str], Family]  # by vendor and name
