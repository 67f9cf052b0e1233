"""What the tests of InsightIQ share: whole lists, the state of a world, and what a refusal must look like."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

import httpx

from emulator.contract.document import load, resolve
from tests.contract.documents import operations
from tests.support import TestWorld

Another = Callable[..., TestWorld]  # makes worlds beside the test's own, which end with the test

JSON: Final = {"content-type": "application/json"}
NOBODY: Final = "00000000-0000-4000-8000-000000000000"
USER: Final = {"name": "Ada", "external_id": "ada-1"}
LISTS: Final = ("/v1/work-platforms", "/v1/users", "/v1/accounts")


def _shown() -> dict[str, list[tuple[int, str, str]]]:
    """Every error that the contract shows for what is emulated, by its code: (status, type, message)."""
    promised = [each["responses"] for each in operations("insightiq").values() if each.get("x-emulated", True)]
    shown: dict[str, list[tuple[int, str, str]]] = {}
    for response in (response for responses in promised for response in responses.values() if "$ref" in response):
        examples = resolve(load("insightiq"), response)["content"]["application/json"]["examples"].values()
        for error in (example["value"]["error"] for example in examples):
            shown.setdefault(error["code"], []).append((error["status_code"], error["type"], error["message"]))
    return shown


SHOWN: Final = _shown()

# Codes for what HTTP asks of every server; the contract has no place for them, as they belong to no operation.
BESIDE: Final = {"incorrect_path": (404, "RECORD_NOT_FOUND"), "method_not_allowed": (405, "METHOD_NOT_ALLOWED")}


def everything(world: TestWorld, path: str) -> list[dict[str, Any]]:
    """All objects of a list, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        page = world.insightiq("GET", path, params={"limit": 100, "offset": len(found)}).json()["data"]
        found += page
        if len(page) < 100:
            return found


def state(world: TestWorld) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All that requests can change."""
    return everything(world, "/v1/users"), everything(world, "/v1/accounts")


def create_user(world: TestWorld, external_id: str = "ada-1", name: str = "Ada") -> dict[str, Any]:
    created = world.insightiq("POST", "/v1/users", json={"name": name, "external_id": external_id})
    assert created.status_code == 201, created.text
    user: dict[str, Any] = created.json()
    return user


def account_with(world: TestWorld, status: str) -> dict[str, Any]:
    return next(account for account in everything(world, "/v1/accounts") if account["status"] == status)


def segment(text: str) -> str:
    """A text as one segment of a path; dots are encoded, as clients resolve `.` and `..` before they send them."""
    return quote(text, safe="").replace(".", "%2E")


def assert_refused(response: httpx.Response, status: int, code: str, *named: str) -> None:
    """The answer is this error in the vendor's words, and its message names what is wrong."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert list(body) == ["error"]
    error = body["error"]
    keys = ["type", "code", "error_code", "message", "status_code", "http_status_code", "request_id"]
    assert list(error) == keys
    assert error["code"] == error["error_code"] == code
    assert error["status_code"] == error["http_status_code"] == status
    assert error["request_id"] == str(UUID(response.headers["request-id"]))
    assert (status, error["type"]) in ([shown[:2] for shown in SHOWN[code]] if code in SHOWN else [BESIDE[code]])
    for text in named:
        assert text in error["message"]
