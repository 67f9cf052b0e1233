"""A server that is not ours: it keeps what it is asked, and answers as it is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[[str, str], tuple[int, dict[str, str], bytes]]


@dataclass
class Foreign:
    """`asked` are methods and addresses in their order."""

    respond: Respond
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)


def empty(_method: str, _path: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"content-type": "application/json"}, b"{}"


@contextmanager
def serving(respond: Respond = empty) -> Iterator[Foreign]:
    foreign = Foreign(respond)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body go together, so that nobody waits for the second part

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            foreign.asked.append((self.command, self.path))
            status, headers, body = foreign.respond(self.command, self.path)
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Nowhere."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        foreign.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield foreign
        server.shutdown()
        thread.join()
