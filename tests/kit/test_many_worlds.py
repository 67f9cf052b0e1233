"""Sixty-four worlds on one server, all asked at once: each stays what it would be alone, to the last byte."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.testing import Emulator, Server, in_process
from tests.support import TestWorld, hold_to_contract
from tests.worlds.calls import Call, Heard, Population, calls, send

WORLDS, THREADS, SCRIPTS = 64, 16, 5
RECIPES = ["default", "empty"]


@pytest.fixture(scope="module")
def crowded() -> Iterator[Server]:
    with in_process(listen=False) as server:
        yield server


@pytest.fixture(scope="module")
def quiet() -> Iterator[Server]:
    """Where there is never more than one world beside the first."""
    with in_process(listen=False) as server:
        yield server


@pytest.fixture(scope="module")
def population(quiet: Server) -> Population:
    with opened(quiet, 0) as world:
        return Population.of(world)


def plan(number: int) -> dict[str, Any]:
    """Many worlds have all their ids in common: of 64, there are four kinds."""
    return {"name": f"one-of-many-{number}", "recipe": RECIPES[number % 2], "seed": 3 + number % 4 // 2}


@contextmanager
def opened(server: Server, number: int) -> Iterator[TestWorld]:
    with server.world(**plan(number), clock={"mode": "frozen"}) as made:
        yield spoken_to(server, made)


def spoken_to(server: Server, made: Emulator) -> TestWorld:
    hooks: dict[str, Any] = {"response": [lambda answer: answer.read(), hold_to_contract]}
    client = httpx.Client(transport=server.transport, base_url=server.url, event_hooks=hooks)
    vendors: list[Any] = ["insightiq", "archive", "storyclash"]
    return TestWorld(made.name, {name: made.credentials(name) for name in vendors}, client)


def heard_by(world: TestWorld, asked: Sequence[Call]) -> list[Heard]:
    return [send(world, call) for call in asked]


@given(data=st.data())
@settings(max_examples=3)
def test_worlds_under_load_answer_as_they_would_alone(
    crowded: Server, quiet: Server, population: Population, data: st.DataObject
) -> None:
    still = calls(population).filter(lambda call: (call.method, call.path) != ("PATCH", "/clock"))
    scripts = [data.draw(st.lists(still, min_size=2, max_size=5)) for _ in range(SCRIPTS)]
    asked = [scripts[number % SCRIPTS] for number in range(WORLDS)]
    with ExitStack() as stack, ThreadPoolExecutor(THREADS) as pool:
        worlds = [stack.enter_context(opened(crowded, number)) for number in range(WORLDS)]
        together = list(pool.map(heard_by, worlds, asked))
    for number in range(WORLDS):
        with opened(quiet, number) as world:
            assert heard_by(world, asked[number]) == together[number]
