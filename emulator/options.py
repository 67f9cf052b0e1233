"""Options of the command line: their types, and their defaults from a file."""

import math
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from emulator.world import instant

FILE: Final = "emulator.toml"


class Failure(click.ClickException):
    """One line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        click.echo(f"emulator: {self.message}", err=True)


class Moment(click.ParamType[int, Any]):
    """An instant. Without an offset it is UTC; a TOML file gives dates and times as such."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a moment such as 2026-01-01T00:00:00Z.", param, ctx)
        parsed = instant.from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        if not instant.EARLIEST <= parsed <= instant.LATEST:
            self.fail(f"{value} does not lie between 1970 and the end of the year 9999.", param, ctx)
        return parsed


class State(click.ParamType[Path | None, Any]):
    """`memory`, which is no path at all, or a file."""

    name = "memory|FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        return None if value in (None, "memory") else Path(value)


class Rate(click.FloatRange):
    """World seconds a second; unlike click's own range, not a NaN."""

    def __init__(self) -> None:
        super().__init__(0, 1e6, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        rate = super().convert(value, param, ctx)
        if math.isnan(rate):
            self.fail(f"{value} is not a number.", param, ctx)
        return rate


class Requests(click.ParamType[int | str, Any]):
    """A number of requests, or `off`."""

    name = "number|off"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        return value if value == "off" else click.IntRange(1, 10_000).convert(value, param, ctx)


def from_file(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    """Take defaults from a TOML file whose keys are the long option names. Raises Failure."""
    path = value or Path(FILE)
    if value is None and not path.exists():
        return
    try:
        content = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise Failure(f"{path} cannot be read as TOML: {error}") from None
    options = {parameter.name or "": parameter for parameter in context.command.params if parameter.name != "config"}
    context.default_map = {key.replace("-", "_"): _checked(path, key, item, options) for key, item in content.items()}


def _checked(path: Path, key: str, value: Any, options: dict[str, click.Parameter]) -> Any:
    """TOML has types, and click would bend a value of a wrong one without a word."""
    option = options.get(key.replace("-", "_"))
    if option is None:
        names = ", ".join(sorted(name.replace("_", "-") for name in options))
        raise Failure(f"{path}: unknown key {key}; known: {names}")
    if option.multiple and not isinstance(value, list):
        raise Failure(f"{path}: --{key} is {value!r}, not a list")
    wanted, words = _type(option)
    for each in value if option.multiple else [value]:
        if not isinstance(each, wanted) or isinstance(each, bool):
            raise Failure(f"{path}: --{key} is {each!r}, not {words}")
    return value


def _type(option: click.Parameter) -> tuple[type | tuple[type, ...], str]:
    match option.type:
        case click.types.IntParamType():
            return int, "a whole number"
        case click.types.FloatParamType():
            return (int, float), "a number"
        case Requests():
            return (int, str), "a whole number or off"
        case Moment():
            return (str, datetime), "a moment such as 2026-01-01T00:00:00Z"
        case _:
            return str, "a text"
