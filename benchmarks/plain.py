"""The yardstick of the GraphQL APIs: ariadne over the same dictionaries, under the same uvicorn, and nothing else."""

import os
from pathlib import Path
from typing import Any

import orjson
import uvicorn
from ariadne import QueryType, graphql_sync, make_executable_schema

FOLDER = Path(os.environ["PLAIN_DATA"])
PAGE = orjson.loads((FOLDER / "page.json").read_bytes())

query = QueryType()
query.set_field("mediaItems", lambda *_, **__: PAGE)
SCHEMA = make_executable_schema((FOLDER / "schema.graphql").read_text(), query)


async def app(_scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    body = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    _, shown = graphql_sync(SCHEMA, orjson.loads(body))
    answer = orjson.dumps(shown)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


if __name__ == "__main__":
    uvicorn.run(
        app, port=int(os.environ["PLAIN_PORT"]), http="httptools", ws="none", lifespan="off", log_level="error",
        access_log=False, server_header=False, date_header=False,
    )  # fmt: skip
