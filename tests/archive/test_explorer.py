"""The page at the documented path: it works without a network, and asks nobody but this server."""

import re
from base64 import b64encode
from hashlib import sha256

import httpx
import pytest
from graphql import get_introspection_query

from tests.archive.library import Library, data

PATH = "/api/v1/explorer"


def get(library: Library, method: str = "GET", path: str = PATH) -> httpx.Response:
    """Past the hook of the client, which reads every answer of this API as JSON."""
    client = library.world.client
    answer = client._transport.handle_request(client.build_request(method, path))
    answer.read()
    return answer


def test_the_page_needs_no_token(library: Library) -> None:
    page = get(library)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<textarea" in page.text


def test_the_page_loads_nothing_from_anywhere(library: Library) -> None:
    text = get(library).text
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text) == []
    assert re.findall(r"<(?:link|script|img|iframe)[^>]*(?:src|href)=\"([^\"]*)\"", text) == ["data:,"]
    assert "@import" not in text


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else(library: Library) -> None:
    page = get(library)
    rules = dict(rule.strip().split(" ", 1) for rule in page.headers["content-security-policy"].split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert (rules["connect-src"], rules["img-src"]) == ("'self'", "data:")
    for kind in ("script", "style"):
        [inline] = re.findall(rf"<{kind}>(.*?)</{kind}>", page.text, re.DOTALL)
        assert rules[f"{kind}-src"] == f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"
    assert not re.findall(r"\son[a-z]+=|\sstyle=|javascript:", page.text)


def test_other_methods_are_refused(library: Library) -> None:
    refused = library.world.client.post(PATH, content="{}")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused.json() == {"errors": "Method not allowed"}
    head = get(library, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert get(library, "OPTIONS").status_code == 204


@pytest.mark.parametrize("path", [f"{PATH}/", f"{PATH}/x", "/api/v1/Explorer"])
def test_there_is_one_page_only(library: Library, path: str) -> None:
    assert get(library, path=path).status_code == 404


def test_the_query_in_the_page_and_the_one_for_the_schema_are_answered(library: Library) -> None:
    text = get(library).text
    [sample] = re.findall(r"<textarea id=\"query\"[^>]*>(.*?)</textarea>", text, re.DOTALL)
    assert len(data(library.world, sample)["mediaItems"]["nodes"]) == 2
    constants = dict(re.findall(r"const (REF|INPUT|INTROSPECTION) = [\"`](.*?)[\"`];", text, re.DOTALL))
    query = constants["INTROSPECTION"]
    for name in ("INPUT", "REF"):
        query = query.replace(f"${{{name}}}", constants[name])
    types = {each["name"]: each for each in data(library.world, query)["__schema"]["types"]}
    assert {field["name"] for field in types["Mutation"]["fields"]} >= {"creatorAddTag", "webhookSubscriptionDelete"}
    assert all(each["description"] for each in types.values() if not each["name"].startswith("__"))


def test_introspection_is_answered(library: Library) -> None:
    assert data(library.world, get_introspection_query())["__schema"]["mutationType"]["name"] == "Mutation"
