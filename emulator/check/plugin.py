"""The checks under pytest: `pytest -p emulator.check.plugin --target URL`, or `pytest contracts/suite --target URL`.

Loaded by `-p`, it adds the suite to whatever else is run.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from emulator import resources
from emulator.check import catalogue
from emulator.check.baseline import Baseline, read
from emulator.check.plan import Check, Options
from emulator.check.receiver import receiving
from emulator.check.report import problems, redacted
from emulator.check.run import Run
from emulator.check.session import CannotCheck, Wish, opened, options_for, planned

SUITE = resources.contracts() / "suite"
_RUN = pytest.StashKey[Run]()

Checked = Callable[[], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contracts", "holding a server to the contracts")
    group.addoption("--target", action="append", default=[], metavar="URL|VENDOR=URL", help="what to check")
    group.addoption("--vendor", action="append", default=[], help="check only this vendor")
    group.addoption("--credential", action="append", default=[], metavar="VENDOR.KEY=VALUE")
    group.addoption("--credentials-file", type=Path, metavar="FILE", help="TOML with a table for each vendor")
    group.addoption("--world", help="world of an emulator to check, instead of one made for it")
    group.addoption("--allow-writes", action="store_true", help="call operations that change something")
    group.addoption("--budget", type=int, metavar="CALLS", help="the most calls to make")
    group.addoption("--rate", type=float, metavar="CALLS", help="the most calls a second")
    group.addoption("--time", choices=["virtual", "wait", "skip"], help="what to do where time has to pass")
    group.addoption("--baseline", type=Path, metavar="FILE", help="accepted divergences")
    group.addoption("--check-seed", type=int, default=1, metavar="N", help="of the world that is made, and of fuzz")
    group.addoption("--examples", type=int, default=20, metavar="N", help="requests that fuzz makes up")
    group.addoption("--strict-keys", action="store_true", help="keys that the contract does not name are divergences")


def pytest_configure(config: pytest.Config) -> None:
    given = [str(each) for each in config.invocation_params.args]
    by_hand = any(each.startswith("-p") and "emulator.check.plugin" in each for each in given)
    by_hand = by_hand or ("-p", "emulator.check.plugin") in pairwise(given)
    if by_hand and str(SUITE) not in config.args:
        config.args.append(str(SUITE))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `contract_check` is run for every check of its module's `LEVEL`."""
    if "contract_check" in metafunc.fixturenames:
        contracts = catalogue.contracts(metafunc.config.getoption("vendor"))
        checks = planned(contracts, Wish(levels=[metafunc.module.LEVEL]))
        metafunc.parametrize("contract_check", checks, ids=[each.id for each in checks], indirect=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything was skipped, nothing has passed."""
    run = session.config.stash.get(_RUN, None)
    if run is not None and session.exitstatus == pytest.ExitCode.OK and (told := problems(run, [], [])):
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(f"\n{' '.join(told)}")
        session.exitstatus = pytest.ExitCode.USAGE_ERROR


def _wish(config: pytest.Config) -> Wish:
    same = ("target", "credentials_file", "world", "rate", "time")
    options = Options(
        writes=config.getoption("allow_writes"),
        seed=config.getoption("check_seed"),
        examples=config.getoption("examples"),
        strict=config.getoption("strict_keys"),
    )
    file = config.getoption("baseline")
    return Wish(
        vendors=config.getoption("vendor"),
        credentials=config.getoption("credential"),
        calls=config.getoption("budget"),
        options=options,
        baseline=read(file, datetime.now(UTC).date()) if file else Baseline(),
        **{key: config.getoption(key) for key in same},
    )


@pytest.fixture(scope="session")
def contract_run(pytestconfig: pytest.Config) -> Iterator[tuple[Run, Wish]]:
    """One pass for the session; it cleans up behind itself."""
    wish = _wish(pytestconfig)
    contracts = catalogue.contracts(wish.vendors)
    try:
        with opened(wish, [*contracts]) as target:
            run = Run(target, contracts, options_for(wish, target))
            pytestconfig.stash[_RUN] = run
            with receiving(run):
                yield run, wish
                run.clean_up()
    except CannotCheck as error:
        pytest.exit(str(error), returncode=2)


@pytest.fixture
def contract_check(request: pytest.FixtureRequest, contract_run: tuple[Run, Wish]) -> Checked:
    """Performs the check that it stands for: fails with what diverges, or skips with the reason."""
    run, wish = contract_run
    check: Check = request.param

    def perform() -> None:
        before = {key: len(found) for key, found in run.findings.items()}
        run.perform([check])
        new = [found[-1] for key, found in run.findings.items() if len(found) > before.get(key, 0)]
        told = [_told(each, run) for each in new if wish.baseline.accepts(each) is None]
        if told:
            pytest.fail("\n\n".join(told), pytrace=False)
        if run.outcomes[-1].state == "skipped":
            pytest.skip(run.outcomes[-1].reason)

    return perform


def _told(found: Any, run: Run) -> str:
    lines = [f"{found.rule.id} {found.place}", f"{found.rule.words} [{found.rule.evidence}; {found.rule.source}]"]
    lines += [f"came: {found.came}", f"promised: {found.promised}"]
    if found.exchange is not None:
        shown = redacted(found.exchange, run.target.secrets, 300)
        lines += [f"{shown['method']} {shown['url']} {shown['request_body']}", f"{shown['status']} {shown['body']}"]
    return "\n".join(lines)
