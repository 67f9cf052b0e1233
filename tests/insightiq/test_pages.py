from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insightiq.support import LISTS, everything
from tests.support import TestWorld

offsets = st.integers(0, 50) | st.integers(0, 10**18 - 1)


@pytest.mark.parametrize("path", LISTS)
@given(limit=st.integers(1, 100), offset=offsets)
def test_a_page_is_a_slice_of_the_whole_list_and_repeats_what_was_asked(
    world: TestWorld, path: str, limit: int, offset: int
) -> None:
    page = world.insightiq("GET", path, params={"limit": limit, "offset": offset}).json()
    assert list(page) == ["data", "metadata"]
    assert page["data"] == everything(world, path)[offset : offset + limit]
    assert page["metadata"] == {"offset": offset, "limit": limit, "from_date": None, "to_date": None}


@pytest.mark.parametrize("path", LISTS)
@given(limit=st.integers(1, 50))
def test_pages_one_after_another_hold_each_object_once(world: TestWorld, path: str, limit: int) -> None:
    whole = everything(world, path)
    pages = [
        world.insightiq("GET", path, params={"limit": limit, "offset": offset}).json()["data"]
        for offset in range(0, len(whole) + limit, limit)
    ]
    assert list(chain(*pages)) == whole


@pytest.mark.parametrize("path", LISTS)
def test_a_page_has_ten_objects_from_the_first_if_nothing_is_asked(world: TestWorld, path: str) -> None:
    page = world.insightiq("GET", path).json()
    assert page["data"] == everything(world, path)[:10]
    assert len(page["data"]) == 10
    assert page["metadata"] == {"offset": 0, "limit": 10, "from_date": None, "to_date": None}


def test_unknown_query_parameters_are_ignored(world: TestWorld) -> None:
    assert world.insightiq("GET", "/v1/users?page=2&limits=0").json() == world.insightiq("GET", "/v1/users").json()
