"""Strategies of schemathesis for the requests of an operation: arguments by name, and a body."""

from functools import cache
from typing import Any

from graphql import is_scalar_type, specified_scalar_types

from emulator.check.exchange import Asked
from emulator.check.graph import GraphContract
from emulator.check.rest import Operation, RestContract
from emulator.contract.document import Node
from emulator.contract.operation import Operation as Reader
from emulator.contract.operation import operations
from emulator.contract.parameter import Given, Place
from emulator.refusal import Refusal

_OURS = ("security", "webhooks")  # credentials are not to be made up, and events are no requests


def requests(contract: RestContract, operation: Operation) -> tuple[Any, Any | None]:
    """Valid ones, and invalid ones where the contract has an answer to them. Raises ImportError."""
    from schemathesis import GenerationMode

    made = _operations(contract)[operation.id]
    valid = made.as_strategy(generation_mode=GenerationMode.POSITIVE).map(_parts)
    if 400 not in operation.answers or not operation.names:
        return valid, None
    return valid, made.as_strategy(generation_mode=GenerationMode.NEGATIVE).filter(_sendable).map(_parts)


@cache
def _operations(contract: RestContract) -> dict[str, Any]:
    import schemathesis
    from schemathesis.core.result import Ok

    document: Node = {key: value for key, value in contract.document.items() if key not in _OURS}
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    made = [each.ok() for each in found if isinstance(each, Ok)]
    return {each.definition.raw["operationId"]: each for each in made}


def breaks(contract: RestContract, operation: Operation, arguments: dict[str, Any], asked: Asked) -> bool:
    """Whether the request, as it was sent, is one that the contract does not allow."""
    reader = _readers(contract)[operation.id]
    path = {name: [str(value)] for name, value in arguments.items() if f"{{{name}}}" in operation.path}
    given: dict[Place, Given] = {"path": path, "query": asked.query, "header": {}}
    try:
        reader.arguments(given, asked.body, asked.headers.get("content-type", ""))
    except Refusal:
        return 400 in operation.answers
    return False


@cache
def _readers(contract: RestContract) -> dict[str, Reader]:
    return {each.id: each for each in operations(contract.document)}


def _parts(case: Any) -> tuple[dict[str, Any], Any]:
    given = {**(case.path_parameters or {}), **(case.query or {}), **(case.headers or {})}
    body = case.body
    return given, None if type(body).__name__ == "NotSet" else body


def scalars(contract: GraphContract) -> dict[str, Any]:
    """Literals for the scalars that a schema defines itself: of the kind that their names tell. Raises ImportError."""
    from hypothesis import strategies as st
    from hypothesis_graphql import nodes

    day, moment = st.just(nodes.String("2026-01-01")), st.just(nodes.String("2026-01-01T00:00:00Z"))
    known = {"JSON": st.just(nodes.Object([])), "BigInt": st.just(nodes.Int(7)), "DateWithZone": day}
    own = (name for name, kind in contract.schema.type_map.items() if is_scalar_type(kind))
    return {name: known.get(name, moment) for name in own if name not in specified_scalar_types}


def _sendable(case: Any) -> bool:
    """An empty segment of a path is another path."""
    return all(str(value) not in ("", ".", "..") for value in (case.path_parameters or {}).values())
