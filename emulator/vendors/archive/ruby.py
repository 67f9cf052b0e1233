"""Documents and their answers as graphql-ruby treats them (facts/archive-v1.md, section 10)."""

from collections.abc import Sequence
from typing import Any

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

from emulator.graphql import Document
from emulator.graphql_bounds import MAX_NESTING, MAX_TOKENS, depth_errors, too_nested
from emulator.http import Response


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


def _nothing_to_do() -> GraphQLError:
    """graphql-ruby gives it an empty list of locations."""
    error = GraphQLError("Unexpected end of document")
    error.locations = []
    return error


def _is_blank(text: str) -> bool:
    """Whether there is nothing but space, commas and comments. Raises GraphQLError for what is no token at all."""
    return Lexer(Source(text)).advance().kind is TokenKind.EOF


def _shown(error: GraphQLError) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": error.message}
    if error.locations is not None:
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        shown["path"] = error.path
    if error.extensions:
        shown["extensions"] = error.extensions
    return shown
