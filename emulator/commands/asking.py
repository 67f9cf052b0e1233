"""What the commands have in common: whom they ask, and how they show what they are told."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from emulator.client import Client, Refused
from emulator.options import Failure

Command = TypeVar("Command", bound=Callable[..., Any])
Columns = Mapping[str, Callable[[Any], Any]]

_WIDEST: Final = 60  # characters of a cell


@dataclass(frozen=True, slots=True)
class Asking:
    """An emulator, a world of it, and whether a program reads the answers."""

    client: Client
    world: str
    as_json: bool

    def get(self, *path: str, **query: Any) -> Any:
        """Below the world's own path, as `put`, `post` and `delete` are."""
        return self.client.get("worlds", self.world, *path, **query)

    def put(self, *path: str, body: Any) -> Any:
        return self.client.put("worlds", self.world, *path, body=body)

    def post(self, *path: str, body: Any = None) -> Any:
        return self.client.post("worlds", self.world, *path, body=body)

    def patch(self, *path: str, body: Any) -> Any:
        return self.client.patch("worlds", self.world, *path, body=body)

    def delete(self, *path: str) -> None:
        self.client.delete("worlds", self.world, *path)

    def show(self, answer: Any, rows: Sequence[Any], columns: Columns) -> None:
        """As a table, or the answer as JSON."""
        if self.as_json:
            echo_json(answer)
        else:
            click.echo(table(rows, columns))

    def show_one(self, answer: Any) -> None:
        """Names and values, or the answer as JSON."""
        if self.as_json:
            echo_json(answer)
        else:
            shown = flattened(answer)
            width = max(len(name) for name, _ in shown)
            click.echo("\n".join(f"{name:<{width}}  {text(value, 2_000)}".rstrip() for name, value in shown))

    def say(self, answer: Any, words: str) -> None:
        """For what has been done."""
        if self.as_json:
            echo_json(answer)
        else:
            click.echo(words)


def asking(command: Command) -> Command:
    """Options that say whom to ask, for a command that takes an Asking first. Failures are one line."""

    @click.option(
        "--url",
        default="http://127.0.0.1:8000",
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
        shell_complete=lambda context, _, begun: worlds_beginning(context, begun),
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
            raise Failure(str(error)) from None

    return asked  # type: ignore[return-value]


def worlds_beginning(context: click.Context, begun: str) -> list[str]:
    """For shell completion: nothing, if nobody answers."""
    given = context.params
    client = Client(given.get("url") or "http://127.0.0.1:8000", given.get("control_token"))
    try:
        with client.understood():
            return [each["name"] for each in client.get("worlds")["data"] if each["name"].startswith(begun)]
    except Refused:
        return []


def echo_json(answer: Any) -> None:
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False))


def table(rows: Sequence[Any], columns: Columns) -> str:
    """Columns as wide as what stands in them; a line that says so if there are no rows."""
    if not rows:
        return "none"
    cells = [list(columns), *([text(show(row)) for show in columns.values()] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    return "\n".join(line.rstrip() for line in lines)


def text(value: object, widest: int = _WIDEST) -> str:
    """One line."""
    shown = "-" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = " ".join(shown.split())
    return shown if len(shown) <= widest else f"{shown[: widest - 1]}…"


def flattened(answer: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """`{"clock": {"mode": ...}}` as `clock.mode`."""
    found: list[tuple[str, Any]] = []
    for name, value in answer.items():
        found += flattened(value, f"{above}{name}.") if isinstance(value, dict) and value else [(above + name, value)]
    return found


def read_json(source: str) -> Any:
    """JSON itself, a file, or `-` for standard input. Raises Failure."""
    try:
        if source.lstrip()[:1] in ("{", "["):
            return json.loads(source)
        content = sys.stdin.read() if source == "-" else Path(source).read_text()
        return json.loads(content)
    except OSError as error:
        raise Failure(
            f"{source}: cannot be read: {error.strerror}; give a file, JSON, or - for standard input"
        ) from None
    except ValueError as error:
        raise Failure(f"{source[:60]}: is not JSON: {error}") from None
