"""`emulator check`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from emulator.options import Failure

LEVELS = ("documents", "responses", "behaviour", "fuzz")

_option = partial(click.option, show_default=True, show_envvar=True)
_path = click.Path(path_type=Path, dir_okay=False)


@click.command(context_settings={"auto_envvar_prefix": "EMULATOR_CHECK"})
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@_option("--target", multiple=True, metavar="URL|VENDOR=URL", help="What to check; without one, the emulator itself.")
@_option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(LEVELS),
    help="Level to check, several times if need be; without one, all but fuzz.",
)
@_option("--only", multiple=True, metavar="OPERATION", help="Only this operation; can be given several times.")
@_option(
    "--credential",
    "credentials",
    multiple=True,
    metavar="VENDOR.KEY=VALUE",
    help="username, password, token, shop_id or workspace_id; INSIGHTIQ_PASSWORD and so on do too.",
)
@_option("--credentials-file", type=_path, help="TOML file with a table of these keys for each vendor.")
@_option("--world", help="World of an emulator to check, instead of one made for it.")
@_option("--control-token", default="", help="The control token of an emulator, if it asks for one.")
@_option("--allow-writes", is_flag=True, help="Call operations that change something; they clean up after themselves.")
@_option("--budget", "calls", type=click.IntRange(1), help="The most calls to make.")
@_option(
    "--rate",
    type=click.FloatRange(0, min_open=True),
    help="The most calls a second; 5 for a target without our control API.",
)
@_option(
    "--time",
    type=click.Choice(["virtual", "wait", "skip"]),
    help="What to do where time has to pass; virtual where the target has our clock, otherwise skip.",
)
@_option("--receiver", default="", metavar="URL", help="Address at which the target reaches our receiver of webhooks.")
@_option("--listen", default=0, type=click.IntRange(0, 65535), help="Port of that receiver; 0 takes a free one.")
@_option(
    "--seed", default=1, type=click.IntRange(0, 2**31 - 1), help="Of the world that is made, and of what fuzz makes up."
)
@_option("--examples", default=20, type=click.IntRange(1), help="Requests that fuzz makes up for each operation.")
@_option("--strict", is_flag=True, help="Keys that the contract does not name are divergences.")
@_option("--first", is_flag=True, help="End with the first check that fails.")
@_option(
    "--evidence",
    multiple=True,
    type=click.Choice(["documented", "observed", "reported", "assumed"]),
    help="Count divergences from rules of this evidence only; can be given several times.",
)
@_option("--baseline", type=_path, help="YAML file with accepted divergences.")
@_option(
    "--recorded",
    type=click.Path(path_type=Path, exists=True),
    help="Check a HAR file, a VCR cassette or a folder of exchanges instead of a target.",
)
@_option("--record", type=_path, help="Write all exchanges to a HAR file, without secrets.")
@_option("--junit", type=_path, help="Write the report as JUnit XML.")
@_option("--json", "json_", type=_path, help="Write the report as JSON.")
@_option("--html", type=_path, help="Write the report as one HTML page.")
def check(**given: Any) -> None:
    """Hold any server to the contracts, this emulator or the real one.

    \b
    emulator check                                        # the emulator, in this process
    emulator check --target http://127.0.0.1:8000         # one that is served; it gets a world of its own
    emulator check insightiq --target https://api.staging.insightiq.ai --budget 300 --rate 2

    Reads only, unless --allow-writes is given. Exit code 0: the contract holds; 1: divergences; 2: could not check.
    """
    from emulator.check import recorded
    from emulator.check.baseline import Baseline, BaselineError, read
    from emulator.check.har import Recorder
    from emulator.check.plan import Options
    from emulator.check.session import CannotCheck, Wish
    from emulator.check.session import check as perform

    keys = ("receiver", "listen", "seed", "examples", "strict", "first")
    options = Options(writes=given["allow_writes"], **{key: given[key] for key in keys})
    options = replace(options, evidence=given["evidence"] or options.evidence)
    same = (
        "vendors",
        "target",
        "only",
        "credentials",
        "credentials_file",
        "world",
        "control_token",
        "calls",
        "rate",
        "time",
    )
    recorder = Recorder()
    try:
        baseline = read(given["baseline"], datetime.now(UTC).date()) if given["baseline"] else Baseline()
        wish = Wish(options=options, baseline=baseline, **{key: given[key] for key in same})
        wish = replace(wish, levels=given["levels"]) if given["levels"] else wish
        if given["recorded"]:
            report = recorded.check(given["recorded"], wish)
        else:
            with _progress() as tell:
                report = perform(wish, tell, recorder if given["record"] else None)
            if given["record"]:
                _write(given["record"], recorder.har(report.secrets))
    except (CannotCheck, BaselineError, recorded.RecordingError) as error:
        raise Failure(str(error)) from None
    _written(report, given)
    sys.exit(report.exit_code)


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on a terminal that says what is checked."""
    with click.progressbar(length=1, label="checking", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tell(outcome: Any, done: int, total: int) -> None:
            bar.length, bar.label = total, f"{outcome.check.id[:48]:48}"
            bar.update(done - bar.pos)

        yield tell


def _written(report: Any, given: dict[str, Any]) -> None:
    from emulator.check.reports import html, machine, terminal

    click.echo(terminal.render(report))
    makers: dict[str, Any] = {
        "junit": machine.as_junit,
        "json_": machine.as_json,
        "html": lambda each: html.render(each).encode(),
    }
    for key, make in makers.items():
        if given[key]:
            _write(given[key], make(report))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Failure(f"cannot write {file}: {error.strerror}") from None
