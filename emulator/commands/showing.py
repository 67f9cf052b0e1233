"""Answers for people: tables, and lists of names and values; and the JSON for programs."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import click

Columns = Mapping[str, str | Callable[[Any], Any]]  # by heading: where a row has it, as in `clock.now`, or how to tell

_WIDEST: Final = 60  # characters of a cell, but those of the last column
_LONGEST: Final = 2_000  # characters of a value in a list of names and values
_MOST: Final = 20  # objects of a list that are told apart there
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?Z")


def echo_json(answer: Any) -> None:
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False))


def table(rows: Sequence[Any], columns: Columns) -> str:
    """Columns as wide as what stands in them, the longest last, as lines end where a terminal does.

    Nothing for no rows.
    """
    if not rows:
        return ""
    *first, last = [(heading, [picked(row, where) for row in rows]) for heading, where in columns.items()]
    aligned = [*(_aligned(*column, widest=_WIDEST) for column in first), _aligned(*last, widest=sys.maxsize)]
    width = _width()
    return "\n".join(_cut("  ".join(line).rstrip(), width) for line in zip(*aligned, strict=True))


def listing(answer: Mapping[str, Any]) -> str:
    shown = list(flattened(answer))
    width = max(len(name) for name, _ in shown)
    return "\n".join(f"{name:<{width}}  {_cut(text(value), _LONGEST)}".rstrip() for name, value in shown)


def flattened(answer: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """`{"clock": {"mode": ...}}` as `clock.mode`; lists of objects as `attempts.0.status`."""
    for name, value in answer.items():
        match value:
            case dict() if value:
                yield from flattened(value, f"{above}{name}.")
            case [{}, *_] if len(value) <= _MOST:
                yield from flattened({f"{name}.{place}": each for place, each in enumerate(value)}, above)
            case _:
                yield above + name, value


def text(value: object) -> str:
    """One line."""
    match value:
        case _ if value in (None, [], {}):
            shown = "-"
        case float() if value.is_integer():
            shown = str(int(value))
        case str():
            shown = _MOMENT.sub(_moment, value) if _MOMENT.fullmatch(value) else value
        case [*several] if not any(isinstance(each, dict | list) for each in several):
            shown = ", ".join(map(text, several))
        case _:
            shown = json.dumps(value, ensure_ascii=False)
    return " ".join(shown.split())


def _moment(found: re.Match[str]) -> str:
    """As people read it, and `--to` takes it: UTC, with parts of a second if there are any."""
    day, time, parts = found.groups("")
    return f"{day} {time}{f'.{parts}'.rstrip('.0')}"


def picked(row: Any, where: str | Callable[[Any], Any]) -> Any:
    if callable(where):
        return where(row)
    for step in where.split("."):
        row = None if row is None else row.get(step)
    return row


def _cell(value: object) -> str:
    """Whole seconds are enough here; objects are short enough for `name=value`."""
    if isinstance(value, dict):
        return " ".join(f"{name}={text(kept)}" for name, kept in value.items()) or "-"
    shown = text(value)
    return shown[:19] if isinstance(value, str) and _MOMENT.fullmatch(value) else shown


def _aligned(heading: str, values: Sequence[object], widest: int) -> list[str]:
    """Numbers to the right."""
    cells = [_cut(cell, widest) for cell in (heading, *map(_cell, values))]
    width = max(map(len, cells))
    return [cell.rjust(width) if _numeric(values) else cell.ljust(width) for cell in cells]


def _numeric(values: Sequence[object]) -> bool:
    kept = [value for value in values if value is not None]
    return bool(kept) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in kept)


def _width() -> int:
    """Characters of a line: what is not read on a terminal is not cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize


def _cut(shown: str, widest: int) -> str:
    return shown if len(shown) <= widest else f"{shown[: widest - 1]}…"
