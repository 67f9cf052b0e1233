"""The lists of a filter, alone and with each other."""

from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive.library import Library, data
from tests.archive.test_media_items import filtered, kept

NAMES = ("itemProviders", "itemTypes", "creatorAccountName", "creatorVerified", "usageRightsStatus")
SUBSETS = list(chain.from_iterable(combinations(NAMES, size) for size in range(len(NAMES) + 1)))
COUNTED = "query($filter: Filter) {mediaItems(filter: $filter) {totalCount}}"


def values(item: dict[str, Any]) -> dict[str, list[Any]]:
    """A filter that the item passes, with all of its lists."""
    return {
        "itemProviders": [item["provider"]],
        "itemTypes": [item["type"]],
        "creatorAccountName": [item["creator"]["accountName"]],
        "creatorVerified": [item["creator"]["verified"]],
        "usageRightsStatus": [item["usageRightsStatus"]],
    }


@pytest.mark.parametrize("names", SUBSETS, ids="+".join)
def test_any_lists_together_keep_what_passes_each_of_them(library: Library, names: tuple[str, ...]) -> None:
    wanted = next(item for item in library.items if item["usageRightsStatus"])
    chosen = {name: values(wanted)[name] for name in names}
    ids = filtered(library, chosen)
    assert ids == [item["id"] for item in library.items if kept(chosen, item)]
    assert wanted["id"] in ids


@pytest.mark.parametrize("names", [names for names in SUBSETS if "creatorVerified" in names], ids="+".join)
def test_one_list_that_is_not_passed_is_enough_to_leave_out(library: Library, names: tuple[str, ...]) -> None:
    wanted = next(item for item in library.items if item["usageRightsStatus"])
    chosen = {name: values(wanted)[name] for name in names}
    chosen["creatorVerified"] = [not wanted["creator"]["verified"]]
    assert filtered(library, chosen) == [item["id"] for item in library.items if kept(chosen, item)]


@given(st.data())
def test_another_list_never_adds_anything_and_another_value_never_takes_anything(
    library: Library, draw: st.DataObject
) -> None:
    requested = st.sampled_from([each for each in library.items if each["usageRightsStatus"]])
    item, other = draw.draw(requested), draw.draw(requested)
    names = draw.draw(st.lists(st.sampled_from(NAMES), min_size=2, unique=True))
    chosen = {name: values(item)[name] for name in names}
    fewer = {name: chosen[name] for name in names[1:]}
    wider = {**chosen, names[0]: [*chosen[names[0]], *values(other)[names[0]]]}
    count = {
        key: data(library.world, COUNTED, filter=each)["mediaItems"]["totalCount"]
        for key, each in {"chosen": chosen, "fewer": fewer, "wider": wider}.items()
    }
    assert count["chosen"] <= count["fewer"]
    assert count["chosen"] <= count["wider"]
