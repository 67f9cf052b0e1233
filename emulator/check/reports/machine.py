"""For machines: JSON with everything, and JUnit XML as CI servers read it."""

from typing import Any
from xml.etree import ElementTree as ET

import orjson

from emulator.check.plan import Outcome
from emulator.check.report import Divergence, Report

_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), 65533)  # in XML 1.0


def as_json(report: Report) -> bytes:
    shown = {
        "target": report.target,
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "calls": report.calls,
        "levels": list(report.levels),
        "rules": report.rules,
        "problems": list(report.problems),
        "baseline_gone": [
            {"rule": e.rule, "path": e.path, "reason": e.reason, "expires": e.expires} for e in report.gone
        ],
        "left_behind": list(report.left_behind),
        "operations": [
            {
                "operation": row.operation,
                "checks": dict(zip(("held", "failed", "skipped"), report.states(row.operation), strict=True)),
                "calls": row.calls,
                "statuses": {"seen": row.statuses[0], "promised": row.statuses[1]},
                "fields": {"seen": row.fields[0], "promised": row.fields[1]},
                "fields_not_in_the_contract": list(row.unknown),
            }
            for row in report.rows
        ],
        "checks": [_outcome(each) for each in report.outcomes],
        "divergences": [_divergence(report, each) for each in report.divergences],
    }
    return orjson.dumps(shown, option=orjson.OPT_INDENT_2)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    check = outcome.check
    told = {"id": check.id, "level": check.level, "words": check.words, "state": outcome.state, "calls": outcome.calls}
    return {**told, "reason": outcome.reason} if outcome.reason else told


def _divergence(report: Report, divergence: Divergence) -> dict[str, Any]:
    found = divergence.first
    rule = {"id": found.rule.id, "words": found.rule.words}
    rule |= {"evidence": found.rule.evidence, "source": found.rule.source}
    accepted = divergence.accepted
    return {
        "rule": rule,
        "path": found.place,
        "times": divergence.times,
        "came": found.came,
        "promised": found.promised,
        "exchange": report.shown(found.exchange) if found.exchange else None,
        "counted": not divergence.weak,
        "accepted": {"reason": accepted.reason, "expires": accepted.expires} if accepted else None,
    }


def as_junit(report: Report) -> bytes:
    """One test case a check; divergences that no check of this name brought up are cases of their own."""
    root = ET.Element("testsuites", name="emulator check")
    for level in report.levels:
        outcomes = [each for each in report.outcomes if each.check.level == level]
        suite = ET.SubElement(root, "testsuite", name=level)
        for outcome in outcomes:
            case = ET.SubElement(suite, "testcase", classname=f"{level}.{outcome.check.vendor}", name=outcome.check.id)
            if outcome.state == "skipped":
                ET.SubElement(case, "skipped", message=_text(outcome.reason))
        _counted(suite, 0)
    _divergences(root, report)
    problems = ET.SubElement(root, "testsuite", name="not checked")
    for problem in report.problems:
        ET.SubElement(ET.SubElement(problems, "testcase", name=problem), "error", message=_text(problem))
    problems.set("errors", str(len(report.problems)))
    _counted(problems, 0)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _divergences(root: ET.Element, report: Report) -> None:
    suite = ET.SubElement(root, "testsuite", name="divergences")
    for divergence in report.divergences:
        found = divergence.first
        case = ET.SubElement(
            suite, "testcase", classname=found.rule.vendor, name=_text(f"{found.rule.id} {found.place}")
        )
        if divergence.weak:
            ET.SubElement(case, "skipped", message=f"evidence that is not counted: {found.rule.evidence}")
            continue
        if divergence.accepted is not None:
            ET.SubElement(case, "skipped", message=_text(divergence.accepted.reason))
            continue
        failure = ET.SubElement(case, "failure", message=_text(f"{found.came}, but promised was {found.promised}"))
        failure.text = _text(f"{found.rule.words}\n{found.rule.evidence}; {found.rule.source}")
    for entry in report.gone:
        case = ET.SubElement(suite, "testcase", classname="baseline", name=_text(f"{entry.rule} {entry.path}"))
        ET.SubElement(case, "failure", message=f"expired on {entry.expires}, or occurs no more")
    _counted(suite, len(report.open) + len(report.gone))


def _counted(suite: ET.Element, failures: int) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(failures))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))


def _text(value: str) -> str:
    return value.translate(_FORBIDDEN)
