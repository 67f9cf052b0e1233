"""`emulator jobs`: jobs, and how they end."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking, read_json
from emulator.options import Failure

_COLUMNS = {
    "ID": lambda job: job["id"],
    "FAMILY": lambda job: job["family"],
    "STATUS": lambda job: job["status"],
    "CREATED": lambda job: job["created_at"],
    "DUE": lambda job: job["due"],
    "ENDED": lambda job: job["ended_at"],
}
_RULE_COLUMNS = {
    "MATCH": lambda rule: rule["match"],
    "OUTCOME": lambda rule: rule["outcome"],
    "AFTER": lambda rule: rule["after"],
    "SKIP": lambda rule: rule["skip"],
    "TIMES": lambda rule: rule["times"],
    "MATCHED": lambda rule: rule["matched"],
}


@click.group()
def jobs() -> None:
    """Jobs, and how they end."""


@jobs.command("list")
@click.option("--vendor", type=click.Choice(["insightiq", "archive", "storyclash"]), help="Only those of this vendor.")
@click.option("--family", help="Only those of this family.")
@click.option("--status", help="Only those with this status.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many.")
@asking
def list_(ask: Asking, **filters: Any) -> None:
    """List jobs, newest first."""
    answer = ask.get("jobs", **filters)
    ask.show(answer, answer["data"], _COLUMNS)


@jobs.command()
@click.argument("id")
@asking
def show(ask: Asking, id: str) -> None:
    """Show a job with its result."""
    ask.show_one(ask.get("jobs", id))


@jobs.command()
@click.argument("id")
@click.option("--outcome", help="The status that it ends in; otherwise the usual one.")
@asking
def complete(ask: Asking, id: str, outcome: str | None) -> None:
    """End a job now, with its result."""
    answer = ask.post("jobs", id, "complete", body=_given(outcome=outcome))
    ask.say(answer, f"{id} has ended with {answer['status']}")


@jobs.command()
@click.argument("id")
@click.option("--outcome", help="The status that it ends in; otherwise the usual one.")
@click.option("--code", help="The error's code.")
@click.option("--message", help="The error's message.")
@asking
def fail(ask: Asking, id: str, outcome: str | None, **error: str | None) -> None:
    """End a job now, without a result."""
    answer = ask.post("jobs", id, "fail", body=_given(outcome=outcome, error=_given(**error) or None))
    ask.say(answer, f"{id} has ended with {answer['status']}")


@jobs.command()
@click.option("--set", "source", metavar="JSON|FILE|-", help="The new rules, a list.")
@click.option("--clear", is_flag=True, help="Have no rules.")
@asking
def rules(ask: Asking, source: str | None, clear: bool) -> None:
    """Show the rules on how jobs end, or replace them."""
    if source is not None and clear:
        raise Failure("say either --set or --clear")
    new = [] if clear else None if source is None else read_json(source)
    answer = ask.get("job-rules") if new is None else ask.put("job-rules", body=new)
    ask.show(answer, answer["data"], _RULE_COLUMNS)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
