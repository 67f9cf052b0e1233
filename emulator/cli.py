"""The command line: `emulator serve`."""

import os
import secrets
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from emulator import __version__
from emulator.settings import Settings
from emulator.world.instant import from_datetime


class Failure(click.ClickException):
    """One line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        click.echo(f"emulator: {self.message}", err=True)
