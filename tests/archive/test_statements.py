"""How often the database is asked does not depend on how much is answered."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from emulator.world.store import Transaction
from tests.archive.library import ITEM, Library, data

PAGE = f"""query($first: Int, $filter: Filter) {{
  mediaItems(first: $first, filter: $filter) {{
    edges {{ cursor node {{ {ITEM} }} }} nodes {{ {ITEM} }} totalCount
    pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }}
  }}
}}"""
POSTS = f"query($first: Int, $id: Int) {{ creatorPosts(first: $first, id: $id) {{ nodes {{ {ITEM} }} totalCount }} }}"


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How many were executed, by the way that they were."""
    counted: Counter[str] = Counter()

    def count(name: str) -> None:
        original = getattr(Transaction, name)

        def counting(self: Transaction, *arguments: Any) -> Any:
            counted[name] += 1
            return original(self, *arguments)

        monkeypatch.setattr(Transaction, name, counting)

    for name in ("rows", "row", "change", "many", "query"):
        count(name)
    yield counted
    monkeypatch.undo()


def executed(library: Library, counted: Counter[str], query: str, **variables: Any) -> Counter[str]:
    counted.clear()
    data(library.world, query, **variables)
    return Counter(counted)


@pytest.mark.parametrize("chosen", [None, {"creatorVerified": [False], "itemTypes": ["REEL", "POST"]}])
def test_a_page_of_media_items_takes_as_many_statements_as_one_item(
    library: Library, statements: Counter[str], chosen: dict[str, Any] | None
) -> None:
    taken = [executed(library, statements, PAGE, first=first, filter=chosen) for first in (1, 2, 50, 100)]
    assert taken[0]["query"] == 2  # the page and the total
    assert all(each == taken[0] for each in taken)
    assert sum(taken[0].values()) <= 5


def test_a_page_of_posts_takes_as_many_statements_as_one_post(library: Library, statements: Counter[str]) -> None:
    busiest = max(library.creators, key=lambda creator: len(library.posts_of(creator)))
    taken = [executed(library, statements, POSTS, first=first, id=busiest) for first in (1, 5, 100)]
    assert taken[0] == taken[1] == taken[2]
    assert len(library.posts_of(busiest)) > 20
