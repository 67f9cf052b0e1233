"""All items of a workspace, and questions about them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.archive.workspace.client import data, problems
from tests.support import TestWorld

ITEM = """
  id mediaItemId externalId type provider takenAt caption hashtags mentions originalUrl archivePublicUrl
  location { city country formatted name state }
  currentEngagement { comments earnedMediaValue impressions likes linearViralityScore shares views }
  socialProfile { id accountName followers provider verified }
"""
QUESTION = """(
  $filter: ItemFilterInput, $sorting: [ItemSortingInput!], $first: Int, $after: String,
  $conditions: [CustomAttributeConditionInput!], $preset: ID
) {
  items(
    filter: $filter, sorting: $sorting, first: $first, after: $after,
    customAttributeConditions: $conditions, presetId: $preset
  )"""
PAGE = f"query{QUESTION} {{ nodes {{ {ITEM} }} pageInfo {{ endCursor hasNextPage }} }} }}"
IDS = f"query{QUESTION} {{ totalCount nodes {{ id }} pageInfo {{ endCursor hasNextPage }} }} }}"

Item = dict[str, Any]


def pages(world: TestWorld, query: str = IDS, **asked: Any) -> Iterator[list[Item]]:
    """The nodes of page after page, until there are no more."""
    after, more = None, True
    while more:
        page = data(world, query, **{"first": 100, **asked}, after=after)["items"]
        yield page["nodes"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]


def inventory(world: TestWorld, **asked: Any) -> list[Item]:
    return [item for page in pages(world, PAGE, **asked) for item in page]


def ids(world: TestWorld, **asked: Any) -> list[str]:
    return [item["id"] for page in pages(world, IDS, **asked) for item in page]


def found(world: TestWorld, filter: Mapping[str, Any]) -> set[str]:
    """The ids of what passes, each of which comes once."""
    listed = ids(world, filter=filter)
    assert len(set(listed)) == len(listed) == data(world, IDS, filter=filter)["items"]["totalCount"]
    return set(listed)


def refusal(world: TestWorld, **asked: Any) -> str:
    (problem,) = problems(world, IDS, **asked)
    assert problem["path"] == ["items"]
    return str(problem["message"])


def set_chosen(world: TestWorld, **settings: Any) -> None:
    answer = world.control("PUT", "/archive/settings", json=settings)
    assert answer.status_code == 200, answer.text


def figure(item: Item, name: str) -> int | None:
    """Of the engagement; None where there is none."""
    text = (item["currentEngagement"] or {}).get(name)
    return None if text is None else int(text)


def interactions(item: Item) -> int:
    return sum(figure(item, name) or 0 for name in ("likes", "comments", "shares"))


def ids_of(items: Sequence[Item]) -> list[str]:
    return [item["id"] for item in items]
