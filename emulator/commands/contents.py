"""Groups of commands: a table of contents for help, and mistakes told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from emulator.options import Failure


class Contents(click.Group):
    """The whole command line, in sections. What is wrong with a line is one line on standard error, exit code 2."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._sections: dict[str, list[str]] = {}

    def section(self, title: str, *commands: click.Command) -> None:
        for command in commands:
            self.add_command(command)
        self._sections[title] = [command.name or "" for command in commands]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for names in self._sections.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        widest = max(map(len, self.commands))
        for title, names in self._sections.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:<{widest}}", _short(self.commands[name])) for name in names])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _one_line():
            return super().invoke(ctx)


class Group(click.Group):
    """Commands in the order in which they are written, as that is the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, _short(command)) for name, command in self.commands.items()])


class Listing(Group):
    """A group whose first command is meant if none is named: `emulator requests` lists requests."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        bare = not args and not ctx.resilient_parsing  # which is completion, of the commands' names
        if bare or (args and args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)


def _short(command: click.Command) -> str:
    """The first sentence, whole."""
    return command.get_short_help_str(limit=1_000)


@contextmanager
def _one_line() -> Iterator[None]:
    """Raises Failure for click's errors of usage, but those that show the help."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "emulator"
        words = " ".join(error.format_message().split())
        raise Failure(f"{words} See: {path} --help") from None
