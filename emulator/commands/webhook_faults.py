"""`emulator webhooks faults`: deliveries that are dropped, doubled, late or out of order."""

from typing import Any, Final

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import given, one_of
from emulator.commands.contents import Listing

ACTIONS: Final = ["drop", "duplicate", "delay", "reorder"]
_COLUMNS = {
    "ACTION": "action",
    "COPIES": "copies",
    "SECONDS": "seconds",
    "SKIP": "skip",
    "TIMES": "times",
    "MATCHED": "matched",
    "MATCH": "match",
}


@click.group(cls=Listing)
def faults() -> None:
    """What goes wrong with deliveries.

    Without a command, that is listed.
    """


@faults.command("list")
@asking
def list_(ask: Asking) -> None:
    """List a world's faults of webhooks, and how many deliveries each has matched."""
    _show(ask, ask.get("webhook-faults"))


@faults.command("set")
@click.argument("action", type=click.Choice(ACTIONS), required=False, metavar="[ACTION]")
@click.option("--from", "source", metavar="JSON|FILE|-", help='All rules at once: [{"action": "drop"}, ...].')
@click.option("--vendor", help="Only deliveries of this vendor; a pattern, as the next two.")
@click.option("--event", help="Only this event.")
@click.option("--to", "address", help="Only to this URL.")
@click.option("--copies", type=click.IntRange(1, 100), help="For duplicate: how many copies beside the original.")
@click.option("--seconds", type=float, help="How long delay keeps it, and reorder at most.")
@click.option("--skip", type=int, help="How many matching deliveries are left alone first.")
@click.option("--times", type=int, help="How many are struck then.")
@asking
def set_(
    ask: Asking,
    source: str | None,
    vendor: str | None,
    event: str | None,
    address: str | None,
    **options: Any,
) -> None:
    """Replace a world's faults of webhooks, by one with this ACTION or by a whole list.

    Actions are drop, duplicate, delay and reorder.

    \b
    emulator webhooks faults set drop --event 'CONTENTS.*' --times 1
    emulator webhooks faults set --from '[{"action": "reorder"}]'
    """
    match = given(vendor=vendor, event=event, url=address)
    rule = given(**options, match=match or None)
    _show(ask, ask.put("webhook-faults", body=one_of(rule, source)))


@faults.command()
@asking
def clear(ask: Asking) -> None:
    """Deliver as usual."""
    ask.say(ask.put("webhook-faults", body=[]), f"{ask.world} has no faults of webhooks")


def _show(ask: Asking, answer: Any) -> None:
    ask.show(answer, answer["data"], _COLUMNS, "faults of webhooks")
