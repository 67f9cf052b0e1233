"""Conditions on custom attributes."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.people import People, error, everybody, ids, schemas
from tests.support import TestWorld

OPERATORS = [
    *("BETWEEN", "CONTAINS", "CONTAINS_ALL", "DOES_NOT_CONTAIN", "ENDS_WITH", "EQUAL", "IS", "IS_EMPTY", "IS_NOT"),
    *("IS_NOT_EMPTY", "IS_RELATIVE_TO_TODAY", "LESS_THAN", "LESS_THAN_OR_EQUAL", "MORE_THAN", "MORE_THAN_OR_EQUAL"),
    *("NOT_EQUAL", "STARTS_WITH"),
]

ORDERED = ["fee", "birthday", "last_contact"]
TEXTS = ["full_name", "contact_email", "website", "contact_phone"]
SETS = ["interests", "deliverables", "past_fees", "away", "answers", "sizes", "niche", "stage"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["from", "to", "city"]), inner),
    max_leaves=5,
)


def members(value: Any) -> set[Any]:
    return set(value) if isinstance(value, list) else {value}


def drawn(people: People, draw: st.DataObject, keys: list[str]) -> tuple[str, Any]:
    """An attribute, and a value that somebody has."""
    key = draw.draw(st.sampled_from(keys))
    return key, draw.draw(st.sampled_from(list(people.holders(key).values())))


def test_a_value_is_there_or_not(people: People) -> None:
    for key in people.types:
        absent, present = people.passing(key, "IS_EMPTY"), people.passing(key, "IS_NOT_EMPTY")
        assert present == set(people.holders(key))
        assert absent == set(people.attributes) - present


@given(st.data())
def test_equal_finds_those_with_the_value_in_any_case(people: People, draw: st.DataObject) -> None:
    key, value = drawn(people, draw, [*TEXTS, *ORDERED, "contract_signed", "niche", "stage"])
    same = people.having(key, lambda each: each == value)
    asked = draw.draw(st.sampled_from([str.upper, str.lower]))(value) if key in [*TEXTS, "niche"] else value
    for operator in ("EQUAL", "IS"):
        assert people.passing(key, operator, asked) == same
    for operator in ("NOT_EQUAL", "IS_NOT"):
        assert people.passing(key, operator, asked) == set(people.holders(key)) - same


@given(st.data())
def test_an_order_is_that_of_the_values(people: People, draw: st.DataObject) -> None:
    key, value = drawn(people, draw, ORDERED)
    assert people.passing(key, "LESS_THAN", value) == people.having(key, lambda each: each < value)
    assert people.passing(key, "LESS_THAN_OR_EQUAL", value) == people.having(key, lambda each: each <= value)
    assert people.passing(key, "MORE_THAN", value) == people.having(key, lambda each: each > value)
    assert people.passing(key, "MORE_THAN_OR_EQUAL", value) == people.having(key, lambda each: each >= value)


@given(st.data())
@settings(max_examples=30)
def test_between_takes_both_ends_and_either_may_be_open(people: People, draw: st.DataObject) -> None:
    key, least = drawn(people, draw, ORDERED)
    most = draw.draw(st.sampled_from(list(people.holders(key).values())))
    low, high = people.passing(key, "MORE_THAN_OR_EQUAL", least), people.passing(key, "LESS_THAN_OR_EQUAL", most)
    assert people.passing(key, "BETWEEN", [least, most]) == low & high
    assert people.passing(key, "BETWEEN", {"from": least, "to": most}) == low & high
    assert people.passing(key, "BETWEEN", {"from": least}) == low
    assert people.passing(key, "BETWEEN", [None, most]) == high
    assert people.passing(key, "BETWEEN", [None, None]) == set()


@given(st.data())
def test_parts_of_a_text_are_found_in_any_case(people: People, draw: st.DataObject) -> None:
    key, value = drawn(people, draw, TEXTS)
    start = draw.draw(st.integers(0, len(value) - 1))
    part = value[start : draw.draw(st.integers(start + 1, len(value)))].swapcase().lower()
    expected = {
        "CONTAINS": people.having(key, lambda each: part in each.lower()),
        "DOES_NOT_CONTAIN": people.having(key, lambda each: part not in each.lower()),
        "STARTS_WITH": people.having(key, lambda each: each.lower().startswith(part)),
        "ENDS_WITH": people.having(key, lambda each: each.lower().endswith(part)),
    }
    assert {operator: people.passing(key, operator, part) for operator in expected} == expected
    both = people.having(key, lambda each: part in each.lower() and "a" in each.lower())
    assert people.passing(key, "CONTAINS_ALL", [part, "A"]) == both


@given(st.data())
def test_lists_and_choices_are_sets(people: People, draw: st.DataObject) -> None:
    key, value = drawn(people, draw, SETS)
    _, other = drawn(people, draw, [key])
    some = sorted(members(value) | members(draw.draw(st.sampled_from([value, other]))), key=str)
    wanted = set(some)
    assert people.passing(key, "EQUAL", some[::-1]) == people.having(key, lambda each: members(each) == wanted)
    assert people.passing(key, "IS_NOT", some) == people.having(key, lambda each: members(each) != wanted)
    assert people.passing(key, "CONTAINS", some) == people.having(key, lambda each: members(each) & wanted)
    assert people.passing(key, "CONTAINS_ALL", some) == people.having(key, lambda each: members(each) >= wanted)
    assert people.passing(key, "DOES_NOT_CONTAIN", some) == people.having(key, lambda each: not members(each) & wanted)


def test_options_are_known_by_id_too(people: People) -> None:
    found = {each["key"]: each["options"] for each in schemas(people.world, "CREATOR", "key options {id name}")}
    for key in ("niche", "deliverables", "stage", "sizes"):
        for option in found[key]:
            by_name = people.passing(key, "CONTAINS", option["name"])
            assert people.passing(key, "CONTAINS", [option["id"]]) == by_name
            assert by_name == {each for each, value in people.holders(key).items() if option["name"] in members(value)}


@given(st.data())
def test_an_address_is_the_text_of_its_parts(people: People, draw: st.DataObject) -> None:
    key, place = drawn(people, draw, ["ships_to"])
    city, country, text = place["city"], place["country"], ", ".join(place.values())
    expected = people.having(key, lambda each: each == place)
    assert people.passing(key, "EQUAL", place) == people.passing(key, "EQUAL", text.upper()) == expected
    assert people.passing(key, "CONTAINS", f", {city.lower()}, ") == people.having(
        key, lambda each: each["city"] == city
    )
    assert people.passing(key, "ENDS_WITH", country) == people.having(key, lambda each: each["country"] == country)


@given(st.integers(-200, 0), st.integers(0, 200))
def test_days_from_today_are_counted_on_the_worlds_clock(people: People, start: int, length: int) -> None:
    today, end = datetime.fromisoformat(people.world.now()).date(), start + length

    def age(moment: str) -> int:
        return (datetime.fromisoformat(moment).date() - today).days

    within = people.having("last_contact", lambda each: start <= age(each) <= end)
    assert people.passing("last_contact", "IS_RELATIVE_TO_TODAY", {"from": start, "to": end}) == within
    assert people.passing("last_contact", "IS_RELATIVE_TO_TODAY", [start, end]) == within
    on_the_day = people.having("last_contact", lambda each: age(each) == start)
    assert people.passing("last_contact", "IS_RELATIVE_TO_TODAY", start) == on_the_day


def test_today_moves_with_time(world: TestWorld) -> None:
    people = everybody(world)
    last_week = {"from": -7, "to": -1}
    before = people.passing("last_contact", "IS_RELATIVE_TO_TODAY", last_week)
    assert before
    world.advance(by="P30D")
    assert people.passing("last_contact", "IS_RELATIVE_TO_TODAY", last_week) == set()
    shifted = {"from": -37, "to": -31}
    assert people.passing("last_contact", "IS_RELATIVE_TO_TODAY", shifted) == before


def test_a_day_stands_for_its_first_moment(people: People) -> None:
    holders = people.holders("last_contact")
    day = sorted(holders.values())[len(holders) // 2][:10]
    expected = people.having("last_contact", lambda each: each >= f"{day}T00:00:00Z")
    assert people.passing("last_contact", "MORE_THAN_OR_EQUAL", day) == expected != set()
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    assert people.passing("last_contact", "BETWEEN", [day, following]) < expected


@pytest.mark.parametrize(
    ("key", "operator", "value"),
    [
        ("fee", "STARTS_WITH", "1"),
        ("fee", "CONTAINS", 1),
        ("fee", "MORE_THAN", "1"),
        ("fee", "MORE_THAN", True),
        ("fee", "NOT_EQUAL", "1"),
        ("fee", "IS_RELATIVE_TO_TODAY", 0),
        ("fee", "BETWEEN", 1),
        ("fee", "BETWEEN", [1, 2, 3]),
        ("fee", "BETWEEN", [1, "9999"]),
        ("fee", "BETWEEN", {"from": 1, "upto": 9999}),
        ("full_name", "LESS_THAN", "zzz"),
        ("full_name", "BETWEEN", ["a", "z"]),
        ("full_name", "IS_NOT", 1),
        ("full_name", "DOES_NOT_CONTAIN", []),
        ("full_name", "DOES_NOT_CONTAIN", None),
        ("full_name", "CONTAINS_ALL", ["a", 1]),
        ("contract_signed", "CONTAINS", True),
        ("contract_signed", "IS_NOT", "true"),
        ("contract_signed", "IS_NOT", 1),
        ("birthday", "MORE_THAN", "1900"),
        ("birthday", "MORE_THAN", "19000101"),
        ("birthday", "MORE_THAN", "1900-01-01T00:00:00Z"),
        ("last_contact", "MORE_THAN", "1999-01-01T00:00:00"),
        ("last_contact", "MORE_THAN", "1999-01-01T00:00:00+02:00"),
        ("last_contact", "IS_RELATIVE_TO_TODAY", "yesterday"),
        ("last_contact", "IS_RELATIVE_TO_TODAY", {}),
        ("last_contact", "IS_RELATIVE_TO_TODAY", True),
        ("niche", "STARTS_WITH", "F"),
        ("past_fees", "MORE_THAN", 0),
        ("past_fees", "DOES_NOT_CONTAIN", "1"),
        ("answers", "DOES_NOT_CONTAIN", 2),
        ("ships_to", "IS_NOT", 1),
    ],
)
def test_what_cannot_be_compared_never_passes(people: People, key: str, operator: str, value: Any) -> None:
    assert people.passing(key, operator, value) == set()


@given(st.data())
def test_any_value_is_taken_and_never_passes_for_who_has_none(people: People, draw: st.DataObject) -> None:
    key = draw.draw(st.sampled_from(sorted(people.types)))
    operator = draw.draw(st.sampled_from([each for each in OPERATORS if each != "IS_EMPTY"]))
    found = people.passing(key, operator, draw.draw(JSON))
    assert found <= set(people.holders(key))


@given(st.data())
@settings(max_examples=30)
def test_all_conditions_have_to_hold(people: People, draw: st.DataObject) -> None:
    wanted = []
    for _ in range(draw.draw(st.integers(0, 4))):
        key, value = drawn(people, draw, ["fee", "stage", "deliverables", "contract_signed"])
        operator = "CONTAINS" if key == "deliverables" else draw.draw(st.sampled_from(["EQUAL", "NOT_EQUAL"]))
        wanted.append(people.condition(key, operator, value))
    expected = set(people.attributes)
    for condition in wanted:
        expected &= ids(people.world, conditions=[condition])
    assert ids(people.world, conditions=wanted) == expected


def test_an_unknown_attribute_is_refused(quiet: TestWorld, people: People) -> None:
    unknown = {"field": "nothing", "type": "TEXT", "operator": "IS_EMPTY"}
    assert error(quiet, conditions=[unknown]) == ("Unknown custom attribute: nothing", None)
    fine = people.condition("fee", "IS_EMPTY")
    assert error(quiet, conditions=[fine, unknown, fine])[0] == "Unknown custom attribute: nothing"


def test_another_type_than_the_attributes_is_refused(quiet: TestWorld) -> None:
    wrong = {"field": "fee", "type": "TEXT", "operator": "IS_EMPTY"}
    assert error(quiet, conditions=[wrong])[0] == "Custom attribute fee is of type NUMBER, not TEXT"


def test_an_attribute_of_the_other_entity_is_unknown(quiet: TestWorld) -> None:
    foreign = {"field": "mood", "type": "SINGLE_SELECT_V3", "operator": "IS_EMPTY"}
    assert error(quiet, conditions=[foreign])[0] == "Unknown custom attribute: mood"


@pytest.mark.parametrize("condition", [{}, {"field": "fee"}, {"field": "fee", "type": "NUMBER", "operator": "NEAR"}])
def test_half_a_condition_is_refused(quiet: TestWorld, condition: dict[str, Any]) -> None:
    message, _ = error(quiet, conditions=[condition])
    assert "CustomAttributeConditionInput" in message
