"""How Archive authenticates and answers around GraphQL (facts/archive-v1.md, sections 1 and 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import orjson
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    Lexer,
    OperationDefinitionNode,
    Source,
    TokenKind,
    parse,
    validate,
)
from sqlalchemy import select

from emulator import refusal
from emulator.graphql import Document, Query
from emulator.graphql_bounds import MAX_NESTING, MAX_TOKENS, depth_errors, too_nested
from emulator.http import Request, Response
from emulator.refusal import Refusal
from emulator.vendors.archive import tables
from emulator.world import ids
from emulator.world.store import Statement
from emulator.world.world import World, own

_SHOPS = Statement(select(tables.shops.c.id).where(own(tables.shops)).order_by(tables.shops.c.id))


@dataclass(frozen=True, slots=True)
class Shop:
    """What the root resolvers work on: one shop of a world."""

    world: World
    id: int


class ArchiveError(Refusal):
    """An answer outside of GraphQL: `errors` is then a plain string (documented for v2, assumed for v1)."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = tuple(headers.items())


def key(world: str) -> str:
    """The bearer token, in the form of the documented sample."""
    return f"arch_live_{ids.hexadecimal(0, 'archive token', world, digits=32)}"


def secrets(world: str) -> tuple[str, ...]:
    return (key(world),)


def credentials(world: World) -> dict[str, Any]:
    return {"token": key(world.name), "shop_ids": _shop_ids(world)}


def credential(request: Request) -> str:
    scheme, _, token = request.header("authorization").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise refusal.Unauthenticated
    return token.strip()


def context(world: World, request: Request) -> Shop:
    """`SHOP-ID` may be left out if the token covers one shop (documented). 404 for a shop that it does not cover."""
    covered, asked = _shop_ids(world), request.header("shop-id").strip()
    chosen = [shop for shop in covered if not asked or str(shop) == asked]
    if len(chosen) != 1:
        raise ArchiveError(404, "Shop not found")
    return Shop(world, chosen[0])


def query(request: Request) -> Query:
    """The parameters as graphql-ruby's controller template reads them; a body that is no JSON and no form has none."""
    given = _parameters(request)
    text, name = given.get("query"), given.get("operationName")
    return Query(
        text if isinstance(text, str) else None,
        _variables(given.get("variables")),
        name if isinstance(name, str) and name else None,
    )


def document(schema: GraphQLSchema, text: str | None) -> Document:
    if text is None:
        return Document(None, [GraphQLError("No query string was present")])
    if too_nested(text):
        return Document(None, [GraphQLError(f"Query is nested more than {MAX_NESTING} levels deep")])
    try:
        if _is_blank(text):
            return Document(None, [_nothing_to_do()])
        node = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        return Document(None, [error])
    return Document(node, validate(schema, node) or depth_errors(node))


def operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is None:
        if len(operations) != 1:
            raise GraphQLError("An operation name is required")
        return operations[0]
    for node in operations:
        if node.name is not None and node.name.value == name:
            return node
    raise GraphQLError(f'No operation named "{name}"')


def answered(errors: Sequence[GraphQLError], **data: Any) -> Response:
    """`errors` stands before `data`, as graphql-ruby writes it since 2.2; always HTTP 200."""
    shown = {"errors": [_shown(error) for error in errors]} if errors else {}
    return Response(200, orjson.dumps({**shown, **data}))


def refused(cause: Refusal) -> Response:
    error = cause if isinstance(cause, ArchiveError) else _outside(cause)
    body = orjson.dumps({"errors": str(error)})
    return Response(error.status, body, (("content-type", "application/json"), *error.headers))


def _outside(cause: Refusal) -> ArchiveError:
    match cause:
        case refusal.Unauthenticated():
            return ArchiveError(401, "Missing or invalid authentication token")
        case refusal.NoSuchPath():
            return ArchiveError(404, "Not found")
        case refusal.MethodNotAllowed():
            return ArchiveError(405, "Method not allowed", allow=cause.allow)
        case refusal.Broken():
            return ArchiveError(500, "Internal server error")
        case refusal.TooLarge():
            return ArchiveError(413, "Request entity too large")
        case _:
            return ArchiveError(400, f"Bad request: {cause}")


def _nothing_to_do() -> GraphQLError:
    """graphql-ruby gives it an empty list of locations."""
    error = GraphQLError("Unexpected end of document")
    error.locations = []
    return error


def _is_blank(text: str) -> bool:
    """Whether there is nothing but space, commas and comments. Raises GraphQLError for what is no token at all."""
    return Lexer(Source(text)).advance().kind is TokenKind.EOF


def _shop_ids(world: World) -> list[int]:
    return [row[0] for row in world.rows(_SHOPS)]


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


def _shown(error: GraphQLError) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": error.message}
    if error.locations is not None:
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        shown["path"] = error.path
    if error.extensions:
        shown["extensions"] = error.extensions
    return shown
