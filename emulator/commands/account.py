"""`emulator account`: what the owners of InsightIQ's accounts, and the platforms, do with them."""

from typing import Any, Final

import click

from emulator.commands.asking import Asking, asking, names
from emulator.commands.choosing import limit, order, source
from emulator.commands.contents import Group

STATUSES: Final = ["CONNECTED", "NOT_CONNECTED", "SESSION_EXPIRED"]
_COLUMNS = {
    "ID": "id",
    "STATUS": "status",
    "PLATFORM": "work_platform.name",
    "HANDLE": "platform_username",
    "USER": "user.name",
}
_id = click.argument("id", shell_complete=names("insightiq", "accounts", key="id"))


@click.group(cls=Group)
def account() -> None:
    """InsightIQ's accounts, connected and disconnected."""


@account.command("list")
@click.option("--handle", help="Only those of this user name.")
@click.option("--status", type=click.Choice(STATUSES), help="Only those with this status.")
@limit
@asking
def list_(ask: Asking, **filters: Any) -> None:
    """List accounts, those that changed last in front."""
    answer = ask.get("insightiq", "accounts", **filters)
    ask.show(answer, answer["data"], _COLUMNS, "accounts")


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
    ask.show(account, [account], _COLUMNS, "accounts")
