import pytest

from tests.contract.documents import emulated
from tests.insightiq.support import NOBODY, assert_refused, create_user, everything, state
from tests.support import TestWorld

PATHS = {
    path: {method.upper() for method in item if method in ("get", "put", "post", "patch", "delete")}
    for path, item in emulated("insightiq")["paths"].items()
}


def filled(path: str) -> str:
    return path.replace("{id}", NOBODY).replace("{external_id}", "nobody")


def allow(documented: set[str]) -> str:
    return ", ".join(sorted(documented | {"OPTIONS"} | ({"HEAD"} if "GET" in documented else set())))


@pytest.mark.parametrize("path", PATHS)
def test_other_methods_answer_405_with_those_that_are_allowed(world: TestWorld, path: str) -> None:
    before = state(world)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"} - PATHS[path]:
        refused = world.insightiq(method, filled(path))
        assert_refused(refused, 405, "method_not_allowed", allow(PATHS[path]))
        assert refused.headers["allow"] == allow(PATHS[path])
    assert state(world) == before


@pytest.mark.parametrize("path", PATHS)
def test_options_tells_the_methods_to_everybody(world: TestWorld, path: str) -> None:
    answer = world.client.options(filled(path))
    assert answer.status_code == 204
    assert answer.headers["allow"] == allow(PATHS[path])
    assert answer.content == b""


def test_head_answers_like_get_without_a_body(world: TestWorld) -> None:
    user, account = create_user(world), everything(world, "/v1/accounts")[0]
    platform = everything(world, "/v1/work-platforms")[0]
    ids = {"/v1/users/{id}": user["id"], "/v1/accounts/{id}": account["id"], "/v1/work-platforms/{id}": platform["id"]}
    for path in (path for path, methods in PATHS.items() if "GET" in methods):
        for target in (path.replace("{id}", ids.get(path, "")).replace("{external_id}", "ada-1"), filled(path)):
            get, head = (world.insightiq(method, target) for method in ("GET", "HEAD"))
            assert head.status_code == get.status_code
            assert head.headers.keys() == get.headers.keys()
            assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.content))
            assert head.content == b""


def test_head_is_refused_where_there_is_no_get(world: TestWorld) -> None:
    for path in (path for path, methods in PATHS.items() if "GET" not in methods):
        answer = world.insightiq("HEAD", filled(path))
        assert answer.status_code == 405
        assert answer.headers["allow"] == allow(PATHS[path])
