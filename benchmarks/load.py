"""A client that costs little: a few connections, each sending the next request when an answer is complete."""

import selectors
import socket
from time import perf_counter

CONNECTIONS = 8


def request(path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    method = "POST" if body else "GET"
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def answer(port: int, sent: bytes) -> bytes:
    """One whole answer, headers included."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(sent)
        received = b""
        while b"\r\n\r\n" not in received:
            received += _some(connection)
        head, _, _ = received.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        while len(received) < len(head) + 4 + int(fields[b"content-length"]):
            received += _some(connection)
        return received


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(1 << 20)
    if not data:
        raise ConnectionError("the server closed the connection")
    return data


def rate(port: int, sent: bytes, seconds: float) -> float:
    """Requests a second. All answers are taken to be as long as the first."""
    length = len(answer(port, sent))
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.sendall(sent)
            selector.register(connection, selectors.EVENT_READ, [0])
        count = _exchange(selector, sent, length, seconds)
        for key in list(selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
    return count / seconds


def _exchange(selector: selectors.BaseSelector, sent: bytes, length: int, seconds: float) -> int:
    done, end = 0, perf_counter() + seconds
    while perf_counter() < end:
        for key, _ in selector.select(1):
            connection: socket.socket = key.fileobj  # type: ignore[assignment]
            key.data[0] += len(_some(connection))
            if key.data[0] >= length:
                key.data[0] = 0
                done += 1
                connection.sendall(sent)
    return done
