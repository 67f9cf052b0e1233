"""A receiver of webhooks over real HTTP, which does as it is told and keeps what came."""

import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from emulator.contract.document import load
from tests.cli.process import DEADLINE
from tests.support import validator


@dataclass(frozen=True)
class Received:
    """A webhook; the names of `headers` are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.body)
        return content

    @property
    def id(self) -> str:
        return str(self.content["id"])


Behaviour = Callable[["Handler"], None]


def status(number: int, **headers: str) -> Behaviour:
    return lambda handler: handler.reply(number, headers)


def body(content: bytes, **headers: str) -> Behaviour:
    return lambda handler: handler.reply(200, headers, content)


def cut(handler: "Handler") -> None:
    """The connection ends without an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def silence(handler: "Handler") -> None:
    """No answer before the receiver ends."""
    handler.receiver.ending.wait(DEADLINE)


def until(event: threading.Event) -> Behaviour:
    """A good answer, but not before that."""

    def answer(handler: "Handler") -> None:
        event.wait(DEADLINE)
        handler.reply(200, {})

    return answer


def endless(handler: "Handler") -> None:
    """A good answer whose body has no end; it is written until nobody reads it any more."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


OK = status(200)


@dataclass
class Receiver:
    """`then` answers when nothing else is left to be done; `breaches` tells what is wrong with a webhook."""

    breaches: Callable[[Received], list[str]]
    url: str = ""
    received: list[Received] = field(default_factory=list)
    planned: deque[Behaviour] = field(default_factory=deque)
    by_path: dict[str, Behaviour] = field(default_factory=dict)
    then: Behaviour = OK
    ending: threading.Event = field(default_factory=threading.Event)
    wrong: list[str] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, webhook: Received) -> Behaviour:
        with self._changed:
            self.received.append(webhook)
            self.wrong += self.breaches(webhook)
            self._changed.notify_all()
            if webhook.path in self.by_path:
                return self.by_path[webhook.path]
            return self.planned.popleft() if self.planned else self.then

    def at(self, path: str) -> list[Received]:
        return [webhook for webhook in self.received if webhook.path == path]

    def wait(self, count: int, path: str | None = None) -> list[Received]:
        """Until so many have come."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._found(path)) >= count, DEADLINE), self._found(path)
            return list(self._found(path))

    def _found(self, path: str | None) -> list[Received]:
        return self.received if path is None else self.at(path)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    receiver: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.close_connection = True
        with suppress(OSError):
            self.receiver.take(Received(self.path, headers, content))(self)

    def reply(self, number: int, headers: dict[str, str], content: bytes = b"") -> None:
        self.send_response(number)
        for name, value in {"connection": "close", "content-length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nowhere."""


def breaches(webhook: Received) -> list[str]:
    """What the contract does not promise of it: the body is that of some event, and the request is JSON."""
    events = [item["post"]["requestBody"]["content"] for item in load("insightiq")["webhooks"].values()]
    schema = {"anyOf": [content["application/json"]["schema"] for content in events]}
    found = [error.message for error in validator("insightiq", json.dumps(schema)).iter_errors(webhook.content)]
    return found if webhook.headers["content-type"] == "application/json" else [*found, "its type is not JSON"]


class Server(ThreadingHTTPServer):
    """Nobody has to wait for a connection."""

    daemon_threads = True
    request_queue_size = 256


@contextmanager
def receiving(breaches: Callable[[Received], list[str]] = breaches) -> Iterator[Receiver]:
    """Everything that comes has to keep the contract, which is InsightIQ's unless told otherwise."""
    receiver = Receiver(breaches)
    with Server(("127.0.0.1", 0), type("Bound", (Handler,), {"receiver": receiver})) as server:
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield receiver
        finally:
            receiver.ending.set()
            server.shutdown()
            thread.join()
    assert receiver.wrong == []
