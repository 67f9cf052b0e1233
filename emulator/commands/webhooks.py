"""`emulator webhooks`: what was delivered, and delivered again; and how webhooks go out."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking, names
from emulator.commands.choosing import before, given, limit, together, vendor
from emulator.commands.contents import Listing
from emulator.commands.kept import kept
from emulator.commands.showing import Columns
from emulator.commands.webhook_faults import faults
from emulator.options import Failure

_STATES = ["pending", "held", "sending", "delivered", "dead", "blocked", "dropped"]
_COLUMNS: Columns = {
    "ID": "id",
    "RAISED": "raised_at",
    "VENDOR": "vendor",
    "STATE": "state",
    "TRIES": lambda each: len(each["attempts"]),
    "STATUS": lambda each: each["attempts"][-1]["status"] if each["attempts"] else None,
    "EVENT": "event",
    "URL": "url",
}
_ids = names("deliveries", key="id")
_filters = together(
    vendor("deliveries"),
    click.option("--event", help="Only those of this event."),
    click.option("--state", type=click.Choice(_STATES), help="Only those in this state."),
    click.option("--endpoint", help="Only those to the webhook of this id."),
)


@click.group(cls=Listing)
def webhooks() -> None:
    """Deliveries of webhooks, and how they go out.

    Without a command, the deliveries are listed.
    """


@webhooks.command("list")
@_filters
@before("id")
@limit
@asking
def list_(ask: Asking, **filters: Any) -> None:
    """List deliveries, newest first."""
    ask.show_log("deliveries", "deliveries", _COLUMNS, "id", filters)


@webhooks.command()
@click.argument("id", type=click.IntRange(1), shell_complete=_ids)
@asking
def show(ask: Asking, id: int) -> None:
    """Show a delivery with its attempts."""
    ask.show_one(ask.get("deliveries", str(id)))


@webhooks.command()
@click.argument("ids", type=click.IntRange(1), nargs=-1, shell_complete=_ids)
@_filters
@click.option("--limit", type=click.IntRange(1, 1000), help="Without ids: at most so many; 100 if left out.")
@click.option("--all", "all_", is_flag=True, help="Without ids and filters: the newest of all.")
@asking
def redeliver(ask: Asking, ids: tuple[int, ...], all_: bool, **filters: Any) -> None:
    """Deliver again: the deliveries of these IDS, or those that the options describe."""
    wanted = given(**filters)
    if bool(ids) == bool(wanted or all_):
        raise Failure("say which: either ids, or options such as --state dead, or --all")
    if ids:
        answer = {"data": [ask.post("deliveries", str(each), "redeliver") for each in ids]}
    else:
        answer = ask.post("deliveries", "redeliver", body=wanted)
    ask.show(answer, answer["data"], _COLUMNS, "such deliveries")


webhooks.add_command(faults)
webhooks.add_command(
    kept(
        "settings",
        "How long answers are waited for, and when the next attempts begin.",
        "insightiq.retry_seconds=[1,2]",
        "webhook-settings",
    )
)
