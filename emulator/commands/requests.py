"""`emulator requests`: what was asked of a world."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import before, limit, vendor
from emulator.commands.contents import Listing
from emulator.commands.showing import Columns

_COLUMNS: Columns = {
    "NUMBER": "number",
    "AT": "at",
    "VENDOR": "vendor",
    "STATUS": "response.status",
    "FAULT": "fault.kind",
    "OPERATION": "operation",
    "REQUEST": lambda each: f"{each['request']['method']} {each['request']['path']}",
}


@click.group(cls=Listing)
def requests() -> None:
    """What was asked of a world.

    Without a command, the requests are listed.
    """


@requests.command("list")
@vendor("requests")
@click.option("--operation", help="Only those of this operation.")
@click.option("--status", type=click.IntRange(100, 599), help="Only those answered with this status.")
@before("number")
@limit
@asking
def list_(ask: Asking, **filters: Any) -> None:
    """List requests, newest first."""
    ask.show_log("journal", "requests", _COLUMNS, "number", filters)


@requests.command()
@click.argument("number", type=click.IntRange(1))
@asking
def show(ask: Asking, number: int) -> None:
    """Show a request and its answer, with headers and bodies."""
    ask.show_one(ask.numbered("journal", number, "request"))


@requests.command()
@asking
def clear(ask: Asking) -> None:
    """Forget all of them."""
    ask.delete("journal")
    ask.say({"cleared": ask.world}, f"the requests of {ask.world} are forgotten")
