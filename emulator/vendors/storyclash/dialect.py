"""How Storyclash authenticates, and how it words its errors (facts/storyclash.md, sections 1, 2.3, 4.2 and 6).

Every error is `{"message": ...}`, here with the status that it would have elsewhere; `errors` makes 200 of it where the
world has it so.
"""

from typing import Any, Final

import orjson

from emulator import refusal
from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.world import ids
from emulator.world.world import World

IMPORT: Final = "/external-api/import/creator"
BROKEN: Final = "Something went wrong."
NO_NAME: Final = "Malformed input, set at least one platform name to import"

_JSON: Final = (("content-type", "application/json"),)
_PLAIN: Final[dict[type[Refusal], tuple[str, int]]] = {
    refusal.Unauthenticated: ("Invalid API Key", 401),
    refusal.RateLimited: ("Rate Limit reached", 429),
    refusal.Malformed: (BROKEN, 400),
    refusal.NoSuchPath: ("Not found", 404),
    refusal.TooLarge: ("Request too large", 413),
    refusal.UnsupportedMediaType: ("Malformed input, the body needs to be application/json", 415),
}
_OF_IMPORTS: Final = {  # by the last part of the field's name
    "campaign": "Malformed input, campaign id needs to of type int",
    "list": "Malformed input, list id needs to of type int",
    "id": "Malformed input, additional field id needs to be set and type of int",
    "value": "Malformed input, additional field value needs to be set and type of string",
}


class StoryclashError(Refusal):
    """A message of the vendor."""

    def __init__(self, message: str, status: int = 400, **headers: str) -> None:
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
    """In the query (documented), but of what is posted to the import, in the body (reported)."""
    if request.method == "POST" and request.path == IMPORT:
        return _in_body(request.body)
    tokens = request.query_fields().get("token", ())
    if len(tokens) != 1:
        raise refusal.Unauthenticated
    return tokens[0]


def headers(request_id: str) -> tuple[tuple[str, str], ...]:  # noqa: ARG001 - this vendor sends none
    return _JSON


def refused(cause: Refusal, request_id: str) -> Response:  # noqa: ARG001
    error = cause if isinstance(cause, StoryclashError) else _worded(cause)
    return Response(error.status, orjson.dumps({"message": str(error)}), (*_JSON, *error.headers))


def _in_body(body: bytes) -> str:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise refusal.Unauthenticated from None
    if not isinstance(given, dict) or not isinstance(given.get("token"), str):
        raise refusal.Unauthenticated
    return str(given["token"])


def _worded(cause: Refusal) -> StoryclashError:
    match cause:
        case refusal.Invalid(violations=(first, *_)):
            return StoryclashError(_malformed(first))
        case refusal.MethodNotAllowed():
            return StoryclashError("Method not allowed", 405, allow=cause.allow)
        case _:
            return StoryclashError(*_PLAIN.get(type(cause), (BROKEN, 500)))


def _malformed(violation: refusal.Violation) -> str:
    """The texts of the import are reported, the others after them (assumed)."""
    if violation.location == "body":
        first, last = violation.field.partition(".")[0], violation.field.rpartition(".")[2]
        other = "Malformed input, error in additional field" if first == "additional_fields" else BROKEN
        return _OF_IMPORTS.get(last, other)
    if violation.rule == "type":
        return f"Malformed input, {violation.field} needs to be of type int"
    return f"Malformed input, {violation.field} not valid"
