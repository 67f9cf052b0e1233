"""Custom attributes: their schemas, and what they hold."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.archive.workspace.client import data, everything
from tests.archive.workspace.people import People, error, everybody, schemas
from tests.support import Server, TestWorld

TYPES = {
    *("BOOLEAN", "BOOLEAN_LIST", "DATE", "DATETIME", "DATETIME_LIST", "DATE_LIST", "EMAIL", "MULTIPLE_SELECT"),
    *("MULTIPLE_SELECT_V2", "NUMBER", "NUMBER_LIST", "PHONE", "SHIPPING_ADDRESS", "SINGLE_SELECT_V2"),
    *("SINGLE_SELECT_V3", "TEXT", "TEXT_LIST", "URL"),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def is_day(value: str) -> bool:
    return date.fromisoformat(value).isoformat() == value


def is_moment(value: str) -> bool:
    return MOMENT.fullmatch(value) is not None and datetime.fromisoformat(value).tzinfo == UTC


ELEMENTS: dict[str, Callable[[Any], bool]] = {
    "BOOLEAN": lambda value: isinstance(value, bool),
    "DATE": is_day,
    "DATETIME": is_moment,
    "EMAIL": lambda value: value.count("@") == 1,
    "NUMBER": lambda value: type(value) is int,
    "PHONE": lambda value: value.startswith("+"),
    "SHIPPING_ADDRESS": lambda value: set(value) == {"name", "street", "city", "region", "country"},
    "TEXT": lambda value: isinstance(value, str) and value.strip() == value != "",
    "URL": lambda value: value.startswith("https://"),
}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether it is of the type."""
    if schema["options"] is not None:
        names = [option["name"] for option in schema["options"]]
        chosen = value if schema["type"].startswith("MULTIPLE") else [value]
        return bool(chosen) and len(set(chosen)) == len(chosen) and set(chosen) <= set(names)
    if schema["type"].endswith("_LIST"):
        return bool(value) and all(ELEMENTS[schema["type"].removesuffix("_LIST")](each) for each in value)
    return ELEMENTS[schema["type"]](value)


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[dict[str, Any]]:
    return everything(quiet, "items", "id caption customAttributes aiFilterReasons {key reason}")


def test_every_type_is_in_use(quiet: TestWorld) -> None:
    used = {each["type"] for entity in ("ITEM", "CREATOR") for each in schemas(quiet, entity, "type")}
    assert used == TYPES


@pytest.mark.parametrize("entity", ["ITEM", "CREATOR"])
def test_choices_alone_have_options_and_all_ids_differ(quiet: TestWorld, entity: str) -> None:
    found = schemas(quiet, entity, "key name type aiGenerated options {id name}")
    assert len({each["key"] for each in found}) == len(found)
    assert {each["aiGenerated"] for each in found} == {True, False}
    for schema in found:
        assert (schema["options"] is not None) is ("SELECT" in schema["type"])
    options = [option["id"] for each in found for option in each["options"] or ()]
    assert len(set(options)) == len(options)


def test_both_entities_have_attributes_of_their_own(quiet: TestWorld) -> None:
    assert schemas(quiet, "ITEM", "key") != schemas(quiet, "CREATOR", "key")


def test_an_entity_that_does_not_exist_is_refused(quiet: TestWorld) -> None:
    query = "query($entity: CustomAttributeSchemaEntity!) {customAttributeSchemas(entity: $entity) {key}}"
    message, _ = error(quiet, query, entity="COLLECTION")
    assert "CustomAttributeSchemaEntity" in message


def test_values_of_creators_are_of_the_types_of_their_schemas(people: People) -> None:
    for schema in schemas(people.world, "CREATOR", "key type options {name}"):
        values = people.holders(schema["key"])
        assert values, f"nobody has {schema['key']}"
        assert all(fits(value, schema) for value in values.values()), schema["key"]
    assert {key for values in people.attributes.values() for key in values} == set(people.types)


def test_values_of_items_are_of_the_types_of_their_schemas(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    known = {each["key"]: each for each in schemas(quiet, "ITEM", "key type options {name}")}
    for item in items:
        for key, value in item["customAttributes"].items():
            assert fits(value, known[key]), (key, value)
    assert {key for item in items for key in item["customAttributes"]} == set(known)


def test_what_artificial_intelligence_has_filled_in_has_a_reason(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    generated = {each["key"] for each in schemas(quiet, "ITEM", "key aiGenerated") if each["aiGenerated"]}
    for item in items:
        assert [each["key"] for each in item["aiFilterReasons"]] == [
            key for key in item["customAttributes"] if key in generated
        ]
    reasons = [each["reason"] for item in items for each in item["aiFilterReasons"]]
    assert None in reasons
    assert not [reason for reason in reasons if reason is not None and ("{" in reason or not reason.strip())]


def test_items_say_of_their_caption_what_it_says(items: list[dict[str, Any]]) -> None:
    for item in items:
        values = item["customAttributes"]
        assert values["asks_audience"] is ("?" in item["caption"])
        assert item["caption"].strip().startswith(values.get("opening", ""))
        assert all(word in item["caption"].lower() for word in values.get("topic_words", ()))


def test_the_same_world_has_the_same_values(people: People, server: Server) -> None:
    again = server.world(seed=server.client.get(f"/_emulator/worlds/{people.world.name}").json()["seed"])
    assert everybody(again).attributes == people.attributes
    again.control("DELETE")


def test_items_are_narrowed_by_their_attributes(quiet: TestWorld, items: list[dict[str, Any]]) -> None:
    query = """query($conditions: [CustomAttributeConditionInput!]) {
      items(customAttributeConditions: $conditions, first: 100) {totalCount nodes {id}}
    }"""
    asks = {"field": "asks_audience", "type": "BOOLEAN", "operator": "IS", "value": True}
    strong = {"field": "hook_strength", "type": "NUMBER", "operator": "MORE_THAN", "value": 8}
    found = data(quiet, query, conditions=[asks, strong])["items"]
    expected = [
        each["id"]
        for each in items
        if each["customAttributes"]["asks_audience"] and each["customAttributes"]["hook_strength"] > 8
    ]
    assert found["totalCount"] == len(expected) > 0
    assert [each["id"] for each in found["nodes"]] == expected[:100]
