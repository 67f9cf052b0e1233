"""Accepted divergences: by rule and path, for a reason, until a day."""

from pathlib import Path

import pytest

from tests.check.command import CREDENTIALS, check
from tests.check.foreign import serving

ENTRY = """
- rule: storyclash/list_campaigns/response.schema
  path: ""
  reason: the vendor has been told
  expires: {day}
"""


def wrong(*arguments: object) -> tuple[int, str, str]:
    """A server whose list of campaigns is an object."""
    with serving() as foreign:
        usual = ("storyclash", "--only", "list_campaigns", "--level", "responses", "--target", foreign.url)
        done = check(*usual, *arguments, **CREDENTIALS)
    return done.code, done.out, done.err


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    return tmp_path / "baseline.yaml"


def test_an_accepted_divergence_is_shown_with_its_reason_and_is_no_failure(baseline: Path) -> None:
    baseline.write_text(ENTRY.format(day="2999-12-31"))
    code, out, _ = wrong("--baseline", baseline)
    assert code == 0
    assert "ACCEPTED (the vendor has been told)" in out


def test_an_entry_that_has_expired_accepts_nothing(baseline: Path) -> None:
    baseline.write_text(ENTRY.format(day="2020-01-01"))
    code, out, _ = wrong("--baseline", baseline)
    assert code == 1
    assert "DIVERGES" in out
    assert "BASELINE  storyclash/list_campaigns/response.schema" in out


def test_an_entry_that_occurs_no_more_is_reported(baseline: Path) -> None:
    baseline.write_text(ENTRY.format(day="2999-12-31"))
    done = check("storyclash", "--only", "list_campaigns", "--baseline", baseline)
    assert done.code == 1
    assert "occurs no more" in done.out


def test_an_entry_whose_rule_was_not_looked_at_is_left_alone(baseline: Path) -> None:
    baseline.write_text(ENTRY.format(day="2999-12-31").replace("storyclash/list_campaigns", "insightiq/get_user"))
    done = check("storyclash", "--only", "list_campaigns", "--baseline", baseline)
    assert done.code == 0


def test_wildcards_stand_for_rules_and_paths(baseline: Path) -> None:
    baseline.write_text('- {rule: "storyclash/*/response.*", path: "*", reason: known, expires: 2999-12-31}')
    assert wrong("--baseline", baseline)[0] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {rule: a, reason: b}", "lacks ['expires']"),
        ("- {rule: a, reason: b, expires: soon}", "expires is 'soon'"),
        ("- {rule: a, reason: '', expires: 2999-12-31}", "gives no reason"),
        ("- {rule: a, reason: b, expires: 2999-12-31, until: c}", "unknown key until"),
        ("rule: a", "not a list"),
        ("[", "baseline.yaml"),
    ],
)
def test_a_bad_baseline_is_refused(baseline: Path, text: str, told: str) -> None:
    baseline.write_text(text)
    code, _, err = wrong("--baseline", baseline)
    assert code == 2
    assert told in err
