"""The emulator's answers are those of graphql-ruby itself, but for what `differences` lists."""

from typing import Any

import pytest
from graphql import build_schema, specified_scalar_types
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import queries

from tests.archive.differential.cases import SDL, damaged, documents, paged, sample, variables
from tests.archive.differential.conftest import Comparison

DOCUMENTS = documents()
ROOTS = ["creator", "creatorPosts", "mediaItem", "mediaItems"]  # those for which the oracle has a resolver

DECLARED = [name for name in build_schema(SDL).type_map if name[:2] != "__" and name not in specified_scalar_types]
INTROSPECTION = """query($name: String!) { __type(name: $name) { kind name description
  fields(includeDeprecated: true) { name description isDeprecated deprecationReason type { ...Named }
    args { ...Input } }
  inputFields { ...Input } interfaces { name } possibleTypes { name } ofType { name }
  enumValues { name description } } }
  fragment Input on __InputValue { name description defaultValue type { ...Named } }
  fragment Named on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }"""


def many(count: int) -> settings:
    """Each run looks at others. What fails is made small, but not kept: it is for the list of documents above."""
    phases = [Phase.generate, Phase.shrink]
    return settings(max_examples=count, phases=phases, suppress_health_check=list(HealthCheck), database=None)


names = st.sampled_from(sorted(DOCUMENTS))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_whole_documents_are_answered_alike(both: Comparison, name: str) -> None:
    both.check(DOCUMENTS[name], sample(name), "First" if name == "several" else None)


@pytest.mark.parametrize(
    "query", [None, "", " ,\n", "# nothing", "{", "}", "?", "\ufeff{a}", '"', '"""', "\0", "query"]
)
def test_what_is_no_document_is_answered_alike(both: Comparison, query: str | None) -> None:
    both.check(query)


@pytest.mark.parametrize(
    "value", ["$id", "[$id, 1]", "[[$id]]", "{id: $id}", "[{id: $id}]", "{id: [$id]}", "[$id, 1]1"]
)
def test_a_default_with_a_variable_is_answered_alike(both: Comparison, value: str) -> None:
    both.check(f"query($id: Int = {value}) {{ creator(id: $id) {{ id }} }}")
    both.check(
        f"query($id: Int, $filter: Filter = {value}) {{ mediaItems(filter: $filter) {{ totalCount }} }}", {"id": 1}
    )


@pytest.mark.parametrize("name", DECLARED)
def test_what_the_contract_declares_is_introspected_alike(both: Comparison, name: str) -> None:
    both.check(INTROSPECTION, {"name": name})


def test_damaged_documents_are_answered_alike(both: Comparison) -> None:
    before = both.compared

    @many(1_600)
    @given(st.data())
    def compare(draw: st.DataObject) -> None:
        name = draw.draw(names)
        text = draw.draw(damaged(DOCUMENTS[name]))
        both.check(text, sample(name), draw.draw(st.sampled_from([None, None, None, "First", "Zed", name])))

    compare()
    assert both.compared - before >= 1_400


def test_any_values_of_variables_are_answered_alike(both: Comparison) -> None:
    before = both.compared

    @many(500)
    @given(st.data())
    def compare(draw: st.DataObject) -> None:
        name = draw.draw(names)
        values = draw.draw(variables(DOCUMENTS[name]))
        both.check(DOCUMENTS[name], values, "First" if name == "several" else None)

    compare()
    assert both.compared - before >= 400


def test_every_page_is_answered_alike(both: Comparison) -> None:
    before = both.compared

    @many(500)
    @given(paged())
    def compare(page: tuple[str, dict[str, Any]]) -> None:
        both.check(*page)

    compare()
    assert both.compared - before >= 450


def test_valid_documents_are_answered_alike(both: Comparison) -> None:
    """Made from the schema. Not of characters that are newer than this Ruby, which shows them as escapes."""
    before = both.compared

    @many(100)
    @given(queries(SDL, fields=ROOTS, codec="iso8859-1"))
    def compare(query: str) -> None:
        both.check(query)

    compare()
    assert both.compared - before >= 90
