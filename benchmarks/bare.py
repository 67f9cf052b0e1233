"""The yardstick: a bare ASGI application that returns the same bytes, under the same uvicorn."""

import os
from pathlib import Path
from typing import Any

import uvicorn

BODIES = {path.name: path.read_bytes() for path in Path(os.environ["BARE_BODIES"]).iterdir()}


async def app(scope: Any, _receive: Any, send: Any) -> None:
    body = BODIES[scope["path"].strip("/")]
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(
        app, port=int(os.environ["BARE_PORT"]), http="httptools", ws="none", lifespan="off", log_level="error",
        access_log=False, server_header=False, date_header=False,
    )  # fmt: skip
