"""What the tests of an account's life share: what is done to it, and what is told of it."""

import json
from dataclasses import dataclass
from typing import Any, Final

import httpx

from emulator.contract.document import load
from tests.insightiq.support import everything
from tests.support import TestWorld
from tests.webhooks.sender import settle

CORE: Final = tuple(load("insightiq")["components"]["schemas"]["CoreEventName"]["enum"])
ACCOUNTS: Final = "/v1/accounts"
SYNCED: Final = "PT67S"  # by then every product is there


@dataclass(frozen=True)
class Told:
    """An event; `at` is the instant on which it was raised, as InsightIQ writes it."""

    at: str
    event: str
    body: str

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.body)["data"]
        return data


def command(world: TestWorld, path: str = "", **body: Any) -> httpx.Response:
    return world.control("POST", f"/insightiq/accounts{path}", json=body)


def connect(world: TestWorld, platform: str = "TikTok", **body: Any) -> dict[str, Any]:
    answer = command(world, work_platform=platform, **body)
    assert answer.status_code == 201, answer.text
    account: dict[str, Any] = answer.json()
    return account


def disconnect(world: TestWorld, account: dict[str, Any]) -> dict[str, Any]:
    return _changed(world, account, "disconnect")


def expire(world: TestWorld, account: dict[str, Any], *, now: bool = False) -> dict[str, Any]:
    return _changed(world, account, "expire", now=now)


def reconnect(world: TestWorld, account: dict[str, Any]) -> dict[str, Any]:
    return _changed(world, account, "reconnect")


def _changed(world: TestWorld, account: dict[str, Any], how: str, **body: Any) -> dict[str, Any]:
    answer = command(world, f"/{account['id']}/{how}", **body)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


def shown(world: TestWorld, account: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = world.insightiq("GET", f"{ACCOUNTS}/{account['id']}").json()
    return found


def told(world: TestWorld, account: dict[str, Any] | None = None) -> list[Told]:
    """Everything that was told, or what was told of one account, in the order in which it was raised."""
    settle(world)
    found: list[dict[str, Any]] = []
    while True:
        older = {"before": found[-1]["id"]} if found else {}
        page = world.control("GET", "/deliveries", params={"limit": 100, **older}).json()["data"]
        found += page
        if len(page) < 100:
            break
    assert all(each["state"] == "delivered" for each in found)
    events = [Told(each["raised_at"].rstrip("Z"), each["event"], each["request"]["body"]) for each in reversed(found)]
    return [each for each in events if account is None or each.data["account_id"] == account["id"]]


def items(events: list[Told], name: str) -> list[str]:
    """The ids that events of that name have, put together."""
    return [each for event in events if event.event == name for each in event.data["items"]]


def state(world: TestWorld) -> list[Any]:
    """Users, accounts and profiles."""
    return [everything(world, path) for path in ("/v1/users", ACCOUNTS, "/v1/profiles")]


def naive(world: TestWorld) -> str:
    return world.now().rstrip("Z")
