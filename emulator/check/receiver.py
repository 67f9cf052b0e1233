"""A receiver of webhooks in this process, for checks that wait for some."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from emulator.check.exchange import Asked
from emulator.check.run import Run


@dataclass
class Receiver:
    """`received` are the requests that came, in their order; `status` is what they are answered with."""

    url: str = ""
    status: int = 200
    received: list[Asked] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, asked: Asked) -> None:
        with self._changed:
            self.received.append(asked)
            self._changed.notify_all()

    def at(self, path: str) -> list[Asked]:
        with self._changed:
            return [each for each in self.received if each.path == path]

    def wait(self, path: str, count: int, seconds: float) -> list[Asked]:
        """What came to this path, once it is as many, or as many as there are when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: sum(each.path == path for each in self.received) >= count, seconds)
        return self.at(path)


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.take(Asked("POST", f"http://receiver{self.path}", headers, body))
        self.close_connection = True
        self.send_response(self.receiver.status)
        self.send_header("content-length", "0")
        self.send_header("connection", "close")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nowhere."""


@contextmanager
def receiving(run: Run) -> Iterator[None]:
    """Begins with the first check that asks for it, by `receiver_of`."""
    run.memory["receiver.begin"] = lambda: _begin(run)
    try:
        yield
    finally:
        for end in run.memory.pop("receiver.end", ()):
            end()


def receiver_of(run: Run) -> Receiver:
    if "receiver.there" not in run.memory:
        run.memory["receiver.begin"]()
    found: Receiver = run.memory["receiver.there"]
    return found


def _begin(run: Run) -> None:
    receiver = Receiver()
    server = ThreadingHTTPServer(
        ("127.0.0.1" if not run.options.receiver else "", run.options.listen),
        type("Bound", (_Handler,), {"receiver": receiver}),
    )
    server.daemon_threads = True
    receiver.url = run.options.receiver.rstrip("/") or f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    run.memory["receiver.there"] = receiver
    run.memory["receiver.end"] = (server.shutdown, server.server_close, thread.join)
