"""How Storyclash authenticates, and how it words its errors (facts/storyclash.md, sections 1, 2.3 and 6).

Every error is `{"message": ...}`. The only one that was seen in life, a bad token, came with HTTP 200; that the others
do too is assumed. What is not a question of this API at all, such as an unknown path, has a proper status.
"""

from typing import Any, Final

import orjson

from emulator import refusal
from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.world import ids
from emulator.world.world import World

_JSON: Final = (("content-type", "application/json"),)


class StoryclashError(Refusal):
    """A message of the vendor."""

    def __init__(self, message: str, status: int = 200, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = tuple(headers.items())


def key(world: str) -> str:
    return ids.hexadecimal(0, "storyclash token", world, digits=40)


def secrets(world: str) -> tuple[str, ...]:
    return (key(world),)


def credentials(world: World) -> dict[str, Any]:
    return {"token": key(world.name)}


def credential(request: Request) -> str:
    tokens = request.query_fields().get("token", ())
    if len(tokens) != 1:
        raise refusal.Unauthenticated
    return tokens[0]


def headers(request_id: str) -> tuple[tuple[str, str], ...]:  # noqa: ARG001 - this vendor sends none
    return _JSON


def refused(cause: Refusal, request_id: str) -> Response:  # noqa: ARG001
    error = cause if isinstance(cause, StoryclashError) else _worded(cause)
    return Response(error.status, orjson.dumps({"message": str(error)}), (*_JSON, *error.headers))


def _worded(cause: Refusal) -> StoryclashError:
    match cause:
        case refusal.Unauthenticated():
            return StoryclashError("Invalid API Key")
        case refusal.RateLimited():
            return StoryclashError("Rate Limit reached")
        case refusal.Invalid(violations=(first, *_)):
            return StoryclashError(_malformed(first))
        case refusal.NoSuchPath():
            return StoryclashError("Not found", 404)
        case refusal.MethodNotAllowed():
            return StoryclashError("Method not allowed", 405, allow=cause.allow)
        case refusal.TooLarge():
            return StoryclashError("Request too large", 413)
        case _:
            return StoryclashError("Something went wrong.", 500)


def _malformed(violation: refusal.Violation) -> str:
    """After the texts that are known from the creator import (assumed)."""
    if violation.rule == "type":
        return f"Malformed input, {violation.field} needs to be of type int"
    return f"Malformed input, {violation.field} not valid"
