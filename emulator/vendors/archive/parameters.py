"""What a request asks, read as graphql-ruby's controller template for Rails reads it (facts/archive-v1.md, 10.6)."""

from typing import Any
from urllib.parse import parse_qs

import orjson

from emulator import refusal
from emulator.graphql import Query
from emulator.http import Request


def query(request: Request) -> Query:
    """The parameters as graphql-ruby's controller template reads them; a body that is no JSON and no form has none."""
    given = _parameters(request)
    text, name = given.get("query"), given.get("operationName")
    return Query(
        text if isinstance(text, str) else None,
        _variables(given.get("variables")),
        name if isinstance(name, str) and name else None,
    )


def _parameters(request: Request) -> dict[str, Any]:
    media_type = request.header("content-type").partition(";")[0].strip().lower()
    if media_type == "application/x-www-form-urlencoded":
        return _form(request.body)
    if not request.body or (media_type and media_type != "application/json"):
        return {}
    try:
        given = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise refusal.Malformed(str(error)) from None
    return given if isinstance(given, dict) else {}


def _form(body: bytes) -> dict[str, Any]:
    try:
        return {
            name: values[-1] for name, values in parse_qs(body.decode(), errors="strict", max_num_fields=20).items()
        }
    except ValueError as error:
        raise refusal.Malformed(str(error)) from None


def _variables(given: Any) -> dict[str, Any]:
    """An object, an object as a JSON string, or blank."""
    if isinstance(given, str):
        try:
            given = orjson.loads(given) if given.strip() else None
        except orjson.JSONDecodeError as error:
            raise refusal.Malformed(str(error)) from None
    if isinstance(given, dict):
        return given
    if given is None:
        return {}
    raise refusal.Malformed("variables are not an object")
