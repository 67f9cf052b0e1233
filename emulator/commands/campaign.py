"""`emulator campaign`: a campaign or a market report, made for a test."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import identified, order, source
from emulator.commands.contents import Group
from emulator.options import Moment
from emulator.world import instant


@click.group(cls=Group)
def campaign() -> None:
    """Campaigns and market reports, with their creators."""


@campaign.command()
@click.argument("name", required=False)
@click.option("--creator", "creators", multiple=True, help="Who takes part, a handle or an id; several times.")
@click.option("--kind", type=click.Choice(["campaign", "report"]), help="A campaign, or a market report.")
@click.option("--starts", type=Moment(), help="First moment; two weeks ago, unless given.")
@click.option("--ends", type=Moment(), help="Last moment; four weeks after the first, unless given.")
@click.option("--folder", help="Name of its folder.")
@click.option("--topic", help="What it is about.")
@click.option("--hashtag", help="Without the sign.")
@click.option("--brand", help="Handle of the brand whose it is.")
@source
@asking
def make(
    ask: Asking, source: str | None, creators: tuple[str, ...], starts: int | None, ends: int | None, **options: Any
) -> None:
    """Make a campaign; posts belong to it that `post make --campaign` makes.

    \b
    emulator campaign make Spring --creator mia.moreau
    emulator campaign make --from '{"creators": [{"creator": "mia.moreau", "cost": 900}]}'
    """
    moments = {"starts": starts, "ends": ends}
    told = {name: instant.rfc3339(moment) for name, moment in moments.items() if moment is not None}
    members = tuple(map(identified, creators))
    ask.show_one(ask.post("campaigns", body=order(source, creators=members, **told, **options)))
