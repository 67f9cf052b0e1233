"""The public door of the tests: clients that hold every answer to the contract."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import jsonschema_rs
from graphql import DocumentNode, GraphQLSchema, build_schema, execute_sync, parse, validate

from emulator.app import Emulator
from emulator.contract.document import load, resolve
from emulator.contract.routes import Routes
from emulator.inprocess import Synchronous
from emulator.resources import contracts
from emulator.settings import Settings

HOST = "http://127.0.0.1:8000"
DOCUMENTS = {"/v1": "insightiq", "/external-api": "storyclash", "/_emulator": "control"}
ERRORS = {"insightiq": "Error", "storyclash": "Message", "control": "Problem"}

# What HTTP itself asks for, whatever the operation: the vendor's error body is checked, the status is ours.
BESIDE_THE_CONTRACT = {404, 405, 413, 415}


class RealTime:
    """The machine's clock in tests: it moves when it is told to."""

    def __init__(self, now: int = 1_800_000_000_000_000) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += int(seconds * 1_000_000)


@dataclass(frozen=True)
class Promise:
    """An operation of a document."""

    method: str
    path: str
    node: dict[str, Any]


@cache
def promises(name: str) -> Routes[Promise]:
    paths = load(name)["paths"].items()
    methods = ("get", "post", "put", "patch", "delete")
    return Routes([Promise(m.upper(), path, item[m]) for path, item in paths for m in methods if m in item])


@cache
def validator(name: str, schema: str) -> jsonschema_rs.Draft202012Validator:
    shared = {"components": load(name)["components"]} if '"$ref"' in schema else {}  # compiling them takes long
    document = {**shared, **json.loads(schema)}
    return jsonschema_rs.Draft202012Validator(document, validate_formats=True)


def hold_to_contract(response: httpx.Response) -> None:
    """Raises AssertionError for an answer that the contract does not promise."""
    path = response.request.url.raw_path.decode().partition("?")[0]
    name = DOCUMENTS.get("/" + path.split("/")[1])
    if name is not None and response.request.method not in ("HEAD", "OPTIONS"):
        _hold(name, path, response)
    elif path.startswith("/api"):
        _hold_graphql(response)


def _hold(name: str, path: str, response: httpx.Response) -> None:
    promised = _promised(name, path, response)
    if promised is None:
        assert response.status_code in BESIDE_THE_CONTRACT, (
            f"undocumented status {response.status_code}: {response.text}"
        )
        _validate(name, {"$ref": f"#/components/schemas/{ERRORS[name]}"}, response)
        return
    for header, node in promised.get("headers", {}).items():
        if resolve(load(name), node).get("required"):
            assert header in response.headers, f"the header {header} is missing"
    for media_type, content in promised.get("content", {}).items():
        assert response.headers["content-type"] == media_type
        _validate(name, content["schema"], response)


def _promised(name: str, path: str, response: httpx.Response) -> dict[str, Any] | None:
    try:
        methods, _ = promises(name).find(path)
    except Exception:  # noqa: BLE001 - no such path
        return None
    promise = methods.get(response.request.method)
    node = promise.node["responses"].get(str(response.status_code)) if promise else None
    return None if node is None else resolve(load(name), node)


def _validate(name: str, schema: dict[str, Any], response: httpx.Response) -> None:
    errors = [
        f"{e.instance_path}: {e.message}" for e in validator(name, json.dumps(schema)).iter_errors(response.json())
    ]
    assert not errors, f"{response.request.method} {response.request.url} broke its contract: {errors[:5]}"


def _hold_graphql(response: httpx.Response) -> None:
    body = response.json()
    if isinstance(body.get("errors"), str):
        assert set(body) == {"errors"}
        return
    assert response.status_code in (200, 429)
    assert body
    assert set(body) <= {"data", "errors"}
    for error in body.get("errors", ()):
        assert set(error) <= {"message", "locations", "path", "extensions"}
        assert isinstance(error["message"], str)
    if body.get("data") is not None and response.request.url.path == "/api/v2":
        _hold_to_sdl(json.loads(response.request.content), body["data"])


