from typing import Any

import pytest
import yaml

from emulator import resources
from tests.insightiq.support import NOBODY, Another, assert_refused, everything
from tests.support import TestWorld

PATH = "/v1/work-platforms"
OURS = {"evidence", "evidence_by_key", "note"}


def recorded() -> list[dict[str, Any]]:
    """The vendor's objects, as the fixture keeps them."""
    entries = yaml.safe_load((resources.fixtures() / "insightiq" / "work_platforms.yaml").read_text())
    return [{key: value for key, value in entry.items() if key not in OURS} for entry in entries]


def test_all_recorded_work_platforms_are_served_in_their_order(world: TestWorld) -> None:
    assert everything(world, PATH) == recorded()


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("TikTok", "de55aeec-0dc8-4119-bf90-16b3d1f0c987"),
        ("Instagram", "9bb8913b-ddd9-430b-a66a-d74d846e6c66"),
        ("YouTube", "14d9ddf5-51c6-415e-bde6-f8ed36ad7054"),
        ("X", "7645460a-96e0-4192-a3ce-a1fc30641f72"),
        ("Facebook", "ad2fec62-2987-40a0-89fb-23485972598c"),
        ("WWW", "a22c6022-5226-55f4-a436-3693f2148bd4"),
    ],
)
def test_a_work_platform_has_the_id_of_the_real_service(world: TestWorld, name: str, id: str) -> None:
    assert world.insightiq("GET", f"{PATH}/{id}").json()["name"] == name


def test_each_work_platform_is_found_by_its_id_as_in_the_list(world: TestWorld) -> None:
    for platform in recorded():
        assert world.insightiq("GET", f"{PATH}/{platform['id']}").json() == platform


def test_a_name_keeps_only_the_work_platform_of_exactly_that_name(world: TestWorld) -> None:
    for platform in recorded():
        assert world.insightiq("GET", PATH, params={"name": platform["name"]}).json()["data"] == [platform]
    for nobodys in ("instagram", "Insta", "Instagram ", "", "%"):
        assert world.insightiq("GET", PATH, params={"name": nobodys}).json()["data"] == []


def test_an_unknown_work_platform_is_not_found(world: TestWorld) -> None:
    assert_refused(world.insightiq("GET", f"{PATH}/{NOBODY}"), 404, "incorrect_work_platform_id")


def test_a_world_without_people_has_all_work_platforms(another: Another) -> None:
    empty = another(recipe="empty")
    assert everything(empty, PATH) == recorded()
    assert everything(empty, "/v1/users") == everything(empty, "/v1/accounts") == []
