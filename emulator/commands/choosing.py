"""Options and arguments that several commands have, and the bodies that are made of them."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from emulator.options import Failure

Command = TypeVar("Command", bound=Callable[..., Any])

VENDORS: Final = ("insightiq", "archive", "storyclash")


def vendor(what: str) -> Callable[[Command], Command]:
    return click.option("--vendor", type=click.Choice(VENDORS), help=f"Only {what} of this vendor.")


limit = click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many.")
source = click.option(
    "--from", "source", metavar="JSON|FILE|-", help="More properties, or all: JSON, a file, or - for standard input."
)


def before(number: str) -> Callable[[Command], Command]:
    return click.option("--before", type=click.IntRange(1), help=f"Only those with a smaller {number}, so older ones.")


def together(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Options for several commands, in this order."""

    def decorated(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


def given(**values: Any) -> dict[str, Any]:
    """What was said; options that can be given several times are empty if they were not."""
    return {name: value for name, value in values.items() if value is not None and value != ()}


def order(source: str | None, **options: Any) -> dict[str, Any]:
    """A body: what `--from` brings, and options, which win. Raises Failure."""
    brought = {} if source is None else read_json(source)
    if not isinstance(brought, dict):
        raise Failure(f"--from: is {json.dumps(brought)[:60]}, not an object with names and values")
    return {**brought, **given(**options)}


def one_of(rule: dict[str, Any], source: str | None) -> Any:
    """A list of the one `rule` that options describe, or what `--from` brings. Raises Failure."""
    if bool(rule) == (source is not None):
        raise Failure("say either options that describe one rule, or --from with a list of rules; clear takes all away")
    return [rule] if source is None else read_json(source)


def identified(creator: str) -> int | str:
    """A creator as the control API names one: digits are an id, all else is a handle."""
    return int(creator) if creator.isdecimal() else creator


def with_pairs(kept: dict[str, Any], pairs: Iterable[str]) -> dict[str, Any]:
    """`kept` with each `vendor.name=value` in it; values are JSON where they can be, else text. Raises Failure."""
    changed = {name: dict(value) for name, value in kept.items()}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        above, dot, below = name.partition(".")
        if not (separator and dot and above and below):
            raise Failure(f"{pair}: is not of the form vendor.name=value, such as storyclash.errors=proper")
        changed.setdefault(above, {})[below] = _read(value)
    return changed


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


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
