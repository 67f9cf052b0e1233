"""Runs the checks against a server that is wrong in one way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from emulator.app import Emulator
from emulator.check.graph import GraphContract
from emulator.check.here import application
from emulator.check.plan import Contract, Options
from emulator.check.report import Report
from emulator.check.rest import RestContract
from emulator.check.run import Run
from emulator.check.session import Wish, performed, planned
from emulator.check.target import Target
from tests.check.mutating import CONTRACTS, Mutated, Mutation, relaying
from tests.check.rows_documents import Misprint, copied


@dataclass(frozen=True)
class Bench:
    """One emulator for all mutations; each gets a world of its own."""

    app: Emulator

    def run(self, mutation: Mutation) -> Report:
        with relaying(mutation.deliver) as relay:
            app = Mutated(self.app, mutation, relay)
            with application(app, self.app.settings.url) as target:
                return _report(target, mutation)

    @contextmanager
    def target(self, app: Any = None, seed: int = 1) -> Iterator[Target]:
        with application(app or self.app, self.app.settings.url, seed) as target:
            yield target


def _report(target: Target, mutation: Mutation) -> Report:
    only = [*(mutation.only or [each for each in mutation.on if each != "*"])]
    wish = Wish(vendors=[mutation.vendor], levels=[mutation.level], only=only)
    run = Run(target, {mutation.vendor: CONTRACTS[mutation.vendor]}, Options(writes=True, time="virtual", first=True))
    return performed(run, planned(run.contracts, wish), wish)


def misprinted(misprint: Misprint, folder: Path) -> Report:
    contract = _contract(misprint, folder)
    wish = Wish(vendors=[misprint.vendor], levels=["documents"])
    with httpx.Client() as client:
        run = Run(Target("no server", client, {}), {misprint.vendor: [contract]}, Options())
        return performed(run, planned(run.contracts, wish), wish)


def _contract(misprint: Misprint, folder: Path) -> Contract:
    (there, *_) = CONTRACTS[misprint.vendor]
    if isinstance(there, GraphContract):
        file = folder / misprint.vendor / f"{there.name}.graphql"
        file.parent.mkdir(parents=True)
        file.write_text(misprint.edit(there.sdl))
        return GraphContract(file)
    document = copied(misprint.vendor)
    misprint.edit(document)
    return RestContract(misprint.vendor, document)
