"""`creator`: one account, by id or by name."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.archive.library import Library, data

BOTH = {"INSTAGRAM", "TIKTOK"}
QUERY = """query($id: Int, $accountName: String, $provider: IntegrationProviderEnum, $fallback: Boolean) {
  creator(id: $id, accountName: $accountName, provider: $provider, fallback: $fallback) {
    id accountName provider verified authorized followersCount followingCount avatarUrl biography
  }
}"""


def find(library: Library, **variables: Any) -> Any:
    return data(library.world, QUERY, **variables)["creator"]


def on_one_platform_only(library: Library) -> dict[str, Any]:
    """A creator whose account name nobody has on the other platform."""
    names = [creator["accountName"] for creator in library.creators.values()]
    for creator in library.creators.values():
        other = (BOTH - {creator["provider"]}).pop()
        if names.count(creator["accountName"]) == 1 and not find(
            library, accountName=creator["accountName"], provider=other
        ):
            return {**creator, "other": other}
    raise AssertionError("everybody is on both platforms")


@given(st.data())
def test_a_creator_is_found_by_id_and_by_name_and_provider(library: Library, draw: st.DataObject) -> None:
    creator = draw.draw(st.sampled_from(list(library.creators.values())))
    assert find(library, id=creator["id"]) == creator
    assert find(library, accountName=creator["accountName"], provider=creator["provider"]) == creator


def test_an_account_name_alone_finds_somebody_of_that_name(library: Library) -> None:
    for name in {creator["accountName"] for creator in library.creators.values()}:
        assert find(library, accountName=name)["accountName"] == name


def test_the_id_decides_over_the_name(library: Library) -> None:
    first, second, *_ = library.creators.values()
    assert find(library, id=first["id"], accountName=second["accountName"]) == first


def test_an_id_on_another_provider_finds_nobody(library: Library) -> None:
    for creator in library.creators.values():
        other = (BOTH - {creator["provider"]}).pop()
        assert find(library, id=creator["id"], provider=other, fallback=True) is None


def test_fallback_takes_the_account_of_that_name_on_the_other_platform(library: Library) -> None:
    creator = on_one_platform_only(library)
    wanted = {"accountName": creator["accountName"], "provider": creator["other"]}
    assert find(library, **wanted, fallback=False) is None
    assert find(library, **wanted, fallback=None) is None
    assert find(library, **wanted, fallback=True)["id"] == creator["id"]


def test_fallback_changes_nothing_for_who_is_found_anyway(library: Library) -> None:
    for creator in library.creators.values():
        wanted = {"accountName": creator["accountName"], "provider": creator["provider"]}
        assert find(library, **wanted, fallback=True) == creator


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.integers(-(2**31), 2**31 - 1),
            "accountName": st.text(max_size=20),
            "provider": st.sampled_from([*BOTH, None]),
            "fallback": st.booleans(),
        },
    )
)
def test_whoever_is_unknown_is_null(library: Library, wanted: dict[str, Any]) -> None:
    assert wanted.get("id") not in library.creators
    assert find(library, **wanted) is None


def test_an_unknown_creator_has_no_posts(library: Library) -> None:
    query = '{creatorPosts(accountName: "nobody.at.all") {totalCount nodes {id} pageInfo {hasNextPage endCursor}}}'
    page = data(library.world, query)["creatorPosts"]
    assert page == {"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}


def test_everybody_has_their_own_posts_and_no_others(library: Library) -> None:
    query = "query($id: Int) {creatorPosts(id: $id) {totalCount nodes {id creator {id}}}}"
    seen = 0
    for creator_id in library.creators:
        page = data(library.world, query, id=creator_id)["creatorPosts"]
        posts = library.posts_of(creator_id)
        assert [node["id"] for node in page["nodes"]] == [post["id"] for post in posts][:100]
        assert page["totalCount"] == len(posts)
        seen += page["totalCount"]
    assert seen == len(library.items)
