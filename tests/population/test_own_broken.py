"""Whatever stands in an object of a recipe's own: it is told in one line, or the object is shown."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from emulator.world.plan import Plan
from emulator.world.population import RecipeError
from tests.archive.workspace import client
from tests.population.recipes import write_recipe
from tests.population.test_own_in_archive import FIGURES, IN_BOTH, ITEM, MEDIA_ITEM, PERSON, PROFILE, V1
from tests.population.test_own_objects import ACCOUNT, USER
from tests.support import Server, TestWorld

MANY = {"customAttributes": {}, "socialProfiles": [{"accountName": "a", "provider": "TIKTOK"}], "id": PERSON}
SAMPLES: list[tuple[str, str, dict[str, Any]]] = [
    ("archive", "items", {**ITEM, "creator": MANY, "location": {"city": "Ulm"}}),
    ("archive", "media_items", {**MEDIA_ITEM, "contents": [{"id": 1, "type": "IMAGE"}], "location": {"lat": 1.5}}),
    ("archive", "creators", MANY),
    ("archive", "social_profiles", {**ITEM["socialProfile"], "id": PROFILE}),
    ("insightiq", "users", USER),
    ("insightiq", "accounts", ACCOUNT),
]
JUNK: list[Any] = [
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "9" * 40,
    "0000-01-01T00:00:00.000000",
    "0001-01-01T00:00:00Z",
    [],
    {},
]
JUNK += ["2025-13-45T00:00:00Z", [None], [{}], ["x"], "²"]


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        yield (*place, key)
        yield from places(each, (*place, key))


CHANGES = st.sampled_from([(*sample, place) for sample in SAMPLES for place in places(sample[2])])


def changed(body: dict[str, Any], place: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    """Without what is at the place if it is "gone"."""
    found: Any = copy.deepcopy(body)
    inner = found
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = junk
    if junk == "gone":
        del inner[place[-1]]
    whole: dict[str, Any] = found
    return whole


@given(change=CHANGES, junk=st.sampled_from([*JUNK, "gone"]))
def test_it_is_told_or_shown(server: Server, tmp_path: Path, change: tuple[Any, ...], junk: Any) -> None:
    vendor, kind, body, place = change
    objects: dict[str, Any] = {vendor: {kind: [changed(body, place, junk)]}}
    if kind == "accounts":
        objects[vendor]["users"] = [USER]
    path = write_recipe(tmp_path, clock="frozen", shops=[{"id": 7, "name": "Ours"}], objects=objects)
    told = refused(server, path)
    if told:
        assert f"objects.{vendor}.{kind}.0" in told
        return
    world = TestWorld("own", server.client.get("/_emulator/worlds/own").json()["credentials"], server.client)
    try:
        look_at(world)
    finally:
        world.control("DELETE")


def refused(server: Server, path: Path) -> str | None:
    """What is told; None if there is a world now."""
    try:
        server.emulator.control.worlds.create(Plan("own", recipe=str(path)))
    except RecipeError as error:
        return str(error)
    return None


def look_at(world: TestWorld) -> None:
    """Each of these answers is held to the contract."""
    assert "errors" not in world.archive(f"{{ mediaItems {{ nodes {{ {V1} contents {{ id type }} }} }} }}")
    owner = "creator { id customAttributes socialProfiles { id originalUrl followers } }"
    client.data(world, f"{{ items {{ nodes {{ {IN_BOTH} {FIGURES} {owner} location {{ city }} }} }} }}")
    client.data(world, "{ socialProfiles { nodes { id accountName fullName phoneNumbers following } } }")
    for path in ("users", "accounts"):
        assert world.insightiq("GET", f"/v1/{path}").status_code == 200
