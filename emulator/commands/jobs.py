"""`emulator jobs`: what was asked for and takes time, and how it ends."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking, names
from emulator.commands.choosing import given, limit, vendor
from emulator.commands.contents import Listing
from emulator.commands.job_rules import rules
from emulator.commands.showing import Columns

_COLUMNS: Columns = {
    "ID": "id",
    "STATUS": "status",
    "ENDS": lambda job: job["ended_at"] or job["due"],
    "FAMILY": "family",
}
_id = click.argument("id", shell_complete=names("jobs", key="id"))
_outcome = click.option("--outcome", help="The status that it ends in; otherwise the usual one.")


@click.group(cls=Listing)
def jobs() -> None:
    """What takes time, and how it ends.

    Without a command, the jobs are listed.
    """


@jobs.command("list")
@vendor("jobs")
@click.option("--family", help="Only those of this family.")
@click.option("--status", help="Only those with this status.")
@limit
@asking
def list_(ask: Asking, **filters: Any) -> None:
    """List jobs, newest first."""
    answer = ask.get("jobs", **filters)
    ask.show(answer, answer["data"], _COLUMNS, "jobs")


@jobs.command()
@_id
@asking
def show(ask: Asking, id: str) -> None:
    """Show a job with its result."""
    ask.show_one(ask.get("jobs", id))


@jobs.command()
@_id
@_outcome
@asking
def complete(ask: Asking, id: str, outcome: str | None) -> None:
    """End a job now, with its result."""
    _say(ask, ask.post("jobs", id, "complete", body=given(outcome=outcome)))


@jobs.command()
@_id
@_outcome
@click.option("--type", help="The kind of error.")
@click.option("--code", help="The error's code.")
@click.option("--message", help="The error's message.")
@click.option("--status", type=click.IntRange(400, 599), help="The HTTP status that the error has elsewhere.")
@asking
def fail(ask: Asking, id: str, outcome: str | None, **error: Any) -> None:
    """End a job now, without a result."""
    _say(ask, ask.post("jobs", id, "fail", body=given(outcome=outcome, error=given(**error) or None)))


def _say(ask: Asking, job: dict[str, Any]) -> None:
    ask.say(job, f"{job['id']} has ended with {job['status']}")


jobs.add_command(rules)
