"""Clients that take whatever they get: what a fault sends keeps to no contract."""

from collections.abc import Callable

import httpx
import pytest

from tests.support import HOST, Server, TestWorld

Call = Callable[..., httpx.Response]


@pytest.fixture
def call(server: Server, world: TestWorld) -> Call:
    """InsightIQ, as a client of the test's world; the answer is not held to the contract."""
    client = httpx.Client(transport=server.client._transport, base_url=HOST, auth=world.insightiq_auth)

    def call(method: str, path: str, **arguments: object) -> httpx.Response:
        return client.request(method, path, **arguments)  # type: ignore[arg-type]

    return call
