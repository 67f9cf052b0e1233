"""What a document may cost: size, nesting, depth, complexity, repetition. None is known for v1, so all are assumed."""

from typing import Any

import pytest

from tests.archive.library import ITEM, Library, ask, only_error

TOO_LARGE = "This query is too large to execute."


def doubling(levels: int) -> str:
    """Fragments that each ask twice, under two names, for what the next one asks."""
    pairs = " ".join(f"{key}: ofType {{...f%d ...f%d}}" for key in "xxyy")
    links = "".join(f" fragment f{n} on __Type {{{pairs % ((n + 1,) * 8)}}}" for n in range(levels))
    return f'{{__type(name: "Int") {{...f0}}}}{links} fragment f{levels} on __Type {{name}}'


def test_the_token_after_four_thousand_is_too_much(library: Library) -> None:
    assert ask(library.world, query="{" + "__typename " * 3_998 + "}").json() == {"data": {"__typename": "Query"}}
    error = only_error(ask(library.world, query="{" + "__typename " * 3_999 + "}"))
    assert error == {"message": TOO_LARGE, "locations": [{"line": 1, "column": 2 + 11 * 3_999}]}


@pytest.mark.parametrize(("pages", "refused"), [(1, False), (100, True)])
def test_whole_pages_under_many_names_are_too_complex(library: Library, pages: int, refused: bool) -> None:
    fields = " ".join(f"p{n}: mediaItems(first: 100) {{nodes {{...Item}}}}" for n in range(pages))
    answer = ask(library.world, query=f"{{{fields}}} fragment Item on MediaItem {{{ITEM}}}").json()
    if refused:
        [error] = answer["errors"]
        assert error.keys() == {"message"}
        assert error["message"].startswith("Query has complexity of ")
        assert error["message"].endswith(", which exceeds max complexity of 100000")
    assert answer.keys() == ({"errors"} if refused else {"data"})


def test_the_size_of_a_page_counts_whether_it_is_a_literal_or_a_variable(library: Library) -> None:
    field = "mediaItems(first: $size) {nodes {...Item}}"
    fields = " ".join(f"p{n}: {field}" for n in range(40))
    query = f"query($size: Int) {{{fields}}} fragment Item on MediaItem {{{ITEM}}}"
    answers = [ask(library.world, query=query, variables={"size": size}).json() for size in (1, 100)]
    assert [answer.keys() for answer in answers] == [{"data"}, {"errors"}]


def test_fragments_that_double_what_they_ask_for_are_too_complex(library: Library) -> None:
    error = only_error(ask(library.world, query=doubling(18)))
    assert error["message"].startswith("Query has complexity of ")


@pytest.mark.parametrize(
    "query",
    ["{" + "mediaItems {totalCount} " * 900 + "}", "{" + "a: mediaItems(first: 1) {totalCount} " * 300 + "}"],
)
def test_a_field_that_is_repeated_hundreds_of_times_takes_too_long_to_validate(library: Library, query: str) -> None:
    assert only_error(ask(library.world, query=query)) == {
        "message": "Timeout on validation of query",
        "locations": [],
        "extensions": {"code": "validationTimeout"},
    }


@pytest.mark.parametrize(
    "query",
    ["{" + "...f " * 1_900 + "} fragment f on Query {mediaItems {totalCount}}",
     "{mediaItems {" + "totalCount " * 3_900 + "}}",
     "{...f0}" + "".join(f" fragment f{n} on Query {{...f{n + 1} ...f{n + 1}}}" for n in range(90))
     + " fragment f90 on Query {mediaItems {totalCount}}"],
)  # fmt: skip
def test_repetition_that_asks_for_nothing_new_is_answered(library: Library, query: str) -> None:
    shown: dict[str, Any] = ask(library.world, query=query).json()
    assert shown == {"data": {"mediaItems": {"totalCount": len(library.items)}}}
