"""Items by the addresses of their posts."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.archive.community import world_from
from tests.archive.workspace.client import data, everything, problems
from tests.support import Server, TestWorld

LOOK = "query($urls: [String!]!) {found: itemIdsByUrl(urls: $urls) {url status itemId}}"


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[dict[str, Any]]:
    return everything(quiet, "items", "id originalUrl externalId provider type")


def look(world: TestWorld, *urls: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data(world, LOOK, urls=urls)["found"]
    return found


def statuses(world: TestWorld, *urls: str) -> list[str]:
    assert [each["url"] for each in look(world, *urls)] == list(urls)
    return [each["status"] for each in look(world, *urls)]


def one(items: list[dict[str, Any]], provider: str, *types: str) -> dict[str, Any]:
    return next(item for item in items if item["provider"] == provider and item["type"] in types)


def test_every_item_is_found_at_its_address(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    addressed = [item for item in items if item["originalUrl"]]
    assert {item["provider"] for item in addressed} == {"INSTAGRAM", "TIKTOK", "YOUTUBE"}
    for start in range(0, len(addressed), 100):
        some = addressed[start : start + 100]
        expected = [{"url": item["originalUrl"], "status": "FOUND", "itemId": item["id"]} for item in some]
        assert look(quiet, *(item["originalUrl"] for item in some)) == expected


HOSTS = st.sampled_from(["", "www.", "m.", "WWW."])
ENDS = st.sampled_from(["", "/", "?utm_source=a&igsh=b%3D", "/?img_index=2", "#comments", "/?a=b#c"])


@given(host=HOSTS, end=ENDS, scheme=st.sampled_from(["http", "https", "HTTPS"]), place=st.integers(0, 300))
def test_host_slash_and_query_do_not_matter(
    quiet: TestWorld, items: list[dict[str, Any]], host: str, end: str, scheme: str, place: int
) -> None:
    addressed = [item for item in items if item["originalUrl"] and "watch" not in item["originalUrl"]]
    item = addressed[place % len(addressed)]
    parts = urlsplit(item["originalUrl"])
    url = f"{scheme}://{host}{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{end}"
    assert look(quiet, url) == [{"url": url, "status": "FOUND", "itemId": item["id"]}]


def test_all_forms_of_an_address_lead_to_the_same_item(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    reel, clip = one(items, "INSTAGRAM", "REEL"), one(items, "TIKTOK", "POST")
    film, short = one(items, "YOUTUBE", "POST"), one(items, "YOUTUBE", "SHORT")
    code = reel["externalId"]
    urls = [f"https://instagram.com/{kind}/{code}" for kind in ("p", "reel", "reels")]
    assert {each["itemId"] for each in look(quiet, *urls)} == {reel["id"]}
    urls = [
        f"https://www.tiktok.com/@{name}/{kind}/{clip['externalId']}" for name in "ab" for kind in ("video", "photo")
    ]
    assert {each["itemId"] for each in look(quiet, *urls)} == {clip["id"]}
    for item in (film, short):
        forms = ("www.youtube.com/watch?v=", "m.youtube.com/watch?list=a&v=", "youtube.com/shorts/", "youtu.be/")
        urls = [f"https://{form}{item['externalId']}" for form in forms]
        assert {each["itemId"] for each in look(quiet, *urls)} == {item["id"]}


@pytest.mark.parametrize(
    "url",
    [
        "https://instagram.com/p/ABC123",
        "https://www.instagram.com/somebody/",
        "https://www.instagram.com/stories/somebody/123/",
        "https://vm.tiktok.com/ZMabc/",
        "https://www.tiktok.com/t/ZTabc/",
        "https://www.youtube.com/@somebody",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch",
        "https://youtu.be/",
        "https://instagram.com.evil.com/p/ABC123",
        "https://8.8.8.8/p/ABC123",
        "https://[2606:4700::1111]/",
        "http://example.com:8080/p/ABC123?u=1",
        "https://archive.com",
        "https://xn--bcher-kva.de/",
    ],
)
def test_an_address_of_no_item_is_not_found(quiet: TestWorld, url: str) -> None:
    assert statuses(quiet, url) == ["NOT_FOUND"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "nonsense",
        "instagram.com/p/ABC123",
        "//instagram.com/p/ABC123",
        "ftp://instagram.com/p/ABC123",
        "javascript:alert(1)",
        "mailto:somebody@instagram.com",
        "file:///etc/passwd",
        "http://",
        "https:///p/ABC123",
        "https://www.instagram.com/p/ABC 123",
        "https://www.instagram.com/p/ABC\n123",
        "https://insta gram.com/p/ABC123",
        "https://www.instagram.com:port/p/ABC123",
        "https://www.instagram.com:99999/p/ABC123",
        "https://..instagram.com/p/ABC123",
        "https://-.com/",
        "https://[::1",
        "http://localhost/p/ABC123",
        "http://LOCALHOST:3000/",
        "http://app.localhost/",
        "http://127.0.0.1/p/ABC123",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1:8080/p/ABC123",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://printer.local/",
        "http://db.internal/",
        "http://router.lan/",
        "http://intranet/",
        "http://something.test./",
        "http://1.0.0.10.in-addr.arpa/",
        "http://256.256.256.256/",
    ],
)
def test_what_cannot_be_looked_for_is_invalid(quiet: TestWorld, url: str) -> None:
    assert look(quiet, url) == [{"url": url, "status": "INVALID_URL", "itemId": None}]


def test_each_address_has_its_result_in_order_also_when_given_twice(
    quiet: TestWorld, items: list[dict[str, Any]]
) -> None:
    known = one(items, "TIKTOK", "POST")
    urls = [known["originalUrl"], "nonsense", "https://archive.com/", known["originalUrl"]]
    assert statuses(quiet, *urls) == ["FOUND", "INVALID_URL", "NOT_FOUND", "FOUND"]


def test_a_story_has_no_address(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    story = one(items, "INSTAGRAM", "STORY")
    assert story["originalUrl"] is None
    assert statuses(quiet, f"https://www.instagram.com/p/{story['externalId']}/") == ["NOT_FOUND"]


def test_ids_are_told_apart_by_case_and_platform(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    code = one(items, "INSTAGRAM", "REEL")["externalId"]
    urls = [f"https://instagram.com/p/{code.swapcase()}", f"https://youtu.be/{code}"]
    assert statuses(quiet, *urls) == ["NOT_FOUND", "NOT_FOUND"]


def test_items_of_another_workspace_are_not_found(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        other = world.credentials["archive"]["workspace_ids"][1]
        shown = data(world, "{items(first: 100) {nodes {originalUrl}}}")["items"]["nodes"]
        urls = [item["originalUrl"] for item in shown if item["originalUrl"]]
        assert {each["status"] for each in data(world, LOOK, urls=urls)["found"]} == {"FOUND"}
        assert {each["status"] for each in data(world, LOOK, other, urls=urls)["found"]} == {"NOT_FOUND"}


def test_there_are_1_to_100_addresses(quiet: TestWorld) -> None:
    assert len(look(quiet, *["https://archive.com/"] * 100)) == 100
    (many,) = problems(quiet, LOOK, urls=["nonsense"] * 101)
    assert many["message"] == "urls is too long (maximum is 100)"
    assert many["path"] == ["found"]
    (none,) = problems(quiet, LOOK, urls=[])
    assert none["message"] == "urls is too short (minimum is 1)"


HEADS = ("http://", "https://", "ftp:", "instagram.com", "tiktok.com", "youtube.com", "127.0.0.1", "xn--", "[", "]")
TAILS = ("/watch?v=", "/p/", "/@a/video/", "1" * 40, ":", "@", "#", "?", "%", "%00", "\x00", "é", "😀", ".", "..")
PIECES = st.sampled_from(HEADS + TAILS)
ADDRESSES = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join), st.text().map("https://{}".format)
)


@settings(max_examples=200)
@given(url=ADDRESSES)
@example("https://www.youtube.com/watch?v=a&v=b")
@example("https://www.youtube.com/watch?" + "&".join(["v=a"] * 5000))
@example("http://a" + ".a" * 4000 + ".com")
def test_any_text_has_a_result(quiet: TestWorld, url: str) -> None:
    (result,) = look(quiet, url)
    assert result["url"] == url
    assert result["status"] in ("INVALID_URL", "NOT_FOUND")
    assert result["itemId"] is None
    if not url.lower().startswith(("http://", "https://")):
        assert result["status"] == "INVALID_URL"
