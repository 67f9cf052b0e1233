"""`emulator inbox`: webhooks that came to a world's own inbox, and how it answers them."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import before, given, limit
from emulator.commands.contents import Listing
from emulator.options import Failure

_COLUMNS = {
    "NUMBER": "number",
    "AT": "at",
    "STATUS": "status",
    "VERIFIED": "verified",
    "EVENT": "event",
    "NAME": "name",
}


@click.group(cls=Listing)
def inbox() -> None:
    """Webhooks that came to a world's own inbox.

    Without a command, they are listed.
    """


@inbox.command("list")
@click.option("--name", help="Only what came to the address of this name.")
@click.option("--event", help="Only this event.")
@before("number")
@limit
@asking
def list_(ask: Asking, **filters: Any) -> None:
    """List what came, newest first."""
    ask.show_log("inbox", "received webhooks", _COLUMNS, "number", filters)


@inbox.command()
@click.argument("number", type=click.IntRange(1))
@asking
def show(ask: Asking, number: int) -> None:
    """Show a webhook that came, with headers and body."""
    ask.show_one(ask.numbered("inbox", number, "webhook"))


@inbox.command()
@click.argument("name", default="default")
@click.option("--status", type=click.IntRange(200, 599), help="Answer with this status.")
@click.option("--times", type=click.IntRange(1), help="Only so many times; otherwise until told anew.")
@click.option("--delay", type=click.FloatRange(0, 30), help="Take so many seconds of real time.")
@click.option("--usual", is_flag=True, help="Answer 200 at once again.")
@asking
def answer(ask: Asking, name: str, usual: bool, delay: float | None, **options: Any) -> None:
    """Show how the address NAME answers, and its URL; or say how it is to answer."""
    body = given(delay_seconds=delay, **options)
    if usual and body:
        raise Failure("say either --usual, or how to answer")
    ask.show_one(ask.put("inbox", name, body=body) if usual or body else ask.get("inbox", name))


@inbox.command()
@asking
def clear(ask: Asking) -> None:
    """Forget all that came."""
    ask.delete("inbox")
    ask.say({"cleared": ask.world}, f"the inbox of {ask.world} is empty")
