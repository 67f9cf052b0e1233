"""Requests to a server on a port, with the address as it is written."""

import http.client
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import httpx

from emulator.app import FIRST_WORLD
from emulator.vendors.insightiq import VENDOR


@dataclass(frozen=True)
class Live:
    """A server's first world, seen from outside."""

    listening: socket.socket
    authorization: str

    @classmethod
    @contextmanager
    def listen(cls) -> Iterator["Live"]:
        with closing(socket.create_server(("127.0.0.1", 0))) as listening:
            yield cls(listening, "Basic " + b64encode(VENDOR.key(FIRST_WORLD).encode()).decode())

    def send(self, method: str, target: str) -> httpx.Response:
        """The target reaches the server byte for byte."""
        headers = {"authorization": self.authorization}
        with closing(http.client.HTTPConnection("127.0.0.1", self.listening.getsockname()[1], timeout=20)) as client:
            client.request(method, target, headers=headers)
            answer = client.getresponse()
            return httpx.Response(answer.status, headers=answer.getheaders(), content=answer.read())
