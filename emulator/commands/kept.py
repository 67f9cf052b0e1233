"""Groups for what a world keeps by vendor, and a body of the control API replaces: its choices, how webhooks go out."""

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import order, with_pairs
from emulator.commands.contents import Listing
from emulator.options import Failure


def kept(name: str, about: str, example: str, place: str | None = None) -> click.Group:
    """`name` in the command line, `place` in the API if that differs; `example` is of a pair."""
    place = place or name

    @click.group(name, cls=Listing, help=about)
    def group() -> None: ...

    @group.command()
    @asking
    def show(ask: Asking) -> None:
        """Show all of them, those that are as usual too."""
        ask.show_one(ask.get(place))

    @group.command("set", help=f"Change what is named, such as {example}, and leave the rest.")
    @click.argument("pairs", nargs=-1, metavar="[VENDOR.NAME=VALUE]...")
    @click.option("--from", "source", metavar="JSON|FILE|-", help="All at once; what it leaves out is as usual.")
    @asking
    def set_(ask: Asking, pairs: tuple[str, ...], source: str | None) -> None:
        if bool(pairs) == (source is not None):
            raise Failure(f"say either what to change, such as {example}, or --from with all of them")
        body = order(source) if source is not None else with_pairs(ask.get(place), pairs)
        ask.show_one(ask.put(place, body=body))

    @group.command()
    @asking
    def clear(ask: Asking) -> None:
        """Have all of them as usual again."""
        answer = ask.put(place, body={})
        ask.say(answer, f"{name} of {ask.world} are as usual")

    return group
