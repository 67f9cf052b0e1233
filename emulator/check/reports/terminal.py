"""For a terminal, and for the log of a nightly job."""

from collections.abc import Iterator
from itertools import groupby

from emulator.check.plan import Outcome
from emulator.check.report import Divergence, Report


def render(report: Report) -> str:
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"Target: {report.target}"
    yield from _operations(report)
    yield from _skipped(report)
    for divergence in report.divergences:
        yield from _divergence(report, divergence)
    for entry in report.gone:
        yield f"\nBASELINE  {entry.rule} at {entry.path or '/'}: expired on {entry.expires}, or occurs no more"
    for problem in report.problems:
        yield f"\nNOT CHECKED  {problem}"
    for thing in report.left_behind:
        yield f"\nLEFT BEHIND  {thing}"
    yield f"\n{report.verdict} {report.rules} rules were exercised."


def _operations(report: Report) -> Iterator[str]:
    if not report.rows:
        return
    width = max(len(row.operation) for row in report.rows)
    yield f"\n{'operation'.ljust(width)}  held  failed  skipped  calls  statuses   fields"
    for row in report.rows:
        statuses, fields = ("/".join(map(str, each)) for each in (row.statuses, row.fields))
        held, failed, skipped = report.states(row.operation)
        checks = f"{held:4}  {failed:6}  {skipped:7}"
        yield f"{row.operation.ljust(width)}  {checks}  {row.calls:5}  {statuses:>8}  {fields:>7}"
    for row in report.rows:
        if row.unknown:
            yield f"not in the contract: {row.operation}: {', '.join(row.unknown[:10])}"


def _skipped(report: Report) -> Iterator[str]:
    """By reason: a whole level may be left out for one."""

    def reason(outcome: Outcome) -> str:
        return outcome.reason

    for why, outcomes in groupby(sorted(report.skipped, key=reason), reason):
        names = [each.check.id for each in outcomes]
        yield f"\nSKIPPED  {len(names)} because: {why}"
        yield "  " + ", ".join(names)


def _divergence(report: Report, divergence: Divergence) -> Iterator[str]:
    found = divergence.first
    word = "NOT COUNTED" if divergence.weak else "DIVERGES"
    word = f"ACCEPTED ({divergence.accepted.reason})" if divergence.accepted else word
    times = f" ({divergence.times} times)" if divergence.times > 1 else ""
    yield f"\n{word}  {found.rule.id}{f' at {found.place}' if found.place else ''}{times}"
    yield f"  rule      {found.rule.words} [{found.rule.evidence}; {found.rule.source}]"
    yield f"  came      {found.came}"
    yield f"  promised  {found.promised}"
    if found.exchange is not None:
        shown = report.shown(found.exchange)
        yield f"  request   {shown['method']} {shown['url']} {shown['request_body'][:200]}".rstrip()
        yield f"  answer    {shown['status']} {' '.join(shown['body'].split())[:200]}".rstrip()
