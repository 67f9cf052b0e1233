"""`emulator webhooks`: what was delivered, and delivered again."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.options import Failure

_STATES = ["pending", "held", "sending", "delivered", "dead", "blocked", "dropped"]
_VENDORS = ["insightiq", "archive", "storyclash"]
_COLUMNS = {
    "ID": lambda each: each["id"],
    "RAISED": lambda each: each["raised_at"],
    "VENDOR": lambda each: each["vendor"],
    "EVENT": lambda each: each["event"],
    "STATE": lambda each: each["state"],
    "TRIES": lambda each: len(each["attempts"]),
    "STATUS": lambda each: each["attempts"][-1]["status"] if each["attempts"] else None,
    "URL": lambda each: each["url"],
}


@click.group()
def webhooks() -> None:
    """Deliveries of webhooks."""


def _filters(command: Any) -> Any:
    for option in (
        click.option("--endpoint", help="Only those to the webhook of this id."),
        click.option("--state", type=click.Choice(_STATES), help="Only those in this state."),
        click.option("--event", help="Only those of this event."),
        click.option(
            "--vendor", type=click.Choice(["insightiq", "archive", "storyclash"]), help="Only those of this vendor."
        ),
    ):
        command = option(command)
    return command


@webhooks.command("list")
@_filters
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many.")
@asking
def list_(ask: Asking, **filters: Any) -> None:
    """List deliveries, newest first."""
    answer = ask.get("deliveries", **filters)
    ask.show(answer, answer["data"], _COLUMNS)


@webhooks.command()
@click.argument("id", type=click.IntRange(1))
@asking
def show(ask: Asking, id: int) -> None:
    """Show a delivery with its attempts."""
    ask.show_one(ask.get("deliveries", str(id)))


@webhooks.command()
@click.argument("ids", type=click.IntRange(1), nargs=-1)
@_filters
@click.option("--limit", type=click.IntRange(1, 1000), help="Without ids: at most so many; 100 if left out.")
@click.option("--all", "all_", is_flag=True, help="Without ids and filters: the newest of all.")
@asking
def redeliver(ask: Asking, ids: tuple[int, ...], all_: bool, **filters: Any) -> None:
    """Deliver again: the deliveries of these IDS, or those that the options describe."""
    wanted = {name: value for name, value in filters.items() if value is not None}
    if bool(ids) == bool(wanted or all_):
        raise Failure("say which: either ids, or options such as --state dead, or --all")
    if ids:
        answer = {"data": [ask.post("deliveries", str(each), "redeliver") for each in ids]}
    else:
        answer = ask.post("deliveries", "redeliver", body=wanted)
    ask.show(answer, answer["data"], _COLUMNS)
