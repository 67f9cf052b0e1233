"""docs/recipes.md: every field is there, and every example makes a world."""

import json
import re
from pathlib import Path

import pytest

from emulator.app import VENDORS
from emulator.settings import Settings
from emulator.world.population import named_fields
from emulator.world.population.fields import FIELDS
from tests.population.recipes import first_world
from tests.storyclash.reports import fetch_reports
from tests.support import running

PAGE = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text()
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def documented(heading: str, column: int = 0) -> list[str]:
    """The names in the first table below a heading."""
    below = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in below.splitlines() if line.startswith("| `")]
    return [re.sub(r"[|` ]", "", row[column]) for row in rows]


def keys(check: object) -> set[str]:
    """Those that a record allows, as its own complaint lists them."""
    with pytest.raises(ValueError, match="allowed") as caught:
        check(["no mapping at all"])  # type: ignore[operator]
    return set(str(caught.value).partition("with the keys ")[2].split(", "))


def test_every_field_is_documented() -> None:
    assert documented("Fields") == list(FIELDS)


@pytest.mark.parametrize(
    ("heading", "check"),
    [("Named creators", named_fields.named_creators), ("Named campaigns", named_fields.named_campaigns)],
)
def test_every_key_of_what_is_named_is_documented(heading: str, check: object) -> None:
    assert set(documented(heading)) == keys(check)


def test_every_kind_of_object_is_documented() -> None:
    kinds = [(each.VENDOR.name, kind) for each in VENDORS.values() for kind in each.VENDOR.objects]
    told = documented("Objects of your own"), documented("Objects of your own", 1)
    assert sorted(zip(*told, strict=True)) == sorted(kinds)


@pytest.mark.parametrize("nth", range(len(EXAMPLES)))
def test_the_examples_make_worlds(tmp_path: Path, nth: int) -> None:
    campaign = {"campaign": _campaign(), "posts": [], "creators": [], "hasMoreResults": False}
    (tmp_path / "campaigns.json").write_text(json.dumps([campaign]))
    path = tmp_path / "mine.yaml"
    path.write_text(EXAMPLES[nth])
    with running(Settings(recipe=str(path), clock="frozen", storyclash_limit="off")) as server:
        world = server.client.get("/_emulator/worlds/default").json()
        assert world["epoch"] == "2026-01-01T00:00:00.000000Z"


def _campaign() -> dict[str, object]:
    with running(Settings(clock="frozen", storyclash_limit="off", recipe="default")) as server:
        return fetch_reports(first_world(server))[0].campaign


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 5
