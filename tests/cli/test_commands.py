"""The commands that talk to a running server: they do what the control API does, for people and for programs."""

import json
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from emulator import __version__
from emulator.cli import main
from emulator.commands.account import STATUSES
from emulator.commands.fault import KINDS
from emulator.commands.webhook_faults import ACTIONS
from emulator.contract.document import load
from emulator.faults.fault import KINDS as ALL_KINDS
from emulator.faults.fault import Kind
from tests.cli.asked import failed, read, run, told
from tests.cli.process import Served, serving
from tests.support import TestWorld


def test_worlds_are_made_shown_reset_and_deleted(served: Served) -> None:
    plan = "--recipe empty --seed 3 --clock frozen --epoch 2026-03-01T00:00:00+01:00 --insightiq-limit 7"
    made = read(served, "world", "create", "cli-test", *plan.split(), "--storyclash-limit", "off")
    assert made == served.client.get("/_emulator/worlds/cli-test").json()
    assert (made["seed"], made["epoch"], made["limits"]["insightiq"]) == (3, "2026-02-28T23:00:00.000000Z", 7)
    assert "cli-test" in told(served, "world", "list")
    assert made["credentials"]["storyclash"]["token"] in told(served, "world", "show", "cli-test")
    told(served, "clock", "advance", "PT1H", "--world", "cli-test")
    assert read(served, "world", "reset", "cli-test")["clock"]["now"] == made["epoch"]
    told(served, "world", "delete", "cli-test")
    assert "There is no world 'cli-test'" in failed(served, "world", "show", "cli-test")


def test_snapshots_are_taken_listed_restored_and_deleted(served: Served, world: TestWorld) -> None:
    at = ("--world", world.name)
    began = read(served, "clock", "show", *at)["now"]
    assert read(served, "snapshot", "take", "before", *at) == {"name": "before", "at": began}
    told(served, "clock", "advance", "PT1H", *at)
    told(served, "snapshot", "take", *at)
    assert [each["name"] for each in read(served, "snapshot", "list", *at)["data"]] == ["before", "default"]
    told(served, "snapshot", "restore", "before", *at)
    assert read(served, "clock", "show", *at)["now"] == began
    told(served, "snapshot", "delete", "before", *at)
    assert "has no snapshot 'before'. There are: default" in failed(served, "snapshot", "restore", "before", *at)
    told(served, "snapshot", "delete", *at)


def test_worlds_go_on_from_others_from_snapshots_and_from_exports(served: Served, world: TestWorld) -> None:
    at = ("--world", world.name)
    told(served, "snapshot", "take", "before", *at)
    told(served, "fault", "set", "drop", "--vendor", "archive", *at)
    later = json.loads(told(served, "clock", "advance", "PT1H", *at, "--json"))["clock"]["now"]
    began = read(served, "world", "create", "cli-then", "--from", world.name, "--snapshot", "before")["epoch"]
    read(served, "world", "create", "cli-now", "--from", world.name)
    read(served, "world", "create", "cli-copy", "--export", "-", given=told(served, "world", "export", world.name))
    seen = {
        name: (
            read(served, "clock", "show", "--world", name)["now"],
            len(read(served, "fault", "list", "--world", name)["faults"]),
        )
        for name in ("cli-then", "cli-now", "cli-copy")
    }
    assert seen == {"cli-then": (began, 0), "cli-now": (later, 1), "cli-copy": (later, 1)}
    for name in seen:
        told(served, "world", "delete", name)


@pytest.mark.parametrize("given", [("--snapshot", "before"), ("--from", "default", "--export", "{}")])
def test_where_a_world_comes_from_is_said_once(served: Served, given: tuple[str, ...]) -> None:
    assert "say either --from" in failed(served, "world", "create", *given)


def test_a_world_without_a_name_is_given_one(served: Served) -> None:
    name = read(served, "world", "create", "--recipe", "empty")["name"]
    assert name.startswith("world-")
    told(served, "world", "delete", name)


