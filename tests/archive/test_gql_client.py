"""A client that others wrote, the package `gql`: it reads the schema, holds answers to it, and walks all pages."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from gql import Client, GraphQLRequest, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport

from emulator.inprocess import Synchronous
from tests.archive.library import PATH, Library
from tests.support import HOST, Server

FORWARDS = """query($after: String) {
  mediaItems(first: 40, after: $after) { nodes { id takenAt } pageInfo { endCursor hasNextPage } }
}"""
BACKWARDS = """query($before: String) {
  mediaItems(last: 40, before: $before) { nodes { id takenAt } pageInfo { startCursor hasPreviousPage } }
}"""


@pytest.fixture(scope="module")
def client(library: Library, server: Server) -> Iterator[Client]:
    token = {"Authorization": f"Bearer {library.world.credentials['archive']['token']}"}
    with asyncio.Runner() as runner:
        door = Synchronous(server.emulator, runner)
        transport = HTTPXTransport(url=HOST + PATH, headers=token, transport=door)
        yield Client(transport=transport, fetch_schema_from_transport=True, parse_results=True)


def asked(query: str, **variables: Any) -> GraphQLRequest:
    request = gql(query)
    request.variable_values = variables
    return request


def walk(client: Client, query: str, cursor: str, more: str, argument: str) -> list[list[dict[str, Any]]]:
    pages, at = [], None
    with client as session:
        while True:
            page = session.execute(asked(query, **{argument: at}))["mediaItems"]
            pages.append(page["nodes"])
            at = page["pageInfo"][cursor]
            if not page["pageInfo"][more]:
                return pages


def test_it_walks_all_pages_forwards(client: Client, library: Library) -> None:
    pages = walk(client, FORWARDS, "endCursor", "hasNextPage", "after")
    assert [node["id"] for page in pages for node in page] == [item["id"] for item in library.items]


def test_it_walks_all_pages_backwards(client: Client, library: Library) -> None:
    pages = walk(client, BACKWARDS, "startCursor", "hasPreviousPage", "before")
    assert [node["id"] for page in reversed(pages) for node in page] == [item["id"] for item in library.items]


def test_it_knows_the_whole_schema(client: Client) -> None:
    with client:
        assert client.schema is not None
        assert client.schema.mutation_type is not None
        assert len(client.schema.mutation_type.fields) == 7


def test_it_raises_what_the_server_refuses(client: Client) -> None:
    with client as session, pytest.raises(TransportQueryError, match='Invalid input: "!!!"'):
        session.execute(asked(FORWARDS, after="!!!"))
