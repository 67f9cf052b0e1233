"""Recipes: what a population shall be like, read from YAML and checked."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import yaml

from emulator.resources import fixtures
from emulator.world.population import vocabulary, yamlfile
from emulator.world.population.fields import FIELDS, FieldError, Shop, hint, seen
from emulator.world.population.platforms import MAIN, PlatformName

GENERATOR = 4  # raise it when the same recipe and seed give another population, so that no stored one is taken for it


class RecipeError(ValueError):
    """One line: what was seen, where, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many of everything. `epoch` None means the start of today; `campaigns` and `market_reports` are counts.

    `report_posts` are the sizes of further market reports, which watch everybody: each is over at the epoch and has so
    many of the posts, the earliest ones, less those on platforms that campaigns do not have.

    `platforms` are the weights by which creators choose where to post, `countries` (ISO 3166 alpha-2) those by which
    they live there. `later_posts` says whether creators go on publishing after the epoch; `clock_rate` is world seconds
    per real second.
    """

    name: str
    epoch: datetime | None = None
    clock: Literal["running", "frozen"] = "running"
    clock_rate: float = 1.0
    creators: int = 0
    posts: int = 0
    history_days: int = 365
    later_posts: bool = True
    platforms: Mapping[PlatformName, float] = field(default_factory=lambda: dict.fromkeys(MAIN, 1.0))
    countries: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(("US", "GB", "DE"), 1.0))
    brands: int = 0
    campaigns: int = 0
    market_reports: int = 0
    report_posts: tuple[int, ...] = ()
    creators_per_campaign: int = 8
    connected_users: int = 0
    shops: tuple[Shop, ...] = ()
    digest: str = ""


def recipe_names() -> list[str]:
    return sorted(path.stem for path in (fixtures() / "worlds").glob("*.yaml"))


def load_recipe(name_or_path: str) -> Recipe:
    """A bare name is one of `recipe_names()`; whatever has a suffix or a folder is a file."""
    path = Path(name_or_path)
    if path.name == name_or_path and not path.suffix:
        path = fixtures() / "worlds" / f"{name_or_path}.yaml"
        if not path.is_file():
            raise RecipeError(f"no recipe is called {name_or_path!r}; there are: {', '.join(recipe_names())}")
    recipe = Recipe(path.stem, **_checked(path, _parse(path)))
    most = max(recipe.report_posts, default=0)
    if most > recipe.posts:
        raise RecipeError(f"{path}: report_posts: has {most} with {recipe.posts} posts; ask for more posts")
    return replace(recipe, digest=_digest(recipe))


def packed(recipe: Recipe) -> bytes:
    """JSON, for `unpacked`."""
    return json.dumps(asdict(recipe), default=str).encode()


def unpacked(packed: bytes) -> Recipe | None:
    """The recipe; None if it now means another population, as the generator or the vocabulary has changed."""
    content = json.loads(packed)
    content["epoch"] = content["epoch"] and datetime.fromisoformat(content["epoch"])
    content["shops"] = tuple(Shop(**shop) for shop in content["shops"])
    content["report_posts"] = tuple(content.get("report_posts", ()))
    recipe = Recipe(**content)
    return recipe if _digest(replace(recipe, digest="")) == recipe.digest else None


def _digest(recipe: Recipe) -> str:
    """Equal for recipes that mean the same, whatever they are called."""
    content = json.dumps([GENERATOR, vocabulary.fingerprint(), asdict(replace(recipe, name=""))], default=str)
    return sha256(content.encode()).hexdigest()


def _parse(path: Path) -> dict[str, Any]:
    try:
        content = yamlfile.read(path)
    except OSError as error:
        raise RecipeError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise RecipeError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise RecipeError(f"{path}: holds {seen(content)}; a recipe is a mapping with the keys {', '.join(FIELDS)}")
    return content


def _checked(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    values = {key: _value(path, key, value) for key, value in content.items()}
    if values.get("posts") and not values.get("creators"):
        raise RecipeError(f"{path}: posts: is {values['posts']} with 0 creators; posts need somebody who writes them")
    return values


def _value(path: Path, key: str, value: object) -> object:
    if key not in FIELDS:
        raise RecipeError(f"{path}: unknown key {key!r}; {hint(key, FIELDS)}")
    try:
        return FIELDS[key](value)
    except FieldError as error:
        raise RecipeError(f"{path}: {key}: {error}") from None