def test_a_recipe_of_ones_own_is_sent_along(served: Served, tmp_path: Path) -> None:
    """With the files that it names, which the server never reads."""
    times = dict.fromkeys(("created_at", "updated_at"), "2025-06-01T10:00:00.000000")
    user = {"id": "11111111-1111-4111-8111-111111111111", "name": "Own", "external_id": "o", "status": "ACTIVE"} | times
    (tmp_path / "users.json").write_text(json.dumps([user]))
    mine, bad = tmp_path / "mine.yaml", tmp_path / "bad.yaml"
    mine.write_text("epoch: 2026-01-01T00:00:00Z\nobjects: {insightiq: {users: users.json}}\n")
    bad.write_text("creators: 1\ncreatorz: 3\n")
    made = read(served, "world", "create", "--recipe", str(mine))
    assert (made["recipe"], made["epoch"]) == ("inline", "2026-01-01T00:00:00.000000Z")
    world = TestWorld(made["name"], made["credentials"], served.client)
    assert world.insightiq("GET", "/v1/users").json()["data"] == [user]
    told(served, "world", "delete", made["name"])
    assert f"{bad}:2: creatorz: unknown key; did you mean" in failed(served, "world", "create", "--recipe", str(bad))
    assert "cannot be read" in failed(served, "world", "create", "--recipe", str(tmp_path / "none.yaml"))


@pytest.mark.parametrize(("by", "seconds"), [("90", "01:30"), ("PT2M", "02:00"), ("0.5", "00:00.5")])
def test_the_clock_is_advanced_by_a_span(served: Served, world: TestWorld, by: str, seconds: str) -> None:
    assert f"T00:{seconds}" in read(served, "clock", "advance", by)["clock"]["now"]


def test_the_clock_is_moved_stopped_and_hurried(served: Served, world: TestWorld) -> None:
    assert "done on the way: " in told(served, "clock", "advance", "--to", "2026-01-01T12:00:00Z")
    assert read(served, "clock", "show")["now"] == "2026-01-01T12:00:00.000000Z"
    assert read(served, "clock", "rate", "60")["rate"] == 60
    assert read(served, "clock", "resume")["mode"] == "running"
    assert read(served, "clock", "freeze")["mode"] == "frozen"
    assert "say either" in failed(served, "clock", "advance")


def test_requests_are_listed_shown_and_forgotten(served: Served, world: TestWorld) -> None:
    world.insightiq("GET", "/v1/users")
    world.insightiq("GET", "/v1/users/nobody")
    head, last, first = told(served, "requests").splitlines()
    assert head.split()[:3] == ["NUMBER", "AT", "VENDOR"]
    assert "GET /v1/users/nobody" in last
    assert "list_users" in first
    assert len(read(served, "requests", "--status", "404")["data"]) == 1
    number = str(read(served, "requests")["data"][0]["number"])
    assert read(served, "requests", "show", number)["operation"] == "get_user"
    assert f"older ones, if any: --before {number}" in run(served, "requests", "--limit", "1").stderr
    assert read(served, "requests", "list", "--before", number)["data"][0]["operation"] == "list_users"
    told(served, "requests", "clear")
    assert told(served, "requests") == "no requests in default\n"
    assert "there is no request 999 in default" in failed(served, "requests", "show", "999")


def test_faults_are_set_listed_and_cleared(served: Served, world: TestWorld) -> None:
    options = ("--operation", "list_users", "--times", "1", "--retry-after", "4")
    assert "rate_limit" in told(served, "fault", "set", "rate_limit", *options)
    answer = world.insightiq("GET", "/v1/users")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "4")
    (listed,) = read(served, "fault", "list")["faults"]
    assert (listed["match"], listed["matched"]) == ({"operation": "list_users"}, 1)
    told(served, "fault", "clear")
    assert told(served, "fault", "list") == "no faults in default\n"


