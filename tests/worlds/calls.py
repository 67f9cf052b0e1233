"""Requests to a world, as data: to be drawn at random, sent to several worlds, and compared byte for byte."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

import httpx
from hypothesis import strategies as st

from tests.support import Server, TestWorld

Api = Literal["insightiq", "storyclash", "archive", "control"]


@dataclass(frozen=True)
class Call:
    """`content` is the JSON body, Storyclash's parameters, or Archive's document."""

    api: Api
    method: str = "POST"
    path: str = ""
    content: Any = None


@dataclass(frozen=True)
class Heard:
    """An answer to the last byte."""

    call: Call
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@contextmanager
def made(server: Server, **plan: Any) -> Iterator[TestWorld]:
    """A world that is gone afterwards, so that its name is free again."""
    world = server.world(**plan)
    try:
        yield world
    finally:
        world.control("DELETE")


def send(world: TestWorld, call: Call) -> Heard:
    answer = _sent(world, call)
    return Heard(call, answer.status_code, tuple(answer.headers.multi_items()), answer.content)


def _sent(world: TestWorld, call: Call) -> httpx.Response:
    if call.api == "insightiq":
        return world.insightiq(call.method, call.path, json=call.content)
    if call.api == "storyclash":
        return world.storyclash(call.path, **(call.content or {}))
    if call.api == "control":
        return world.control(call.method, call.path, json=call.content)
    headers = {"authorization": f"Bearer {world.credentials['archive']['token']}"}
    return world.client.post("/api/v1", json={"query": call.content}, headers=headers)


MEDIA: Final = "{mediaItems(first: %d) {totalCount nodes {id caption takenAt creator {id accountName}}}}"
NAMES: Final = ("a", "b", "c")


@dataclass(frozen=True)
class Population:
    """The ids that worlds of one recipe and seed have in common."""

    users: Sequence[str]
    accounts: Sequence[str]
    campaigns: Sequence[int]

    @classmethod
    def of(cls, world: TestWorld) -> "Population":
        return cls(
            [user["id"] for user in world.insightiq("GET", "/v1/users?limit=100").json()["data"]],
            [account["id"] for account in world.insightiq("GET", "/v1/accounts?limit=100").json()["data"]],
            [campaign["id"] for campaign in world.storyclash("/external-api/campaigns").json()],
        )


def readings(population: Population) -> list[Call]:
    """What can be read of a world over all vendors; first of all its journal, which the others fill."""
    return [
        Call("control", "GET", "/journal"),
        Call("control", "GET"),
        Call("control", "GET", "/clock"),
        *(Call("insightiq", "GET", f"/v1/{what}?limit=100") for what in ("work-platforms", "users", "accounts")),
        *(Call("insightiq", "GET", f"/v1/users/{key}") for key in population.users),
        *(Call("insightiq", "GET", f"/v1/accounts/{key}") for key in population.accounts),
        *(Call("insightiq", "GET", f"/v1/users/external_id/{name}") for name in NAMES),
        Call("storyclash", "GET", "/external-api/campaigns"),
        *(Call("storyclash", "GET", f"/external-api/campaign/{key}", {"page": 1}) for key in population.campaigns),
        Call("archive", content=MEDIA % 100),
        Call("archive", content='{creator(accountName: "nobody") {id}}'),
    ]


def calls(population: Population) -> st.SearchStrategy[Call]:
    """Of all kinds that change a world or number its answers."""
    account, user = st.sampled_from(population.accounts), st.sampled_from(population.users)
    campaign = st.sampled_from([*population.campaigns, 7])
    name = st.sampled_from(NAMES)
    seconds = st.integers(1, 2 * 86_400) | st.floats(1e-6, 86_400)
    return st.one_of(
        name.map(lambda name: Call("insightiq", "POST", "/v1/users", {"name": name, "external_id": name})),
        name.map(lambda name: Call("insightiq", "GET", f"/v1/users/external_id/{name}")),
        account.map(lambda key: Call("insightiq", "POST", f"/v1/accounts/{key}/disconnect", {})),
        account.map(lambda key: Call("insightiq", "GET", f"/v1/accounts/{key}")),
        name.map(lambda name: Call("insightiq", "POST", "/v1/links", {"external_id": name})),
        user.map(lambda key: Call("insightiq", "POST", "/v1/sdk-tokens", {"user_id": key, "products": ["IDENTITY"]})),
        st.just(Call("insightiq", "GET", "/v1/users")),
        st.just(Call("insightiq", "POST", "/v1/users", {})),
        st.just(Call("insightiq", "DELETE", "/v1/users")),
        campaign.map(lambda key: Call("storyclash", "GET", f"/external-api/campaign/{key}", {"page": 1})),
        st.just(Call("storyclash", "GET", "/external-api/campaigns")),
        st.integers(0, 3).map(lambda first: Call("archive", content=MEDIA % first)),
        st.just(Call("archive", content="{nonsense}")),
        seconds.map(lambda by: Call("control", "POST", "/clock/advance", {"by": by})),
        st.sampled_from(["running", "frozen"]).map(lambda mode: Call("control", "PATCH", "/clock", {"mode": mode})),
        st.sampled_from([0.5, 2, 3600]).map(lambda rate: Call("control", "PATCH", "/clock", {"rate": rate})),
        st.just(Call("control", "DELETE", "/journal")),
    )
