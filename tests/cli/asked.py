"""The command line, asked of a server."""

import json
from typing import Any

from click.testing import CliRunner, Result

from emulator.cli import main
from tests.cli.process import Served


def run(served: Served, *arguments: str, given: str | None = None) -> Result:
    return CliRunner(env={"EMULATOR_URL": str(served.client.base_url)}).invoke(main, arguments, input=given)


def told(served: Served, *arguments: str, given: str | None = None) -> str:
    """What people read."""
    result = run(served, *arguments, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def read(served: Served, *arguments: str, given: str | None = None) -> Any:
    """What programs read."""
    return json.loads(told(served, *arguments, "--json", given=given))


def failed(served: Served, *arguments: str) -> str:
    result = run(served, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("emulator: ")
    return result.stderr
