"""A world's secrets are in no journal and in no line of the log, wherever a client puts them."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.cli.process import Served, serving
from tests.support import TestWorld

CAMPAIGNS = "/external-api/campaigns"
USERS = "/v1/users"
FIELDS = "{mediaItems(first: 1) {nodes {id}}}"


@dataclass(frozen=True)
class Holder:
    """A world and what it has to hide."""

    world: TestWorld

    @property
    def secret(self) -> str:
        return str(self.world.credentials["insightiq"]["password"])

    @property
    def bearer(self) -> str:
        return str(self.world.credentials["archive"]["token"])

    @property
    def token(self) -> str:
        return str(self.world.credentials["storyclash"]["token"])

    @property
    def basic(self) -> str:
        return b64encode(":".join(self.world.insightiq_auth).encode()).decode()

    def secrets(self) -> list[str]:
        return [self.secret, self.bearer, self.token, self.basic]

    def get(self, target: str, **arguments: Any) -> None:
        self.world.client.get(target, **arguments)

    def with_header(self, name: str, value: str) -> None:
        """To each vendor, with the credential where it belongs besides."""
        self.get(f"{CAMPAIGNS}?token={self.token}", headers={name: value})
        self.get(USERS, auth=self.world.insightiq_auth, headers={name: value})
        self.world.archive(FIELDS, headers={name: value})


Place = Callable[[Holder], None]

PLACES: dict[str, Place] = {
    "where they belong": lambda holder: holder.with_header("x-other", "1"),
    "query, twice": lambda holder: holder.get(f"{CAMPAIGNS}?token={holder.token}&token={holder.token}"),
    "query, in capitals": lambda holder: holder.get(f"{CAMPAIGNS}?TOKEN={holder.token}&token={holder.token}"),
    "query, the name encoded": lambda holder: holder.get(f"{CAMPAIGNS}?%74oke%6E={holder.token}"),
    "query, the name encoded, again": lambda holder: holder.get(f"{CAMPAIGNS}?token={holder.token}&%74oken=x"),
    "query, under another name": lambda holder: holder.get(f"{CAMPAIGNS}?token={holder.token}&auth={holder.bearer}"),
    "query, after a semicolon": lambda holder: holder.get(f"{CAMPAIGNS}?token={holder.token}&a=b;token={holder.token}"),
    "query, of a vendor that has none": lambda holder: holder.get(
        f"{USERS}?token={holder.secret}&key={holder.secret}", auth=holder.world.insightiq_auth
    ),
    "header of another scheme": lambda holder: holder.get(
        f"{CAMPAIGNS}?token={holder.token}", headers={"authorization": f"Token {holder.token}"}
    ),
    "header, twice": lambda holder: holder.get(
        f"{CAMPAIGNS}?token={holder.token}", headers=[("authorization", holder.basic), ("authorization", holder.bearer)]
    ),
    "basic in small letters": lambda holder: holder.get(USERS, headers={"authorization": f"basic  {holder.basic}"}),
    "header x-api-key": lambda holder: holder.with_header("x-api-key", holder.token),
    "header x-token": lambda holder: holder.with_header("x-token", holder.token),
    "header token": lambda holder: holder.with_header("token", holder.bearer),
    "header x-authorization": lambda holder: holder.with_header("x-authorization", f"Basic {holder.basic}"),
    "header referer": lambda holder: holder.with_header("referer", f"http://localhost/?token={holder.token}"),
    "header cookie": lambda holder: holder.with_header("cookie", f"token={holder.token}"),
    "path": lambda holder: holder.get(f"{USERS}/{holder.secret}", auth=holder.world.insightiq_auth),
    "body, as a value": lambda holder: holder.world.insightiq(
        "POST", USERS, json={"name": holder.secret, "external_id": holder.token}
    ).close(),
    "body, as a form": lambda holder: holder.world.insightiq(
        "POST", USERS, content=f"token={holder.token}&client_secret={holder.secret}"
    ).close(),
    "body, the name escaped": lambda holder: holder.world.insightiq(
        "POST", USERS, content=f'{{"\\u0074oken": "{holder.token}"}}'
    ).close(),
    "body, cut within": lambda holder: holder.world.insightiq(
        "POST", USERS, content=f'{{"name": "{"x" * 4060}", "token": "{holder.token}"}}'
    ).close(),
    "document": lambda holder: holder.world.archive(f'{{creator(accountName: "{holder.bearer}") {{id}}}}').clear(),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    arguments = ("--recipe", "empty", "--log-level", "debug")
    with serving(tmp_path_factory.mktemp("secrets"), *arguments) as served:
        yield served


@pytest.fixture
def holder(served: Served) -> Iterator[Holder]:
    made = served.client.post("/_emulator/worlds", json={"recipe": "empty"}).json()
    yield Holder(TestWorld(made["name"], made["credentials"], served.client))
    served.client.delete(f"/_emulator/worlds/{made['name']}")


def kept(served: Served, holder: Holder) -> str:
    """All that is written down."""
    return holder.world.control("GET", "/journal").text + served.log.read_text()


@pytest.mark.parametrize("place", PLACES)
def test_no_credential_is_written_down(served: Served, holder: Holder, place: str) -> None:
    before = kept(served, holder)
    PLACES[place](holder)
    written = kept(served, holder)
    assert len(written) > len(before)
    for secret in holder.secrets():
        assert secret not in written
        assert secret[: len(secret) // 2] not in written, "half of it"


def test_no_sdk_token_is_written_down(served: Served, holder: Holder) -> None:
    world = holder.world
    user = world.insightiq("POST", USERS, json={"name": "A", "external_id": "a"}).json()
    body = {"user_id": user["id"], "products": ["IDENTITY"]}
    token = world.insightiq("POST", "/v1/sdk-tokens", json=body).json()["sdk_token"]
    holder.get(USERS, auth=world.insightiq_auth, params={"sdk_token": token})
    holder.get(USERS, headers={"authorization": f"Bearer {token}"})
    assert token.rpartition(".")[2] not in kept(served, holder)


def test_no_credential_of_a_world_that_is_gone_is_written_down(served: Served) -> None:
    """Such requests are in the log only."""
    made = served.client.post("/_emulator/worlds", json={"name": "gone", "recipe": "empty"}).json()
    holder = Holder(TestWorld("gone", made["credentials"], served.client))
    served.client.delete("/_emulator/worlds/gone")
    holder.with_header("x-other", "1")
    log = served.log.read_text()
    assert '"world":null' in log
    for secret in holder.secrets():
        assert secret not in log
