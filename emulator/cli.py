"""The command line: `emulator serve`, `emulator check`, and commands to what is served."""

import secrets
import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from emulator import __version__
from emulator.check.command import check
from emulator.commands.account import account
from emulator.commands.asking import WORLDS
from emulator.commands.campaign import campaign
from emulator.commands.clock import clock
from emulator.commands.contents import Contents
from emulator.commands.creator import creator
from emulator.commands.fault import fault
from emulator.commands.fixtures import fixtures
from emulator.commands.inbox import inbox
from emulator.commands.jobs import jobs
from emulator.commands.post import post
from emulator.commands.requests import requests
from emulator.commands.snapshot import snapshot
from emulator.commands.status import status
from emulator.commands.wallet import wallet
from emulator.commands.webhooks import webhooks
from emulator.commands.world import world
from emulator.options import FILE, Failure, Moment, Rate, Requests, State, from_file
from emulator.settings import Settings


@click.group(cls=Contents, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, prog_name="emulator")
def main() -> None:
    """Emulate the Archive, InsightIQ and Storyclash APIs on this machine.

    \b
    emulator serve                       # http://127.0.0.1:8000, everything in memory
    emulator serve --state state.db      # the same, kept in a file
    emulator serve --recipe demo         # another population, such as empty or large, or a YAML file
    emulator check --target URL          # hold a server to the vendors' contracts
    """


_option = partial(click.option, show_default=True, show_envvar=True)


@click.command(context_settings={"auto_envvar_prefix": "EMULATOR"})
@_option(
    "--config",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=from_file,
    help=f"TOML file with any of these options; {FILE} is read if it is there.",
)
@_option("--host", default="127.0.0.1", help="Address to listen on; any but loopback needs a control token.")
@_option("--port", default=8000, type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@_option("--base-url", help="Address that answers name as ours, if it is not host and port.")
@_option("--state", type=State(), default="memory", help="Where state lives.")
@_option("--recipe", default="default", help="What the world is made of: a recipe's name, or a YAML file.")
@_option("--seed", default=1, type=click.IntRange(0, 2**63 - 1), help="Where all chance comes from.")
@_option("--epoch", type=Moment(), help="When the world begins; otherwise the recipe says.")
@_option("--clock", type=click.Choice(["running", "frozen"]), help="Whether time passes by itself; see recipe.")
@_option("--clock-rate", type=Rate(), help="World seconds a second; see recipe.")
@_option(
    "--insightiq-limit",
    type=Requests(),
    help="Requests that InsightIQ takes in a second; otherwise 10, and off where the clock begins frozen.",
)
@_option(
    "--archive-limit",
    type=click.Choice(["plan", "off"]),
    help="Whether Archive's plan limits its workspace API; otherwise it does, but not where the clock begins frozen.",
)
@_option(
    "--storyclash-limit",
    type=click.Choice(["hourly", "setup", "off"]),
    help="Which of Storyclash's rate limits holds; otherwise hourly.",
)
@_option(
    "--storyclash-errors",
    type=click.Choice(["reported", "proper"]),
    help="Whether Storyclash's errors come with status 200, as reported, or with proper ones; otherwise reported.",
)
@_option(
    "--storyclash-import",
    type=click.Choice(["on", "off"]),
    help="Whether Storyclash's creator import is active; otherwise on.",
)
@_option(
    "--allow-webhooks-to",
    metavar="PATTERN",
    multiple=True,
    help="Host that webhooks may go to beside this machine, such as *.example.com; can be given several times.",
)
@_option("--control-token", help="Token that the control API asks for; made up if one is needed and none is given.")
@_option(
    "--faults-by-header",
    type=click.Choice(["local", "on", "off"]),
    default="local",
    help="Whether requests may bring a fault in the header Emulator-Fault; local is on unless others reach the server.",
)
@_option(
    "--until-eof",
    is_flag=True,
    help="End with the standard input, as that ends with the process which holds its other end.",
)
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
    settings = Settings(**{**options, "control_token": options["control_token"] or None})
    if settings.reachable_from_elsewhere and not settings.control_token:
        settings = replace(settings, control_token=secrets.token_urlsafe(24))
    # imported here, as it brings the whole server along, which --help can do without
    from emulator.server import CannotStart, run

    try:
        run(settings)
    except CannotStart as error:
        raise Failure(str(error)) from None


@click.command(context_settings={"auto_envvar_prefix": "EMULATOR"})
@_option("--url", default="http://127.0.0.1:8000", help="Where the emulator is.")
@_option("--world", default="default", help="Whose credentials.", shell_complete=WORLDS)
@_option("--control-token", help="The control token, if the server asks for one.")
def env(url: str, world: str, control_token: str | None) -> None:
    """Print a world's addresses and credentials as shell variables.

    \b
    eval "$(emulator env)"
    """
    from emulator.client import Refused
    from emulator.environment import variables

    try:
        for name, value in variables(url, world, control_token).items():
            click.echo(f"export {name}={shlex.quote(value)}")
    except Refused as error:
        raise Failure(str(error)) from None


main.section("Server", serve, status, env, check)
main.section("Worlds and their time", world, snapshot, clock, fixtures)
main.section("What is in a world", creator, post, campaign, account, wallet)
main.section("What happens, and how it goes wrong", requests, jobs, webhooks, inbox, fault)
