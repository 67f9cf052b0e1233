"""Contracts are valid, and every payload that the documentation shows is valid by them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from graphql import GraphQLError, parse, validate, validate_schema

from emulator import resources
from emulator.check import schema, shape
from emulator.check.graph import GraphContract
from emulator.check.hints import hints
from emulator.check.plan import Check, Contract
from emulator.check.rest import RestContract
from emulator.check.rule import Rule, finding
from emulator.check.run import Run

SOURCE = "fixtures/documented"


def checks(contract: Contract) -> Iterator[Check]:
    if isinstance(contract, GraphContract):
        yield _check(contract, "schema", "The SDL is a valid schema.", _sdl)
        for file in sorted(_documented(contract).glob("*.graphql")):
            name = f"{contract.name}.{file.stem}"
            words = "The documented query, its variables and its answer are of the schema."
            yield _check(contract, f"{name}/sample", words, partial(_query, file=file))
        return
    yield _check(contract, "openapi", "The document is OpenAPI 3.1.", _openapi)
    yield _check(contract, "schemas", "Every schema can be used, and its examples are valid.", _schemas)
    for file in sorted(_documented(contract).rglob("*.json")):
        sample = orjson.loads(file.read_bytes())
        if "operationId" in sample if isinstance(sample, dict) else False:
            words = "The documented request and its answer are valid."
            yield _check(
                contract, f"{sample['operationId']}/sample.{file.stem}", words, partial(_sample, sample=sample)
            )


def _check(contract: Any, name: str, words: str, run: Any) -> Check:
    """A check of a document as a whole, or of one of its samples."""
    key = f"{contract.vendor}/{name}" if "/" in name else f"{contract.vendor}/{_title(contract)}/{name}"
    return Check(key, "documents", words, lambda this: run(this, contract, key))


def _title(contract: Contract) -> str:
    return contract.name if isinstance(contract, GraphContract) else "document"


def _documented(contract: Contract) -> Path:
    folder = resources.fixtures() / "documented" / contract.vendor
    return folder / contract.name if isinstance(contract, GraphContract) else folder


def _openapi(run: Run, contract: RestContract, id: str) -> None:
    rule = Rule(id, "The document is OpenAPI 3.1.", "documented", f"contracts/{contract.vendor}/openapi.yaml")
    run.expect(
        str(contract.document.get("openapi", "")).startswith("3.1"), rule, contract.document.get("openapi"), "3.1"
    )
    for operation in contract.operations.values():
        for key in ("summary", "x-source", "x-evidence"):
            run.expect(bool(operation.node.get(key)), rule, f"{operation.id} has no {key}", f"{key} of every operation")
        shown = set(operation.parameters) & {p for p, n in operation.parameters.items() if n["in"] == "path"}
        in_path = {each.strip("{}") for each in operation.path.split("/") if each.startswith("{")}
        run.expect(shown == in_path, rule, f"{operation.id}: {sorted(shown)}", f"the path has {sorted(in_path)}")


def _schemas(run: Run, contract: RestContract, id: str) -> None:
    source = f"contracts/{contract.vendor}"
    for name, node in contract.document["components"].get("schemas", {}).items():
        rule = Rule(id, "Every schema can be used, and its examples are valid.", "documented", f"{source} {name}")
        try:
            validator = contract.validator(node)
        except (ValueError, KeyError) as broken:
            run.report(finding(rule, str(broken), "a valid JSON Schema", at=f"/{name}"))
            continue
        shown = [*node.get("examples", ()), *([node["default"]] if "default" in node else ())]
        for example in shown:
            for error in schema.wrong(validator, example):
                run.report(finding(rule, example, error.message, at=f"/{name}"))
    run.coverage.rules.add(id)


def _sample(run: Run, contract: RestContract, id: str, sample: dict[str, Any]) -> None:
    rule = Rule(id, "The documented request and its answer are valid.", "documented", str(sample.get("source", SOURCE)))
    run.coverage.rules.add(id)
    operation = contract.operations.get(sample["operationId"])
    node = operation.node if operation else contract.events.get(sample["operationId"])
    if node is None:
        run.report(finding(rule, "no such operation", sample["operationId"]))
        return
    if sample["request"] is not None:
        body = contract.resolve(node["requestBody"])["content"]["application/json"]["schema"]
        _valid(run, contract, rule, body, sample["request"])
    if sample["response"] is None:  # a delivery, to which the receiver answers
        return
    promised = node["responses"].get(str(sample["response"]["status"]))
    if promised is None:
        run.report(finding(rule, f"status {sample['response']['status']}", f"one of {', '.join(node['responses'])}"))
        return
    content = contract.resolve(promised)["content"]["application/json"]["schema"]
    _valid(run, contract, rule, content, sample["response"]["body"])


def _valid(run: Run, contract: RestContract, rule: Rule, node: Any, value: Any) -> None:
    for error in schema.wrong(contract.validator(node), value):
        at = "".join(f"/{step}" for step in error.instance_path)
        run.report(finding(rule, schema.at(value, error.instance_path), error.message, at=at))


def _sdl(run: Run, contract: GraphContract, id: str) -> None:
    rule = Rule(id, "The SDL is a valid schema.", "documented", contract.source)
    errors = validate_schema(contract.schema)
    run.expect(not errors, rule, "; ".join(each.message for each in errors))
    unknown = set(contract.evidence.values()) - {"documented", "observed", "reported", "assumed"}
    run.expect(not unknown, rule, f"evidence {sorted(unknown)}", "documented, observed, reported or assumed")
    run.expect(contract.path.startswith("/"), rule, contract.path)


def _query(run: Run, contract: GraphContract, id: str, file: Path) -> None:
    rule = Rule(id, "The documented query, its variables and its answer are of the schema.", "documented", SOURCE)
    run.coverage.rules.add(id)
    try:
        document = parse(file.read_text())
    except GraphQLError as error:
        run.report(finding(rule, str(error), "a GraphQL document"))
        return
    for wrong in validate(contract.schema, document):
        run.report(finding(rule, wrong.message, "a valid query"))
    abridged = f"{contract.name}.{file.stem}" in hints(contract.vendor).node.get("abridged", ())
    answer, given = file.with_suffix(".response.json"), file.with_suffix(".variables.json")
    if answer.exists():
        variables = orjson.loads(given.read_bytes()) if given.exists() else {}
        data = orjson.loads(answer.read_bytes())["data"]
        for fault in shape.Walker(contract.schema, ()).faults(document, None, variables, data):
            if not _printed_id(fault) and not (abridged and fault.came == "no such key"):
                run.report(finding(rule, fault.came, fault.promised, at=fault.place))


def _printed_id(fault: shape.Fault) -> bool:
    """The vendor's page prints some ids as numbers, while GraphQL prints all that are of the type ID as texts."""
    return fault.promised == "a value of ID" and fault.came.isdigit()
