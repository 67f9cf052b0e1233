"""What the schema of the Partners API cannot show, compared with graphql-ruby as well."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from emulator.vendors.archive.ruby import DEBIAN, Library
from tests.archive.differential import zoo
from tests.archive.differential.cases import JSON, damaged
from tests.archive.differential.differences import excused
from tests.archive.differential.oracle import Oracle, missing, oracle

SORTINGS = st.fixed_dictionaries(
    {},
    optional={
        "key": st.sampled_from(["AGE", "X", None]),
        "order": st.sampled_from(["ASC", None]),
        "weights": JSON,
        "inner": JSON,
        "nope": JSON,
    },
)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "by": st.lists(SORTINGS, max_size=3) | SORTINGS | JSON,
        "limit": JSON,
        "order": st.sampled_from(["ASC", "X"]) | JSON,
        "weight": JSON,
        "key": JSON,
        "all": JSON,
    },
)


many = settings(
    max_examples=500,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    database=None,
)


@pytest.fixture(scope="module")
def keeper() -> Iterator[Oracle]:
    if reason := missing():
        pytest.skip(reason)
    with oracle(zoo.SDL, {"root": zoo.ROOT}, 100) as started:
        yield started


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(zoo.schema(), DEBIAN)


def compare(keeper: Oracle, library: Library, query: str, variables: dict[str, Any]) -> bool:
    """Whether both answered; what the library does not survive is no answer."""
    theirs = keeper.ask(query, variables)
    ours = json.loads(library.document(query).call(None, variables).run(None).body)
    same = json.dumps(ours) == json.dumps(theirs)
    assert same or excused(ours, theirs), f"{query}\n{variables}\nours:   {ours}\ntheirs: {theirs}"
    return same


@pytest.mark.parametrize("name", sorted(zoo.DOCUMENTS))
def test_whole_documents_are_answered_alike(keeper: Oracle, library: Library, name: str) -> None:
    assert compare(keeper, library, zoo.DOCUMENTS[name], {"by": []})


@settings(
    max_examples=500, phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck), database=None
)
@given(st.data())
def test_damaged_documents_are_answered_alike(keeper: Oracle, library: Library, draw: st.DataObject) -> None:
    text = zoo.DOCUMENTS[draw.draw(st.sampled_from(sorted(zoo.DOCUMENTS)))]
    compare(keeper, library, draw.draw(damaged(text, zoo.SDL)), {"by": []})


@settings(
    max_examples=500, phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck), database=None
)
@given(VALUES)
def test_any_values_of_variables_are_answered_alike(
    keeper: Oracle, library: Library, variables: dict[str, Any]
) -> None:
    compare(keeper, library, zoo.DOCUMENTS["arguments"], variables)
