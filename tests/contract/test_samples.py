"""The payloads that the vendors document are valid by our contracts."""

import json
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, build_schema, execute_sync, parse, validate
from graphql.execution.values import get_variable_values

from tests.contract.documents import CONTRACTS, FIXTURES, SAMPLES, label, media_schema, operations, parsed
from tests.support import validator

REST = [file for file in SAMPLES if file.suffix == ".json" and "operationId" in parsed(file)]
QUERIES = [file for file in SAMPLES if file.suffix == ".graphql"]


def beside(query: Path, kind: str) -> Path:
    return query.with_suffix(f".{kind}.json")


def variables(query: Path) -> dict[str, Any]:
    file = beside(query, "variables")
    found: dict[str, Any] = parsed(file) if file.exists() else {}
    return found


def schema_of(query: Path) -> GraphQLSchema:
    """`documented/archive/partners/x.graphql` is a query to `contracts/archive/partners.graphql`."""
    folder = query.parent.relative_to(FIXTURES / "documented")
    return build_schema((CONTRACTS / folder).with_suffix(".graphql").read_text())


def broken(name: str, schema: dict[str, Any], value: Any) -> list[str]:
    return [f"{e.instance_path}: {e.message}" for e in validator(name, json.dumps(schema)).iter_errors(value)]


def test_every_sample_is_tested() -> None:
    of_queries = {beside(query, kind) for query in QUERIES for kind in ("variables", "response")}
    assert set(SAMPLES) - of_queries == {*REST, *QUERIES}


@pytest.mark.parametrize("file", REST, ids=label)
def test_a_documented_request_and_its_response_are_valid(file: Path) -> None:
    sample, name = parsed(file), file.relative_to(FIXTURES / "documented").parts[0]
    operation = operations(name)[sample["operationId"]]
    if sample["request"] is not None:
        assert broken(name, media_schema(name, operation["requestBody"]), sample["request"]) == []
    if sample["response"] is None:  # a delivery, to which the receiver answers
        return
    promised = operation["responses"][str(sample["response"]["status"])]
    assert broken(name, media_schema(name, promised), sample["response"]["body"]) == []


@pytest.mark.parametrize("file", QUERIES, ids=label)
def test_a_documented_query_and_its_variables_are_valid(file: Path) -> None:
    schema, document = schema_of(file), parse(file.read_text())
    assert validate(schema, document) == []
    (operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    coerced = get_variable_values(schema, operation.variable_definitions or (), variables(file))
    assert not isinstance(coerced, list), coerced


def agrees(answered: Any, shown: Any) -> bool:
    """The vendor's page prints some ids as numbers, GraphQL prints all that are of the type ID as strings."""
    if isinstance(answered, dict):
        return answered.keys() == shown.keys() and all(agrees(answered[key], shown[key]) for key in answered)
    if isinstance(answered, list):
        return len(answered) == len(shown) and all(map(agrees, answered, shown))
    return bool(answered == shown or (type(shown) is int and answered == str(shown)))


# What a query asks for and the answer that is printed under it does not have.
LEFT_OUT = {"operations.graphql": "pageInfo { hasNextPage endCursor }"}


@pytest.mark.parametrize("file", [file for file in QUERIES if beside(file, "response").exists()], ids=label)
def test_a_documented_answer_to_a_query_has_the_shape_of_the_schema(file: Path) -> None:
    data, query, left_out = parsed(beside(file, "response"))["data"], file.read_text(), LEFT_OUT.get(file.name, "")
    assert left_out in query
    result = execute_sync(schema_of(file), parse(query.replace(left_out, "")), data, variable_values=variables(file))
    assert result.errors is None
    assert agrees(result.data, data)
