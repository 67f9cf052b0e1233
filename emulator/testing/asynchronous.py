"""The same world for who awaits: every call runs in a thread, so that no event loop is held up.

An application that runs on the test's own event loop can answer the emulator's webhooks meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack, asynccontextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import httpx

from emulator.testing.clients import VendorName
from emulator.testing.faults import Faults
from emulator.testing.jobs import Jobs
from emulator.testing.journal import Requests
from emulator.testing.seeds import Seeds
from emulator.testing.webhooks import Webhooks
from emulator.testing.world import Emulator

Asked = ParamSpec("Asked")
Told = TypeVar("Told")


def awaited(function: Callable[Asked, Told]) -> Callable[Asked, Coroutine[Any, Any, Told]]:
    @wraps(function)
    async def call(*arguments: Asked.args, **named: Asked.kwargs) -> Told:
        return await asyncio.to_thread(function, *arguments, **named)

    return call


def entered(
    function: Callable[Asked, AbstractContextManager[Told]],
) -> Callable[Asked, AbstractAsyncContextManager[Told]]:
    @wraps(function)
    @asynccontextmanager
    async def call(*arguments: Asked.args, **named: Asked.kwargs) -> AsyncIterator[Told]:
        stack = ExitStack()
        told = await asyncio.to_thread(stack.enter_context, function(*arguments, **named))
        try:
            yield told
        finally:
            await asyncio.to_thread(stack.close)

    return call


class AsyncWebhooks:
    def __init__(self, webhooks: Webhooks) -> None:
        self.url = webhooks.url
        self.all = awaited(webhooks.all)
        self.wait_for = awaited(webhooks.wait_for)
        self.assert_sent = awaited(webhooks.assert_sent)
        self.assert_not_sent = awaited(webhooks.assert_not_sent)
        self.assert_received = awaited(webhooks.assert_received)
        self.assert_verified = awaited(webhooks.assert_verified)
        self.received = awaited(webhooks.received)
        self.answer_with = awaited(webhooks.answer_with)
        self.redeliver = awaited(webhooks.redeliver)
        self.break_with = awaited(webhooks.break_with)
        self.faults = awaited(webhooks.faults)
        self.configure = awaited(webhooks.configure)


class AsyncRequests:
    def __init__(self, requests: Requests) -> None:
        self.all = awaited(requests.all)
        self.assert_made = awaited(requests.assert_made)
        self.assert_not_made = awaited(requests.assert_not_made)
        self.clear = awaited(requests.clear)


class AsyncJobs:
    def __init__(self, jobs: Jobs) -> None:
        self.all = awaited(jobs.all)
        self.get = awaited(jobs.get)
        self.complete = awaited(jobs.complete)
        self.fail = awaited(jobs.fail)
        self.rule = awaited(jobs.rule)
        self.rules = awaited(jobs.rules)
        self.set_rules = awaited(jobs.set_rules)


class AsyncFaults:
    def __init__(self, faults: Faults) -> None:
        self.set = awaited(faults.set)
        self.all = awaited(faults.all)
        self.clear = awaited(faults.clear)


class AsyncSeeds:
    def __init__(self, seeds: Seeds) -> None:
        self.creator = awaited(seeds.creator)
        self.post = awaited(seeds.post)
        self.campaign = awaited(seeds.campaign)
        self.account = awaited(seeds.account)


class AsyncEmulator:
    """`sync` is the world that this one is. What it asks the emulator as a property is a call here: `now()`."""

    def __init__(self, sync: Emulator) -> None:
        self.sync = sync
        self.name = sync.name
        self.seed_number = sync.seed_number
        self.url = sync.url
        self.credentials = sync.credentials
        self.environment = sync.environment
        self.transport = sync.transport
        self.webhooks = AsyncWebhooks(sync.webhooks)
        self.requests = AsyncRequests(sync.requests)
        self.jobs = AsyncJobs(sync.jobs)
        self.faults = AsyncFaults(sync.faults)
        self.seed = AsyncSeeds(sync.seed)
        self.shown = awaited(sync.shown)
        self.advance = awaited(sync.advance)
        self.settle = awaited(sync.settle)
        self.freeze = awaited(sync.freeze)
        self.resume = awaited(sync.resume)
        self.disconnect = awaited(sync.disconnect)
        self.expire = awaited(sync.expire)
        self.reconnect = awaited(sync.reconnect)
        self.reset = awaited(sync.reset)
        self.snapshot = awaited(sync.snapshot)
        self.rollback = awaited(sync.rollback)
        self.snapshots = awaited(sync.snapshots)
        self.export = awaited(sync.export)
        self.receiver = entered(sync.receiver)
        self.close = awaited(sync.close)
        self.now = awaited(lambda: sync.now)

    def __repr__(self) -> str:
        return f"<Async{repr(self.sync)[1:]}"

    @asynccontextmanager
    async def fork(self, name: str | None = None, *, snapshot: str | None = None) -> "AsyncIterator[AsyncEmulator]":
        """A second world that goes on from here, or from a snapshot, with credentials of its own; gone afterwards."""
        async with entered(self.sync.fork)(name, snapshot=snapshot) as forked:
            yield forked.aio

    def client(self, vendor: VendorName) -> httpx.AsyncClient:
        """A client with the vendor's address and this world's credentials, to be closed by who asked for it."""
        return self.sync.async_client(vendor)
