"""The vendors' errors by name: each is answered as the contract has it."""

from typing import Any

import httpx
import pytest

from emulator.contract.document import load, read_yaml, resolve
from emulator.faults import catalogue
from tests.contract.documents import CONTRACTS, operations
from tests.faults.conftest import Call
from tests.faults.setting import strike
from tests.support import HOST, Server, TestWorld

ERRORS = [(error.vendor, error.name) for vendor in catalogue.VENDORS for error in catalogue.errors(vendor)]
NAMED = sorted(set(ERRORS))


def answered(server: Server, world: TestWorld, vendor: str, call: Call) -> httpx.Response:
    raw = httpx.Client(transport=server.client._transport, base_url=HOST)
    if vendor == "insightiq":
        return call("GET", "/v1/users")
    if vendor == "storyclash":
        return raw.get("/external-api/campaigns", params={"token": world.credentials["storyclash"]["token"]})
    token = {"authorization": f"Bearer {world.credentials['archive']['token']}"}
    return raw.post("/api/v1", headers=token, json={"query": "{mediaItems {totalCount}}"})


@pytest.mark.parametrize(("vendor", "name"), NAMED)
def test_every_error_is_had_by_its_name(server: Server, world: TestWorld, call: Call, vendor: str, name: str) -> None:
    listed = world.client.get("/_emulator/errors", params={"vendor": vendor}).json()["data"]
    wanted = next(each for each in listed if each["name"] == name)
    strike(world, {"kind": "error", "error": name, "match": {"vendor": vendor}, "retry_after": 7})
    answer = answered(server, world, vendor, call)
    assert answer.status_code == wanted["status"]
    assert answer.headers["content-type"] == "application/json"
    assert {header: answer.headers[header] for header in wanted["headers"]} == dict.fromkeys(wanted["headers"], "7")
    body = answer.json()
    assert body.keys() == wanted["body"].keys()
    assert "{" not in str(body.get("message", ""))


@pytest.mark.parametrize("vendor", catalogue.REST)
def test_no_error_of_a_contract_is_left_out(vendor: str) -> None:
    """Every example whose body is an error's."""
    document, found = load(vendor), set()
    for operation, node in operations(vendor).items():
        for status, response in node.get("responses", {}).items():
            content: dict[str, Any] = resolve(document, response).get("content", {})
            for name, example in content.get("application/json", {}).get("examples", {}).items():
                body = resolve(document, example)["value"]
                if (
                    resolve(document, example).get("x-error", True)
                    and isinstance(body, dict)
                    and (set(body) == {"message"} or set(body) == {"error"})
                ):
                    found.add((operation, name, int(status)))
    known = {(each, error.name, error.status) for error in catalogue.errors(vendor) for each in error.operations}
    assert found <= known
    assert len(found) > 5


def test_archives_errors_are_those_that_its_contract_lists() -> None:
    assert {error.name for error in catalogue.errors("archive")} == set(read_yaml(CONTRACTS / "archive/errors.yaml"))


def test_an_error_is_worded_as_the_operation_words_it(world: TestWorld) -> None:
    strike(world, {"kind": "error", "error": "missing_fields"})
    made = world.insightiq("POST", "/v1/users", json={"name": "A", "external_id": "a"})
    assert made.json()["error"]["message"] == "Request is missing required fields: [external_id]."


@pytest.mark.parametrize("says", ["invalid_credentials", "INVALID_FIELDS", "user_exists_with_external_id"])
def test_the_vendors_own_word_is_a_name_too(world: TestWorld, call: Call, says: str) -> None:
    strike(world, {"kind": "error", "error": says})
    assert call("GET", "/v1/users").json()["error"]["code"] == says


def test_a_limit_is_told_as_each_vendor_tells_it(server: Server, world: TestWorld, call: Call) -> None:
    strike(world, {"kind": "rate_limit", "retry_after": 2.5})
    insightiq, archive, storyclash = (
        answered(server, world, vendor, call) for vendor in ("insightiq", "archive", "storyclash")
    )
    assert (insightiq.status_code, insightiq.headers["retry-after"]) == (429, "3")
    assert (archive.status_code, archive.headers["retry-after"]) == (429, "3")
    assert archive.json()["errors"][0]["message"] == "Rate limit exceeded. Retry after 2.5 seconds."
    assert (storyclash.status_code, storyclash.json()) == (200, {"message": "Rate Limit reached"})


@pytest.mark.parametrize(
    ("name", "status"),
    [("invalid_api_key", 401), ("page_not_found", 404), ("wrong_order", 400), ("rate_limit_reached", 429)],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_errors_have_proper_statuses_where_the_world_has_them(
    server: Server, world: TestWorld, call: Call, name: str, status: int, when: str
) -> None:
    assert world.control("PUT", "/choices", json={"storyclash": {"errors": "proper"}}).status_code == 200
    strike(world, {"kind": "error", "error": name, "when": when})
    assert answered(server, world, "storyclash", call).status_code == status


def test_a_status_of_ones_own_goes_before_the_contracts(server: Server, world: TestWorld, call: Call) -> None:
    strike(world, {"kind": "rate_limit", "status": 429})
    answer = answered(server, world, "storyclash", call)
    assert (answer.status_code, answer.json()) == (429, {"message": "Rate Limit reached"})


def test_an_error_strikes_only_vendors_that_have_it(server: Server, world: TestWorld, call: Call) -> None:
    strike(world, {"kind": "error", "error": "shop_not_found"})
    assert answered(server, world, "insightiq", call).status_code == 200
    assert answered(server, world, "archive", call).json() == {"errors": "Shop not found"}
    assert world.control("GET", "/faults").json()["faults"][0]["matched"] == 1
