"""Jobs of a world, and how they end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from emulator.client import Client
from emulator.testing.moments import Span, given, length, read

__tracebackhide__ = True  # pytest shows the line of the test, and not ours below it


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for and takes time. `due` is None for one that never ends by itself.

    `result` is known of a job that was asked for by its id, and of one that `complete` or `fail` has just ended.
    """

    id: str
    vendor: str
    family: str
    status: str
    request: Mapping[str, Any]
    created_at: datetime
    due: datetime | None
    ended_at: datetime | None
    error: Mapping[str, Any] | None
    result: Any = field(default=None, repr=False)


class Jobs:
    """The jobs that were submitted to a world's vendors."""

    def __init__(self, control: Client) -> None:
        self._control = control

    def all(self, family: str | None = None, *, vendor: str | None = None, status: str | None = None) -> list[Job]:
        """Oldest first; statuses are in the vendor's words, such as IN_PROGRESS."""
        shown = self._control.get("jobs", family=family, vendor=vendor, status=status, limit=1_000)["data"]
        return [_job(each) for each in reversed(shown)]

    def get(self, job: Job | str) -> Job:
        return _job(self._of(job).get())

    def complete(self, job: Job | str, outcome: str | None = None) -> Job:
        """Have it done now, whatever its time; its webhooks are delivered when this returns."""
        return _job(self._of(job).post("complete", body=given(outcome=outcome)))

    def fail(self, job: Job | str, outcome: str | None = None, *, error: Mapping[str, Any] | None = None) -> Job:
        """Have it fail now; `error` replaces parts of the vendor's error for an internal failure."""
        return _job(self._of(job).post("fail", body=given(outcome=outcome, error=error)))

    def rule(
        self,
        outcome: str | None = None,
        *,
        family: str | None = None,
        vendor: str | None = None,
        after: Span | None = None,
        error: Mapping[str, Any] | None = None,
        skip: int = 0,
        times: int | None = None,
    ) -> None:
        """Say how jobs end, and after how long, from now on: a rule below those that are there."""
        match = {"match": given(family=family, vendor=vendor)}
        seconds = None if after is None else length(after)
        new = match | given(outcome=outcome, after=seconds, error=error, skip=skip, times=times)
        self.set_rules(*(_without_count(rule) for rule in self.rules()), new)

    def rules(self) -> list[dict[str, Any]]:
        """Each with how many jobs it has `matched`."""
        rules: list[dict[str, Any]] = self._control.get("job-rules")["data"]
        return rules

    def set_rules(self, *rules: Mapping[str, Any]) -> None:
        """All rules at once, as PUT job-rules takes them; without any, jobs go their usual way."""
        self._control.put("job-rules", body=list(rules))

    def _of(self, job: Job | str) -> Client:
        return self._control.under("jobs", job if isinstance(job, str) else job.id)


def _job(shown: Mapping[str, Any]) -> Job:
    return Job(
        **{name: shown[name] for name in ("id", "vendor", "family", "status", "request", "error")},
        created_at=read(shown["created_at"]),
        due=shown["due"] and read(shown["due"]),
        ended_at=shown["ended_at"] and read(shown["ended_at"]),
        result=shown.get("result"),
    )


def _without_count(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if name != "matched" and value is not None}
