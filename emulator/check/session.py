"""From what a user asks for to a report."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from emulator.calling import by_httpx
from emulator.check import access, catalogue, levels
from emulator.check.baseline import Baseline
from emulator.check.control import Control
from emulator.check.plan import Check, Contract, Level, Options, Outcome, Time
from emulator.check.receiver import receiving
from emulator.check.report import Report, report
from emulator.check.run import Run
from emulator.check.target import Budget, Place, Target, Unreachable
from emulator.client import PREFIX, Client
from emulator.contract.document import ContractError

USUAL: Sequence[Level] = ("documents", "responses", "behaviour")  # fuzz takes many calls: it has to be asked for


POLITE = 5.0  # calls a second to a target that is not ours, unless the user says otherwise


class CannotCheck(Exception):
    """What stands in the way, in one line."""


@dataclass(frozen=True)
class Wish:
    """`target` is the address of all vendors, or `vendor=address` for some of them; None is the emulator itself.

    `only` are operations, with or without their vendor. Nothing in `credentials` is kept beyond the run.
    """

    vendors: Sequence[str] = ()
    target: Sequence[str] = ()
    levels: Sequence[Level] = USUAL
    only: Sequence[str] = ()
    credentials: Sequence[str] = field(default=(), repr=False)
    credentials_file: Path | None = None
    world: str | None = None
    control_token: str = field(default="", repr=False)
    calls: int | None = None
    rate: float | None = None
    time: Time | None = None
    options: Options = field(default_factory=Options)
    baseline: Baseline = field(default_factory=Baseline)


Tell = Callable[[Outcome, int, int], None]  # what became of a check, the how manieth it was, of how many


def check(wish: Wish, tell: Tell | None = None, watch: Any = None) -> Report:
    """Raises CannotCheck."""
    try:
        contracts = catalogue.contracts(wish.vendors)
        checks = planned(contracts, wish)
        with opened(wish, [*contracts]) as target:
            target.watch = watch
            run = Run(target, contracts, options_for(wish, target))
            return performed(run, checks, wish, tell)
    except (catalogue.UnknownVendor, access.CredentialError, ContractError, Unreachable) as error:
        raise CannotCheck(str(error)) from None


def performed(run: Run, checks: Sequence[Check], wish: Wish, tell: Tell | None = None) -> Report:
    """Raises Unreachable."""

    def told(outcome: Outcome) -> None:
        if tell is not None:
            tell(outcome, len(run.outcomes), len(checks))

    with receiving(run):
        try:
            run.perform(checks, told)
        finally:
            run.clean_up()
    return report(run, wish.levels, wish.baseline, [each.rpartition("/")[2] for each in wish.only])


def planned(contracts: Mapping[str, Sequence[Contract]], wish: Wish) -> list[Check]:
    """Raises CannotCheck for an operation that no contract has."""
    every = [contract for each in contracts.values() for contract in each]
    wanted = {each.rpartition("/")[2] for each in wish.only}
    if unknown := wanted - {name for contract in every for name in contract.operations}:
        raise CannotCheck(f"no operation is called {', '.join(sorted(unknown))}")
    checks = levels.checks(every, wish.levels)
    return [each for each in checks if not wanted or each.operation in wanted]


@contextmanager
def opened(wish: Wish, vendors: Sequence[str]) -> Iterator[Target]:
    """Raises CannotCheck, CredentialError, Unreachable."""
    budget = Budget(wish.calls, wish.rate)
    if not wish.target:
        from emulator.check import here  # the server, which no other target needs

        with here.emulator(wish.options.seed, budget) as target:
            yield target
        return
    import httpx

    with httpx.Client(timeout=60, trust_env=False) as client, ExitStack() as stack:
        places = {vendor: _place(wish, vendor) for vendor in vendors}
        target = Target(" ".join(wish.target), client, places, budget)
        yield _with_control(wish, target, stack)


def _place(wish: Wish, vendor: str) -> Place:
    named = [each.partition("=") for each in wish.target if "=" in each.partition("://")[0]]
    addresses = {name: url for name, _, url in named}
    url = addresses.get(vendor) or next((each for each in wish.target if "=" not in each.partition("://")[0]), None)
    if url is None:
        raise CannotCheck(f"no target for {vendor}: --target {vendor}=https://...")
    if not url.startswith(("http://", "https://")):
        raise CannotCheck(f"{url} is not an address that begins with http:// or https://")
    return Place(url, access.credentials(vendor, wish.credentials, os.environ, wish.credentials_file))


def _with_control(wish: Wish, target: Target, stack: ExitStack) -> Target:
    """A target with our control API is checked in a world of its own, unless a world or credentials are given."""
    url = next(iter(target.places.values())).url.rstrip("/")
    control = Control(Client(url, wish.control_token or None, by_httpx(target.client)))
    given = [vendor for vendor, place in target.places.items() if place.credentials.given]
    one = len({place.url for place in target.places.values()}) == 1
    if wish.world is None and (given or not one or not control.offered()):
        if lacking := [vendor for vendor in target.places if vendor not in given]:
            raise CannotCheck(
                f"no credentials for {', '.join(lacking)}, and no {PREFIX} at the target that would give some: "
                f"set {lacking[0].upper()}_TOKEN or the like, or use --credential or --credentials-file"
            )
        target.budget.rate = target.budget.rate or POLITE
        return target
    made = wish.world is None
    world = control.make(wish.options.seed, insightiq="off", storyclash="off") if wish.world is None else None
    world = world or control.existing(wish.world or "")
    control.world = world.name
    if made:
        stack.callback(control.delete, world.name)
    return replace(target, places=world.places, control=control, own=made)


def options_for(wish: Wish, target: Target) -> Options:
    """In a world that was made for the checks, everything is allowed."""
    usual: Time = "virtual" if target.control is not None and target.own else "skip"
    return replace(wish.options, writes=wish.options.writes or target.own, time=wish.time or usual)
