"""Pages of a list, as graphql-ruby makes them (facts/archive-v1.md, section 9)."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.archive.library import CAP, Library, data

ARGUMENTS = "$after: String, $before: String, $first: Int, $last: Int"
PASSED = "after: $after, before: $before, first: $first, last: $last"
QUERY = f"""query({ARGUMENTS}) {{ mediaItems({PASSED}) {{
  nodes {{ id }} edges {{ cursor node {{ id }} }} totalCount
  pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }}
}} }}"""


def cursor(position: int) -> str:
    return urlsafe_b64encode(str(position).encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Page:
    rows: list[int]
    more: bool
    less: bool


def expected(total: int, given: int | None, before: int | None, first: int | None, last: int | None) -> Page:
    """The rules of the facts, 9.1, on positions; `given` is that of `after`.

    `last` counts back from where `first` or `before` ends the page, be that behind the last row, and a `before` of 0
    makes it forget both: the library does so.
    """
    if first is None and last is None:
        first = CAP
    first = None if first is None else max(0, min(first, CAP))
    last = None if last is None else max(0, min(last, CAP))
    after = given or 0
    if before is not None and given is not None and before <= after:
        return Page([], more=before > 0, less=after > 0)
    ends = ([before - 1] if before else []) + ([after + first] if first is not None else [])
    end = total if before == 0 else min(ends, default=max(total, after))
    begin = after if last is None or before == 0 else max(after, end - last)
    rows = [row for row in range(begin + 1, end + 1) if row <= total][:CAP]
    full = first is not None and len(rows) >= first
    return Page(
        rows,
        more=bool(before) or (full and total - after > (first or 0)),
        less=after > 0 or (last is not None and begin > 0),
    )


def fetch(library: Library, **arguments: Any) -> Page:
    """A page, seen to agree with itself."""
    page = data(library.world, QUERY, **arguments)["mediaItems"]
    rows = [library.positions[node["id"]] for node in page["nodes"]]
    assert page["edges"] == [
        {"cursor": cursor(row), "node": node} for row, node in zip(rows, page["nodes"], strict=True)
    ]
    info = page["pageInfo"]
    assert info["startCursor"] == (cursor(rows[0]) if rows else None)
    assert info["endCursor"] == (cursor(rows[-1]) if rows else None)
    assert page["totalCount"] == len(library.items)
    return Page(rows, more=info["hasNextPage"], less=info["hasPreviousPage"])


def span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


@pytest.mark.parametrize(
    ("arguments", "page"),
    [
        ({}, Page(span(1, 45), more=False, less=False)),
        ({"first": 3}, Page(span(1, 3), more=True, less=False)),
        ({"first": 3, "after": "Mw"}, Page(span(4, 6), more=True, less=True)),
        ({"last": 3}, Page(span(43, 45), more=False, less=True)),
        ({"last": 3, "before": "MTA"}, Page(span(7, 9), more=True, less=True)),
        ({"first": 5, "last": 2}, Page(span(4, 5), more=False, less=True)),
        ({"first": 0}, Page([], more=True, less=False)),
        ({"first": -1}, Page([], more=True, less=False)),
        ({"after": "OTk5", "first": 2}, Page([], more=False, less=True)),
        ({"before": "Mw"}, Page(span(1, 2), more=True, less=False)),
        ({"after": "Mg", "before": "Ng"}, Page(span(3, 5), more=True, less=True)),
        ({"after": "Ng", "before": "Mg"}, Page([], more=True, less=True)),
    ],
    ids=lambda value: None if isinstance(value, Page) else str(value),
)
def test_the_table_of_the_facts_holds(forty_five: Library, arguments: dict[str, Any], page: Page) -> None:
    assert fetch(forty_five, **arguments) == page


@pytest.mark.parametrize(("position", "text"), [(1, "MQ"), (2, "Mg"), (3, "Mw"), (10, "MTA"), (20, "MjA"), (45, "NDU")])
def test_a_cursor_is_the_position_in_base64_without_padding(forty_five: Library, position: int, text: str) -> None:
    page = data(forty_five.world, "{mediaItems {edges {cursor node {id}}}}")["mediaItems"]
    assert page["edges"][position - 1] == {"cursor": text, "node": {"id": forty_five.items[position - 1]["id"]}}


@st.composite
def cursors(draw: st.DrawFn, total: int) -> tuple[str | None, int | None]:
    """A cursor and the position that it stands for: absent, empty, padded, before, in and behind the list."""
    match draw(st.sampled_from(["absent", "empty", "words", "plain", "padded"])):
        case "absent":
            return None, None
        case "empty":
            return "", None
        case "words":
            return draw(st.sampled_from(["YWJj", "eyJpZCI6IjEifQ"])), 0  # abc, {"id":"1"}
    position = draw(st.integers(0, total + 3) | st.just(10**12))
    return cursor(position), position


def sizes(total: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(-2, total + 3) | st.integers(-(2**31), 2**31 - 1)


@given(cursors(45), cursors(45), sizes(45), sizes(45))
@example((None, None), (None, None), None, 0)
def test_every_page_of_a_short_list_is_what_the_rules_say(
    forty_five: Library,
    after: tuple[str | None, int | None],
    before: tuple[str | None, int | None],
    first: int | None,
    last: int | None,
) -> None:
    page = fetch(forty_five, after=after[0], before=before[0], first=first, last=last)
    assert page == expected(45, after[1], before[1], first, last)


@given(st.data())
def test_every_page_of_a_long_list_is_what_the_rules_say(library: Library, draw: st.DataObject) -> None:
    total = len(library.items)
    after, before = draw.draw(cursors(total)), draw.draw(cursors(total))
    first, last = draw.draw(sizes(total)), draw.draw(sizes(total))
    page = fetch(library, after=after[0], before=before[0], first=first, last=last)
    assert page == expected(total, after[1], before[1], first, last)


@pytest.mark.parametrize("size", [CAP - 1, CAP, CAP + 1, 2**31 - 1])
def test_a_page_has_a_hundred_rows_at_most(library: Library, size: int) -> None:
    assert len(fetch(library, first=size).rows) == min(size, CAP)
    assert len(fetch(library, last=size).rows) == min(size, CAP)


def test_without_first_and_last_a_page_has_a_hundred_rows(library: Library) -> None:
    assert fetch(library) == Page(span(1, CAP), more=True, less=False)


@given(st.integers(1, 50))
def test_walking_forwards_visits_each_item_once(forty_five: Library, size: int) -> None:
    visited: list[int] = []
    after, more = None, True
    while more:
        page = fetch(forty_five, first=size, after=after)
        visited += page.rows
        after, more = cursor(page.rows[-1]), page.more
    assert visited == span(1, 45)


@given(st.integers(1, 50))
def test_walking_backwards_visits_each_item_once(forty_five: Library, size: int) -> None:
    visited: list[int] = []
    before, more = None, True
    while more:
        page = fetch(forty_five, last=size, before=before)
        visited = page.rows + visited
        before, more = cursor(page.rows[0]), page.less
    assert visited == span(1, 45)


def test_padding_of_a_cursor_is_accepted(forty_five: Library) -> None:
    assert fetch(forty_five, first=1, after="Mw==") == fetch(forty_five, first=1, after="Mw")


def test_an_empty_cursor_is_none(forty_five: Library) -> None:
    assert fetch(forty_five, after="", before="") == fetch(forty_five)


def test_a_cursor_of_words_is_the_beginning(forty_five: Library) -> None:
    assert fetch(forty_five, first=2, after="YWJj") == Page([1, 2], more=True, less=False)


def bad(library: Library, selection: str, **arguments: str) -> tuple[Any, list[Any]]:
    """The data, and the paths of the errors, of a page with a cursor that is no base64."""
    query = f"query($after: String, $before: String) {{ page: mediaItems(after: $after, before: $before) {selection} }}"
    answer = library.world.archive(query, None, **arguments)
    [text] = arguments.values()
    for error in answer["errors"]:
        assert error.keys() == {"message", "locations", "path"}
        assert error["message"] == f'Invalid input: "{text}"'
        assert error["locations"][0].keys() == {"line", "column"}
    return answer["data"], [error["path"] for error in answer["errors"]]


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("text", ["!!!", "xyz789", "a", "Mw+", "ü", "Mx"])
def test_a_bad_cursor_is_an_error_of_each_field_that_needs_it(forty_five: Library, name: str, text: str) -> None:
    selection = "{nodes {id} edges {cursor} totalCount pageInfo {startCursor endCursor}}"
    page, paths = bad(forty_five, selection, **{name: text})
    nothing = {"startCursor": None, "endCursor": None}
    assert page == {"page": {"nodes": None, "edges": None, "totalCount": 45, "pageInfo": nothing}}
    fields = [["nodes"], ["edges"], ["pageInfo", "startCursor"], ["pageInfo", "endCursor"]]
    assert paths == [["page", *field] for field in fields]


@pytest.mark.parametrize(
    ("name", "field"), [("after", "hasNextPage"), ("after", "hasPreviousPage"), ("before", "hasNextPage")]
)
def test_a_bad_cursor_takes_everything_with_it_where_a_boolean_is_asked_for(
    forty_five: Library, name: str, field: str
) -> None:
    shown, paths = bad(forty_five, f"{{pageInfo {{{field}}}}}", **{name: "!!!"})
    assert shown is None
    assert paths == [["page", "pageInfo", field]]


def test_a_bad_cursor_is_nothing_to_a_field_that_does_not_need_it(forty_five: Library) -> None:
    assert data(forty_five.world, '{mediaItems(after: "!!!") {totalCount}}') == {"mediaItems": {"totalCount": 45}}
