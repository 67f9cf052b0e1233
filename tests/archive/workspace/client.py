"""How the tests talk to Archive's workspace API."""

from typing import Any

import httpx

from tests.support import TestWorld

PATH = "/api/v2"


def post(
    world: TestWorld, query: str, variables: dict[str, Any] | None = None, workspace: str | None = None, **headers: str
) -> httpx.Response:
    """With the world's token and its first workspace, unless other headers are given; an empty one is left out."""
    credentials = world.credentials["archive"]
    chosen = credentials["workspace_ids"][0] if workspace is None else workspace
    given = {"authorization": f"Bearer {credentials['token']}", "workspace-id": chosen} | headers
    body = {"query": query, "variables": variables or {}}
    return world.client.post(PATH, json=body, headers={name: value for name, value in given.items() if value})


def ask(world: TestWorld, query: str, workspace: str | None = None, **variables: Any) -> dict[str, Any]:
    """The whole answer."""
    answer: dict[str, Any] = post(world, query, variables, workspace).json()
    return answer


def data(world: TestWorld, query: str, workspace: str | None = None, **variables: Any) -> dict[str, Any]:
    """What a document gives that has nothing wrong with it."""
    answer = ask(world, query, workspace, **variables)
    assert "errors" not in answer, answer["errors"]
    shown: dict[str, Any] = answer["data"]
    return shown


def problems(world: TestWorld, query: str, workspace: str | None = None, **variables: Any) -> list[dict[str, Any]]:
    """The errors of a document that has some."""
    errors: list[dict[str, Any]] = ask(world, query, workspace, **variables)["errors"]
    return errors


def everything(
    world: TestWorld,
    connection: str,
    fields: str,
    arguments: str = "",
    first: int = 100,
    workspace: str | None = None,
) -> list[Any]:
    """All nodes of a connection, page by page."""
    query = (
        f"query($after: String) {{ page: {connection}(first: {first}, after: $after{arguments}) "
        f"{{ nodes {{ {fields} }} pageInfo {{ endCursor hasNextPage }} }} }}"
    )
    nodes: list[Any] = []
    after, more = None, True
    while more:
        page = data(world, query, workspace, after=after)["page"]
        nodes += page["nodes"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    return nodes
