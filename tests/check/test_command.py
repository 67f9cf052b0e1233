"""`emulator check`: what it says, what it leaves alone, and how it ends."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from emulator.check.catalogue import vendors
from emulator.check.rest import RestContract
from tests.check.command import CREDENTIALS, SECRETS, check
from tests.check.foreign import Foreign, serving

FAST = ("--rate", 10_000)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Those of a run in which something diverges."""
    folder = tmp_path_factory.mktemp("reports")
    with serving() as foreign:
        files = [f"--{kind}={folder / f'report.{kind}'}" for kind in ("json", "junit", "html")]
        record = f"--record={folder / 'run.har'}"
        done = check("--target", foreign.url, *FAST, "--budget", 60, *files, record, **CREDENTIALS)
    (folder / "report.txt").write_text(done.out)
    assert done.code == 1
    return folder


def test_without_a_target_the_emulator_itself_is_checked() -> None:
    done = check("storyclash")
    assert done.code == 0
    assert "The contract holds" in done.out


def test_another_server_diverges_and_each_rule_is_named_with_its_source() -> None:
    with serving() as foreign:
        done = check("storyclash", "--target", foreign.url, *FAST, **CREDENTIALS)
    assert done.code == 1
    assert "DIVERGES  storyclash/list_campaigns/response.schema" in done.out
    assert "facts/storyclash.md" in done.out
    for line in ("rule", "came", "promised", "request", "answer"):
        assert re.search(rf"^  {line} ", done.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nobody"], "no contract is called nobody; there are: archive, insightiq, storyclash"),
        (["--only", "list_nothing"], "no operation is called list_nothing"),
        (["storyclash", "--target", "http://127.0.0.1:9", "--credential", "storyclash.token=x"], "127.0.0.1:9"),
        (["storyclash", "--target", "ftp://example.com"], "ftp://example.com is not an address"),
        (["storyclash", "--target", "insightiq=http://127.0.0.1:9"], "no target for storyclash"),
        (["--credential", "storyclash=x", "--target", "http://127.0.0.1:9"], "VENDOR.KEY=VALUE"),
        (["--baseline", "/nowhere/baseline.yaml"], "/nowhere/baseline.yaml"),
        (["storyclash", "--credentials-file", "/nowhere/secrets.toml", "--target", "http://127.0.0.1:9"], "/nowhere"),
    ],
)
def test_what_cannot_be_checked_is_one_line_and_exit_code_2(arguments: list[str], told: str) -> None:
    done = check(*arguments)
    assert done.code == 2
    assert told in done.err
    assert len(done.err.splitlines()) == 1


def test_a_target_without_credentials_is_not_checked() -> None:
    with serving(lambda *_: (404, {}, b"")) as foreign:
        done = check("storyclash", "--target", foreign.url)
    assert done.code == 2
    assert "no credentials for storyclash" in done.err
    assert "STORYCLASH_TOKEN" in done.err


def test_a_server_that_only_looks_like_an_emulator_is_told_of() -> None:
    with serving() as foreign:
        done = check("storyclash", "--target", foreign.url)
    assert done.code == 2
    assert "/_emulator/worlds" in done.err
    assert len(done.err.splitlines()) == 1


def test_where_every_check_is_skipped_nothing_has_passed() -> None:
    with serving() as foreign:
        only = ("--only", "create_user", "--level", "responses", "--level", "behaviour")
        done = check("insightiq", *only, "--target", foreign.url, **CREDENTIALS)
    assert done.code == 2
    assert "No check was executed." in done.out
    assert foreign.asked == []


@pytest.mark.parametrize("calls", [1, 7, 23])
def test_a_budget_is_respected_exactly(calls: int) -> None:
    with serving() as foreign:
        done = check("--target", foreign.url, *FAST, "--budget", calls, **CREDENTIALS)
    assert len([each for each in foreign.asked if "/_emulator" not in each[1]]) == calls
    assert "the budget of calls is spent" in done.out


def writing(foreign: Foreign) -> list[tuple[str, str]]:
    """The requests that may have changed something. GraphQL's are all alike from outside."""
    contract = RestContract("insightiq")
    found = []
    for method, target in foreign.asked:
        operation = contract.operation_of(method, target.partition("?")[0])
        if method != "GET" and operation is not None and not operation.safe:
            found.append((method, target))
    return found


