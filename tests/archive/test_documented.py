"""The queries that the vendor's page prints, as printed."""

import json
from typing import Any

import pytest
from graphql import build_schema, execute_sync, parse

from emulator import resources
from tests.archive.community import SUBSCRIBE, creator_ids
from tests.archive.library import Library, data, fetch_all
from tests.support import TestWorld

DOCUMENTED = resources.fixtures() / "documented" / "archive" / "partners"


NAMES = sorted(file.stem for file in DOCUMENTED.glob("*.graphql"))


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


def known(world: TestWorld, name: str) -> dict[str, Any]:
    """The printed variables, with ids, names and cursors of things that are there."""
    creator, item = creator_ids(world)[0], fetch_all(world, "id externalId")[0]
    variables = sample_variables(name)
    shown = data(world, "query($id: Int) {creator(id: $id) {accountName provider}}", id=creator)["creator"]
    of_item = name.startswith("mediaItem")
    replaced = {**shown, "externalId": item["externalId"], "after": None, "before": None, "first": 5, "last": 5}
    replaced |= {"id": item["id"] if of_item else creator, "collectionId": None, "filter": {}}
    return {key: replaced.get(key, value) for key, value in variables.items()}


def test_all_that_the_page_prints_is_here() -> None:
    assert NAMES == [
        "creator", "creatorAddTag", "creatorAudienceReport", "creatorPosts", "creatorTrackingStart",
        "creatorTrackingStop", "mediaItem", "mediaItemAddTag", "mediaItemAddToCollection", "mediaItems",
        "webhookSubscriptionCreate", "webhookSubscriptionDelete", "webhookSubscriptions",
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_query_is_answered_in_the_shape_of_the_schema(world: TestWorld, name: str) -> None:
    """Executing the query on its own answer finds every field, of its type."""
    data(world, SUBSCRIBE, version="v0", event="MEDIA_ITEM_CREATED", callbackUrl="https://hooks.example.com")
    variables = known(world, name)
    shown = data(world, printed(name), **variables)
    assert shown[name] not in (None, [], {})
    schema = build_schema((resources.contracts() / "archive" / "partners.graphql").read_text())
    held = execute_sync(schema, parse(printed(name)), shown, variable_values=variables)
    assert (held.errors, held.data) == (None, shown)


def keys(shown: Any) -> Any:
    if isinstance(shown, dict):
        return {key: keys(value) for key, value in shown.items()}
    return [keys(each) for each in shown[:1]] if isinstance(shown, list) else None


@pytest.mark.parametrize("name", [name for name in NAMES if (DOCUMENTED / f"{name}.response.json").exists()])
def test_an_answer_has_the_keys_of_the_printed_one_in_their_order(world: TestWorld, name: str) -> None:
    data(world, SUBSCRIBE, version="v0", event="MEDIA_ITEM_CREATED", callbackUrl="https://hooks.example.com")
    shown = data(world, printed(name), **known(world, name))
    sample = json.loads((DOCUMENTED / f"{name}.response.json").read_text())["data"]
    for each in (shown, sample):
        each.get("creatorAudienceReport", {}).pop("audienceReport", None)  # the sample's is empty
    assert json.dumps(keys(shown)) == json.dumps(keys(sample))


@pytest.mark.parametrize("name", ["creatorAddTag", "creatorTrackingStart", "creatorTrackingStop", "mediaItemAddTag"])
def test_the_printed_variables_of_a_change_name_nothing_that_exists(world: TestWorld, name: str) -> None:
    assert data(world, printed(name), **sample_variables(name)) == {name: None}


def test_the_printed_subscription_is_made_listed_and_ended(world: TestWorld) -> None:
    names = ("webhookSubscriptionCreate", "webhookSubscriptions", "webhookSubscriptionDelete")
    made, listed, ended = (data(world, printed(name), **sample_variables(name))[name] for name in names)
    assert made == {"callbackUrl": "xyz789", "event": "MEDIA_ITEM_CREATED", "id": made["id"], "version": "v0"}
    assert (listed, ended) == ([made], True)
