"""`emulator account`: what the owners of InsightIQ's accounts, and the platforms, do with them."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import order, source
from emulator.commands.contents import Group

_id = click.argument("id")


@click.group(cls=Group)
def account() -> None:
    """InsightIQ's accounts, connected and disconnected."""


@account.command()
@click.argument("handle", required=False)
@click.option("--platform", "work_platform", help="A work platform; Instagram, unless given.")
@click.option("--user", "user_id", metavar="ID", help="Whose it shall be; otherwise the creator's own.")
@click.option("--product", "products", multiple=True, help="A product that is consented to; otherwise all of them.")
@source
@asking
def connect(ask: Asking, source: str | None, **options: Any) -> None:
    """Connect the profile of this HANDLE, or any that nobody has connected yet."""
    _show(ask, ask.post("insightiq", "accounts", body={"work_platform": "Instagram", **order(source, **options)}))


@account.command()
@_id
@asking
def disconnect(ask: Asking, id: str) -> None:
    """End a connection on InsightIQ's side."""
    _show(ask, ask.post("insightiq", "accounts", id, "disconnect"))


@account.command()
@_id
@click.option("--now", is_flag=True, help="Have it noticed at once, and not only at the next fetch.")
@asking
def expire(ask: Asking, id: str, now: bool) -> None:
    """Take away the access that the platform gives."""
    _show(ask, ask.post("insightiq", "accounts", id, "expire", body={"now": now}))


@account.command()
@_id
@asking
def reconnect(ask: Asking, id: str) -> None:
    """Have the owner log in anew."""
    _show(ask, ask.post("insightiq", "accounts", id, "reconnect"))


def _show(ask: Asking, account: dict[str, Any]) -> None:
    """What matters; all of it is in the JSON."""
    user, platform = account["user"], account["work_platform"]
    who = f"{account['platform_username']} on {platform['name']}, of the user {user['id']} ({user['name']})"
    ask.say(account, f"{account['id']} is {account['status']}: {who}")