def test_without_leave_nothing_is_written() -> None:
    with serving() as foreign:
        check("insightiq", "--target", foreign.url, *FAST, "--budget", 400, **CREDENTIALS)
    assert foreign.asked
    assert writing(foreign) == []


def made(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """Everything can be made, and deleted."""
    if method == "DELETE":
        return 204, {"request-id": "x"}, b""
    return 201, {"content-type": "application/json"}, b'{"id": "a02b5817-87da-467d-9d18-c61623aa1616"}'


def test_what_was_written_is_cleaned_up_and_what_stays_is_told() -> None:
    with serving(made) as foreign:
        only = ("--only", "create_webhook", "--only", "create_user", "--level", "responses")
        done = check("insightiq", *only, "--target", foreign.url, *FAST, "--allow-writes", **CREDENTIALS)
    methods = [(method, path) for method, path in foreign.asked if path.startswith("/v1/webhooks")]
    assert ("DELETE", "/v1/webhooks/a02b5817-87da-467d-9d18-c61623aa1616") in methods
    assert "LEFT BEHIND  insightiq: /v1/users a02b5817-87da-467d-9d18-c61623aa1616" in done.out


def test_the_call_that_cleans_up_is_kept_back_from_the_budget() -> None:
    with serving(made) as foreign:
        budget = ("--budget", 2, "--allow-writes", "--level", "responses", "--only", "create_webhook")
        check("insightiq", *budget, "--target", foreign.url, *FAST, **CREDENTIALS)
    assert [method for method, path in foreign.asked if "/_emulator" not in path] == ["POST", "DELETE"]


def test_no_report_and_no_recording_holds_a_secret(reports: Path) -> None:
    for file in reports.iterdir():
        text = file.read_text()
        assert text
        for secret in SECRETS:
            assert secret not in text, file.name


def test_the_json_report_has_everything(reports: Path) -> None:
    told = json.loads((reports / "report.json").read_bytes())
    assert told["exit_code"] == 1
    assert told["calls"] == 60
    assert {each["operation"].partition("/")[0] for each in told["operations"]} == set(vendors())
    assert {each["state"] for each in told["checks"]} == {"held", "failed", "skipped"}
    assert all(each["reason"] for each in told["checks"] if each["state"] == "skipped")
    for divergence in told["divergences"]:
        assert divergence["rule"]["id"]
        assert divergence["rule"]["evidence"] in {"documented", "observed", "reported", "assumed"}
        assert divergence["came"]
        assert divergence["promised"]


def test_the_junit_report_counts_what_it_holds(reports: Path) -> None:
    root = ET.fromstring((reports / "report.junit").read_bytes())
    told = json.loads((reports / "report.json").read_bytes())
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
    assert len(root.findall("testsuite/testcase/failure")) == len(told["divergences"])


def test_the_html_report_needs_nothing_beside_itself(reports: Path) -> None:
    page = (reports / "report.html").read_text()
    assert "The target diverges" in page
    assert not re.search(r"<(script|link|img|iframe)|\b(src|href)=|url\(|@import", page)


def test_a_recording_is_checked_again_without_the_target(reports: Path) -> None:
    done = check("--recorded", reports / "run.har")
    assert done.code == 1
    assert "DIVERGES" in done.out


def test_only_chosen_evidence_counts() -> None:
    with serving() as foreign:
        usual = ("storyclash", "--only", "list_campaigns", "--level", "responses", "--target", foreign.url)
        done = check(*usual, "--evidence", "documented", **CREDENTIALS)
    assert done.code == 0
    assert "NOT COUNTED  storyclash/list_campaigns/response.schema" in done.out
    assert "reported" in done.out


def test_unknown_keys_are_divergences_if_asked_for() -> None:
    assert check("storyclash", "--level", "responses", "--strict").code == 0
    campaign = b'[{"customer":1,"id":1,"name":"n","url":"https://a.example/","from":1,"to":2,"folderName":null,'
    campaign += b'"folderId":null,"type":1,"colour":"red"}]'
    with serving(lambda *_: (200, {"content-type": "application/json"}, campaign)) as foreign:
        usual = ("storyclash", "--only", "list_campaigns", "--level", "responses", "--target", foreign.url)
        lenient, strict = check(*usual, **CREDENTIALS), check(*usual, "--strict", **CREDENTIALS)
    assert lenient.code == 0
    assert "not in the contract: storyclash/list_campaigns: *.colour" in lenient.out
    assert strict.code == 1
