"""Worlds made by a recipe of the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from emulator.settings import Settings
from emulator.world.population import RecipeError
from tests.support import Server, TestWorld, running


def write_recipe(folder: Path, **fields: Any) -> Path:
    path = folder / "recipe.yaml"
    path.write_text(yaml.safe_dump(fields))
    return path


def first_world(server: Server) -> TestWorld:
    """The world that a server makes when it starts."""
    shown = server.client.get("/_emulator/worlds/default").json()
    return TestWorld("default", shown["credentials"], server.client)


@contextmanager
def world_of(folder: Path, **fields: Any) -> Iterator[TestWorld]:
    """The world of a recipe with these fields, its clock frozen and nothing limited, on a server of its own."""
    path = write_recipe(folder, **{"epoch": "2026-01-01T00:00:00Z", **fields})
    with running(Settings(recipe=str(path), clock="frozen", storyclash_limit="off")) as server:
        yield first_world(server)


def refusal(folder: Path, objects: Any, file: str = "recipe.yaml", **fields: Any) -> str:
    """What is told, of a file: the recipe, or one beside it."""
    path = write_recipe(folder, objects=objects, **fields)
    with pytest.raises(RecipeError) as caught, running(Settings(recipe=str(path))):
        pass
    message = str(caught.value)
    assert message.startswith(f"{folder / file}:")
    return message
