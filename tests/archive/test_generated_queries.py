"""Whatever the schema allows is answered: generated queries and mutations meet foreseen errors, and no others."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis_graphql import mutations, queries

from emulator import resources
from tests.archive.community import world_from
from tests.archive.library import ask
from tests.support import Server, TestWorld

SDL = (resources.contracts() / "archive" / "partners.graphql").read_text()
FORESEEN = (
    'Invalid input: "',
    "Name can't be blank",
    "Cannot return null for non-nullable field Query.creatorAudienceReport",
)


@pytest.fixture(scope="module")
def changed(server: Server) -> Iterator[TestWorld]:
    """A world that nobody else looks at."""
    with world_from(server) as world:
        yield world


def hold(answer: dict[str, Any]) -> None:
    for error in answer.get("errors", ()):
        assert error["message"].startswith(FORESEEN), error
    assert "data" in answer


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(queries(SDL))
def test_a_generated_query_is_answered(changed: TestWorld, query: str) -> None:
    hold(ask(changed, query=query).json())


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(mutations(SDL))
def test_a_generated_mutation_is_answered(changed: TestWorld, query: str) -> None:
    hold(ask(changed, query=query).json())
