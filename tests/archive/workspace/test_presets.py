"""Filters that come with a workspace: made of what is in its world."""

from tests.archive.workspace.client import data
from tests.archive.workspace.organising import names
from tests.support import Server, TestWorld

PRESETS = "{filterPresets {id name accessor}}"


def test_a_workspace_has_presets_for_both_parts_of_the_app(quiet: TestWorld) -> None:
    presets = data(quiet, PRESETS)["filterPresets"]
    assert [each["accessor"] for each in presets] == ["MEDIA_DECK", "MEDIA_DECK", "COLLECTIONS", "COLLECTIONS"]
    assert len({each["id"] for each in presets}) == len(set(names(presets))) == 4


def test_presets_name_the_brand_that_is_the_workspaces_own(quiet: TestWorld) -> None:
    brands = data(quiet, "{competitorBrands {nodes {name isOwnBrand}}}")["competitorBrands"]["nodes"]
    (own,) = (brand["name"] for brand in brands if brand["isOwnBrand"])
    assert f"Mentions of {own}" in names(data(quiet, PRESETS)["filterPresets"])


def test_presets_are_the_same_in_worlds_of_one_seed(server: Server, quiet: TestWorld) -> None:
    twin = server.world(clock={"mode": "frozen"})
    assert data(twin, PRESETS) == data(quiet, PRESETS)
    twin.control("DELETE")


def test_each_workspace_has_presets_of_its_own(server: Server) -> None:
    world = server.world(recipe="demo", clock={"mode": "frozen"})
    first, second = (data(world, PRESETS, each) for each in world.credentials["archive"]["workspace_ids"])
    ids = [each["id"] for each in (*first["filterPresets"], *second["filterPresets"])]
    assert len(set(ids)) == len(ids) == 8
    world.control("DELETE")


def test_every_preset_finds_some_items_and_leaves_out_others(quiet: TestWorld) -> None:
    total = data(quiet, "{items(first: 0) {totalCount}}")["items"]["totalCount"]
    query = "query($preset: ID) {items(first: 0, presetId: $preset) {totalCount}}"
    for preset in data(quiet, PRESETS)["filterPresets"]:
        assert 0 < data(quiet, query, preset=preset["id"])["items"]["totalCount"] < total


def test_a_world_without_creators_and_brands_has_fewer_presets(server: Server) -> None:
    world = server.world(recipe="empty", clock={"mode": "frozen"})
    for workspace in world.credentials["archive"]["workspace_ids"]:
        assert names(data(world, PRESETS, workspace)["filterPresets"]) == ["Approved videos"]
    world.control("DELETE")
