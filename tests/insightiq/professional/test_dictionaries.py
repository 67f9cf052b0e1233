from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insightiq.professional.support import DICTIONARY, PAGED, Directory, topics
from tests.insightiq.support import Another, assert_refused, everything
from tests.support import TestWorld

LOGOS = {"education-institutes", "companies"}


@pytest.mark.parametrize("name", PAGED)
def test_entries_have_the_documented_keys_and_stand_by_name_once(directory: Directory, name: str) -> None:
    terms = directory.terms[name]
    assert terms
    for term in terms:
        assert list(term) == ["id", "name", "image_url"][: 3 if name in LOGOS else 2]
    names = [term["name"].casefold() for term in terms]
    assert names == sorted(set(names))
    assert len({term["id"] for term in terms}) == len(terms)


@pytest.mark.parametrize("name", PAGED)
@given(limit=st.integers(1, 100), offset=st.integers(0, 60) | st.integers(0, 10**18 - 1))
def test_a_page_is_a_slice_of_the_dictionary(directory: Directory, name: str, limit: int, offset: int) -> None:
    asked = {"limit": limit, "offset": offset}
    page = directory.world.insightiq("GET", f"{DICTIONARY}/{name}", params=asked).json()
    assert page["data"] == directory.terms[name][offset : offset + limit]
    assert page["metadata"] == {**asked, "from_date": None, "to_date": None}


@pytest.mark.parametrize("name", PAGED)
@given(data=st.data())
def test_a_text_keeps_the_entries_that_have_it_in_their_name(directory: Directory, name: str, data: Any) -> None:
    names = st.sampled_from([term["name"][:4].upper() for term in directory.terms[name]])
    text = data.draw(names | st.text(max_size=3) | st.sampled_from(["%", "_", "\0", "New York"]))
    asked = {"identifier": text, "limit": 100}
    shown = directory.world.insightiq("GET", f"{DICTIONARY}/{name}", params=asked).json()["data"]
    matching = [term for term in directory.terms[name] if text.casefold() in term["name"].casefold()]
    assert shown == matching[:100]


def test_dictionaries_hold_what_the_profiles_have(directory: Directory) -> None:
    names = {name: {term["name"] for term in terms} for name, terms in directory.terms.items()}
    profiles, reports = directory.profiles, directory.reports.values()
    jobs = list(chain(*(report["work_experiences"] for report in reports)))
    educations = list(chain(*(report["education"] for report in reports)))
    assert names["locations"] == set(chain(*(profile["creator_location"].values() for profile in profiles)))
    assert names["talks-about"] == set(chain(*(profile["talks_about"] for profile in profiles)))
    assert names["companies"] == {job["company"]["name"] for job in jobs}
    assert names["education-institutes"] == {education["school"]["name"] for education in educations}
    assert names["education-degrees"] == {education["degree"] for education in educations}


def test_topics_hold_the_subjects_as_their_parts(directory: Directory) -> None:
    listed = topics(directory.world)
    parts = {(part["id"], part["name"]) for topic in listed for part in topic["sub_topics"]}
    assert parts == {(term["id"], term["name"]) for term in directory.terms["talks-about"]}
    assert all(list(topic) == ["id", "name", "sub_topics"] for topic in listed)
    names = [topic["name"] for topic in listed]
    assert names == sorted(names)


def test_a_topic_is_found_by_its_name_and_by_its_parts(directory: Directory) -> None:
    listed = topics(directory.world)
    for text in ("mark", "Design", "e-comm", "nothing like this", "%"):
        matching = [
            topic
            for topic in listed
            if any(text.casefold() in each["name"].casefold() for each in (topic, *topic["sub_topics"]))
        ]
        assert topics(directory.world, identifier=text) == matching


@given(limit=st.integers(1, 100), offset=st.integers(0, 20))
def test_a_page_of_topics_is_a_slice(directory: Directory, limit: int, offset: int) -> None:
    assert topics(directory.world, limit=limit, offset=offset) == topics(directory.world)[offset : offset + limit]


def test_topics_without_a_body_are_the_first_ten(directory: Directory) -> None:
    answer = directory.world.insightiq("GET", f"{DICTIONARY}/topics")
    assert answer.json() == {"topics": topics(directory.world)[:10]}


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"offset": -1}, {"identifier": 5}, {"offset": 10**18}])
def test_wrong_values_for_topics_are_refused(world: TestWorld, wrong: dict[str, Any]) -> None:
    body = {"identifier": "a", **wrong}
    refused = world.insightiq("GET", f"{DICTIONARY}/topics", json=body)
    assert_refused(refused, 400, "INVALID_FIELDS", next(iter(wrong)))


def test_topics_need_an_identifier_in_the_body(world: TestWorld) -> None:
    refused = world.insightiq("GET", f"{DICTIONARY}/topics", json={"limit": 5})
    assert_refused(refused, 400, "MISSING_FIELDS", "identifier")


@pytest.mark.parametrize("name", PAGED)
@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"offset": -1}])
def test_wrong_pages_are_refused(world: TestWorld, name: str, wrong: dict[str, Any]) -> None:
    assert_refused(world.insightiq("GET", f"{DICTIONARY}/{name}", params=wrong), 400, "INVALID_FIELDS", *wrong)


def test_an_entry_has_the_same_id_in_every_world(world: TestWorld, another: Another) -> None:
    other = another(seed=2)
    for name in PAGED:
        ids = {term["name"]: term["id"] for term in everything(other, f"{DICTIONARY}/{name}")}
        for term in everything(world, f"{DICTIONARY}/{name}"):
            assert ids.get(term["name"], term["id"]) == term["id"]


def test_a_world_without_people_has_empty_dictionaries(another: Another) -> None:
    empty = another(recipe="empty")
    assert [everything(empty, f"{DICTIONARY}/{name}") for name in PAGED] == [[]] * len(PAGED)
    assert topics(empty) == []
