"""`emulator jobs rules`: how jobs end, and when."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import VENDORS, given, one_of
from emulator.commands.contents import Listing

_COLUMNS = {
    "OUTCOME": "outcome",
    "AFTER": "after",
    "SKIP": "skip",
    "TIMES": "times",
    "MATCHED": "matched",
    "MATCH": "match",
}


@click.group(cls=Listing)
def rules() -> None:
    """How jobs end, and when.

    Without a command, the rules are listed.
    """


@rules.command("list")
@asking
def list_(ask: Asking) -> None:
    """List a world's rules, and how many jobs each has matched."""
    _show(ask, ask.get("job-rules"))


@rules.command("set")
@click.argument("outcome", required=False)
@click.option("--from", "source", metavar="JSON|FILE|-", help='All rules at once: [{"outcome": "FAILURE"}, ...].')
@click.option("--vendor", type=click.Choice(VENDORS), help="Only jobs of this vendor.")
@click.option("--family", help="Only jobs of this family.")
@click.option("--id", help="Only this job.")
@click.option("--after", type=float, help="How many seconds of the world's time they take.")
@click.option("--skip", type=int, help="How many matching jobs are left alone first.")
@click.option("--times", type=int, help="For how many it holds then.")
@asking
def set_(
    ask: Asking,
    source: str | None,
    vendor: str | None,
    family: str | None,
    id: str | None,
    **options: Any,
) -> None:
    """Replace a world's rules, by one with this OUTCOME, in the vendor's words, or by a whole list.

    \b
    emulator jobs rules set FAILURE --family email_lookup --times 1
    emulator jobs rules set --after 3600
    """
    match = given(vendor=vendor, family=family, id=id)
    rule = given(**options, match=match or None)
    _show(ask, ask.put("job-rules", body=one_of(rule, source)))


@rules.command()
@asking
def clear(ask: Asking) -> None:
    """Have jobs end as usual."""
    ask.say(ask.put("job-rules", body=[]), f"{ask.world} has no rules on how jobs end")


def _show(ask: Asking, answer: Any) -> None:
    ask.show(answer, answer["data"], _COLUMNS, "rules on how jobs end")
