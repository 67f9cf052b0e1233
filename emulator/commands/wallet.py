"""`emulator wallet`: the credits of Archive's workspaces."""

import click

from emulator.commands.asking import Asking, asking, names
from emulator.commands.contents import Group
from emulator.options import Failure

_COLUMNS = {
    "WORKSPACE": "workspace_id",
    "MONTH": "month",
    "MONTHLY": "monthly",
    "SPENT": "spent",
    "ROLLED": "rolled",
    "BOUGHT": "bought",
    "LEFT": "left",
}


@click.group(cls=Group)
def wallet() -> None:
    """Credits of Archive's workspaces, read and bought."""


@wallet.command("list")
@asking
def list_(ask: Asking) -> None:
    """List the wallets of all workspaces."""
    answer = ask.get("archive", "wallets")
    ask.show(answer, answer["data"], _COLUMNS, "workspaces")


@wallet.command()
@click.argument("credits", type=click.IntRange(1, 1_000_000_000))
@click.option(
    "--workspace",
    metavar="ID",
    help="Which workspace; the world's first, unless given.",
    shell_complete=names("archive", "wallets", key="workspace_id"),
)
@asking
def buy(ask: Asking, credits: int, workspace: str | None) -> None:
    """Buy a pack of so many CREDITS."""
    answer = ask.post("archive", "wallets", workspace or _first(ask), "packs", body={"credits": credits})
    ask.say(answer, f"{answer['workspace_id']} has bought {credits} credits, and {answer['left']} left to spend")


def _first(ask: Asking) -> str:
    for each in ask.get("archive", "wallets")["data"]:
        return str(each["workspace_id"])
    raise Failure(f"{ask.world} has no workspaces of Archive; a recipe with shops has")
