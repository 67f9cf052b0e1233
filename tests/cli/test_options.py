"""Every option, wherever it comes from."""

import socket
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import click
import pytest

from emulator import __version__, cli
from emulator.settings import Settings
from tests.cli.process import ended, serving

VALUES = {
    "host": "localhost",
    "base-url": "https://emulator.example/here",
    "state": "kept.db",
    "recipe": "empty",
    "seed": "7",
    "epoch": "2026-05-01T02:00:00+02:00",
    "clock": "running",
    "clock-rate": "0.25",
    "insightiq-limit": "25",
    "archive-limit": "off",
    "storyclash-limit": "off",
    "storyclash-errors": "proper",
    "storyclash-import": "off",
    "allow-webhooks-to": "0.0.0.0",
    "control-token": "open-sesame",
    "faults-by-header": "on",
    "log-level": "warning",
}


def free_port() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return str(taken.getsockname()[1])


def by_flag(cwd: Path, given: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    return [part for name, value in given.items() for part in (f"--{name}", value)], {}


def by_variable(cwd: Path, given: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    return [], {f"EMULATOR_{name.replace('-', '_').upper()}": value for name, value in given.items()}


def by_file(cwd: Path, given: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    write_toml(cwd / "emulator.toml", given)
    return [], {}


def by_named_file(cwd: Path, given: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    write_toml(cwd / "other.toml", given)
    return ["--config", "other.toml"], {}


def write_toml(path: Path, given: Mapping[str, str]) -> None:
    """Numbers and times as TOML has them, the rest as text; what can be given several times as a list."""
    several = {"allow-webhooks-to"}
    bare = {"port", "seed", "epoch", "clock-rate", "insightiq-limit"}
    written = {name: value if name in bare else f'"{value}"' for name, value in given.items()}
    lines = (f"{name} = [{value}]" if name in several else f"{name} = {value}" for name, value in written.items())
    path.write_text("\n".join(lines))


def known_options(command: click.Command) -> list[click.Option]:
    return [each for each in command.params if isinstance(each, click.Option)]


def test_help_explains_every_option(tmp_path: Path) -> None:
    shown = " ".join(ended(tmp_path, "serve", "--help").stdout.split())
    for option in known_options(cli.serve):
        assert option.name
        assert f"{option.opts[0]} " in shown
        assert f"env var: EMULATOR_{option.name.upper()}" in shown
        assert option.help
        assert " ".join(option.help.split()) in shown


def test_every_setting_is_an_option() -> None:
    assert {option.name for option in known_options(cli.serve)} - {"config"} == {each.name for each in fields(Settings)}


def test_every_setting_has_the_default_that_its_option_has() -> None:
    given = cli.serve.make_context("serve", []).params
    assert Settings(**given) == Settings()


def test_help_lists_the_commands(tmp_path: Path) -> None:
    for arguments in (["--help"], ["-h"]):
        done = ended(tmp_path, *arguments)
        assert done.returncode == 0
        assert all(name in done.stdout for name in cli.main.commands)


def test_version_is_that_of_the_package(tmp_path: Path) -> None:
    assert ended(tmp_path, "--version").stdout.split()[-1] == __version__


@pytest.mark.parametrize("source", [by_flag, by_variable, by_file, by_named_file])
def test_every_option_can_be_given_in_every_way(
    tmp_path: Path, source: Callable[[Path, Mapping[str, str]], tuple[list[str], dict[str, str]]]
) -> None:
    port = free_port()
    arguments, variables = source(tmp_path, {**VALUES, "port": port})
    address = f"http://localhost:{port}"
    with serving(tmp_path, *arguments, address=address, control_token="open-sesame", **variables) as served:
        assert served.banner["Base URL"] == "https://emulator.example/here"
        assert served.banner["State"] == "kept.db"
        assert (tmp_path / "kept.db").exists()
        world = served.client.get("/_emulator/worlds/default").json()
        assert (world["recipe"], world["seed"]) == ("empty", 7)
        assert world["limits"] == {"insightiq": 25, "archive": "off", "storyclash": "off"}
        assert world["choices"]["storyclash"] == {"errors": "proper", "creator_import": "off"}
        assert world["epoch"] == "2026-05-01T00:00:00.000000Z"
        assert (world["clock"]["mode"], world["clock"]["rate"]) == ("running", 0.25)
        wrong = {"authorization": "Bearer open-barley"}
        assert served.client.get("/_emulator/worlds/default", headers=wrong).status_code == 401
        assert served.world().insightiq("GET", "/v1/users").status_code == 200
        assert served.log.read_text() == "", "exchanges are logged with the level info"


def test_a_flag_precedes_a_variable_which_precedes_the_file(tmp_path: Path) -> None:
    write_toml(tmp_path / "emulator.toml", {"epoch": "2026-03-03T00:00:00Z", "seed": "1", "storyclash-limit": "off"})
    variables = {"EMULATOR_SEED": "2", "EMULATOR_STORYCLASH_LIMIT": "hourly", "EMULATOR_RECIPE": "empty"}
    with serving(tmp_path, "--storyclash-limit", "setup", **variables) as served:
        world = served.client.get("/_emulator/worlds/default").json()
    assert (world["epoch"], world["seed"]) == ("2026-03-03T00:00:00.000000Z", 2)
    assert world["limits"] == {"insightiq": "off", "archive": "off", "storyclash": "setup"}


def test_a_named_file_is_read_instead_of_the_usual_one(tmp_path: Path) -> None:
    write_toml(tmp_path / "emulator.toml", {"recipe": "large"})
    write_toml(tmp_path / "other.toml", {"seed": "3", "recipe": "empty"})
    with serving(tmp_path, EMULATOR_CONFIG="other.toml") as served:
        assert served.banner["World"] == "default (empty, seed 3, clock frozen)"


def test_a_recipe_may_be_a_file_and_a_state_have_any_name(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("epoch: 2026-02-02T00:00:00Z\nclock: frozen\n")
    name = "a%41?mode=ro#c d.db"
    with serving(tmp_path, "--recipe", "mine.yaml", "--state", name) as served:
        assert served.client.get("/_emulator/worlds/default").json()["recipe"] == "mine.yaml"
        assert (tmp_path / name).read_bytes().startswith(b"SQLite format 3")


def test_the_banner_shows_what_a_client_needs(tmp_path: Path) -> None:
    with serving(tmp_path, "--recipe", "empty") as served:
        banner, url = served.banner, f"http://127.0.0.1:{served.port}"
        credentials = served.world().credentials
    assert banner["Base URL"] == url
    assert banner["InsightIQ"] == f"{url}/v1"
    assert banner["InsightIQ Basic auth"] == "{username}:{password}".format(**credentials["insightiq"])
    assert banner["Archive"] == f"{url}/api/v1 for partners, /api/v2 for workspaces"
    assert banner["Archive Bearer token"] == credentials["archive"]["token"]
    assert banner["Archive WORKSPACE-ID"] == ", ".join(credentials["archive"]["workspace_ids"])
    assert banner["Archive SHOP-ID"] == ", ".join(str(shop) for shop in credentials["archive"]["shop_ids"])
    assert banner["Storyclash"] == f"{url}/external-api"
    assert banner["Storyclash token"] == credentials["storyclash"]["token"]
    assert banner["Control"] == f"{url}/_emulator"
    assert "memory" in banner["State"]
    assert "Control token" not in banner


def test_a_state_keeps_its_world_whatever_the_options_say(tmp_path: Path) -> None:
    with serving(tmp_path, "--state", "state.db", "--recipe", "empty", "--seed", "5", "--clock", "frozen") as served:
        first = served.world()
        first.insightiq("POST", "/v1/users", json={"name": "A", "external_id": "kept"})
        before = first.control("GET").json()
    options = ("--recipe", "default", "--seed", "6", "--clock", "running", "--storyclash-limit", "off")
    with serving(tmp_path, "--state", "state.db", *options) as served:
        assert served.banner["World"] == "default (empty, seed 5, clock frozen)"
        address = {"inbox_url": f"http://127.0.0.1:{served.port}/_inbox/default/default"}
        assert served.world().control("GET").json() == before | address
        assert first.credentials == served.world().credentials
        assert served.world().insightiq("GET", "/v1/users/external_id/kept").json()["name"] == "A"
