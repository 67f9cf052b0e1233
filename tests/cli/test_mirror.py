"""The command line mirrors the control API: every operation of its contract is called by a command.

What a command calls is observed at the server, so that nobody has to declare it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from emulator.cli import main
from emulator.contract.document import load, resolve
from emulator.control.api import ControlApi
from emulator.http import Request, Response
from emulator.testing.serving import Server, in_process
from tests.support import promises

# By operation: a command that calls it. Braces stand for what the fixture `things` has made.
COMMANDS = {
    "get_health": "status",
    "get_version": "status",
    "list_worlds": "world list",
    "create_world": "world create --from {world}",
    "get_world": "world show",
    "delete_world": "world delete {spare}",
    "get_choices": "world choices",
    "set_choices": "world choices set storyclash.errors=proper",
    "reset_world": "world reset",
    "list_snapshots": "snapshot list",
    "take_snapshot": "snapshot take",
    "delete_snapshot": "snapshot delete before",
    "restore_snapshot": "snapshot restore before",
    "export_world": "world export",
    "make_creator": "creator make somebody --followers 48200 --country FR",
    "make_post": "post make mia.moreau --likes 10",
    "make_campaign": "campaign make Spring --creator mia.moreau",
    "get_clock": "clock show",
    "set_clock": "clock resume",
    "advance_clock": "clock advance PT1H",
    "list_exchanges": "requests",
    "clear_journal": "requests clear",
    "list_accounts": "account list",
    "connect_account": "account connect mia.moreau --platform TikTok",
    "disconnect_account": "account disconnect {account}",
    "expire_account": "account expire {account}",
    "reconnect_account": "account reconnect {lost}",
    "list_archive_wallets": "wallet list",
    "buy_archive_credits": "wallet buy 500 --workspace {workspace}",
    "list_jobs": "jobs",
    "get_job": "jobs show {job}",
    "complete_job": "jobs complete {job}",
    "fail_job": "jobs fail {job} --code x",
    "get_job_rules": "jobs rules",
    "set_job_rules": "jobs rules set FAILURE --family email_lookup",
    "list_deliveries": "webhooks",
    "get_delivery": "webhooks show {delivery}",
    "redeliver": "webhooks redeliver {delivery}",
    "redeliver_many": "webhooks redeliver --state delivered",
    "get_faults": "fault list",
    "set_faults": "fault set rate_limit --vendor insightiq",
    "clear_faults": "fault clear",
    "list_errors": "fault names",
    "get_webhook_faults": "webhooks faults",
    "set_webhook_faults": "webhooks faults set drop",
    "get_webhook_settings": "webhooks settings",
    "set_webhook_settings": "webhooks settings set insightiq.timeout_seconds=2",
    "list_inbox": "inbox",
    "clear_inbox": "inbox clear",
    "get_inbox_answer": "inbox answer",
    "set_inbox_answer": "inbox answer --status 500",
}
# Operations that no command is to call, each with a reason.
LEFT_OUT: dict[str, str] = {}
# Whose answers `--json` does not print as they are, each with a reason.
COMBINED = {
    "get_health": "two answers in one",
    "get_version": "two answers in one",
    "redeliver": "several ids give a list, as of redeliver_many",
}
SAMPLES = {"vendor": "insightiq", "limit": "3", "before": "9", "state": "dead"}
STATUSES = {"list_exchanges": "404", "list_accounts": "CONNECTED"}
OPERATIONS = {
    node["operationId"]: node
    for item in load("control")["paths"].values()
    for node in item.values()
    if isinstance(node, dict) and "operationId" in node
}


def queries(node: dict[str, Any]) -> set[str]:
    parameters = [resolve(load("control"), each) for each in node.get("parameters", ())]
    return {each["name"] for each in parameters if each["in"] == "query"}


@dataclass
class Seen:
    """What came to the control API, and what it answered."""

    answers: dict[str, Any] = field(default_factory=dict)
    queries: dict[str, set[str]] = field(default_factory=dict)

    def note(self, request: Request, response: Response) -> None:
        methods, _ = promises("control").find(request.path)
        name = methods[request.method].node["operationId"]
        self.answers[name] = json.loads(response.body) if response.body else None
        self.queries[name] = set(parse_qs(request.query, keep_blank_values=True))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with in_process() as server:
        yield server


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    seen, answer = Seen(), ControlApi.answer

    def noting(api: ControlApi, request: Request) -> Response:
        response = answer(api, request)
        seen.note(request, response)
        return response

    monkeypatch.setattr(ControlApi, "answer", noting)
    return seen


@pytest.fixture
def things(server: Server) -> Iterator[dict[str, str]]:
    """A world in which every command finds what it is about."""
    with server.world(clock={"mode": "frozen"}) as world:
        here, shown, insightiq = {"world": world.name}, world.shown(), world.client("insightiq")
        hook = {"url": shown["inbox_url"], "events": ["ACCOUNTS.CONNECTED"], "is_active": True, "name": "x"}
        assert insightiq.post("/v1/webhooks", json=hook).status_code == 201
        world.seed.creator("mia.moreau", profiles=[{"platform": "Instagram"}, {"platform": "TikTok"}])
        account, lost = (world.seed.account(handle)["id"] for handle in ("mia.moreau", None))
        world.disconnect(lost)
        asked = {"emails": ["jane@example.com"]}
        assert insightiq.post("/v1/social/creators/email-lookup", json=asked).status_code == 202
        run(server, here, "snapshot take before")
        yield here | {
            "spare": json.loads(run(server, here, "world create --recipe empty --json"))["name"],
            "account": account,
            "lost": lost,
            "workspace": shown["credentials"]["archive"]["workspace_ids"][0],
            "job": json.loads(run(server, here, "jobs --json"))["data"][0]["id"],
            "delivery": str(json.loads(run(server, here, "webhooks --json"))["data"][0]["id"]),
        }


def run(server: Server, things: dict[str, str], line: str, *more: str) -> str:
    environment = {"EMULATOR_URL": server.url, "EMULATOR_WORLD": things["world"]}
    done = CliRunner(env=environment).invoke(main, [*line.format(**things).split(), *more])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_operation_has_a_command_or_a_reason_why_not() -> None:
    assert {*COMMANDS, *LEFT_OUT} == set(OPERATIONS)


@pytest.mark.parametrize("operation", COMMANDS)
def test_a_command_calls_the_operation_and_prints_its_answer(
    operation: str, server: Server, things: dict[str, str], seen: Seen
) -> None:
    printed = json.loads(run(server, things, COMMANDS[operation], "--json"))
    answer = seen.answers[operation]
    if operation not in COMBINED and answer is not None:
        assert printed == answer


@pytest.mark.parametrize("operation", COMMANDS)
def test_people_are_told_something_else_than_json(operation: str, server: Server, things: dict[str, str]) -> None:
    told = run(server, things, COMMANDS[operation])
    assert told.strip()
    assert told.startswith("{") == (operation == "export_world")


@pytest.mark.parametrize("operation", [name for name, node in OPERATIONS.items() if queries(node)])
def test_every_query_parameter_is_an_option(operation: str, server: Server, things: dict[str, str], seen: Seen) -> None:
    known = queries(OPERATIONS[operation])
    samples = {"status": STATUSES.get(operation, "x"), **SAMPLES}
    options = [part for name in sorted(known) for part in (f"--{name}", samples.get(name, "x"))]
    run(server, things, COMMANDS[operation], *options)
    assert seen.queries[operation] == known
