"""What the tests of Identity share."""

from typing import Any, Final

from tests.insightiq.support import everything
from tests.support import TestWorld

PROFILES: Final = "/v1/profiles"
AUDIENCE: Final = "/v1/audience"
REFRESH: Final = "/v1/profiles/refresh"
WITH_AUDIENCE: Final = {"Instagram", "YouTube"}  # of the platforms that accounts are on in the recipe `default`


def accounts(world: TestWorld) -> list[dict[str, Any]]:
    return everything(world, "/v1/accounts")


def account(world: TestWorld, status: str, *platforms: str) -> dict[str, Any]:
    """An account of this status, on one of these platforms if any are named."""
    return next(
        each
        for each in accounts(world)
        if each["status"] == status and (not platforms or each["work_platform"]["name"] in platforms)
    )


def profile_of(world: TestWorld, account_id: str) -> dict[str, Any]:
    (profile,) = world.insightiq("GET", PROFILES, params={"account_id": account_id}).json()["data"]
    found: dict[str, Any] = profile
    return found


def audience_of(world: TestWorld, account_id: str) -> dict[str, Any]:
    answer = world.insightiq("GET", AUDIENCE, params={"account_id": account_id})
    assert answer.status_code == 200, answer.text
    audience: dict[str, Any] = answer.json()
    return audience


def followers(profile: dict[str, Any]) -> int:
    """Under whichever name the platform has for them; never under both."""
    (count,) = (
        profile["reputation"][key]
        for key in ("follower_count", "subscriber_count")
        if profile["reputation"][key] is not None
    )
    number: int = count
    return number


def identity_state(world: TestWorld) -> tuple[Any, ...]:
    """All that a refresh can change."""
    known = accounts(world)
    audiences = [world.insightiq("GET", AUDIENCE, params={"account_id": each["id"]}).json() for each in known]
    return known, everything(world, PROFILES), [each.get("updated_at") for each in audiences]
