"""Where webhooks may go: to this machine, and further only if the user says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.settings import Settings
from tests.cli.process import serving
from tests.support import Server, TestWorld, running
from tests.webhooks.receiver import Receiver
from tests.webhooks.sender import inbox, is_active, log, raise_event, settle, subscribe

ELSEWHERE = [
    "http://hooks.example.com/in",
    "https://93.184.216.34/in",
    "http://0.0.0.0/in",
    "http://[::ffff:8.8.8.8]/in",
    "http://169.254.169.254/latest/meta-data",
    "http://localhost.example.com/in",
    "http://localhost@hooks.example.com/in",
    "http://127.0.0.1.example.com/in",
]


@pytest.fixture(scope="module")
def open_server() -> Iterator[Server]:
    """No host leads elsewhere, though some look as if."""
    with running(Settings(recipe="empty", allow_webhooks_to=("0.0.0.*", "*.test"))) as server:
        yield server


@pytest.mark.parametrize("url", ELSEWHERE)
def test_nothing_goes_to_another_machine(world: TestWorld, url: str) -> None:
    webhook = subscribe(world, url)
    raise_event(world)
    world.advance(by="P1D")
    (logged,) = log(world)
    assert logged["state"] == "blocked"
    assert "--allow-webhooks-to" in logged["reason"]
    assert [(each["status"], each["error"]) for each in logged["attempts"]] == [(None, logged["reason"])]
    assert is_active(world, webhook), "it is no failure of the webhook's"


def test_this_machine_has_several_names(world: TestWorld, receiver: Receiver) -> None:
    for host in ("localhost", "LOCALHOST", "127.0.0.1"):
        subscribe(world, receiver.url.replace("127.0.0.1", host))
    raise_event(world)
    settle(world)
    assert [each["state"] for each in log(world)] == ["delivered"] * 3


def test_a_host_that_is_allowed_gets_what_is_for_it(open_server: Server, receiver: Receiver) -> None:
    world = open_server.world(recipe="empty", clock={"mode": "frozen"})
    subscribe(world, receiver.url.replace("127.0.0.1", "0.0.0.0"))
    subscribe(world, "http://0.0.1.0/in")
    subscribe(world, "http://test/in")
    raise_event(world)
    settle(world)
    assert [each["state"] for each in log(world)] == ["delivered", "blocked", "blocked"]


@pytest.mark.parametrize(
    "base_url", ["http://emulator.example", "https://proxy.example:8443/emulator", "http://127.0.0.1"]
)
def test_what_is_for_the_emulator_itself_is_not_sent_round(receiver: Receiver, base_url: str) -> None:
    """Whatever name it has; other ports of that name are others' still."""
    with running(Settings(recipe="empty", base_url=base_url)) as server:
        world = server.world(recipe="empty", clock={"mode": "frozen"})
        subscribe(world, world.control("GET").json()["inbox_url"])
        subscribe(world, receiver.url)
        raise_event(world)
        settle(world)
        assert [each["state"] for each in log(world)] == ["delivered", "delivered"]
        assert len(inbox(world)) == len(receiver.received) == 1


@pytest.mark.parametrize(
    ("arguments", "variables", "file"),
    [
        (["--allow-webhooks-to", "*.test", "--allow-webhooks-to", "0.0.0.*"], {}, ""),
        ([], {"EMULATOR_ALLOW_WEBHOOKS_TO": "*.test 0.0.0.*"}, ""),
        ([], {}, 'allow-webhooks-to = ["*.test", "0.0.0.*"]'),
    ],
    ids=["flags", "variable", "file"],
)
def test_several_hosts_can_be_allowed_in_every_way(
    tmp_path: Path, receiver: Receiver, arguments: list[str], variables: dict[str, str], file: str
) -> None:
    (tmp_path / "emulator.toml").write_text(f'recipe = "empty"\nclock = "frozen"\n{file}\n')
    with serving(tmp_path, *arguments, **variables) as served:
        subscribe(served.world(), receiver.url.replace("127.0.0.1", "0.0.0.0"))
        subscribe(served.world(), "http://hooks.example.com/in")
        raise_event(served.world())
        settle(served.world())
        assert [each["state"] for each in log(served.world())] == ["delivered", "blocked"]
