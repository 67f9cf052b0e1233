"""Who may use the control API of a server that listens on a port."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.process import Served, serving
from tests.support import hold_to_contract

VERSION = "/_emulator/version"
TOKEN = "open-sesame"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("local"), "--recipe", "empty") as served:
        yield served


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    arguments = ("--recipe", "empty", "--host", "0.0.0.0", "--control-token", TOKEN)
    with serving(tmp_path_factory.mktemp("public"), *arguments) as served:
        yield served


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8000", "LOCALHOST:80"])
def test_without_a_token_any_loopback_name_will_do(local: Served, host: str) -> None:
    assert local.client.get(VERSION, headers={"host": host}).status_code == 200
    assert local.client.get(VERSION, headers={"origin": f"http://{host}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:8000"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "localhost@evil.example"},
        {"host": "0.0.0.0"},
        {"host": "[::1"},
        {"host": ""},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "null"},
        {"origin": "evil.example"},
        {"origin": "file://"},
    ],
    ids=str,
)
def test_without_a_token_other_hosts_and_origins_are_refused(local: Served, headers: dict[str, str]) -> None:
    """A page in the user's browser can name this server, but comes with a name of its own, or none."""
    for method, path in (("GET", VERSION), ("POST", "/_emulator/worlds"), ("POST", "/_emulator/worlds/default/reset")):
        answer = local.client.request(method, path, headers=headers)
        assert answer.status_code == 403
        assert "loopback" in answer.json()["detail"]
    assert [world["name"] for world in local.client.get("/_emulator/worlds").json()["data"]] == ["default"]


def test_the_vendors_do_not_mind_the_host(local: Served) -> None:
    headers = {"host": "api.insightiq.ai", "origin": "https://app.example"}
    assert local.world().insightiq("GET", "/v1/users", headers=headers).status_code == 200


def test_a_token_is_made_up_when_others_can_reach_the_server(tmp_path: Path) -> None:
    with serving(tmp_path, "--recipe", "empty", "--host", "0.0.0.0") as served:
        token = served.banner["Control token"]
        assert len(token) >= 32
        assert served.client.get(VERSION).status_code == 401
        assert served.client.get(VERSION, headers={"authorization": f"Bearer {token}"}).status_code == 200


def test_the_banner_shows_the_token_beside_those_of_the_vendors(public: Served) -> None:
    served = public.client.get("/_emulator/worlds/default", headers={"authorization": f"Bearer {TOKEN}"})
    assert public.banner["Control token"] == TOKEN
    assert public.banner["Storyclash token"] == served.json()["credentials"]["storyclash"]["token"]


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer wrong", "Bearer {token}x", "Basic {token}", "{token}", "Bearer tökén"],
)
def test_where_there_is_a_token_it_is_asked_for(public: Served, authorization: str | None) -> None:
    given = [] if authorization is None else [(b"authorization", authorization.format(token=TOKEN).encode("latin-1"))]
    for method, path in (("GET", VERSION), ("GET", "/_emulator/worlds"), ("DELETE", "/_emulator/worlds/default")):
        answer = public.client.request(method, path, headers=[(b"host", b"127.0.0.1"), *given])
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert TOKEN not in answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_token_opens_from_everywhere(public: Served, scheme: str) -> None:
    headers = {
        "authorization": f"{scheme} {TOKEN}",
        "host": "emulator.example",
        "origin": "https://dashboard.example",
    }
    assert public.client.get(VERSION, headers=headers).status_code == 200


def test_health_needs_no_token(public: Served, local: Served) -> None:
    for served in (public, local):
        answer = served.client.get("/_emulator/health", headers={"host": "elsewhere.example"})
        assert answer.json() == {"status": "ready"}


def test_an_empty_token_is_none(tmp_path: Path) -> None:
    """As `--control-token=$TOKEN` gives it when the variable is not set."""
    arguments = ("--recipe", "empty", "--host", "0.0.0.0", "--control-token", "")
    with serving(tmp_path, *arguments) as served:
        assert served.banner.get("Control token")
        answer = httpx.get(f"{served.client.base_url}{VERSION}", headers={"authorization": "Bearer"})
        assert answer.status_code == 401
        hold_to_contract(answer)
