"""A correct server that is made wrong in one way: an ASGI layer around the emulator, and a relay for its webhooks."""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

from emulator.check.catalogue import contracts
from emulator.check.plan import Level
from emulator.check.rest import RestContract


class Carrying:
    """Something with a body, which may be JSON."""

    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"null")

    @json.setter
    def json(self, value: Any) -> None:
        self.body = json.dumps(value).encode()


@dataclass
class Asking(Carrying):
    """A request on its way to the server."""

    operation: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Answering(Carrying):
    """An answer on its way back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Delivering(Carrying):
    """A webhook on its way to the receiver; `times` is how often it arrives."""

    headers: dict[str, str]
    body: bytes
    times: int = 1


CONTRACTS = contracts()
SUBSCRIBING = ("create_webhook", "update_webhook", "partners.webhookSubscriptionCreate", "import_creator")

Ask = Callable[[Asking], None]
Answer = Callable[[Asking, Answering], None]
Deliver = Callable[[Delivering], None]


@dataclass(frozen=True)
class Mutation:
    """`on` are the operations whose requests and answers it changes; `only` those whose checks are run, if others."""

    name: str
    vendor: str
    level: Level
    on: Sequence[str]
    ask: Ask | None = None
    answer: Answer | None = None
    deliver: Deliver | None = None
    only: Sequence[str] = ()
    memory: dict[str, Any] = field(default_factory=dict)


@cache
def operation_of(method: str, path: str, body: bytes) -> str:
    """By its id, or empty."""
    for contract in (each for found in CONTRACTS.values() for each in found):
        if isinstance(contract, RestContract):
            found = contract.operation_of(method, path)
            if found is not None:
                return found.id
        elif path == contract.path:
            root = contract.operation_of(json.loads(body or b"{}"))
            return root.id if root else f"{contract.name}.?"
    return ""


class Mutated:
    """The ASGI application, made wrong."""

    def __init__(self, app: Any, mutation: Mutation, relay: "Relay | None" = None) -> None:
        self._app = app
        self._mutation = mutation
        self._relay = relay

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = (await receive()).get("body", b"")
        path = scope["raw_path"].decode().partition("?")[0]
        given = {name.decode(): value.decode() for name, value in scope["headers"]}
        query = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        asking = Asking(operation_of(scope["method"], path, body), scope["method"], path, query, given, body)
        meant = asking.operation in self._mutation.on or "*" in self._mutation.on
        meant = meant and not path.startswith("/_emulator")
        if self._mutation.ask and meant:
            self._mutation.ask(asking)
        if self._relay is not None:
            self._relay.enter(asking)
        answering = await self._forwarded(scope, asking)
        if self._relay is not None:
            self._relay.leave(answering)
        if self._mutation.answer and meant:
            self._mutation.answer(asking, answering)
        await self._send(answering, send)

    async def _forwarded(self, scope: Any, asking: Asking) -> Answering:
        headers = [(n.encode(), v.encode()) for n, v in asking.headers.items() if n != "content-length"]
        headers.append((b"content-length", str(len(asking.body)).encode()))
        query = urlencode(asking.query).encode()
        changed = {"raw_path": asking.path.encode(), "path": asking.path, "query_string": query, "headers": headers}
        answering = Answering(0, {}, b"")

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": asking.body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                answering.status = message["status"]
                answering.headers = {n.decode().lower(): v.decode() for n, v in message["headers"]}
            else:
                answering.body += message.get("body", b"")

        await self._app({**scope, **changed}, receive, send)
        return answering

    async def _send(self, answering: Answering, send: Any) -> None:
        headers = {name: value for name, value in answering.headers.items() if name != "content-length"}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        raw.append((b"content-length", str(len(answering.body)).encode()))
        await send({"type": "http.response.start", "status": answering.status, "headers": raw})
        await send({"type": "http.response.body", "body": answering.body})


@dataclass
class Relay:
    """Takes webhooks in the receiver's place, and hands them on, changed. Addresses are exchanged under way."""

    deliver: Deliver
    port: int = 0
    addresses: dict[str, str] = field(default_factory=dict)

    def enter(self, asking: Asking) -> None:
        if asking.operation in SUBSCRIBING:
            for url in re.findall(rb'"(http://127\.0\.0\.1:[^"]*)"', asking.body):
                ours = f"http://127.0.0.1:{self.port}/{len(self.addresses)}"
                self.addresses[ours] = url.decode()
                asking.body = asking.body.replace(url, ours.encode())

    def leave(self, answering: Answering) -> None:
        for ours, url in self.addresses.items():
            answering.body = answering.body.replace(f'"{ours}"'.encode(), f'"{url}"'.encode())

    def hand_on(self, path: str, delivering: Delivering) -> None:
        self.deliver(delivering)
        url = self.addresses[f"http://127.0.0.1:{self.port}{urlsplit(path).path}"]
        for _ in range(delivering.times):
            with urlopen(Request(url, delivering.body, delivering.headers), timeout=5):
                pass


@contextmanager
def relaying(deliver: Deliver | None) -> Iterator[Relay | None]:
    if deliver is None:
        yield None
        return
    relay = Relay(deliver)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept = {n: v for n, v in self.headers.items() if n.lower() not in ("host", "content-length", "connection")}
            relay.hand_on(self.path, Delivering({n.lower(): v for n, v in kept.items()}, body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nowhere."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        relay.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield relay
        finally:
            server.shutdown()
            thread.join()
