from base64 import b64encode

import pytest

from tests.insightiq.support import USER, Another, account_with, assert_refused, state
from tests.support import TestWorld


def basic(text: str | bytes) -> str:
    return "Basic " + b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def malformed(world: TestWorld) -> dict[str, str | None]:
    """Values of the header that lead nowhere, by what is wrong with them."""
    username, secret = world.insightiq_auth
    right = basic(f"{username}:{secret}")
    return {
        "no header": None,
        "empty": "",
        "no scheme": right.removeprefix("Basic "),
        "no space": right.replace(" ", ""),
        "scheme alone": "Basic",
        "another scheme": right.replace("Basic", "Bearer"),
        "no base64": f"Basic {username}:{secret}",
        "base64 that is cut": right[:-1],
        "not in base64's alphabet": right + "é",
        "base64 of no UTF-8": basic(b"\xff\xfe:\xff"),
        "nothing inside": "Basic ",
        "no colon": basic(f"{username}{secret}"),
        "a colon alone": basic(":"),
        "no secret": basic(f"{username}:"),
        "no id": basic(f":{secret}"),
        "the wrong secret": basic(f"{username}:{secret[::-1]}"),
        "the wrong id": basic(f"{username[::-1]}:{secret}"),
        "id and secret changed places": basic(f"{secret}:{username}"),
        "a space after the secret": basic(f"{username}:{secret} "),
        "capitals": basic(f"{username}:{secret}".upper()),
        "the header twice": f"{right}, {right}",
    }


def test_a_header_without_the_right_credentials_answers_401_and_changes_nothing(world: TestWorld) -> None:
    before, account = state(world), account_with(world, "CONNECTED")["id"]
    for wrong, value in malformed(world).items():
        headers = {} if value is None else {b"authorization": value.encode("latin-1")}
        for refused in (
            world.client.get("/v1/users", headers=headers),
            world.client.post("/v1/users", headers=headers, json=USER),
            world.client.post(f"/v1/accounts/{account}/disconnect", headers=headers),
        ):
            assert refused.status_code == 401, wrong
            assert_refused(refused, 401, "invalid_credentials")
    assert state(world) == before


def test_the_secret_of_another_world_does_not_fit_the_id_of_this_one(world: TestWorld, another: Another) -> None:
    username, _ = world.insightiq_auth
    _, secret = another().insightiq_auth
    assert_refused(world.client.get("/v1/users", auth=(username, secret)), 401, "invalid_credentials")


def test_the_credentials_of_other_vendors_do_not_fit(world: TestWorld) -> None:
    for token in (world.credentials["archive"]["token"], world.credentials["storyclash"]["token"]):
        for value in (f"Bearer {token}", basic(token), basic(f"{token}:")):
            refused = world.client.get("/v1/users", headers={"authorization": value})
            assert_refused(refused, 401, "invalid_credentials")


def test_the_credentials_of_a_deleted_world_do_not_fit_any_more(world: TestWorld, another: Another) -> None:
    gone = another()
    gone.control("DELETE")
    assert_refused(gone.insightiq("GET", "/v1/users"), 401, "invalid_credentials")
    assert world.insightiq("GET", "/v1/users").status_code == 200


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_the_scheme_is_taken_in_any_case(world: TestWorld, scheme: str) -> None:
    value = basic(":".join(world.insightiq_auth)).replace("Basic", scheme)
    assert world.client.get("/v1/users", headers={"authorization": value}).status_code == 200


def test_a_wrong_credential_is_told_before_anything_else_that_is_wrong(world: TestWorld) -> None:
    assert_refused(world.client.post("/v1/users", json={}), 401, "invalid_credentials")
    assert_refused(world.client.post("/v1/users", content=b"{"), 401, "invalid_credentials")
    assert_refused(world.client.post("/v1/users", data={"name": "Ada"}), 401, "invalid_credentials")
    assert_refused(world.client.get("/v1/users?limit=0"), 401, "invalid_credentials")
