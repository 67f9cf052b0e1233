"""What a run came to, for people and for machines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from emulator import redaction
from emulator.check.baseline import Baseline, Entry
from emulator.check.coverage import Row, rows
from emulator.check.exchange import Exchange
from emulator.check.plan import LEVELS, Level, Outcome
from emulator.check.rule import Finding
from emulator.check.run import Run

HOLDS, DIVERGES, NOT_CHECKED = 0, 1, 2
BODY = 2_000  # characters of a body that a report shows


@dataclass(frozen=True)
class Divergence:
    """A rule that was broken at a place, once or several times; `accepted` by an entry of the baseline.

    `weak` says that its evidence is of a kind that is not counted.
    """

    first: Finding
    times: int
    accepted: Entry | None = None
    weak: bool = False


@dataclass(frozen=True)
class Report:
    """`problems` say why something could not be checked that should have been."""

    target: str
    calls: int
    levels: Sequence[Level]
    outcomes: Sequence[Outcome]
    divergences: Sequence[Divergence]
    rows: Sequence[Row]
    rules: int
    problems: Sequence[str] = ()
    gone: Sequence[Entry] = ()
    left_behind: Sequence[str] = ()
    secrets: Sequence[str] = field(default=(), repr=False)

    @cached_property
    def open(self) -> list[Divergence]:
        return [each for each in self.divergences if each.accepted is None and not each.weak]

    @property
    def exit_code(self) -> int:
        if self.open or self.gone:
            return DIVERGES
        return NOT_CHECKED if self.problems else HOLDS

    @property
    def skipped(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.state == "skipped"]

    def states(self, operation: str) -> tuple[int, int, int]:
        """How many checks of an operation have held, failed, and were skipped."""
        mine = [each.state for each in self.outcomes if each.check.id.startswith(f"{operation}/")]
        return mine.count("held"), mine.count("failed"), mine.count("skipped")

    @property
    def verdict(self) -> str:
        count = {state: sum(each.state == state for each in self.outcomes) for state in ("held", "failed", "skipped")}
        words = {HOLDS: "The contract holds", DIVERGES: "The target diverges", NOT_CHECKED: "Could not check"}
        held, failed, skipped = count["held"], count["failed"], count["skipped"]
        return f"{words[self.exit_code]}: {held} checks held, {failed} failed, {skipped} skipped; {self.calls} calls."

    def shown(self, exchange: Exchange) -> dict[str, Any]:
        """The exchange without secrets, its bodies cut."""
        return redacted(exchange, self.secrets, BODY)


def report(
    run: Run, levels: Sequence[Level], baseline: Baseline, only: Iterable[str] = (), recorded: bool = False
) -> Report:
    """What was recorded need not have come to every operation."""
    accepted = {key: baseline.accepts(found[0]) for key, found in run.findings.items()}
    counted = run.options.evidence
    divergences = [
        Divergence(found[0], len(found), accepted[key], found[0].rule.evidence not in counted)
        for key, found in run.findings.items()
    ]
    only = set(only)
    told = [each for each in rows(run) if not only or each.operation.split("/")[1] in only]
    return Report(
        target=run.target.name,
        calls=run.target.budget.spent,
        levels=[level for level in LEVELS if level in levels],
        outcomes=run.outcomes,
        divergences=sorted(divergences, key=lambda each: each.first.key),
        rows=told,
        rules=len(run.coverage.rules),
        problems=problems(run, [] if recorded else levels, told),
        gone=baseline.gone((each for each in accepted.values() if each), run.coverage.rules),
        left_behind=run.left_behind,
        secrets=run.target.secrets,
    )


def problems(run: Run, levels: Sequence[Level], told: Sequence[Row]) -> list[str]:
    """What would make a pass a silent one."""
    found = []
    if not any(each.state != "skipped" for each in run.outcomes):
        found.append("No check was executed.")
    if set(levels) - {"documents"}:
        planned = {f"{each.check.vendor}/{each.check.operation}" for each in run.outcomes}
        found += [
            f"{row.operation}: no check is there for this operation." for row in told if row.operation not in planned
        ]
        reached = {
            each.check.vendor for each in run.outcomes if each.check.level != "documents" and each.state != "skipped"
        }
        found += [
            f"{vendor}: every check of its answers was skipped." for vendor in run.contracts if vendor not in reached
        ]
    return found


def redacted(exchange: Exchange, secrets: Sequence[str], most: int | None = None) -> dict[str, Any]:
    asked, answered = exchange.asked, exchange.answered
    return {
        "method": asked.method,
        "url": redaction.url(asked.url, secrets),
        "request_headers": _headers(asked.headers, secrets),
        "request_body": _text(asked.body, secrets)[:most],
        "status": answered.status,
        "headers": _headers(answered.headers, secrets),
        "body": _text(answered.body, secrets)[:most],
    }


def _headers(headers: Mapping[str, str], secrets: Sequence[str]) -> dict[str, str]:
    return redaction.headers({name: [value] for name, value in headers.items()}, secrets)


def _text(body: bytes, secrets: Sequence[str]) -> str:
    return redaction.body(body.decode(errors="replace"), secrets)
