"""One HTML page that needs nothing beside itself: no scripts, no fonts, no network."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from emulator.check.coverage import Row
from emulator.check.plan import Outcome
from emulator.check.report import HOLDS, NOT_CHECKED, Divergence, Report

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #2a8a4a; --bad: #c43838; --dim: #888; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
.verdict { border-left: .5rem solid; padding: .6rem 1rem; margin: 1rem 0; background: #8881; }
.good { border-color: var(--good); } .bad { border-color: var(--bad); }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--dim); font-weight: 500; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0; }
meter { width: 5rem; } .dim { color: var(--dim); } .tag { border: 1px solid; border-radius: .3rem; padding: 0 .35rem; }
details { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .8rem; margin: .5rem 0; }
summary { cursor: pointer; } dl { display: grid; grid-template-columns: 6rem 1fr; gap: .3rem .8rem; margin: .6rem 0 0; }
dt { color: var(--dim); } dd { margin: 0; } .fail { color: var(--bad); }
"""


def render(report: Report) -> str:
    body = "\n".join(_parts(report))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Contract check</title>'
    return f'<!doctype html><html lang="en"><head>{head}<style>{_STYLE}</style></head><body>{body}</body></html>\n'


def _parts(report: Report) -> Iterator[str]:
    kind = "good" if report.exit_code == HOLDS else "bad"
    yield f"<h1>Contract check</h1><p class=dim>{escape(report.target)}; levels: {', '.join(report.levels)}</p>"
    rules = f"{report.rules} rules were exercised."
    yield f'<p class="verdict {kind}"><strong>{escape(report.verdict)}</strong><br>{rules}</p>'
    if report.exit_code == NOT_CHECKED or report.problems:
        yield _list("Not checked", report.problems)
    yield from _divergences(report)
    if report.gone:
        words = (f"{e.rule} at {e.path}: expired on {e.expires}, or occurs no more ({e.reason})" for e in report.gone)
        yield _list("Entries of the baseline without a divergence", words)
    yield from _vendors(report)
    yield from _skipped(report)
    if report.left_behind:
        yield _list("Left behind on the target", report.left_behind)


def _list(title: str, items: Iterable[str]) -> str:
    return f"<h2>{title}</h2><ul>{''.join(f'<li>{escape(each)}</li>' for each in items)}</ul>"


def _divergences(report: Report) -> Iterator[str]:
    accepted = [each for each in report.divergences if each.accepted is not None]
    weak = [each for each in report.divergences if each.weak and each.accepted is None]
    titles = {"Divergences": report.open, "Not counted, by their evidence": weak, "Accepted by the baseline": accepted}
    for title, found in titles.items():
        if found:
            yield f"<h2>{title} ({len(found)})</h2>"
            yield from (_divergence(report, each) for each in found)


def _divergence(report: Report, divergence: Divergence) -> str:
    found, told = divergence.first, []
    told.append(("rule", f"{escape(found.rule.words)} <span class=tag>{escape(found.rule.evidence)}</span>"))
    told.append(("source", escape(found.rule.source or "-")))
    told.append(("came", f"<code class=fail>{escape(found.came)}</code>"))
    told.append(("promised", f"<code>{escape(found.promised)}</code>"))
    if divergence.accepted:
        told.append(("accepted", escape(f"{divergence.accepted.reason}, until {divergence.accepted.expires}")))
    if found.exchange:
        shown = report.shown(found.exchange)
        request = f"{shown['method']} {shown['url']}\n{_headers(shown['request_headers'])}\n\n{shown['request_body']}"
        told.append(("request", f"<pre>{escape(request.strip())}</pre>"))
        answer = f"{shown['status']}\n{_headers(shown['headers'])}\n\n{shown['body']}"
        told.append(("answer", f"<pre>{escape(answer.strip())}</pre>"))
    head = f"<code>{escape(found.rule.id)}</code> {escape(found.place)}"
    times = f" <span class=dim>{divergence.times} times</span>" if divergence.times > 1 else ""
    brief = f"{found.came[:90]} instead of {found.promised[:90]}"
    head += f"<br><span class=dim>{escape(brief)}</span>"
    inner = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in told)
    return f"<details><summary>{head}{times}</summary><dl>{inner}</dl></details>"


def _headers(headers: dict[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers.items())


def _vendors(report: Report) -> Iterator[str]:
    failed = {each.first.rule.operation for each in report.open}
    for vendor, rows in groupby(report.rows, lambda row: row.operation.partition("/")[0]):
        yield f"<h2>{escape(vendor)}</h2><table><tr><th>operation<th>checks<th class=n>calls<th>statuses<th>fields</tr>"
        yield from (_row(report, row, failed) for row in rows)
        yield "</table>"


def _row(report: Report, row: Row, failed: set[str]) -> str:
    name = row.operation.partition("/")[2]
    counts = zip(report.states(row.operation), ("held", "failed", "skipped"), strict=True)
    told = ", ".join(f"{count} {state}" for count, state in counts if count) or "none"
    mark = " class=fail" if name in failed else ""
    more = (
        f"<br><span class=dim>not in the contract: {escape(', '.join(row.unknown[:10]))}</span>" if row.unknown else ""
    )
    cells = f"<td>{told}<td class=n>{row.calls}<td>{_meter(*row.statuses)}<td>{_meter(*row.fields)}"
    return f"<tr><td{mark}><code>{escape(name)}</code>{more}{cells}</tr>"


def _meter(seen: int, of: int) -> str:
    return f"<meter value={seen} max={max(of, 1)}></meter> {seen}/{of}" if of else "<span class=dim>-</span>"


def _skipped(report: Report) -> Iterator[str]:
    def reason(outcome: Outcome) -> str:
        return outcome.reason

    skipped = sorted(report.skipped, key=reason)
    if skipped:
        yield f"<h2>Skipped ({len(skipped)})</h2>"
    for why, outcomes in groupby(skipped, reason):
        names = [escape(each.check.id) for each in outcomes]
        yield f"<details><summary>{len(names)}: {escape(why)}</summary><code>{', '.join(names)}</code></details>"
