"""Requests to a world, as data: to be drawn at random, sent to several worlds, and compared byte for byte."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import httpx
from hypothesis import strategies as st

from tests.support import TestWorld

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
    status: int = field(compare=True)
    headers: tuple[tuple[str, str], ...]
    body: bytes


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


def readings(world: TestWorld) -> list[Call]:
    """What can be read of a world over all vendors, the population's accounts and campaigns one by one."""
    accounts = world.insightiq("GET", "/v1/accounts?limit=100").json()["data"]
    campaigns = world.storyclash("/external-api/campaigns").json()
    return [
        Call("control", "GET"),
        Call("control", "GET", "/clock"),
        Call("control", "GET", "/journal"),
        *(Call("insightiq", "GET", f"/v1/{what}?limit=100") for what in ("work-platforms", "users", "accounts")),
        *(Call("insightiq", "GET", f"/v1/accounts/{account['id']}") for account in accounts),
        *(Call("insightiq", "GET", f"/v1/users/external_id/{name}") for name in NAMES),
        Call("storyclash", "GET", "/external-api/campaigns"),
        *(Call("storyclash", "GET", f"/external-api/campaign/{campaign['id']}") for campaign in campaigns),
        Call("archive", content=MEDIA % 100),
        Call("archive", content='{creator(accountName: "nobody") {id}}'),
    ]


NAMES: Final = ("a", "b", "c")


def calls(accounts: Sequence[str], campaigns: Sequence[int]) -> st.SearchStrategy[Call]:
    """Of all kinds that change a world or number its answers."""
    account = st.sampled_from(accounts)
    campaign = st.sampled_from([*campaigns, 7])
    name = st.sampled_from(NAMES)
    seconds = st.integers(1, 2 * 86_400) | st.floats(1e-6, 86_400)
    return st.one_of(
        name.map(lambda name: Call("insightiq", "POST", "/v1/users", {"name": name, "external_id": name})),
        name.map(lambda name: Call("insightiq", "GET", f"/v1/users/external_id/{name}")),
        account.map(lambda id: Call("insightiq", "POST", f"/v1/accounts/{id}/disconnect", {})),
        account.map(lambda id: Call("insightiq", "GET", f"/v1/accounts/{id}")),
        name.map(lambda name: Call("insightiq", "POST", "/v1/links", {"external_id": name})),
        st.just(Call("insightiq", "GET", "/v1/users")),
        st.just(Call("insightiq", "POST", "/v1/users", {})),
        st.just(Call("insightiq", "DELETE", "/v1/users")),
        campaign.map(lambda id: Call("storyclash", "GET", f"/external-api/campaign/{id}", {"page": 1})),
        st.just(Call("storyclash", "GET", "/external-api/campaigns")),
        st.integers(0, 3).map(lambda first: Call("archive", content=MEDIA % first)),
        st.just(Call("archive", content="{nonsense}")),
        seconds.map(lambda by: Call("control", "POST", "/clock/advance", {"by": by})),
        st.sampled_from(["running", "frozen"]).map(lambda mode: Call("control", "PATCH", "/clock", {"mode": mode})),
        st.sampled_from([0.5, 2, 3600]).map(lambda rate: Call("control", "PATCH", "/clock", {"rate": rate})),
        st.just(Call("control", "DELETE", "/journal")),
    )
