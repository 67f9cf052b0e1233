"""`emulator snapshot`: what a world was, kept and put back."""

import click

from emulator.commands.asking import Asking, asking, names
from emulator.commands.contents import Group
from emulator.commands.showing import text

_COLUMNS = {"NAME": "name", "AT": "at"}
_name = click.argument("name", default="default", shell_complete=names("snapshots"))


@click.group(cls=Group)
def snapshot() -> None:
    """What a world was at some moment, kept and put back."""


@snapshot.command("list")
@asking
def list_(ask: Asking) -> None:
    """List a world's snapshots."""
    answer = ask.get("snapshots")
    ask.show(answer, answer["data"], _COLUMNS, "snapshots")


@snapshot.command()
@_name
@asking
def take(ask: Asking, name: str) -> None:
    """Keep a world as it is now, under the NAME `default` if none is given."""
    answer = ask.post("snapshots", body={"name": name})
    ask.say(answer, f"{ask.world} of {text(answer['at'])} is kept as {answer['name']}")


@snapshot.command()
@_name
@asking
def restore(ask: Asking, name: str) -> None:
    """Put a world back to what it was."""
    ask.post("snapshots", name, "restore")
    ask.say({"restored": name}, f"{ask.world} is as it was at {name}")


@snapshot.command()
@_name
@asking
def delete(ask: Asking, name: str) -> None:
    """Delete a snapshot; the world stays as it is."""
    ask.delete("snapshots", name)
    ask.say({"deleted": name}, f"the snapshot {name} of {ask.world} is deleted")
