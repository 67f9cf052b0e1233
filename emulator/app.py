"""The emulator as one ASGI application: the table of contents of a request.

path -> API of a vendor -> bounded body -> credential -> world -> faults on command -> contract -> handler -> state
     -> faults on command -> journal, log -> answer
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from time import perf_counter_ns
from typing import Any, Final

import orjson

from emulator import logs
from emulator.control import api as control_api
from emulator.control.api import ControlApi
from emulator.control.control import Control
from emulator.exchange import Answer, Api
from emulator.faults.damage import damaged
from emulator.faults.deciding import Deciding
from emulator.faults.fault import SPARED, Beset, Fate
from emulator.faults.wire import Waiting, transmit, waits_first
from emulator.http import Receive, Request, Response, Scope, Send, read_request, send_response
from emulator.jobs.engine import END, Jobs
from emulator.journal import Exchange, Journal
from emulator.refusal import Broken, Refusal, TooLarge
from emulator.settings import Settings
from emulator.ticker import Ticker
from emulator.vendors import archive, insightiq, storyclash
from emulator.webhooks import inbox
from emulator.webhooks.courier import Courier
from emulator.webhooks.delivery import Deliveries
from emulator.webhooks.outbox import ATTEMPT
from emulator.webhooks.receiving import Receiver
from emulator.webhooks.sending import Application, Sender
from emulator.world import tables
from emulator.world.instant import RealTime, real_time
from emulator.world.joining import PUBLISH_ORDERED, publishing
from emulator.world.life import PUBLISH, Life
from emulator.world.origins import Progress
from emulator.world.plan import Plan
from emulator.world.record import Record
from emulator.world.store import Store
from emulator.world.tasks import Timeline, UnknownWorld
from emulator.world.worlds import Behind, WorldExists, Worlds

FIRST_WORLD: Final = "default"

_log = logging.getLogger(__name__)

VENDORS: Final = {vendor.PREFIX: vendor for vendor in (insightiq, archive, storyclash)}


class Emulator:
    """An ASGI application with its own state; two in one process share nothing.

    Raises ContractError for contracts that are broken or not answered in full, and StoreError for unusable state.
    """

    def __init__(self, settings: Settings, real_time: RealTime = real_time) -> None:
        self.settings = settings
        self.neighbours: dict[str, Application] = {
            settings.url.rstrip("/"): self
        }  # whom webhooks reach without a socket
        vendors = tuple(each.VENDOR for each in VENDORS.values())
        self._store = Store(settings.state, tables.metadata)
        waiting: set[str] = set()
        self._worlds = Worlds(self._store, vendors, waiting, real_time, settings.url, settings.choices)
        senders = {vendor.name: vendor.webhooks for vendor in vendors if vendor.webhooks}
        deliveries = Deliveries(self._store, senders, real_time, settings.url)
        self._courier = Courier(deliveries, self._sender)
        self._receiver = Receiver(self._worlds, vendors)
        families = [family for each in VENDORS.values() for family in getattr(each, "FAMILIES", ())]
        jobs = Jobs({(family.vendor, family.name): family for family in families})
        life = Life([vendor.published for vendor in vendors if vendor.published])
        handlers = {kind: run for vendor in vendors for kind, run in vendor.tasks.items()}
        handlers |= {PUBLISH: life.publish, ATTEMPT: deliveries.begin, END: jobs.run}
        handlers[PUBLISH_ORDERED] = publishing((vendor.published, vendor.joining) for vendor in vendors)
        self._timeline = Timeline(self._store, handlers, self._courier, waiting, real_time, settings.url)
        self._journal = Journal(self._store)
        self._deciding = Deciding(self._worlds, by_header=settings.takes_faults_by_header)
        self._waiting = Waiting()
        self._ticker = Ticker(self._worlds, self._timeline, deliveries, self._journal, real_time)
        self.control = Control(settings, vendors, self._worlds, self._timeline, self._journal, jobs)
        self._control_api = ControlApi(self.control)
        self._apis: dict[str, Api] = {prefix: each.api(self._worlds, self._journal) for prefix, each in VENDORS.items()}
        self._secrets = lru_cache(maxsize=1024)(lambda world: tuple(s for each in vendors for s in each.secrets(world)))
        self._docs: Any = None

    def prepare(self, progress: Progress | None = None) -> Record:
        """Make the first world, unless the state has it. Raises RecipeError."""
        with suppress(UnknownWorld):
            return self._worlds.get(FIRST_WORLD)
        settings = self.settings
        plan = Plan(
            FIRST_WORLD,
            recipe=settings.recipe,
            seed=settings.seed,
            epoch=settings.epoch,
            mode=settings.clock,
            rate=settings.clock_rate,
            limits=settings.limits,
            choices=settings.choices,
        )
        try:
            return self._worlds.create(plan, progress)
        except WorldExists:  # another process on the same state was faster
            return self._worlds.get(FIRST_WORLD)

    def close(self) -> None:
        self._ticker.close()
        self._courier.close()
        self._journal.flush()
        self._store.close()

    def _sender(self) -> Sender:
        return Sender(self.settings.allow_webhooks_to, self.neighbours)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        prefix = "/" + scope["raw_path"].decode("latin-1").removeprefix("/").partition("/")[0]
        if prefix in self._apis:
            await self._vendor(self._apis[prefix], scope, receive, send)
        elif prefix == control_api.PREFIX:
            await send_response(await self._controlled(scope, receive), send)
        elif prefix == inbox.PREFIX:
            await send_response(await self._receiver.answer(scope, receive), send)
        elif prefix in ("/", "/docs"):
            await self._documentation(scope, receive, send)
        else:
            await send_response(_nobody(prefix), send)

    async def _vendor(self, api: Api, scope: Scope, receive: Receive, send: Send) -> None:
        started, path = perf_counter_ns(), scope["raw_path"].decode("latin-1")
        try:
            request = await read_request(scope, receive)
            whole, fate = await self._answer(api, request)
            answer = await asyncio.to_thread(damaged, whole, fate, api.name) if fate.fault else whole
        except TooLarge as refusal:
            await send_response(api.refuse(refusal, path).response, send)
            return
        except Exception:  # noqa: BLE001 - a bug gets the vendor's words too; the log has the rest
            _log.exception("request failed", extra={"vendor": api.name})
            await send_response(api.refuse(Broken(), path).response, send)
            return
        self._note(Exchange(api.name, request, answer, (perf_counter_ns() - started) // 1000, self._hidden(answer)))
        if fate.fault is None:
            await send_response(answer.response, send)
        else:
            await self._waiting.wait(0 if waits_first(fate.fault) else fate.fault.seconds)
            await transmit(fate.fault, whole.response, answer.response, scope, receive, send)

    def _hidden(self, answer: Answer) -> tuple[str, ...]:
        return self._secrets(answer.world.name) if answer.world else ()

    def _note(self, exchange: Exchange) -> None:
        self._journal.add(exchange)
        logs.exchange(exchange)
        if exchange.answer.world is not None and exchange.answer.stirred:
            self._ticker.wake(exchange.answer.world.name)

    async def _answer(self, api: Api, request: Request) -> tuple[Answer, Fate]:
        """A world whose clock has run past something that is due catches up first, without holding up the others."""
        fate = SPARED
        while True:
            try:
                return api.answer(request), fate
            except Behind as behind:
                await asyncio.to_thread(self._timeline.settle, behind.world)
            except Beset as beset:
                fate = await asyncio.to_thread(self._deciding.fate, beset, request)
                request = replace(request, fate=fate)
                if fate.fault is not None and waits_first(fate.fault):
                    await self._waiting.wait(fate.fault.seconds)

    def release(self) -> None:
        """End what faults hold back, so that the server can stop."""
        self._waiting.end()

    async def _controlled(self, scope: Scope, receive: Receive) -> Response:
        try:
            request = await read_request(scope, receive, self._control_api.most)
        except Refusal as refusal:
            return self._control_api.refuse(refusal)
        return await asyncio.to_thread(self.controlled, request)

    def controlled(self, request: Request) -> Response:
        """The control API's answer; takes its time in the caller's thread, which is not to be that of an event loop."""
        try:
            return self._control_api.answer(request)
        except Exception:  # noqa: BLE001 - a bug gets the vendor's words too; the log has the rest
            _log.exception("request failed", extra={"vendor": "control"})
            return self._control_api.refuse(Broken())

    async def _documentation(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._docs is None:
            from emulator.docs import pages  # imported when somebody looks, as FastAPI takes a third of a second

            self._docs = pages()
        await self._docs(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        ticking = asyncio.create_task(self._ticker.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        await asyncio.to_thread(self.close)
        await send({"type": "lifespan.shutdown.complete"})


def _nobody(prefix: str) -> Response:
    known = ", ".join([*VENDORS, control_api.PREFIX, inbox.PREFIX, "/docs"])
    detail = f"Nothing is served under {prefix[:100]}. There are: {known}."
    problem = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": detail}
    return Response(404, orjson.dumps(problem), (("content-type", "application/problem+json"),))
