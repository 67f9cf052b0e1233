"""The command, as a user calls it."""

from dataclasses import dataclass

from click.testing import CliRunner

from emulator.cli import main

SECRETS = ("hush-hush", "whisper-it", "say-nothing")
CREDENTIALS = {
    "INSIGHTIQ_USERNAME": "customer",
    "INSIGHTIQ_PASSWORD": SECRETS[0],
    "ARCHIVE_TOKEN": SECRETS[1],
    "STORYCLASH_TOKEN": SECRETS[2],
}


@dataclass(frozen=True)
class Done:
    """How it ended, and what it printed."""

    code: int
    out: str
    err: str


def check(*arguments: object, **environment: str) -> Done:
    ended = CliRunner().invoke(main, ["check", *map(str, arguments)], env=environment, catch_exceptions=False)
    return Done(ended.exit_code, ended.stdout, ended.stderr)