def _hold_to_sdl(request: dict[str, Any], data: dict[str, Any]) -> None:
    """Another library, which executes the query on its own answer, finds every field again, of its type."""
    document = _document(request["query"])
    if document is None:
        return
    tried = [_executed(shape, document, request, data) for shape in ("[String!]", "String")]  # of UserError.field
    assert (None, data) in tried, tried[0]


def _executed(shape: str, document: DocumentNode, request: dict[str, Any], data: dict[str, Any]) -> tuple[Any, Any]:
    """Errors and data."""
    held = execute_sync(
        workspace_schema(shape),
        document,
        data,
        variable_values=request.get("variables") or {},
        operation_name=request.get("operationName"),
        field_resolver=lambda source, info, **_: source[info.path.key],
        type_resolver=lambda value, *_: value["__typename"],
    )
    return held.errors, held.data


@cache
def workspace_schema(shape: str = "[String!]") -> GraphQLSchema:
    text = (contracts() / "archive" / "workspace.graphql").read_text()
    return build_schema(text.replace("  field: [String!]", f"  field: {shape}"))


@cache
def _document(text: str) -> DocumentNode | None:
    """None for what this library reads differently: it is stricter, and objects of a union have to tell their type."""
    document = parse(text)
    untold = "MediaContent" in text or "mediaContents" in text
    return None if validate(workspace_schema(), document) or (untold and "__typename" not in text) else document


@dataclass(frozen=True)
class TestWorld:
    """A world of its own for a test, and a client for each API that speaks with its credentials."""

    __test__ = False

    name: str
    credentials: dict[str, Any]
    client: httpx.Client

    @property
    def insightiq_auth(self) -> tuple[str, str]:
        return self.credentials["insightiq"]["username"], self.credentials["insightiq"]["password"]

    def insightiq(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        return self.client.request(method, path, auth=self.insightiq_auth, **arguments)

    def storyclash(self, path: str, **parameters: Any) -> httpx.Response:
        return self.client.get(path, params={"token": self.credentials["storyclash"]["token"], **parameters})

    def archive(self, query: str, headers: dict[str, str] | None = None, **variables: Any) -> dict[str, Any]:
        token = {"authorization": f"Bearer {self.credentials['archive']['token']}"}
        body = {"query": query, "variables": variables}
        answer: dict[str, Any] = self.client.post("/api/v1", json=body, headers=token | (headers or {})).json()
        return answer

    def control(self, method: str, path: str = "", **arguments: Any) -> httpx.Response:
        return self.client.request(method, f"/_emulator/worlds/{self.name}{path}", **arguments)

    def advance(self, **distance: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.control("POST", "/clock/advance", json=distance).json()
        return answer

    def now(self) -> str:
        now: str = self.control("GET", "/clock").json()["now"]
        return now


@dataclass(frozen=True)
class Server:
    """An emulator in this process, and a client whose every answer is held to the contract."""

    emulator: Emulator
    client: httpx.Client
    real_time: RealTime

    def world(self, **plan: Any) -> TestWorld:
        made = self.client.post("/_emulator/worlds", json=plan)
        assert made.status_code == 201, made.text
        return TestWorld(made.json()["name"], made.json()["credentials"], self.client)


@contextmanager
def running(settings: Settings | None = None, real_time: RealTime | None = None) -> Iterator[Server]:
    real_time = real_time or RealTime()
    emulator = Emulator(settings or Settings(recipe="empty"), real_time)
    emulator.prepare()
    with asyncio.Runner() as runner:
        hooks: dict[str, list[Callable[..., Any]]] = {"response": [hold_to_contract]}
        client = httpx.Client(transport=Synchronous(emulator, runner), base_url=HOST, event_hooks=hooks)
        with client:
            yield Server(emulator, client, real_time)
    emulator.close()


__all__ = ["RealTime", "Server", "TestWorld", "hold_to_contract", "running"]
