"""Requests to a REST operation, and to a GraphQL root field, with the credentials of the target."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlencode

import orjson

from emulator.check.exchange import Asked, Exchange
from emulator.check.graph import GraphContract, Root, question
from emulator.check.hints import hints
from emulator.check.plan import Skipped
from emulator.check.rest import Operation, RestContract
from emulator.check.run import Run
from emulator.check.target import Credentials

Who = Literal["customer", "nobody", "stranger"]

STRANGER = Credentials(username="nobody", password="no-such-secret", token="no-such-token")  # noqa: S106
UNSET: Any = object()
_AS_GIVEN: Mapping[str, str | None] = {}


def ask(
    run: Run,
    contract: RestContract,
    operation: Operation,
    arguments: Mapping[str, Any],
    who: Who = "customer",
    body: Any = UNSET,
) -> Exchange:
    """Arguments go where the contract wants them: in path, query, headers or body. `body` replaces the latter."""
    place = run.target.places[contract.vendor]
    key = hints(contract.vendor).table("token-in-body").get(operation.id)
    headers, query = authorization(contract, place.credentials, "nobody" if key else who)
    for name, node in operation.parameters.items():
        if name in arguments and node["in"] == "query":
            query[name] = _text(arguments[name])
        elif name in arguments and node["in"] == "header":
            headers[name.lower()] = _text(arguments[name])
    content = b""
    if body is not UNSET or operation.body is not None:
        given = {name: each for name, each in arguments.items() if name not in operation.parameters}
        sent = _with_token(given if body is UNSET else body, key, who)
        content = sent if isinstance(sent, bytes) else encoded(sent)
        headers["content-type"] = "application/json"
    url = place.url.rstrip("/") + operation.target(arguments) + (f"?{urlencode(query, doseq=True)}" if query else "")
    exchange = run.send(contract, operation, Asked(operation.method, url, headers, content))
    if not operation.safe and exchange.answered.successful:
        _remember(run, contract, operation, arguments, exchange)
    return exchange


def _with_token(body: Any, key: str | None, who: Who) -> Any:
    """Where the token is a part of the body: a customer's arguments have it already."""
    if key is None or who == "customer" or not isinstance(body, dict):
        return body
    rest = {name: each for name, each in body.items() if name != key}
    return rest if who == "nobody" else {**rest, key: STRANGER.token}


def _remember(
    run: Run, contract: RestContract, operation: Operation, arguments: Mapping[str, Any], exchange: Exchange
) -> None:
    """What a POST to `/a` made goes by a DELETE of `/a/{id}`, if there is one."""
    remover = contract.operation_of("DELETE", f"{operation.path}/x")
    if operation.method == "DELETE":
        run.undone(f"{contract.vendor}: {operation.path.rpartition('/')[0]} {arguments.get('id')}")
    elif operation.method == "POST":
        made = exchange.json.get("id") if isinstance(exchange.json, dict) else None
        thing = f"{contract.vendor}: {operation.path} {made or ''}".rstrip()
        run.made(thing, _undo(run, contract, remover, made) if remover and made else None)


def _undo(run: Run, contract: RestContract, remover: Operation, made: Any) -> Callable[[], bool]:
    def undo() -> bool:
        gone = ask(run, contract, remover, {"id": made})
        return gone.answered.successful or gone.status == 404

    return undo


def encoded(value: Any) -> bytes:
    """JSON; numbers may be longer than orjson has them."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()


def authorization(contract: RestContract, credentials: Credentials, who: Who) -> tuple[dict[str, str], dict[str, Any]]:
    """Headers and query fields, by the first security scheme of the document."""
    headers, query = dict[str, str](), dict[str, Any]()
    if who == "nobody" or not contract.document.get("security"):
        return headers, query
    known = credentials if who == "customer" else STRANGER
    (name, _), *_ = contract.document["security"][0].items()
    scheme = contract.document["components"]["securitySchemes"][name]
    if scheme["type"] == "http" and scheme["scheme"] == "basic":
        pair = f"{known.username}:{known.password}".encode()
        headers["authorization"] = f"Basic {b64encode(pair).decode()}"
    elif scheme["type"] == "http":
        headers["authorization"] = f"Bearer {known.token}"
    elif scheme["in"] == "query":
        query[scheme["name"]] = known.token
    else:
        headers[scheme["name"].lower()] = known.token
    return headers, query


def ask_graph(
    run: Run,
    contract: GraphContract,
    root: Root,
    arguments: Mapping[str, Any],
    selection: str | None = None,
    who: Who = "customer",
    body: Any = UNSET,
    names: Mapping[str, str | None] = _AS_GIVEN,
) -> Exchange:
    """One root field with arguments, and everything below it unless a selection is given.

    `names` are in the place of those of the credentials; None leaves one out.
    """
    place = run.target.places[contract.vendor]
    headers = {"content-type": "application/json", **_named(contract, {**place.credentials.names, **names})}
    if who != "nobody":
        token = place.credentials.token if who == "customer" else STRANGER.token
        headers["authorization"] = f"Bearer {token}"
    asked = question(root, arguments, selection) if body is UNSET else body
    url = place.url.rstrip("/") + contract.path
    return run.send(contract, root, Asked("POST", url, headers, encoded(asked)))


def _named(contract: GraphContract, names: Mapping[str, str | None]) -> dict[str, str]:
    """Headers that name a shop or a workspace, as `checks.yaml` has them for this contract."""
    table = hints(contract.vendor).table("headers").get(contract.name, {})
    return {header: value for header, name in table.items() if (value := names.get(name)) is not None}


def operation_of(contract: RestContract, name: str) -> Operation:
    """Raises Skipped for an operation that the contract does not have."""
    if name not in contract.operations:
        raise Skipped(f"the contract has no operation {name}")
    return contract.operations[name]


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return [_text(each) for each in value] if isinstance(value, list) else str(value)
