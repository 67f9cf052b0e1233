"""How InsightIQ authenticates, and how it words its errors (facts/insightiq.md, section 4)."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import orjson

from emulator import refusal
from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.world import ids, instant
from emulator.world.world import World

_INVALID: Final = "INVALID_REQUEST_PARAMETERS"


class InsightIQError(Refusal):
    """An error as the vendor words it: HTTP status, `type`, `code` and `message` of the error object."""

    def __init__(self, status: int, type: str, code: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.type = type
        self.code = code
        self.message = message
        self.headers = tuple(headers.items())


def not_found(thing: str) -> InsightIQError:
    """404 `incorrect_<thing>_id`; observed for accounts, assumed for the other things."""
    message = f"Requested {thing.replace('_', ' ')} id does not exist"
    return InsightIQError(404, "RECORD_NOT_FOUND", f"incorrect_{thing}_id", message)


def client_id(world: str) -> str:
    return ids.uuid(0, "insightiq client id", world)


def client_secret(world: str) -> str:
    """Also the key that SDK tokens are signed with."""
    return ids.uuid(0, "insightiq client secret", world)


def key(world: str) -> str:
    return f"{client_id(world)}:{client_secret(world)}"


def secrets(world: str) -> tuple[str, ...]:
    return client_secret(world), b64encode(key(world).encode()).decode()


def credentials(world: World) -> dict[str, Any]:
    return {"username": client_id(world.name), "password": client_secret(world.name)}


def credential(request: Request) -> str:
    """`<username>:<password>` of Basic authentication."""
    return _basic(request.header("authorization"))


@lru_cache(maxsize=256)
def _basic(header: str) -> str:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise refusal.Unauthenticated
    try:
        return b64decode(encoded.strip(), validate=True).decode()
    except ValueError:
        raise refusal.Unauthenticated from None


def headers(request_id: str) -> tuple[tuple[str, str], ...]:
    return ("content-type", "application/json"), ("request-id", request_id)


def refused(cause: Refusal, request_id: str) -> Response:
    error = _error(cause)
    body = orjson.dumps({"error": worded(error, request_id)})
    return Response(error.status, body, (*headers(request_id), *error.headers))


def worded(cause: Refusal, request_id: str) -> dict[str, Any]:
    """The error object."""
    error = _error(cause)
    return {
        "type": error.type,
        "code": error.code,  # the older pair of keys and the documented one are both sent (observed)
        "error_code": error.code,
        "message": error.message,
        "status_code": error.status,
        "http_status_code": error.status,
        "request_id": request_id,
    }


def _error(cause: Refusal) -> InsightIQError:
    return cause if isinstance(cause, InsightIQError) else _WORDS[type(cause)](cause)


def _invalid(cause: Any) -> InsightIQError:
    """MISSING_FIELDS and its text are documented; the rest is assumed after it."""
    missing = [violation.field or violation.location for violation in cause.violations if violation.rule == "required"]
    if missing:
        text = f"Request is missing required fields: [{', '.join(missing)}]."
        return InsightIQError(400, _INVALID, "MISSING_FIELDS", text)
    text = "; ".join(f"{violation.field or violation.location}: {violation.message}" for violation in cause.violations)
    return InsightIQError(400, _INVALID, "INVALID_FIELDS", f"Request has invalid fields: {text[:500]}.")


def _rate_limited(cause: Any) -> InsightIQError:
    seconds = str(-(-cause.wait // instant.SECOND))
    headers = {"Retry-After": seconds}
    return InsightIQError(429, "RATE_LIMIT_EXCEEDED", "too_many_requests", "Too many requests", **headers)


_WORDS: Final[Mapping[type[Refusal], Callable[[Any], InsightIQError]]] = {
    refusal.Unauthenticated: lambda _: InsightIQError(
        401, "UNAUTHORIZED", "invalid_credentials", "Invalid credentials"
    ),
    refusal.NoSuchPath: lambda _: InsightIQError(404, "RECORD_NOT_FOUND", "incorrect_path", "No such endpoint"),
    refusal.MethodNotAllowed: lambda cause: InsightIQError(
        405, "METHOD_NOT_ALLOWED", "method_not_allowed", f"Allowed methods: {cause.allow}", allow=cause.allow
    ),
    refusal.TooLarge: lambda _: InsightIQError(413, "REQUEST_TOO_LARGE", "request_too_large", "Request is too large"),
    refusal.UnsupportedMediaType: lambda cause: InsightIQError(
        415, "UNSUPPORTED_MEDIA_TYPE", "unsupported_media_type", f"Content type {cause} is not application/json"
    ),
    refusal.Malformed: lambda cause: InsightIQError(400, _INVALID, "MALFORMED_JSON", f"Request is not JSON: {cause}"),
    refusal.Invalid: _invalid,
    refusal.Broken: lambda _: InsightIQError(500, "INTERNAL_ERROR", "internal_error", "Something went wrong"),
    refusal.RateLimited: _rate_limited,
}
