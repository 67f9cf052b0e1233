"""A world of which the oracle knows every row, answered by the emulator as graphql-ruby 1.13 would."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from graphql import build_schema

from emulator.settings import Settings
from emulator.vendors import archive
from emulator.vendors.archive import partners
from emulator.vendors.archive.ruby import DEBIAN, Library
from tests.archive.differential.cases import SDL
from tests.archive.differential.differences import STATE, excused
from tests.archive.differential.oracle import Oracle, missing, oracle
from tests.archive.library import CAP, ask, fetch_all
from tests.population.recipes import first_world, write_recipe
from tests.support import TestWorld, running

RECIPE: dict[str, Any] = {
    "epoch": "2026-01-01T00:00:00Z",
    "creators": 6,
    "posts": 60,
    "shops": [{"id": 1, "name": "The only one"}],
}


@dataclass
class Comparison:
    """Counts what was compared, and for which reason something was not."""

    world: TestWorld
    oracle: Oracle
    library: Library
    compared: int = 0
    excused: Counter[str] = field(default_factory=Counter)

    def check(self, query: str | None, variables: dict[str, Any] | None = None, name: str | None = None) -> None:
        """Fails for a difference that has no reason; the order of keys is compared, too."""
        theirs = self.oracle.ask(query, variables or {}, name)
        if query is not None and theirs.get("crash", "").startswith("NotImplementedError"):
            self._hold_valid(query, variables or {}, name)
            return
        ours = ask(self.world, query=query, variables=variables or {}, operationName=name).json()
        if json.dumps(ours) == json.dumps(theirs):
            self.compared += 1
            return
        reason = excused(ours, theirs)
        assert reason, f"{query}\n{variables}\n{name}\nours:   {json.dumps(ours)}\ntheirs: {json.dumps(theirs)}"
        self.excused[reason] += 1

    def _hold_valid(self, query: str, variables: dict[str, Any], name: str | None) -> None:
        """What the oracle has no resolver for is not executed, as it might change the world that is compared."""
        call = self.library.document(query).call(name, variables)
        assert call.root_field is not None, f"{query}\n{variables}\n{name}\nours:   {call.run(None).body!r}"
        self.excused[STATE] += 1


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    if reason := missing():
        pytest.skip(reason)
    recipe = write_recipe(tmp_path_factory.mktemp("compared"), **RECIPE)
    with running(Settings(recipe=str(recipe), clock="frozen", storyclash_limit="off")) as server:
        emulator = server.emulator
        emulator._apis[archive.PREFIX] = partners.api(emulator._worlds, emulator._journal, DEBIAN)
        world = first_world(server)
        items = fetch_all(world)
        creators = {item["creator"]["id"]: item["creator"] for item in items}
        known = {"items": items, "creators": [creators[each] for each in sorted(creators)]}
        with oracle(SDL, known, CAP) as running_oracle:
            yield Comparison(world, running_oracle, Library(build_schema(SDL), DEBIAN))
