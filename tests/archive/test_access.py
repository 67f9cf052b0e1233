"""Who is let in, to which shop, by which path and method."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.archive.library import PATH, Library, data, fetch_all, post
from tests.support import Server, TestWorld

ASKED = '{"query": "{mediaItems {totalCount}}"}'
TOTAL = "{mediaItems {totalCount}}"


@pytest.fixture(scope="module")
def two_shops(server: Server) -> Iterator[TestWorld]:
    world = server.world(recipe="demo", clock={"mode": "frozen"})
    yield world
    world.control("DELETE")


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic {token}", "{token}", "Token {token}", "Bearer {token}x", "Bearer x {token}",
     "Bearer {other}", "bearer\t{token}"],
)  # fmt: skip
def test_without_a_known_bearer_token_the_answer_is_401(library: Library, header: str) -> None:
    credentials = library.world.credentials
    text = header.format(token=credentials["archive"]["token"], other=credentials["storyclash"]["token"])
    refused = post(library.world, ASKED, authorization=text)
    assert refused.status_code == 401
    assert refused.json() == {"errors": "Missing or invalid authentication token"}


def test_without_any_authorization_the_answer_is_401(library: Library) -> None:
    refused = library.world.client.post(PATH, content=ASKED)
    assert refused.status_code == 401
    assert refused.json() == {"errors": "Missing or invalid authentication token"}


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(library: Library, scheme: str) -> None:
    token = library.world.credentials["archive"]["token"]
    assert post(library.world, ASKED, authorization=f"{scheme} {token}").status_code == 200


def test_the_token_of_a_deleted_world_is_unknown(server: Server) -> None:
    world = server.world(recipe="empty")
    assert post(world, ASKED).status_code == 200
    world.control("DELETE")
    assert post(world, ASKED).status_code == 401


def test_a_token_sees_its_own_world_only(library: Library, server: Server) -> None:
    empty = server.world(recipe="empty")
    assert data(empty, TOTAL) == {"mediaItems": {"totalCount": 0}}
    assert data(library.world, TOTAL) == {"mediaItems": {"totalCount": len(library.items)}}


def test_the_only_shop_need_not_be_named(library: Library) -> None:
    [shop] = library.world.credentials["archive"]["shop_ids"]
    everything = {"mediaItems": {"totalCount": len(library.items)}}
    assert data(library.world, TOTAL) == everything
    assert data(library.world, TOTAL, {"SHOP-ID": str(shop)}) == everything


def test_one_of_several_shops_has_to_be_named(two_shops: TestWorld) -> None:
    refused = post(two_shops, ASKED)
    assert refused.status_code == 404
    assert refused.json() == {"errors": "Shop not found"}


def test_two_shops_share_no_items_and_no_creators(two_shops: TestWorld) -> None:
    one, other = (
        fetch_all(two_shops, "id creator {id}", **{"SHOP-ID": str(shop)})
        for shop in two_shops.credentials["archive"]["shop_ids"]
    )
    assert one
    assert other
    assert not {item["id"] for item in one} & {item["id"] for item in other}
    assert not {item["creator"]["id"] for item in one} & {item["creator"]["id"] for item in other}


def test_what_another_shop_has_is_not_found(two_shops: TestWorld) -> None:
    one, other = ({"SHOP-ID": str(shop)} for shop in two_shops.credentials["archive"]["shop_ids"])
    item = fetch_all(two_shops, "id creator {accountName}", **one)[0]
    query = "query($item: String, $name: String) {mediaItem(id: $item) {id} creator(accountName: $name) {id}}"
    wanted = {"item": item["id"], "name": item["creator"]["accountName"]}
    assert data(two_shops, query, one, **wanted)["mediaItem"]["id"] == item["id"]
    assert data(two_shops, query, other, **wanted) == {"mediaItem": None, "creator": None}


@given(st.integers().map(str) | st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1))
def test_a_shop_that_the_token_does_not_cover_is_not_found(library: Library, shop: str) -> None:
    assume(shop != str(library.world.credentials["archive"]["shop_ids"][0]))
    refused = post(library.world, ASKED, **{"shop-id": shop})
    assert refused.status_code == 404
    assert refused.json() == {"errors": "Shop not found"}


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_another_method_is_not_allowed(library: Library, method: str) -> None:
    token = library.world.credentials["archive"]["token"]
    refused = library.world.client.request(method, PATH, headers={"authorization": f"Bearer {token}"})
    assert refused.status_code == 405
    assert refused.headers["allow"] == "OPTIONS, POST"
    assert refused.json() == {"errors": "Method not allowed"}


@pytest.mark.parametrize(("method", "status"), [("OPTIONS", 204), ("HEAD", 405)])
def test_methods_without_a_body_in_the_answer_tell_which_are_allowed(
    library: Library, method: str, status: int
) -> None:
    client = library.world.client
    # past the hook of the client, which reads every answer of this API as JSON
    told = client._transport.handle_request(client.build_request(method, PATH))
    assert (told.status_code, told.headers["allow"]) == (status, "OPTIONS, POST")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/", "/api/v1/graphql", "/api/V1", "/api/v3", "/api/v1%0A"])
def test_an_unknown_path_is_not_found(library: Library, path: str) -> None:
    token = library.world.credentials["archive"]["token"]
    refused = library.world.client.post(path, content=ASKED, headers={"authorization": f"Bearer {token}"})
    assert refused.status_code == 404
    assert refused.json() == {"errors": "Not found"}
