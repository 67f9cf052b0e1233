"""`emulator fault`: what goes wrong with requests."""

from typing import Any, Final

import click

from emulator.client import Client, Refused
from emulator.commands.asking import Asking, asking, read_json
from emulator.options import Failure

KINDS: Final = ["latency", "error", "rate_limit", "answer", "timeout", "drop", "truncate", "malform", "break"]
_MATCH: Final = ("vendor", "operation", "method", "path")
_COLUMNS = {
    "KIND": lambda fault: fault["kind"],
    "MATCH": lambda fault: fault["match"],
    "WHEN": lambda fault: fault["when"],
    "SECONDS": lambda fault: fault["seconds"],
    "ERROR": lambda fault: fault.get("error"),
    "SKIP": lambda fault: fault["skip"],
    "TIMES": lambda fault: fault["times"],
    "PROBABILITY": lambda fault: fault["probability"],
    "MATCHED": lambda fault: fault["matched"],
}
_ERROR_COLUMNS = {
    "VENDOR": lambda error: error["vendor"],
    "NAME": lambda error: error["name"],
    "STATUS": lambda error: error["status"],
    "SAYS": lambda error: error["says"],
    "EVIDENCE": lambda error: error["evidence"],
    "WHEN": lambda error: error["summary"],
}


@click.group()
def fault() -> None:
    """What goes wrong with requests, on command."""


@fault.command("list")
@asking
def list_(ask: Asking) -> None:
    """List a world's faults, and how many requests each has matched."""
    _show(ask, ask.get("faults"))


def _errors(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    client = Client(context.params.get("url") or "http://127.0.0.1:8000", context.params.get("control_token"))
    try:
        with client.understood():
            names = {each["name"] for each in client.get("errors")["data"]}
    except Refused:
        return []
    return sorted(name for name in names if name.startswith(begun))


@fault.command("set")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option(
    "--from", "source", metavar="JSON|FILE|-", help='All faults at once: {"faults": [...], "webhooks": [...]}.'
)
@click.option("--vendor", help="Only requests to this vendor; a pattern, as the next three.")
@click.option("--operation", help="Only this operation, or root field of GraphQL.")
@click.option("--method", help="Only this method.")
@click.option("--path", help="Only this path.")
@click.option("--error", help="The error's name, for kind error.", shell_complete=_errors)
@click.option("--when", type=click.Choice(["before", "after"]), help="Before or after the vendor does what is asked.")
@click.option("--seconds", type=float, help="How long the answer is held back.")
@click.option("--retry-after", type=float, help="For kinds rate_limit and error: after how many seconds to come back.")
@click.option("--status", type=int, help="For kind answer: its status.")
@click.option("--body", help="For kind answer: its body.")
@click.option("--pointer", help="For kind break: the member to break.")
@click.option("--how", type=click.Choice(["missing", "type", "enum"]), help="For kind break: in which way.")
@click.option("--skip", type=int, help="How many matching requests are left alone first.")
@click.option("--times", type=int, help="How many come into question then.")
@click.option("--probability", type=float, help="How likely it strikes each of these.")
@asking
def set_(ask: Asking, kind: str | None, source: str | None, **options: Any) -> None:
    """Replace a world's faults, by one of this KIND or by a whole list.

    \b
    emulator fault set rate_limit --vendor insightiq --skip 2 --times 1
    emulator fault set error --error incorrect_user_id --operation get_user
    emulator fault set --from faults.json
    """
    given = {name: value for name, value in options.items() if value is not None}
    if (kind is None) == (source is None) or (source is not None and given):
        raise Failure(f"say either a kind with its options ({', '.join(KINDS)}), or --from with a whole list")
    body = _one(kind, given) if source is None else read_json(source)
    _show(ask, ask.put("faults", body=body))


@fault.command()
@asking
def clear(ask: Asking) -> None:
    """Have nothing go wrong any more, with webhooks neither."""
    ask.delete("faults")
    ask.say({"cleared": ask.world}, f"{ask.world} has no faults")


@fault.command()
@click.option("--vendor", type=click.Choice(["insightiq", "archive", "storyclash"]), help="Only those of this vendor.")
@asking
def names(ask: Asking, vendor: str | None) -> None:
    """List the vendors' errors by the names that a fault takes."""
    answer = ask.client.get("errors", vendor=vendor)
    ask.show(answer, answer["data"], _ERROR_COLUMNS)


def _one(kind: str | None, given: dict[str, Any]) -> dict[str, Any]:
    match = {name: given.pop(name) for name in _MATCH if name in given}
    return {"faults": [{"kind": kind, "match": match, **given}]}


def _show(ask: Asking, answer: Any) -> None:
    ask.show(answer, answer["faults"], _COLUMNS)
    if answer["webhooks"] and not ask.as_json:
        click.echo(f"of webhooks: {len(answer['webhooks'])}, see --json")
