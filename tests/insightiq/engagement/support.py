"""Accounts and what they have published, for the tests of Engagement."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from tests.insightiq.support import everything
from tests.support import TestWorld

CONTENTS: Final = "/v1/social/contents"
GROUPS: Final = "/v1/social/content-groups"
PUBLICATIONS: Final = "/v1/publications/contents"
COMMENTS: Final = "/v1/social/comments"
KINDS: Final = (CONTENTS, GROUPS, PUBLICATIONS)
SUBSTACK: Final = 10  # a seed whose population has a connected account there
REFRESHED: Final = "PT67S"  # by then a refresh is done
FETCHED: Final = "PT90S"  # and a historic fetch


def accounts(world: TestWorld, *platforms: str, status: str = "CONNECTED") -> list[dict[str, Any]]:
    return [
        account
        for account in everything(world, "/v1/accounts")
        if account["status"] == status and (not platforms or account["work_platform"]["name"] in platforms)
    ]


def listed(world: TestWorld, path: str, account: dict[str, Any], **narrowed: Any) -> list[dict[str, Any]]:
    """All of the account's, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        asked = {"account_id": account["id"], "limit": 100, "offset": len(found), **narrowed}
        answer = world.insightiq("GET", path, params=asked)
        assert answer.status_code == 200, answer.text
        found += answer.json()["data"]
        if len(answer.json()["data"]) < 100:
            return found


def busiest(world: TestWorld, *platforms: str, path: str = CONTENTS) -> dict[str, Any]:
    """The connected account with most of it."""
    return max(accounts(world, *platforms), key=lambda account: len(listed(world, path, account)))


def ask(world: TestWorld, path: str, account: dict[str, Any], from_date: str | None = None) -> None:
    """Refresh, or fetch from a day on."""
    operation = "refresh" if from_date is None else "fetch-historic"
    body = {"account_id": account["id"]} | ({} if from_date is None else {"from_date": from_date})
    answer = world.insightiq("POST", f"{path}/{operation}", json=body)
    assert (answer.status_code, answer.json()) == (202, body)


def engagement(world: TestWorld, account: dict[str, Any]) -> dict[str, Any]:
    """The account's product of that name."""
    block: dict[str, Any] = world.insightiq("GET", f"/v1/accounts/{account['id']}").json()["data"]["engagement"]
    return block


def day(timestamp: str, days: int = 0) -> str:
    return (date.fromisoformat(timestamp[:10]) + timedelta(days=days)).isoformat()


def moment(timestamp: str) -> datetime:
    return datetime.fromisoformat(timestamp.removesuffix("Z"))


def state(world: TestWorld) -> list[list[dict[str, Any]]]:
    """All that requests to this section can change."""
    owners = everything(world, "/v1/accounts")
    return [owners, *(listed(world, path, account) for path in KINDS for account in owners)]
