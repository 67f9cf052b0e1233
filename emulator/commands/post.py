"""`emulator post`: something published, made for a test."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import identified, order, source, together
from emulator.commands.contents import Group
from emulator.options import Moment
from emulator.world import instant

_COUNTS = ("likes", "comments", "shares", "saves", "views", "plays", "impressions", "reach")
_counts = together(
    *(click.option(f"--{each}", type=click.IntRange(0), help="A count, which then stays as it is.") for each in _COUNTS)
)


@click.group(cls=Group)
def post() -> None:
    """Posts with exactly the properties that you need."""


@post.command()
@click.argument("creator", required=False)
@click.option("--platform", help="Where; otherwise on the creator's main platform.")
@click.option("--kind", help="Kind of post, such as Reel.")
@click.option("--format", type=click.Choice(["Photo", "Video", "Status"]), help="What it shows.")
@click.option("--at", type=Moment(), help="When it is published; an hour before now, unless given.")
@click.option("--caption", help="Text, with hashtags and mentions.")
@click.option("--brand", help="Handle of the brand that pays for it.")
@click.option("--campaign", "campaigns", type=int, multiple=True, help="Id of a campaign that it belongs to.")
@click.option(
    "--usage-rights", type=click.Choice(["REQUESTED", "APPROVED", "REJECTED"]), help="How far a shop has come with it."
)
@_counts
@source
@asking
def make(ask: Asking, creator: str | None, source: str | None, at: int | None, **options: Any) -> None:
    """Have a CREATOR, a handle or an id, have published something; later than now, it is published then.

    \b
    emulator post make mia.moreau --likes 10 --caption 'New in: the #northbay collection'
    emulator post make mia.moreau --kind Reel --at 2026-05-01T12:00:00Z
    """
    moment = None if at is None else instant.rfc3339(at)
    who = None if creator is None else identified(creator)
    ask.show_one(ask.post("posts", body=order(source, creator=who, published_at=moment, **options)))
