from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwt.types import Options

from tests.insightiq.support import NOBODY, Another, assert_refused, create_user
from tests.support import HOST, TestWorld

PRODUCTS = [
    "IDENTITY",
    "IDENTITY.AUDIENCE",
    "ENGAGEMENT",
    "ENGAGEMENT.AUDIENCE",
    "INCOME",
    "PUBLISH.CONTENT",
    "ACTIVITY",
]


def issue(world: TestWorld, user_id: str, products: list[str]) -> dict[str, Any]:
    created = world.insightiq("POST", "/v1/sdk-tokens", json={"user_id": user_id, "products": products})
    assert created.status_code == 201, created.text
    token: dict[str, Any] = created.json()
    return token


def claims(world: TestWorld, token: str, key: str | None = None) -> dict[str, Any]:
    """The world's clock is not the one that PyJWT looks at. Raises InvalidSignatureError."""
    _, secret = world.insightiq_auth
    by_world_time: Options = {"verify_exp": False, "verify_iat": False}
    return jwt.decode(
        token, key or secret, algorithms=["HS256"], audience=f"{HOST}/v1/internal", issuer=HOST, options=by_world_time
    )


def test_an_sdk_token_is_a_jwt_with_the_documented_claims_in_their_order(world: TestWorld) -> None:
    user = create_user(world)
    found = claims(world, issue(world, user["id"], PRODUCTS)["sdk_token"])
    assert list(found) == ["user_id", "tenant_id", "tenant_app_id", "products", "iss", "aud", "iat", "exp"]
    assert found["user_id"] == user["id"]
    assert found["iss"] == HOST
    assert found["aud"] == f"{HOST}/v1/internal"
    assert UUID(found["tenant_id"]) != UUID(found["tenant_app_id"])


def test_an_sdk_token_says_that_it_is_signed_with_hs256(world: TestWorld) -> None:
    token = issue(world, create_user(world)["id"], PRODUCTS)["sdk_token"]
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}


def test_an_sdk_token_is_signed_with_the_secret_of_its_own_world(world: TestWorld, another: Another) -> None:
    token = issue(world, create_user(world)["id"], PRODUCTS)["sdk_token"]
    _, foreign = another().insightiq_auth
    with pytest.raises(jwt.InvalidSignatureError):
        claims(world, token, key=foreign)


def test_an_sdk_token_lasts_seven_days_from_the_worlds_now(world: TestWorld) -> None:
    world.advance(by=0.525013)
    issued = issue(world, create_user(world)["id"], PRODUCTS)
    found = claims(world, issued["sdk_token"])
    now = datetime.fromisoformat(world.now())
    assert now.microsecond == 525013
    assert found["iat"] == pytest.approx(now.timestamp(), abs=1e-6)
    assert found["exp"] - found["iat"] == pytest.approx(604_800, abs=1e-6)
    assert datetime.fromisoformat(issued["expires_at"]).replace(tzinfo=UTC) == now + timedelta(days=7)


@given(products=st.lists(st.sampled_from(PRODUCTS)))
def test_products_have_an_underscore_in_the_token_where_they_have_a_dot_in_the_request(
    world: TestWorld, products: list[str]
) -> None:
    world.control("POST", "/reset")
    token = issue(world, create_user(world)["id"], products)["sdk_token"]
    assert claims(world, token)["products"] == [product.replace(".", "_") for product in products]


def test_the_tenant_is_the_same_in_every_token_of_a_world(world: TestWorld) -> None:
    tokens = [issue(world, create_user(world, name)["id"], PRODUCTS)["sdk_token"] for name in ("a", "b")]
    assert len({(claims(world, token)["tenant_id"], claims(world, token)["tenant_app_id"]) for token in tokens}) == 1


def test_an_sdk_token_for_an_unknown_user_is_refused(world: TestWorld, another: Another) -> None:
    foreigner = create_user(another(seed=2))["id"]
    for user_id in (NOBODY, foreigner, "x", ""):
        refused = world.insightiq("POST", "/v1/sdk-tokens", json={"user_id": user_id, "products": PRODUCTS})
        assert_refused(refused, 404, "incorrect_user_id")
