"""What every contract has to be, whichever there are."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import build_schema, validate_schema
from openapi_spec_validator import OpenAPIV31SpecValidator

from emulator.contract.document import Node, load, resolve
from tests.contract.documents import (
    CONTRACTS,
    DOCUMENTS,
    SDL,
    YAML,
    carriers,
    label,
    operations,
    pairs,
    parsed,
    schemas,
)
from tests.support import validator

WORDS = {"documented", "observed", "reported", "assumed"}


def invalid(name: str, schema: Node, value: Any) -> list[str]:
    return [error.message for error in validator(name, json.dumps(schema)).iter_errors(value)]


def test_every_vendor_and_our_own_api_have_a_contract() -> None:
    assert {"insightiq", "storyclash", "control"} <= set(DOCUMENTS)
    assert [label(file) for file in SDL] == [f"contracts/archive/{name}.graphql" for name in ("partners", "workspace")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_valid_openapi(name: str) -> None:
    assert load(name)["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(load(name)).iter_errors()] == []


@pytest.mark.parametrize("file", SDL, ids=label)
def test_a_graphql_schema_is_valid(file: Path) -> None:
    assert validate_schema(build_schema(file.read_text())) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_operation_says_what_it_does_where_that_is_written_and_how_sure_it_is(name: str) -> None:
    for operation, node in operations(name).items():
        missing = {"summary", "description", "x-source", "x-evidence"} - {key for key, value in node.items() if value}
        assert not missing, f"{operation} lacks {missing}"


@pytest.mark.parametrize("file", YAML, ids=label)
def test_evidence_is_one_of_four_words(file: Path) -> None:
    for key, value in pairs(parsed(file)):
        if key == "x-evidence" or (key == "evidence" and not isinstance(value, dict)):
            assert value in WORDS, f"{key}: {value}"
        if key == "evidence_by_key":
            assert set(value.values()) <= WORDS


@pytest.mark.parametrize("file", SDL, ids=label)
def test_evidence_in_a_graphql_schema_is_one_of_four_words(file: Path) -> None:
    assert set(re.findall(r"^\s*# evidence:\s*(.*)$", file.read_text(), re.MULTILINE)) <= WORDS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_example_and_default_of_a_schema_is_valid(name: str) -> None:
    broken = []
    for place, schema in schemas(name):
        shown = [*schema.get("examples", ()), *([schema["default"]] if "default" in schema else ())]
        broken += [(place, value, wrong) for value in shown if (wrong := invalid(name, schema, value))]
    assert not broken


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_example_of_a_parameter_a_header_and_a_body_is_valid(name: str) -> None:
    broken = []
    for place, node in carriers(name):
        shown = [node["example"]] if "example" in node else []
        shown += [resolve(load(name), example)["value"] for example in node.get("examples", {}).values()]
        broken += [(place, value, wrong) for value in shown if (wrong := invalid(name, node["schema"], value))]
    assert not broken


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_parameter_is_described_and_no_other(name: str) -> None:
    for path, item in load(name)["paths"].items():
        for node in (each for each in item.values() if isinstance(each, dict) and "operationId" in each):
            described = [
                resolve(load(name), each) for each in (*item.get("parameters", ()), *node.get("parameters", ()))
            ]
            in_path = {each["name"] for each in described if each["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path)), path


@pytest.mark.parametrize("file", sorted(CONTRACTS.rglob("*.yaml")), ids=label)
def test_no_key_stands_twice_in_a_mapping(file: Path) -> None:
    twice: list[str] = []

    def look(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            counted = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
            twice.extend(f"{key} in line {node.start_mark.line}" for key, count in counted.items() if count > 1)
        for inner in node.value if isinstance(node, yaml.CollectionNode) else ():
            for each in inner if isinstance(inner, tuple) else (inner,):
                look(each)

    root = yaml.compose(file.read_bytes(), Loader=yaml.CSafeLoader)
    assert root is not None
    look(root)
    assert not twice
