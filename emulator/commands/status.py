"""`emulator status`: whether a server is ready, and which it is."""

import click

from emulator.commands.asking import Asking, asking


@click.command()
@asking
def status(ask: Asking) -> None:
    """Say whether the emulator is ready, and which version it is.

    The exit code is 2 if it is not.
    """
    health = ask.client.get("health")
    ask.show_one({**health, **ask.client.get("version")})
