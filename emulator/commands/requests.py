"""`emulator requests`: what was asked of a world."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.options import Failure

_COLUMNS = {
    "NUMBER": lambda each: each["number"],
    "AT": lambda each: each["at"],
    "VENDOR": lambda each: each["vendor"],
    "REQUEST": lambda each: f"{each['request']['method']} {each['request']['path']}",
    "OPERATION": lambda each: each["operation"],
    "STATUS": lambda each: each["response"] and each["response"]["status"],
    "FAULT": lambda each: (each["fault"] or {}).get("kind"),
}


@click.command()
@click.option("--vendor", type=click.Choice(["insightiq", "archive", "storyclash"]), help="Only those to this vendor.")
@click.option("--operation", help="Only those of this operation.")
@click.option("--status", type=click.IntRange(100, 599), help="Only those answered with this status.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many.")
@click.option("--number", type=click.IntRange(1), help="This one alone, with headers and bodies.")
@click.option("--clear", is_flag=True, help="Forget all of them.")
@asking
def requests(ask: Asking, number: int | None, clear: bool, **filters: Any) -> None:
    """List what was asked of a world, newest first."""
    if clear:
        ask.delete("journal")
        ask.say({"cleared": ask.world}, f"the journal of {ask.world} is empty")
    elif number is not None:
        ask.show_one(_one(ask, number))
    else:
        answer = ask.get("journal", **filters)
        ask.show(answer, answer["data"], _COLUMNS)


def _one(ask: Asking, number: int) -> Any:
    found = ask.get("journal", before=number + 1, limit=1)["data"]
    if not found or found[0]["number"] != number:
        raise Failure(f"there is no request {number} in the journal of {ask.world}")
    return found[0]
