"""A fixed list of requests to all vendors, and what a new server answers to them.

As a program it prints a digest, for a look into another process: python -m tests.population.answers [SEED]
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import httpx

from emulator.settings import Settings
from tests.archive.library import ITEM
from tests.population.recipes import first_world
from tests.support import RealTime, TestWorld, running

PAGE = f"{{mediaItems(first: 100) {{totalCount nodes {{{ITEM}}} pageInfo {{endCursor hasNextPage}}}}}}"
REFUSED = [
    "{nope}",
    "{",
    "",
    '{mediaItems(after: "!!!") {nodes {id}}}',
    "query($a: Int) {creator(id: $a) {id}}",
    "{creator(id: 1) {accountName}}",
]


@dataclass(frozen=True)
class Answer:
    asked: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def answers(seed: int = 1, real_time: int = 1_800_000_000_000_000, recipe: str = "default") -> list[Answer]:
    """Of a server of its own, whose clock stands still unless it is moved."""
    with running(Settings(recipe=recipe, seed=seed, clock="frozen"), RealTime(real_time)) as server:
        return [_answer(response) for response in _responses(first_world(server))]


def digest(seed: int = 1) -> str:
    return sha256(repr(answers(seed)).encode()).hexdigest()


def _answer(response: httpx.Response) -> Answer:
    asked = f"{response.request.method} {response.request.url} {response.request.content!r}"
    return Answer(asked, response.status_code, list(response.headers.items()), response.content)


def _responses(world: TestWorld) -> Iterator[httpx.Response]:
    yield from _insightiq(world)
    yield from _archive(world)
    yield from _storyclash(world)
    yield world.control("POST", "/clock/advance", json={"by": "P2DT3H"})
    yield world.insightiq("GET", "/v1/accounts?limit=100")
    yield from _storyclash(world)
    yield world.control("GET")


def _insightiq(world: TestWorld) -> Iterator[httpx.Response]:
    made = world.insightiq("POST", "/v1/users", json={"name": "Somebody", "external_id": "somebody"})
    yield made
    yield world.insightiq("POST", "/v1/users", json={"name": "Somebody", "external_id": "somebody"})
    yield world.insightiq("POST", "/v1/users", json={"name": 5})
    token = {"user_id": made.json()["id"], "products": ["IDENTITY"]}
    yield world.insightiq("POST", "/v1/sdk-tokens", json=token)
    for place in ("users?limit=100", "users?offset=3&limit=2", "work-platforms?limit=100", "nowhere", "users?limit=x"):
        yield world.insightiq("GET", f"/v1/{place}")
    accounts = world.insightiq("GET", "/v1/accounts?limit=100")
    yield accounts
    ids = [account["id"] for account in accounts.json()["data"] if account["status"] == "CONNECTED"]
    yield world.insightiq("GET", f"/v1/accounts/{ids[0]}")
    yield world.insightiq("POST", f"/v1/accounts/{ids[0]}/disconnect", json={})
    yield world.insightiq("POST", f"/v1/accounts/{ids[0]}/disconnect", json={})
    yield world.client.get("/v1/users", auth=("nobody", "nothing"))


def _archive(world: TestWorld) -> Iterator[httpx.Response]:
    headers = {"authorization": f"Bearer {world.credentials['archive']['token']}"}
    for query in (PAGE, *REFUSED):
        yield world.client.post("/api/v1", content=json.dumps({"query": query}), headers=headers)
    yield world.client.post("/api/v1", content="{", headers=headers)
    yield world.client.post("/api/v1", content="{}", headers={"authorization": "Bearer nope"})


def _storyclash(world: TestWorld) -> Iterator[httpx.Response]:
    campaigns = world.storyclash("/external-api/campaigns")
    yield campaigns
    ids: list[Any] = [campaign["id"] for campaign in campaigns.json()]
    for campaign_id in (*ids, ids[0], "x", 1):
        yield world.storyclash(f"/external-api/campaign/{campaign_id}")
    yield world.client.get("/external-api/campaigns?token=nope")


if __name__ == "__main__":
    print(digest(*map(int, sys.argv[1:])))
