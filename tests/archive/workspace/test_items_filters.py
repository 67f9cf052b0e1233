"""Every filter of items, and all of them together, against what the items say of themselves."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.workspace.client import data, problems
from tests.archive.workspace.inventory import (
    Item,
    figure,
    found,
    ids_of,
    interactions,
    inventory,
)
from tests.support import TestWorld

TYPES = {
    "POST": ("INSTAGRAM", "POST"),
    "REEL": ("INSTAGRAM", "REEL"),
    "STORY": ("INSTAGRAM", "STORY"),
    "TIKTOK": ("TIKTOK", "POST"),
    "TIKTOK_STORY": ("TIKTOK", "STORY"),
    "YOUTUBE": ("YOUTUBE", "POST"),
    "YOUTUBE_SHORT": ("YOUTUBE", "SHORT"),
}
STATUSES = ["APPROVED", "EXPIRED", "IN_QUEUE", "REJECTED", "REQUESTED"]
SCORES = ["HIGH", "LOW", "MEDIUM", "NOT_VIRAL"]
COUNTS = {
    "COMMENT_COUNT": "comments",
    "EARNED_MEDIA_VALUE": "earnedMediaValue",
    "LIKE_COUNT": "likes",
    "MERGED_VIEW_PLAY_COUNT": "views",
    "SHARE_COUNT": "shares",
}
ENDS = st.one_of(st.none(), st.integers(0, 100_000), st.sampled_from([-1, 0, 2**31 - 1]))
RANGES = st.fixed_dictionaries({"from": ENDS, "to": ENDS})
DAYS = st.one_of(st.none(), st.dates().map("{}T12:00:00Z".format), st.sampled_from(["2025-12-01T00:00:00Z"]))


def within(value: Any, span: Mapping[str, Any]) -> bool:
    if span["from"] is None and span["to"] is None:
        return True
    if value is None or (span["from"] is not None and value < span["from"]):
        return False
    return bool(span["to"] is None or value <= span["to"])


def is_tagged(item: Item, name: str) -> bool:
    tags = [f"#{each}".lower() for each in item["hashtags"]] + [f"@{each}".lower() for each in item["mentions"]]
    return name.lower() in tags or name.lower() in [tag[1:] for tag in tags]


def is_engaged(item: Item, ranges: list[dict[str, Any]]) -> bool:
    return all(within(figure(item, COUNTS[each["field"]]), each["range"]) for each in ranges)


# What each field keeps, of a value that is not empty.
MEANINGS: dict[str, Callable[[Item, Any], bool]] = {
    "accountNames": lambda item, names: item["socialProfile"]["accountName"] in [name.lower() for name in names],
    "engagement": is_engaged,
    "followersCount": lambda item, span: within(item["socialProfile"]["followers"], span),
    "ids": lambda item, wanted: item["id"] in wanted,
    "importType": lambda _, kind: bool(kind == "AUTOMATIC"),
    "itemTypes": lambda item, types: (item["provider"], item["type"]) in [TYPES[each] for each in types],
    "provider": lambda item, provider: bool(item["provider"] == provider),
    "shopifyProductsIds": lambda _, __: False,
    "socialProfileIds": lambda item, wanted: item["socialProfile"]["id"] in wanted,
    "tagsNames": lambda item, names: any(is_tagged(item, name) for name in names),
    "takenAt": lambda item, span: within(item["takenAt"], span),
    "tiktokWhitelistingEligibility": lambda item, _: bool(item["provider"] == "TIKTOK"),
    "verified": lambda item, either: item["socialProfile"]["verified"] in either,
    "viralityScore": lambda item, scores: (item["currentEngagement"] or {}).get("linearViralityScore") in scores,
}


@pytest.fixture(scope="module")
def items(quiet: TestWorld) -> list[Item]:
    return inventory(quiet)


def some_of(values: Any, most: int = 4) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(sorted(set(values))), max_size=most)


def filters(items: list[Item]) -> st.SearchStrategy[dict[str, Any]]:
    tags = [f"#{tag}" for item in items for tag in item["hashtags"]] + [
        tag for item in items for tag in item["mentions"]
    ]
    ranges = st.fixed_dictionaries({"field": st.sampled_from(sorted(COUNTS)), "range": RANGES})
    fields = {
        "accountNames": some_of([item["socialProfile"]["accountName"].upper() for item in items]),
        "engagement": st.lists(ranges, max_size=2),
        "followersCount": RANGES,
        "ids": some_of([*ids_of(items), "nobody's"], most=30),
        "importType": st.sampled_from(["AUTOMATIC", "MANUAL"]),
        "itemTypes": some_of(TYPES),
        "provider": st.sampled_from(["INSTAGRAM", "INTERNAL", "TIKTOK", "YOUTUBE"]),
        "shopifyProductsIds": some_of(["1"]),
        "socialProfileIds": some_of([item["socialProfile"]["id"] for item in items], most=20),
        "tagsNames": some_of(tags),
        "takenAt": st.fixed_dictionaries({"from": DAYS, "to": DAYS}),
        "tiktokWhitelistingEligibility": st.just("ALL"),
        "verified": some_of([True, False]),
        "viralityScore": some_of(SCORES),
    }
    either = {name: st.one_of(st.none(), value) for name, value in fields.items()}
    return st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: either[name] for name in names})
    )


@settings(max_examples=35)
@given(st.data())
def test_all_filters_narrow_each_other(quiet: TestWorld, items: list[Item], drawn: st.DataObject) -> None:
    asked = drawn.draw(filters(items))
    meant = {name: value for name, value in asked.items() if value}
    expected = {item["id"] for item in items if all(MEANINGS[name](item, value) for name, value in meant.items())}
    assert found(quiet, asked) == expected


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_each_filter_keeps_what_it_says(quiet: TestWorld, items: list[Item], name: str) -> None:
    samples: dict[str, Any] = {
        "accountNames": [f"@{items[0]['socialProfile']['accountName'].title()}"],
        "engagement": [{"field": "SHARE_COUNT", "range": {"from": 50, "to": None}}],
        "followersCount": {"from": 10_000, "to": 100_000},
        "ids": ids_of(items[5:10]),
        "importType": "AUTOMATIC",
        "itemTypes": ["TIKTOK", "YOUTUBE_SHORT"],
        "provider": "YOUTUBE",
        "shopifyProductsIds": ["1"],
        "socialProfileIds": [items[3]["socialProfile"]["id"]],
        "tagsNames": [items[0]["hashtags"][0].title()],
        "takenAt": {"from": items[90]["takenAt"], "to": items[10]["takenAt"]},
        "tiktokWhitelistingEligibility": "ALL",
        "verified": [True],
        "viralityScore": ["HIGH", "MEDIUM"],
    }
    value = samples[name]
    meant = [value[0].removeprefix("@")] if name == "accountNames" else value
    expected = {item["id"] for item in items if MEANINGS[name](item, meant)}
    assert found(quiet, {name: value}) == expected
    assert bool(expected) == (name != "shopifyProductsIds")


def test_content_types_part_the_items(quiet: TestWorld, items: list[Item]) -> None:
    pictures, films = found(quiet, {"contentTypes": ["IMAGE"]}), found(quiet, {"contentTypes": ["VIDEO"]})
    assert pictures.isdisjoint(films)
    assert pictures | films == set(ids_of(items))
    by_id = {item["id"]: item for item in items}
    assert {figure(by_id[each], "views") for each in pictures} == {None}


@pytest.mark.parametrize(
    "field", ["usageRightsStatus", "instagramWhitelistingStatus", "tiktokSparkCodeStatus", "socialProfileAccountTypes"]
)
def test_an_item_has_one_status_at_most(quiet: TestWorld, field: str) -> None:
    known = ["BUSINESS", "CREATOR", "PERSONAL"] if field == "socialProfileAccountTypes" else STATUSES
    parts = [found(quiet, {field: [status]}) for status in known]
    assert sum(map(len, parts)) == len(set().union(*parts)) == len(found(quiet, {field: known})) > 0


def test_whitelisting_is_asked_for_where_usage_rights_are(quiet: TestWorld, items: list[Item]) -> None:
    asked = found(quiet, {"usageRightsStatus": STATUSES})
    platforms = {item["id"]: item["provider"] for item in items}
    for field, provider in [("instagramWhitelistingStatus", "INSTAGRAM"), ("tiktokSparkCodeStatus", "TIKTOK")]:
        assert found(quiet, {field: STATUSES}) == {each for each in asked if platforms[each] == provider}


def test_rates_are_percent_of_impressions_and_of_followers(quiet: TestWorld, items: list[Item]) -> None:
    read = [item for item in items if figure(item, "impressions")]
    rates = {item["id"]: 100 * interactions(item) / (figure(item, "impressions") or 1) for item in read}
    expected = {item for item, rate in rates.items() if 6 <= rate <= 8}
    assert found(quiet, {"engagement": [{"field": "IMPRESSIONS_RATE", "range": {"from": 6, "to": 8}}]}) == expected
    for item in read[:200:20]:
        rate = int(100 * interactions(item) / followers_at_first(quiet, item["id"]))
        near, beyond = {"from": rate - 1, "to": rate + 2}, {"from": rate + 3}
        assert found(quiet, {"ids": [item["id"]], "engagement": [{"field": "ENGAGEMENTS_RATE", "range": near}]})
        assert not found(quiet, {"ids": [item["id"]], "engagement": [{"field": "ENGAGEMENTS_RATE", "range": beyond}]})


def followers_at_first(world: TestWorld, item: str) -> int:
    """When the item was read for the first time, soon after it was published."""
    query = "query($id: ID!) { engagementHistory(itemId: $id, first: 100) { nodes { followers } } }"
    return int(data(world, query, id=item)["engagementHistory"]["nodes"][-1]["followers"])


def test_collections_and_campaigns_hold_the_same_posts(quiet: TestWorld) -> None:
    """As each campaign of the population has a collection of what was published for it."""
    shown = data(quiet, "{ collections { id name itemCount } campaigns(first: 100) { nodes { id name } } }")
    collections = {each["name"]: each for each in shown["collections"]}
    assert collections
    for campaign in shown["campaigns"]["nodes"]:
        collection = collections[campaign["name"]]
        collected = found(quiet, {"collectionsIds": [collection["id"]]})
        assert collected == found(quiet, {"campaignsIds": [campaign["id"], campaign["id"]]})
        assert len(collected) == collection["itemCount"]
    assert found(quiet, {"collectionsIds": [each["id"] for each in shown["campaigns"]["nodes"]]}) == set()


@pytest.mark.parametrize("field", ["creatorLocations", "ugcLocations"])
def test_every_given_part_of_a_place_has_to_fit(quiet: TestWorld, items: list[Item], field: str) -> None:
    place = next(item["location"] for item in items if item["location"])
    parts = {"city": place["city"], "region": place["state"], "country": place["country"]}
    chosen = found(quiet, {field: [parts]})
    assert chosen == found(quiet, {field: [{name: text.upper() for name, text in parts.items()}]})
    assert chosen <= found(quiet, {field: [{"country": parts["country"]}]})
    assert found(quiet, {field: [{**parts, "country": "Atlantis"}]}) == set()
    assert found(quiet, {field: [{"city": "Atlantis"}, parts]}) == chosen
    tagged = {item["id"] for item in items if item["location"] and item["location"]["city"] == place["city"]}
    assert tagged
    assert (chosen == tagged) if field == "ugcLocations" else (chosen > tagged)


def test_a_country_goes_by_its_code_too(quiet: TestWorld) -> None:
    coded = found(quiet, {"creatorLocations": [{"country": "us"}]})
    assert coded == found(quiet, {"creatorLocations": [{"country": "United States"}]}) != set()


def test_sources_are_what_the_workspace_listens_for(quiet: TestWorld, items: list[Item]) -> None:
    """Each on its own platform."""
    shown = data(quiet, "{ workspace { hashtags { id name provider } mentions { id name provider } } }")["workspace"]
    for sign, tags in (("#", shown["hashtags"]), ("@", shown["mentions"])):
        for tag in tags:
            alike = {"tagsNames": [sign + tag["name"]], "provider": tag["provider"]}
            assert found(quiet, {"sourcesIds": [tag["id"]]}) == found(quiet, alike)
    assert found(quiet, {"sourcesIds": ["nothing"]}) == set()


def test_engagement_is_filtered_as_it_was_read_last(world: TestWorld) -> None:
    world.advance(by=40 * 3600)
    items = inventory(world)
    span = {"from": 100, "to": 3000}
    asked = {"engagement": [{"field": "LIKE_COUNT", "range": span}]}
    assert found(world, asked) == {item["id"] for item in items if within(figure(item, "likes"), span)}


@pytest.mark.parametrize("value", ["yesterday", "2025-12-01", "2025-12-01T00:00:00+02:00"])
def test_an_instant_has_to_be_in_utc(quiet: TestWorld, value: str) -> None:
    query = f'{{ items(filter: {{takenAt: {{from: "{value}"}}}}) {{ nodes {{ id }} }} }}'
    assert problems(quiet, query)[0]["message"].startswith(f'Cannot coerce "{value}" to DateTime')
