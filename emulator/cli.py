"""The command line: `emulator serve`."""

import secrets
import shlex
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from emulator import __version__
from emulator.settings import Settings
from emulator.world import instant

_FILE = "emulator.toml"


class Failure(click.ClickException):
    """One line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        click.echo(f"emulator: {self.message}", err=True)


class _Moment(click.ParamType[int, Any]):
    """An instant, or None for what the recipe says."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Without an offset it is UTC; a TOML file gives dates and times as such."""
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a moment such as 2026-01-01T00:00:00Z.", param, ctx)
        parsed = instant.from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        if not instant.EARLIEST <= parsed <= instant.LATEST:
            self.fail(f"{value} does not lie between 1970 and the end of the year 9999.", param, ctx)
        return parsed


class _State(click.ParamType[Path | None, Any]):
    """`memory`, which is no path at all, or a file."""

    name = "memory|FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        return None if value in (None, "memory") else Path(value)


def _from_file(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    """Take defaults from a TOML file whose keys are the long option names."""
    path = value or Path(_FILE)
    if value is None and not path.exists():
        return
    try:
        content = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise Failure(f"{path} cannot be read as TOML: {error}") from None
    known = {parameter.name for parameter in context.command.params} - {"config"}
    given = {key.replace("-", "_"): item for key, item in content.items()}
    if unknown := given.keys() - known:
        names = ", ".join(sorted(name.replace("_", "-") for name in known if name))
        raise Failure(f"{path}: unknown key {', '.join(sorted(unknown))}; known: {names}")
    context.default_map = given


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="emulator")
def main() -> None:
    """Emulate the Archive, InsightIQ and Storyclash APIs on this machine.

    \b
    emulator serve                       # http://127.0.0.1:8000, everything in memory
    emulator serve --state state.db      # the same, kept in a file
    emulator serve --recipe demo         # another population: default, demo, empty, large, or a YAML file
    """


_option = partial(click.option, show_default=True, show_envvar=True)


@main.command(context_settings={"auto_envvar_prefix": "EMULATOR"})
@_option(
    "--config",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_from_file,
    help=f"TOML file with any of these options; {_FILE} is read if it is there.",
)
@_option("--host", default="127.0.0.1", help="Address to listen on; any but loopback needs a control token.")
@_option("--port", default=8000, type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@_option("--base-url", help="Address that answers name as ours, if it is not host and port.")
@_option("--state", type=_State(), default="memory", help="Where state lives.")
@_option("--recipe", default="default", help="What the world is made of: a recipe's name, or a YAML file.")
@_option("--seed", default=1, type=click.IntRange(0, 2**63 - 1), help="Where all chance comes from.")
@_option("--epoch", type=_Moment(), help="When the world begins; otherwise the recipe says.")
@_option("--clock", type=click.Choice(["running", "frozen"]), help="Whether time passes by itself; see recipe.")
@_option("--clock-rate", type=click.FloatRange(0, 1e6, min_open=True), help="World seconds a second; see recipe.")
@_option(
    "--storyclash-limit",
    type=click.Choice(["hourly", "setup", "off"]),
    default="hourly",
    help="Which of Storyclash's rate limits holds.",
)
@_option("--control-token", help="Token that the control API asks for; made up if one is needed and none is given.")
@_option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    default="info",
    help="Least severe lines to log.",
)
def serve(**options: Any) -> None:
    """Start the emulator and answer until it is told to stop.

    The options on recipe, seed, epoch, clock and limit say how the world `default` begins; a state file that has it
    already keeps it.
    """
    settings = Settings(**options)
    if settings.reachable_from_elsewhere and settings.control_token is None:
        settings = replace(settings, control_token=secrets.token_urlsafe(24))
    # imported here, as it brings the whole server along, which --help can do without
    from emulator.server import CannotStart, run

    try:
        run(settings)
    except CannotStart as error:
        raise Failure(str(error)) from None


@main.command(context_settings={"auto_envvar_prefix": "EMULATOR"})
@_option("--url", default="http://127.0.0.1:8000", help="Where the emulator is.")
@_option("--world", default="default", help="Whose credentials.")
@_option("--control-token", help="The control token, if the server asks for one.")
def env(url: str, world: str, control_token: str | None) -> None:
    """Print a world's addresses and credentials as shell variables: eval "$(emulator env)"."""
    from emulator.environment import Unreachable, variables

    try:
        for name, value in variables(url, world, control_token).items():
            click.echo(f"export {name}={shlex.quote(value)}")
    except Unreachable as error:
        raise Failure(str(error)) from None
