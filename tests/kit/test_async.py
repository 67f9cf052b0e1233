"""The world of those who await is the same world: it has all that the other has, with the same types."""

import inspect
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, assert_type

import httpx
import pytest

from emulator.testing import AsyncEmulator, Emulator, Exchange, Job, Ran, Webhook, in_process

if TYPE_CHECKING:
    from emulator.testing import Emulatr  # type: ignore[attr-defined]  # noqa: F401 - a name that is misspelt

PARTS = ["webhooks", "requests", "jobs", "faults", "seed"]


@pytest.fixture(scope="module")
def world() -> Iterator[Emulator]:
    with in_process(listen=False) as server, server.world(recipe="empty") as world:
        yield world


def names(thing: object) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("_")}


@pytest.mark.parametrize("part", PARTS)
def test_no_part_lacks_a_call(world: Emulator, part: str) -> None:
    assert names(getattr(world.aio, part)) == names(getattr(world, part))


def test_the_world_lacks_no_call() -> None:
    """A world that is awaited has asynchronous clients only, and the other one beside it."""
    with in_process(listen=False) as server, server.world(recipe="empty") as world:
        assert names(world.aio) == names(world) - {"aio", "async_client"} | {"sync"}
        assert {name for name in names(world) if is_part(getattr(world, name))} == set(PARTS)


def is_part(value: object) -> bool:
    return type(value).__module__.startswith("emulator.testing.") and not isinstance(value, AsyncEmulator)


@pytest.mark.parametrize("part", [None, *PARTS])
def test_calls_take_what_they_take_in_the_other_world(world: Emulator, part: str | None) -> None:
    sync: Any = world if part is None else getattr(world, part)
    awaited: Any = world.aio if part is None else getattr(world.aio, part)
    shared = [name for name in names(sync) & names(awaited) if inspect.ismethod(getattr(sync, name))]
    for name in set(shared) - {"client"}:
        taken = list(inspect.signature(getattr(awaited, name)).parameters.values())
        assert taken == list(inspect.signature(getattr(sync, name)).parameters.values()), name
        assert inspect.getdoc(getattr(awaited, name)) == inspect.getdoc(getattr(sync, name)), name


@pytest.mark.asyncio
async def test_type_checkers_see_what_is_awaited() -> None:
    """Mypy on the tests holds this: `assert_type` tells what it does not see, and so does an ignore that is unused."""
    with in_process(listen=False) as server, server.world(recipe="empty") as world:
        aio = assert_type(world.aio, AsyncEmulator)
        assert_type(await aio.advance(timedelta(hours=1)), list[Ran])
        assert_type(await aio.now(), datetime)
        assert_type(await aio.requests.all("list_users"), list[Exchange])
        assert_type(await aio.webhooks.all(), list[Webhook])
        assert_type(await aio.jobs.all(), list[Job])
        assert_type(await aio.faults.all(), list[dict[str, Any]])
        with pytest.raises(TypeError):
            await aio.advance(by=1, too=2)  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            await aio.webhooks.redeliver()  # type: ignore[call-arg]
        async with assert_type(aio.client("insightiq"), httpx.AsyncClient) as client:
            assert (await client.get("/v1/users")).status_code == 200
        async with aio.fork() as forked:
            assert_type(forked, AsyncEmulator)
        async with aio.receiver(None) as url:
            assert_type(url, str)
