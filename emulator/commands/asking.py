"""What the commands have in common: whom they ask, and how they show what they are told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final, TypeVar

import click

from emulator.client import Client, Refused
from emulator.commands.showing import Columns, echo_json, listing, table
from emulator.options import Failure

Command = TypeVar("Command", bound=Callable[..., Any])
Completion = Callable[[click.Context, click.Parameter, str], list[str]]

_URL: Final = "http://127.0.0.1:8000"
_NO_TOKEN: Final = 401


@dataclass(frozen=True, slots=True)
class Asking:
    """An emulator, a world of it, and whether a program reads the answers."""

    client: Client
    world: str
    as_json: bool

    def of(self, world: str | None) -> "Asking":
        """Of that world, if one is named."""
        return replace(self, world=world or self.world)

    def get(self, *path: str, **query: Any) -> Any:
        """Below the world's own path, as `put`, `post`, `patch` and `delete` are."""
        return self.client.get("worlds", self.world, *path, **query)

    def put(self, *path: str, body: Any) -> Any:
        return self.client.put("worlds", self.world, *path, body=body)

    def post(self, *path: str, body: Any = None) -> Any:
        return self.client.post("worlds", self.world, *path, body=body)

    def patch(self, *path: str, body: Any) -> Any:
        return self.client.patch("worlds", self.world, *path, body=body)

    def delete(self, *path: str) -> None:
        self.client.delete("worlds", self.world, *path)

    def numbered(self, place: str, number: int, what: str) -> Any:
        """One of a log that can only be listed. Raises Failure if it is not there."""
        found = self.get(place, before=number + 1, limit=1)["data"]
        if not found or found[0]["number"] != number:
            raise Failure(f"there is no {what} {number} in {self.world}")
        return found[0]

    def show_log(self, place: str, what: str, columns: Columns, key: str, filters: dict[str, Any]) -> None:
        """A log, newest first, and how to go on where it is cut off; `key` numbers its entries."""
        answer = self.get(place, **filters)
        rows = answer["data"]
        self.show(answer, rows, columns, what)
        if len(rows) == filters["limit"] and not self.as_json:
            click.echo(f"older ones, if any: --before {rows[-1][key]}", err=True)

    def show(self, answer: Any, rows: Sequence[Any], columns: Columns, what: str) -> None:
        """As a table, or the answer as JSON; `what` they are is said if there are none."""
        if self.as_json:
            echo_json(answer)
        else:
            click.echo(table(rows, columns) or f"no {what} in {self.world}")

    def show_one(self, answer: Any) -> None:
        """Names and values, or the answer as JSON."""
        if self.as_json:
            echo_json(answer)
        else:
            click.echo(listing(answer))

    def say(self, answer: Any, words: str) -> None:
        """For what has been done."""
        if self.as_json:
            echo_json(answer)
        else:
            click.echo(words)


def _hint(refused: Refused) -> str:
    """The server speaks of headers, as it does not know who asks."""
    return " Here: --control-token, or EMULATOR_CONTROL_TOKEN." if refused.status == _NO_TOKEN else ""


def names(*path: str, key: str = "name", of_world: bool = True) -> Completion:
    """For shell completion, by what the control API lists there: nothing, if nobody answers."""

    def beginning(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
        given = context.params
        below = ("worlds", given.get("world") or "default") if of_world else ()
        try:
            client = Client(given.get("url") or _URL, given.get("control_token"))
            with client.understood():
                found = {str(each[key]) for each in client.get(*below, *path)["data"]}
        except Refused:
            return []
        return sorted(name for name in found if name.startswith(begun))

    return beginning


WORLDS: Final = names("worlds", of_world=False)


def asking(command: Command) -> Command:
    """Options that say whom to ask, for a command that takes an Asking first. Failures are one line."""

    @click.option(
        "--url",
        default=_URL,
        envvar="EMULATOR_URL",
        help="Where the emulator is.",
        show_default=True,
        show_envvar=True,
    )
    @click.option(
        "--world",
        default="default",
        envvar="EMULATOR_WORLD",
        help="Which world.",
        show_default=True,
        show_envvar=True,
        shell_complete=WORLDS,
    )
    @click.option(
        "--control-token",
        envvar="EMULATOR_CONTROL_TOKEN",
        show_envvar=True,
        help="The control token, if the server asks for one.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
    @wraps(command)
    def asked(url: str, world: str, control_token: str | None, as_json: bool, **arguments: Any) -> Any:
        client = Client(url, control_token)
        try:
            with client.understood():
                return command(Asking(client, world, as_json), **arguments)
        except Refused as error:
            raise Failure(f"{error}{_hint(error)}") from None

    return asked  # type: ignore[return-value]
