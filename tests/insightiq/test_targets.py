"""Addresses byte for byte, which only a server on a port receives: client libraries tidy them up."""

import pytest

from tests.insightiq.live import Live
from tests.insightiq.support import assert_refused


@pytest.mark.parametrize(
    "target",
    [
        "/v1/./users",
        "/v1/../v1/users",
        "/v1/users/../users",
        "/v1//users",
        "/v1/users//",
        "/v1/%zz/x",
        "/v1/%",
        "/v1/users;a=b",
        "/v1/users/%FF",
        "/v1/users/%C3%28/x",
    ],
)
def test_a_path_is_taken_as_it_is_written(live: Live, target: str) -> None:
    assert_refused(live.send("GET", target), 404, "incorrect_path")


@pytest.mark.parametrize("target", ["/v1/users/..", "/v1/users/.", "/v1/users/%zz", "/v1/users/%", "/v1/users/a;b=c"])
def test_dots_and_bad_percent_encoding_may_stand_for_an_id(live: Live, target: str) -> None:
    assert_refused(live.send("GET", target), 404, "incorrect_user_id")


@pytest.mark.parametrize(
    "target", ["/v1/users?limit=%zz", "/v1/users?limit=%", "/v1/users?limit=1%", "/v1/users?limit=%FF"]
)
def test_a_limit_with_bad_percent_encoding_is_refused(live: Live, target: str) -> None:
    assert_refused(live.send("GET", target), 400, "INVALID_FIELDS")


def test_an_address_that_is_too_long_is_refused(live: Live) -> None:
    assert_refused(live.send("GET", f"/v1/users?a={'x' * 16_384}"), 413, "request_too_large")


def test_head_sends_no_body(live: Live) -> None:
    get, head = live.send("GET", "/v1/users"), live.send("HEAD", "/v1/users")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(get.content))
