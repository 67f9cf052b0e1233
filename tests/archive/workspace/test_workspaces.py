"""The workspaces of a token, and what each listens for."""

from tests.archive.community import world_from
from tests.archive.library import fetch_all
from tests.archive.workspace.client import ask, data, everything, post
from tests.support import Server, TestWorld

FIELDS = """id name
  hashtags { id name provider type } mentions { id name provider type } keywords { id name provider }
  integrations { id handle provider status connectedAt }"""
ALL = f"{{workspaces(first: 100) {{totalCount nodes {{{FIELDS}}}}}}}"


def test_the_workspaces_of_a_token_are_listed_without_a_workspace_id(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        listed = post(world, ALL, workspace="").json()["data"]["workspaces"]
        assert [each["id"] for each in listed["nodes"]] == world.credentials["archive"]["workspace_ids"]
        assert listed["totalCount"] == 2


def test_a_workspace_is_the_one_of_the_list(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        for listed in data(world, ALL, workspace="")["workspaces"]["nodes"]:
            assert data(world, f"{{workspace {{{FIELDS}}}}}", listed["id"])["workspace"] == listed


def test_workspaces_come_in_pages(server: Server) -> None:
    with world_from(server, recipe="demo") as world:
        assert everything(world, "workspaces", "id", first=1) == everything(world, "workspaces", "id")


def test_other_fields_beside_the_workspaces_need_a_workspace_id(quiet: TestWorld) -> None:
    refused = post(quiet, "{workspaces {totalCount} workspace {id}}", workspace="")
    assert (refused.status_code, refused.json()) == (404, {"errors": "Shop not found"})


def test_a_workspace_listens_for_the_names_of_its_own_brand_and_its_campaigns(quiet: TestWorld) -> None:
    shown = data(quiet, f"{{workspace {{{FIELDS}}} competitorBrands {{nodes {{id isOwnBrand}}}}}}")
    (own,) = [brand["id"] for brand in shown["competitorBrands"]["nodes"] if brand["isOwnBrand"]]
    heard = shown["workspace"]
    (handle,) = {mention["name"] for mention in heard["mentions"]}
    assert {each["handle"] for each in heard["integrations"]} == {handle}
    about = everything(quiet, "competitorBrandItems", "mentions", f', brandId: "{own}", filter: {{takenAt: {{}}}}')
    assert about
    assert all(handle in item["mentions"] for item in about)
    used = {tag for item in fetch_all(quiet, "hashtags") for tag in item["hashtags"]}
    assert heard["hashtags"]
    assert {tag["name"] for tag in heard["hashtags"]} <= used


def test_each_source_has_an_id_of_its_own_on_each_platform(quiet: TestWorld) -> None:
    heard = data(quiet, f"{{workspace {{{FIELDS}}}}}")["workspace"]
    sources = [*heard["hashtags"], *heard["mentions"], *heard["keywords"]]
    assert len({each["id"] for each in sources}) == len(sources)
    assert len({(each["name"], each["provider"], each.get("type")) for each in sources}) == len(sources)
    assert {each["type"] for each in heard["hashtags"]} == {"HASHTAG"}
    assert {each["type"] for each in heard["mentions"]} == {"MENTION"}


def test_a_workspace_is_the_same_in_every_world_of_a_seed(server: Server, quiet: TestWorld) -> None:
    with world_from(server) as world:
        assert data(world, ALL) == data(quiet, ALL)
    with world_from(server, seed=7) as other:
        ids = {each["id"] for each in data(other, ALL)["workspaces"]["nodes"]}
        assert ids.isdisjoint(each["id"] for each in data(quiet, ALL)["workspaces"]["nodes"])


def test_nobody_listens_in_an_empty_world(server: Server) -> None:
    with world_from(server, recipe="empty") as world:
        shown = data(world, f"{{workspace {{{FIELDS}}}}}")["workspace"]
        assert [shown[name] for name in ("hashtags", "mentions", "keywords", "integrations")] == [[], [], [], []]


def test_a_page_of_more_than_a_hundred_is_an_error(quiet: TestWorld) -> None:
    (error,) = ask(quiet, "{workspaces(first: 101) {totalCount}}", workspace="")["errors"]
    assert error["message"] == "first must be less than or equal to 100"
