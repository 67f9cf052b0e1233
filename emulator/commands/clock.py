"""`emulator clock`: the time of a world."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.contents import Group
from emulator.commands.showing import echo_json, table, text
from emulator.options import Failure, Moment, Rate
from emulator.world import instant

_RAN = {
    "TASK": lambda each: each[0],
    "TIMES": lambda each: len(each[1]),
    "LAST": lambda each: each[1][-1]["due"],
    "FAILED": lambda each: sum("error" in task for task in each[1]),
}


@click.group(cls=Group)
def clock() -> None:
    """The time of a world: shown, moved, stopped, hurried."""


@clock.command()
@asking
def show(ask: Asking) -> None:
    """Show where the clock stands."""
    ask.show_one(ask.get("clock"))


@clock.command()
@click.argument("by", required=False)
@click.option("--to", type=Moment(), help="A moment to move to.")
@asking
def advance(ask: Asking, by: str | None, to: int | None) -> None:
    """Move the clock BY a span, such as 90 (seconds), PT1H or P1DT12H, or to a moment.

    What falls due on the way is done, webhooks included.
    """
    if (by is None) == (to is None):
        raise Failure("say either by how much to advance, such as PT1H or 90, or --to a moment")
    distance: dict[str, Any] = {"by": _span(by)} if by is not None else {"to": instant.rfc3339(to or 0)}
    answer = ask.post("clock", "advance", body=distance)
    if ask.as_json:
        echo_json(answer)
        return
    click.echo(f"now {text(answer['clock']['now'])}; done on the way: {answer['ran_total']}")
    if answer["ran"]:
        click.echo(table(_by_kind(answer["ran"]), _RAN))


@clock.command()
@asking
def freeze(ask: Asking) -> None:
    """Stop the clock."""
    ask.show_one(ask.patch("clock", body={"mode": "frozen"}))


@clock.command()
@asking
def resume(ask: Asking) -> None:
    """Let the clock run."""
    ask.show_one(ask.patch("clock", body={"mode": "running"}))


@clock.command()
@click.argument("seconds", type=Rate())
@asking
def rate(ask: Asking, seconds: float) -> None:
    """Say how many SECONDS pass in the world in each real one."""
    ask.show_one(ask.patch("clock", body={"rate": seconds}))


def _by_kind(ran: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    kinds: dict[str, list[dict[str, Any]]] = {}
    for task in ran:
        kinds.setdefault(task["kind"], []).append(task)
    return sorted(kinds.items())


def _span(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
