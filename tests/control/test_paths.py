"""Who answers a path: its first part alone decides, whatever it is dressed up as."""

import asyncio
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator import __version__
from emulator.app import Emulator
from emulator.contract.document import load
from emulator.settings import Settings
from tests.support import Server

PARTS = [
    "_emulator",
    "v1",
    "api",
    "external-api",
    "_inbox",
    "docs",
    "worlds",
    "users",
    "campaigns",
    "default",
    "faults",
]
PARTS += [
    "..",
    ".",
    "",
    "%2e%2e",
    "%2f_emulator",
    "%5femulator",
    "_EMULATOR",
    "_emulator%2fworlds",
    "_emulator;v1",
    "\\",
]
PARTS += ["%00", "%0a", "_emulator%20", "v1%2f..%2f_emulator", "%ff", "_emulator?", "_emulator#", "*"]
PATHS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("/".join).map("/".__add__)
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    emulator = Emulator(Settings(recipe="empty"))
    emulator.prepare()
    yield emulator
    emulator.close()


def ask(emulator: Emulator, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """With the credentials of every vendor; the path as it stands, without any client that would tidy it up."""
    emulator.prepare()  # a path may be the one that deletes the world
    with emulator.control.worlds.visit("default") as world:
        given = {vendor.name: vendor.credentials(world) for vendor in emulator.control.vendors}
    basic = b64encode("{username}:{password}".format(**given["insightiq"]).encode())
    scope = {
        "type": "http",
        "method": method,
        "raw_path": path.encode("latin-1"),
        "path": path,
        "query_string": f"token={given['storyclash']['token']}".encode() if "external-api" in path else b"",
        "headers": [(b"host", b"localhost"), (b"authorization", b"Basic " + basic)],
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(emulator(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def answerer(headers: dict[str, str], body: bytes) -> str:
    """Whose words these are."""
    if "html" in headers.get("content-type", "") or "location" in headers:
        return "docs"
    content = orjson.loads(body) if body else {}
    match content:
        case {"detail": str(detail)} if detail.startswith("Nothing is served under"):
            return "nobody"
        case {"detail": str(), **rest} if not rest:
            return "docs"
        case {"error": _} | {"metadata": _}:
            return "v1"
        case {"errors": _}:
            return "api"
        case {"message": _} | []:
            return "external-api"
        case {"ok": _}:
            return "_inbox"
        case _:
            return "_emulator"


@given(method=st.sampled_from(METHODS), path=PATHS)
@example(method="GET", path="/v1/../_emulator/worlds")
@example(method="DELETE", path="/_emulator/worlds/default/../../../v1/users")
@example(method="GET", path="//_emulator/worlds")
@example(method="GET", path="/%5femulator/worlds")
@example(method="GET", path="/_emulator%2fworlds")
def test_vendors_and_the_control_api_never_answer_for_each_other(emulator: Emulator, method: str, path: str) -> None:
    first = path.split("/")[1]
    status, headers, body = ask(emulator, method, path)
    if status == 204 and not body:
        return  # OPTIONS, which says nothing but the methods; or what was cleared
    by = answerer(headers, body)
    assert by == first or (by == "docs" and first in ("docs", "")) or (
        by == "nobody" and first not in ("_emulator", "v1", "api", "external-api", "_inbox", "docs", "")
    )  # fmt: skip


def test_the_version_told_is_that_of_the_contract(server: Server) -> None:
    shown = server.client.get("/_emulator/version").json()
    assert shown == {"name": "creator-api-emulator", "version": __version__, "api": load("control")["info"]["version"]}


def test_every_path_of_the_contract_is_the_control_apis_own() -> None:
    assert {path.split("/")[1] for path in load("control")["paths"]} == {"_emulator"}
    for vendor in ("insightiq", "storyclash"):
        assert "_emulator" not in {path.split("/")[1] for path in load(vendor)["paths"]}
