"""Command line, test kit and contract suite ask by one client: each says in one line that a server is no emulator."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from click.testing import CliRunner

from emulator import API, __version__
from emulator.cli import main
from emulator.contract.document import load
from emulator.testing import Refused, connect
from tests.check.foreign import Respond, serving

HTML = {"content-type": "text/html; charset=utf-8"}
JSON = {"content-type": "application/json"}
NONE = "this seems to be no emulator"
OTHERS: dict[str, tuple[Respond, str]] = {
    "a page": (lambda *_: (200, HTML, b"<html></html>"), f"HTTP 200 and text/html: {NONE}"),
    "a failure": (lambda *_: (502, HTML, b"<html></html>"), f"HTTP 502 and text/html: {NONE}"),
    "an API": (lambda *_: (404, JSON, b'{"detail": "Not Found"}'), f"HTTP 404 and JSON of another kind: {NONE}"),
    "a list": (lambda *_: (200, JSON, b"[]"), f"HTTP 200 and JSON of another kind: {NONE}"),
    "an object": (lambda *_: (200, JSON, b"{}"), ""),
    "nothing": (lambda *_: (204, {}, b""), ""),
    "no type": (lambda *_: (200, {}, b"ok"), NONE),
    "elsewhere": (
        lambda *_: (301, {"location": "https://elsewhere.example/"}, b""),
        f"HTTP 301 to https://elsewhere.example/: {NONE}",
    ),
}

Told = Callable[[str], str]


def by_command(*arguments: str) -> Told:
    def told(url: str) -> str:
        done = CliRunner(env={"EMULATOR_URL": url, "EMULATOR_ENV_URL": url}).invoke(main, arguments)
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.stderr.removeprefix("emulator: ").removesuffix("\n")

    return told


def by_kit(url: str) -> str:
    with pytest.raises(Refused) as refused, connect(url):
        pass
    return str(refused.value)


def by_suite(url: str) -> str:
    done = CliRunner().invoke(main, ["check", "storyclash", "--target", url, "--world", "default"])
    assert done.exit_code == 2
    return done.stderr.removeprefix("emulator: ").removesuffix("\n")


ASKING = {
    "world list": by_command("world", "list"),
    "world create": by_command("world", "create", "mine"),
    "clock advance": by_command("clock", "advance", "PT1H"),
    "fault names": by_command("fault", "names"),
    "env": by_command("env"),
    "kit": by_kit,
    "suite": by_suite,
}


@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize("other", OTHERS)
def test_a_server_that_is_no_emulator_is_told_in_one_line(asking: str, other: str) -> None:
    respond, words = OTHERS[other]
    with serving(respond) as foreign:
        told = ASKING[asking](foreign.url)
        assert foreign.url in told
    assert "\n" not in told
    assert words in told
    assert "emulator" in told


@contextmanager
def babbling() -> Iterator[str]:
    """A server that does not speak HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def babble() -> None:
            for _ in range(2):
                with suppress(OSError), listening.accept()[0] as connection:
                    connection.recv(65_536)
                    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

        threading.Thread(target=babble, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize("asking", ASKING)
def test_what_does_not_speak_http_is_told_in_one_line(asking: str) -> None:
    with babbling() as url:
        told = ASKING[asking](url)
    assert told.startswith(f"no emulator answers at {url}: ")
    assert told.endswith("; start one with: emulator serve")
    assert "\n" not in told


@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://127.0.0.1:65536", "http://[::1"])
def test_where_nobody_answers_is_told_in_one_line(asking: str, url: str) -> None:
    told = ASKING[asking](url)
    assert told.startswith(f"no emulator answers at {url}: ")
    assert "\n" not in told


@pytest.mark.parametrize("asking", ["world list", "env", "kit"])
def test_a_proxy_is_no_way_to_this_machine(asking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy, serving(lambda *_: (418, HTML, b"")) as foreign:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert "HTTP 418" in ASKING[asking](foreign.url)
        assert proxy.asked == []


def test_an_emulator_with_another_control_api_is_told() -> None:
    told = b'{"name": "creator-api-emulator", "version": "9.0.0", "api": "v9"}'
    with serving(lambda *_: (200, JSON, told)) as other:
        words = by_kit(other.url)
    assert words.startswith(f"{other.url} is emulator 9.0.0 with the control API v9; this is {__version__} with v0: ")


def test_clients_speak_the_control_api_of_this_version() -> None:
    assert load("control")["info"]["version"] == API
