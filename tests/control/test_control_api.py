"""The control API as an HTTP interface: what it refuses, and in which words."""

import pytest

from emulator import __version__
from emulator.contract.document import load
from tests.support import Server

METHODS = {"get", "post", "put", "patch", "delete"}
PATHS = {path: {name.upper() for name in item if name in METHODS} for path, item in load("control")["paths"].items()}


def test_it_says_what_it_is(server: Server) -> None:
    shown = server.client.get("/_emulator/version").json()
    assert shown == {"name": "creator-api-emulator", "version": __version__, "api": "v0"}


def test_it_is_ready_as_soon_as_it_can_be_asked(server: Server) -> None:
    assert server.client.get("/_emulator/health").json() == {"status": "ready"}


@pytest.mark.parametrize("path", PATHS)
def test_other_methods_are_refused_with_those_that_there_are(server: Server, path: str) -> None:
    target = path.replace("{world}", "default")
    allowed = PATHS[path] | {"OPTIONS"} | ({"HEAD"} if "GET" in PATHS[path] else set())
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - allowed:
        answer = server.client.request(method, target)
        assert answer.status_code == 405
        assert answer.headers["allow"] == ", ".join(sorted(allowed))
    options = server.client.options(target)
    assert (options.status_code, options.headers["allow"]) == (204, ", ".join(sorted(allowed)))


@pytest.mark.parametrize("path", ["", "/", "/world", "/worlds/", "/worlds/default/", "/worlds/default/clock/stop"])
def test_unknown_paths_are_not_found(server: Server, path: str) -> None:
    answer = server.client.get(f"/_emulator{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "/docs" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["nope", "UPPER", "%20", "%00", "%C3%A9", "-", "a" * 64, "%23", "'--"])
def test_a_world_that_is_not_there_is_not_found(server: Server, name: str) -> None:
    at = f"/_emulator/worlds/{name}"
    for method, path, body in (
        ("GET", at, None),
        ("DELETE", at, None),
        ("POST", f"{at}/reset", None),
        ("GET", f"{at}/clock", None),
        ("PATCH", f"{at}/clock", {"mode": "frozen"}),
        ("POST", f"{at}/clock/advance", {"by": 1}),
        ("GET", f"{at}/journal", None),
        ("DELETE", f"{at}/journal", None),
    ):
        answer = server.client.request(method, path, json=body)
        assert answer.status_code == 404
        assert "There are: " in answer.json()["detail"]
        assert "default" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "seen"),
    [("{", "not JSON"), ("[]", "object"), ("null", "object"), ('{"by": NaN}', "not JSON"), ("", "required")],
)
def test_a_body_that_is_no_json_object_is_refused(server: Server, body: str, seen: str) -> None:
    answer = server.client.post("/_emulator/worlds/default/clock/advance", content=body)
    assert answer.status_code == 400
    assert seen in answer.json()["detail"]


def test_a_body_of_another_type_is_refused(server: Server) -> None:
    headers = {"content-type": "text/plain"}
    answer = server.client.patch("/_emulator/worlds/default/clock", content='{"mode": "frozen"}', headers=headers)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize(("path", "length"), [("/worlds/default/clock/advance", 2**20), ("/worlds", 2**26)])
def test_a_body_that_is_too_long_is_refused(server: Server, path: str, length: int) -> None:
    """New worlds may come with all that an exported one has."""
    answer = server.client.post(f"/_emulator{path}", content=b" " * (length + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/_emulator/version", "/_emulator/worlds", "/_emulator/worlds/default/journal"])
def test_a_misspelt_query_parameter_is_told(server: Server, path: str) -> None:
    answer = server.client.get(path, params={"limitt": 3})
    assert answer.status_code == 400
    assert "'limitt'" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "body", "told"),
    [
        ("POST", "", {"sed": 1}, "body: \"sed\" is not known; did you mean 'seed'?"),
        ("POST", "", {"name": "A B"}, 'body name: is "A B"; allowed: such as "default" or "checkout-test".'),
        ("POST", "", {"recipe": 5}, "body recipe: is 5; allowed: string or object."),
        ("POST", "", {"clock": {"mode": "frozn"}}, "body clock.mode: is \"frozn\"; did you mean 'frozen'?"),
        ("POST", "", {"limits": {"insightiq": "of"}}, 'body limits.insightiq: is "of"; allowed: integer or "off".'),
        ("POST", "/default/clock/advance", {"by": "1h"}, 'body by: is "1h"; allowed: such as "PT1H"'),
        ("POST", "/default/clock/advance", {"to": "soon"}, 'body to: is "soon"; allowed: such as "2026-01-01T'),
        ("PUT", "/default/faults", {"faults": [{"kind": "eror"}]}, 'body faults.0.kind: is "eror"; did you mean'),
        ("POST", "/default/campaigns", {"creators": [{"creator": 1, "cost": -4}]}, "body creators.0.cost: -4 is less"),
        ("POST", "/default/campaigns", {"creators": [True]}, "body creators.0: is true; allowed: "),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_may_be_meant(
    server: Server, method: str, path: str, body: object, told: str
) -> None:
    answer = server.client.request(method, f"/_emulator/worlds{path}", json=body)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(told)
