"""The errors that the contract shows are those that the emulator sends, word for word."""

from collections.abc import Callable

import httpx
import pytest

from tests.insightiq.discovery.support import INSTAGRAM, handles
from tests.insightiq.support import NOBODY, SHOWN, USER, account_with
from tests.support import Server, TestWorld


def twice(world: TestWorld, path: str, **arguments: object) -> httpx.Response:
    world.insightiq("POST", path, **arguments)
    return world.insightiq("POST", path, **arguments)


def disconnected_twice(world: TestWorld) -> httpx.Response:
    return twice(world, f"/v1/accounts/{account_with(world, 'CONNECTED')['id']}/disconnect")


def asked_too_early(world: TestWorld) -> httpx.Response:
    account = world.control("POST", "/insightiq/accounts", json={"work_platform": "Instagram"}).json()
    return world.insightiq("GET", "/v1/audience", params={"account_id": account["id"]})


def unknown_profile(world: TestWorld) -> httpx.Response:
    instagram = world.insightiq("GET", "/v1/work-platforms", params={"name": "Instagram"}).json()["data"][0]["id"]
    asked = {"identifier": "nobody.at.all", "work_platform_id": instagram}
    return world.insightiq("GET", "/v1/social/creators/profiles", params=asked)


def analysed_at_the_same_time(world: TestWorld) -> httpx.Response:
    asked = {"identifier": handles(world)[0], "work_platform_id": INSTAGRAM}
    world.insightiq("POST", "/v1/social/creators/async/profiles/analytics", json=asked)
    return world.insightiq("POST", "/v1/social/creators/profiles/analytics", json=asked)


CAUSES: dict[str, Callable[[TestWorld], httpx.Response]] = {
    "MISSING_FIELDS": lambda world: world.insightiq("POST", "/v1/users", json={"name": "Ada"}),
    "INVALID_FIELDS": lambda world: world.insightiq("POST", "/v1/users", json=USER | {"external_id": 7}),
    "MALFORMED_JSON": lambda world: world.insightiq("POST", "/v1/users", content=b"{"),
    "user_exists_with_external_id": lambda world: twice(world, "/v1/users", json=USER),
    "invalid_credentials": lambda world: world.client.get("/v1/users"),
    "incorrect_account_id": lambda world: world.insightiq("GET", f"/v1/accounts/{NOBODY}"),
    "incorrect_user_id": lambda world: world.insightiq("GET", f"/v1/users/{NOBODY}"),
    "incorrect_work_platform_id": lambda world: world.insightiq("GET", f"/v1/work-platforms/{NOBODY}"),
    "incorrect_profile_id": lambda world: world.insightiq("GET", f"/v1/profiles/{NOBODY}"),
    "incorrect_content_id": lambda world: world.insightiq("GET", f"/v1/social/contents/{NOBODY}"),
    "incorrect_content_group_id": lambda world: world.insightiq("GET", f"/v1/social/content-groups/{NOBODY}"),
    "incorrect_artist_id": lambda world: world.insightiq("GET", f"/v1/media/activity/artists/{NOBODY}"),
    "incorrect_job_id": lambda world: world.insightiq("GET", f"/v1/social/creators/email-lookup/{NOBODY}"),
    "incorrect_webhook_id": lambda world: world.insightiq("GET", f"/v1/webhooks/{NOBODY}"),
    "incorrect_identifier": unknown_profile,
    "account_disconnected": disconnected_twice,
    "account_not_synced": asked_too_early,
    "retry_later": analysed_at_the_same_time,
    "request_too_large": lambda world: world.insightiq("POST", "/v1/users", content=b"x" * 1_100_000),
    "unsupported_media_type": lambda world: world.insightiq("POST", "/v1/users", data={"name": "Ada"}),
}

LIMITED = {"too_many_requests"}  # has a test of its own, as it takes a world with a limit


def test_every_error_that_the_contract_shows_has_a_cause() -> None:
    assert CAUSES.keys() | LIMITED == SHOWN.keys()


@pytest.mark.parametrize("code", CAUSES)
def test_an_error_is_sent_as_the_contract_shows_it(world: TestWorld, code: str) -> None:
    response = CAUSES[code](world)
    error = response.json()["error"]
    assert (response.status_code, error["type"], error["message"]) in SHOWN[code]
    assert error["code"] == error["error_code"] == code


def test_a_rate_limit_is_worded_as_the_contract_shows_it(server: Server) -> None:
    world = server.world(recipe="empty", clock={"mode": "frozen"}, limits={"insightiq": 1})
    world.insightiq("GET", "/v1/users")
    response = world.insightiq("GET", "/v1/users")
    error = response.json()["error"]
    assert (response.status_code, error["type"], error["message"]) in SHOWN["too_many_requests"]
    assert error["code"] == error["error_code"] == "too_many_requests"
    assert response.headers["retry-after"] == "1"
    world.control("DELETE")