def test_a_list_of_faults_comes_from_a_file_or_from_elsewhere(served: Served, world: TestWorld, tmp_path: Path) -> None:
    faults = json.dumps({"faults": [{"kind": "drop"}], "webhooks": [{"action": "drop"}]})
    (tmp_path / "faults.json").write_text(faults)
    shown = [
        read(served, "fault", "set", "--from", str(tmp_path / "faults.json")),
        read(served, "fault", "set", "--from", faults),
        read(served, "fault", "set", "--from", "-", given=faults),
    ]
    assert shown[0] == shown[1] == shown[2]
    assert "of webhooks: 1" in told(served, "fault", "list")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("fault", "set"), "say either a kind"),
        (("fault", "set", "drop", "--from", "{}"), "say either a kind"),
        (("fault", "set", "error", "--error", "incorect_user_id"), "did you mean 'incorrect_user_id'"),
        (("fault", "set", "--from", "nowhere.json"), "nowhere.json: cannot be read: No such file"),
        (("fault", "set", "--from", "{"), "is not JSON"),
        (("jobs", "show", "nobody"), "There is no job 'nobody'"),
        (("webhooks", "show", "999"), "There is no delivery 999"),
        (("webhooks", "redeliver"), "say which"),
        (("webhooks", "faults", "set"), "say either options that describe one rule"),
        (("jobs", "rules", "set", "FAILURE", "--from", "[]"), "say either options that describe one rule"),
        (("creator", "make", "mia", "--from", "[1]"), "is [1], not an object"),
        (("creator", "make", "mia", "--profile", "TikTok=many"), "not of the form PLATFORM=FOLLOWERS"),
        (("creator", "make", "mia", "--followers", "1", "--profile", "TikTok"), "say either --followers"),
        (("post", "make", "nobody.cli"), "nobody is called 'nobody.cli'"),
        (("account", "expire", "nobody"), "There is no account 'nobody'"),
        (("world", "choices", "set", "plan"), "not of the form vendor.name=value"),
        (("world", "choices", "set"), "say either what to change"),
        (("wrold",), "Did you mean 'world'? See: main --help"),
        (("clock", "advance", "--too", "x"), "Did you mean '--to'?"),
        (("jobs", "lst"), "Did you mean 'list'?"),
        (("requests", "--status", "many"), "Invalid value for '--status'"),
        (("clock", "advance", "soon"), "by: "),
        (("world", "show", "../version"), "There is no world '../version'"),
    ],
)
def test_what_goes_wrong_is_one_line(served: Served, arguments: tuple[str, ...], complaint: str) -> None:
    assert complaint in failed(served, *arguments)


def test_the_names_of_errors_are_listed(served: Served) -> None:
    assert "incorrect_user_id" in told(served, "fault", "names")
    vendors = {each["vendor"] for each in read(served, "fault", "names", "--vendor", "archive")["data"]}
    assert vendors == {"archive"}


def test_choices_are_shown_changed_and_taken_back(served: Served, world: TestWorld) -> None:
    usual = read(served, "world", "choices")
    changed = read(served, "world", "choices", "set", "archive.plan=startup", "archive.monthly_credits=5")
    assert changed == {**usual, "archive": {**usual["archive"], "plan": "startup", "monthly_credits": 5}}
    assert read(served, "world", "choices", "set", "storyclash.errors=proper")["archive"] == changed["archive"]
    whole = read(served, "world", "choices", "set", "--from", '{"storyclash": {"creator_import": "off"}}')
    assert (whole["archive"], whole["storyclash"]["creator_import"]) == (usual["archive"], "off")
    assert read(served, "world", "choices", "clear") == usual
    made = read(served, "world", "create", "cli-choice", "--recipe", "empty", "--choice", "storyclash.errors=proper")
    assert made["choices"]["storyclash"]["errors"] == "proper"
    told(served, "world", "delete", "cli-choice")


def test_the_status_says_what_runs(served: Served) -> None:
    status = read(served, "status")
    assert (status["status"], status["version"]) == ("ready", __version__)


def test_no_emulator_is_told_with_what_to_do() -> None:
    result = CliRunner().invoke(main, ["world", "list", "--url", "http://127.0.0.1:1"])
    assert result.exit_code == 2
    assert "start one with: emulator serve" in result.stderr


def test_the_token_is_given_by_option_or_variable(tmp_path: Path) -> None:
    with serving(tmp_path, "--recipe", "empty", "--control-token", "sesame", control_token="sesame") as served:
        assert "--control-token, or EMULATOR_CONTROL_TOKEN" in failed(served, "world", "list")
        assert "--control-token" in failed(served, "world", "list", "--control-token", "barley")
        told(served, "world", "list", "--control-token", "sesame")
        runner = CliRunner(env={"EMULATOR_URL": str(served.client.base_url), "EMULATOR_CONTROL_TOKEN": "sesame"})
        assert runner.invoke(main, ["world", "list"]).exit_code == 0


def test_the_command_line_knows_every_kind_of_fault() -> None:
    contract = load("control")["components"]["schemas"]["FaultKind"]["enum"]
    assert KINDS == list(ALL_KINDS) == list(get_args(Kind)) == contract
    shown = CliRunner().invoke(main, ["fault", "set", "--help"]).stdout
    assert all(kind in shown.partition("Options:")[0] for kind in KINDS)


@pytest.mark.parametrize(("names", "schema"), [(ACTIONS, "WebhookAction"), (STATUSES, "AccountStatus")])
def test_the_command_line_knows_every_value_of_the_contract(names: list[str], schema: str) -> None:
    assert names == load("control")["components"]["schemas"][schema]["enum"]
