"""The queries that the vendor's page prints, as printed."""

import json
from typing import Any

import pytest

from emulator import resources
from tests.archive.library import Library, data

DOCUMENTED = resources.fixtures() / "documented" / "archive" / "partners"


def printed(name: str) -> str:
    return (DOCUMENTED / f"{name}.graphql").read_text()


def sample_variables(name: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads((DOCUMENTED / f"{name}.variables.json").read_text())
    return shown


def test_creator_has_the_keys_and_types_of_the_printed_response(library: Library) -> None:
    creator = next(iter(library.creators.values()))
    variables = {"id": creator["id"], "accountName": creator["accountName"], "provider": creator["provider"]}
    shown = data(library.world, printed("creator"), **variables, fallback=True)
    sample = json.loads((DOCUMENTED / "creator.response.json").read_text())["data"]
    assert shown == {"creator": creator}
    assert {key: type(value) for key, value in shown["creator"].items()} == {
        key: type(value) for key, value in sample["creator"].items()
    }


def test_creator_posts_gives_the_posts_as_nodes_and_as_edges(library: Library) -> None:
    creator = library.items[0]["creator"]
    posts = library.posts_of(creator["id"])
    variables = {"id": creator["id"], "accountName": creator["accountName"], "provider": creator["provider"]}
    page = data(library.world, printed("creatorPosts"), **variables, first=987)["creatorPosts"]
    assert page["nodes"] == posts[:100]
    assert [edge["node"] for edge in page["edges"]] == page["nodes"]
    assert page["totalCount"] == len(posts)
    assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"] == "MQ"
    assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]


def test_media_item_gives_the_whole_item(library: Library) -> None:
    item = library.items[7]
    shown = data(library.world, printed("mediaItem"), id=item["id"], externalId=item["externalId"])
    assert shown == {"mediaItem": item}


def test_media_items_gives_what_the_printed_filter_asks_for(library: Library) -> None:
    wanted = next(item for item in library.items if item["type"] == "POST" and item["usageRightsStatus"])
    chosen = {
        "itemProviders": [wanted["provider"]],
        "itemTypes": [wanted["type"]],
        "creatorAccountName": [wanted["creator"]["accountName"]],
        "creatorVerified": [wanted["creator"]["verified"]],
        "usageRightsStatus": [wanted["usageRightsStatus"]],
    }
    assert chosen.keys() == sample_variables("mediaItems")["filter"].keys()
    page = data(library.world, printed("mediaItems"), filter=chosen, first=987)["mediaItems"]
    assert wanted in page["nodes"]
    assert page["totalCount"] == len(page["nodes"])


@pytest.mark.parametrize("name", ["creator", "mediaItem"])
def test_the_printed_variables_name_nothing_that_exists(library: Library, name: str) -> None:
    assert data(library.world, printed(name), **sample_variables(name)) == {name: None}


@pytest.mark.parametrize("name", ["creatorPosts", "mediaItems"])
def test_the_printed_cursors_are_not_base64(library: Library, name: str) -> None:
    """`abc123` and `xyz789` both have spare bits that are not zero."""
    variables = sample_variables(name)
    answer = library.world.archive(printed(name), **variables)
    assert answer["data"] is None
    assert {error["message"] for error in answer["errors"]} == {f'Invalid input: "{variables["after"]}"'}
