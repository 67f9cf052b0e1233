"""What the tests of Activity share."""

from typing import Any, Final

from tests.insightiq.support import everything
from tests.support import TestWorld

ARTISTS: Final = "/v1/media/activity/artists"
CONTENTS: Final = "/v1/media/activity/contents"
BOTH: Final = (ARTISTS, CONTENTS)
THINGS: Final = {ARTISTS: "artist", CONTENTS: "content"}  # as errors call them


def accounts_on(world: TestWorld, platform: str, status: str | None = None) -> list[dict[str, Any]]:
    return [
        each
        for each in everything(world, "/v1/accounts")
        if each["work_platform"]["name"] == platform and status in (None, each["status"])
    ]


def heard(world: TestWorld, path: str, account_id: str) -> list[dict[str, Any]]:
    """The whole list of an account, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        asked: dict[str, Any] = {"account_id": account_id, "limit": 100, "offset": len(found)}
        answer = world.insightiq("GET", path, params=asked)
        assert answer.status_code == 200, answer.text
        found += answer.json()["data"]
        if len(answer.json()["data"]) < 100:
            return found


def activity_state(world: TestWorld) -> list[list[dict[str, Any]]]:
    return [heard(world, path, each["id"]) for path in BOTH for each in accounts_on(world, "Spotify")]
