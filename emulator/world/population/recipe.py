"""Recipes: what a population shall be like, read from YAML and checked."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Self

import yaml

from emulator.resources import fixtures
from emulator.world.population import captured, vocabulary, yamlfile
from emulator.world.population.checks import FieldError, hint, seen
from emulator.world.population.fields import FIELDS, Shop
from emulator.world.population.named_fields import NamedCampaign, NamedCreator
from emulator.world.population.platforms import MAIN, PlatformName
from emulator.world.population.yamlfile import Lines, Place

GENERATOR = 4  # raise it when the same recipe and seed give another population, so that no stored one is taken for it


_LATER = ("named_creators", "named_campaigns", "objects")  # fields that a recipe of an earlier version does not have


class RecipeError(ValueError):
    """One line: what was seen, where, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a recipe. `line` counts from 1; None if there are no lines to speak of."""

    path: Path
    line: int | None
    place: Place
    message: str

    @classmethod
    def at(cls, path: Path, place: Place, message: str) -> Self:
        """In the recipe, or in the file beside it that stands there."""
        return cls(*captured.located(path, place), place, message)

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return ": ".join([where, *([".".join(str(step) for step in self.place)] if self.place else []), self.message])


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many of everything. `epoch` None means the start of today; `campaigns` and `market_reports` are counts.

    `report_posts` are the sizes of further market reports, which watch everybody: each is over at the epoch and has so
    many of the posts, the earliest ones, less those on platforms that campaigns do not have.

    `platforms` are the weights by which creators choose where to post, `countries` (ISO 3166 alpha-2) those by which
    they live there. `later_posts` says whether creators go on publishing after the epoch; `clock_rate` is world seconds
    per real second. `objects` are by vendor and kind, as the vendors show them.
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
    named_creators: tuple[NamedCreator, ...] = ()
    named_campaigns: tuple[NamedCampaign, ...] = ()
    objects: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]] = field(default_factory=dict)
    digest: str = ""

    @property
    def all_posts(self) -> int:
        """Those of the named creators included."""
        return self.posts + sum(creator.posts for creator in self.named_creators)


def recipe_names() -> list[str]:
    return sorted(path.stem for path in (fixtures() / "worlds").glob("*.yaml"))


def load_recipe(name_or_path: str) -> Recipe:
    """A bare name is one of `recipe_names()`; whatever has a suffix or a folder is a file. Raises RecipeError."""
    path = recipe_path(name_or_path)
    recipe, problems = read_recipe(path)
    if recipe is None:
        raise RecipeError(str(problems[0]))
    return recipe


def recipe_path(name_or_path: str) -> Path:
    """Raises RecipeError for a name that no recipe has."""
    path = Path(name_or_path)
    if path.name == name_or_path and not path.suffix:
        path = fixtures() / "worlds" / f"{name_or_path}.yaml"
        if not path.is_file():
            raise RecipeError(f"no recipe is called {name_or_path!r}; there are: {', '.join(recipe_names())}")
    return path


def read_recipe(path: Path) -> tuple[Recipe | None, list[Problem]]:
    """The recipe of a file, or all that is wrong with it, in the order of its lines."""
    try:
        content = yamlfile.read(path)
    except OSError as error:
        return None, [Problem(path, None, (), f"cannot be read: {error.strerror}")]
    except yaml.YAMLError as error:
        return None, [Problem(path, None, (), f"not YAML: {' '.join(str(error).split())}")]
    if not isinstance(content, dict):
        keys = ", ".join(FIELDS)
        return None, [Problem(path, None, (), f"holds {seen(content)}; a recipe is a mapping with the keys {keys}")]
    lines, values = Lines(path), dict[str, Any]()
    broken = [(place, "is there twice; one of them has to go") for place in lines.repeated()]
    broken += _check(path, content, values) or list(_check_together(values))
    problems = [Problem(path, lines.of(place), place, message) for place, message in broken]
    if problems:
        return None, sorted(problems, key=lambda problem: problem.line or 0)
    recipe = Recipe(path.stem, **values)
    return replace(recipe, digest=_digest(recipe)), []


def packed(recipe: Recipe) -> bytes:
    """JSON, for `unpacked`."""
    return json.dumps(asdict(recipe), default=str).encode()


def unpacked(packed: bytes) -> Recipe | None:
    """The recipe; None if it now means another population, as the generator or the vocabulary has changed."""
    content = json.loads(packed)
    content["epoch"] = content["epoch"] and datetime.fromisoformat(content["epoch"])
    content["shops"] = tuple(Shop(**shop) for shop in content["shops"])
    for key, kind in (("named_creators", NamedCreator), ("named_campaigns", NamedCampaign)):
        content[key] = tuple(kind(**_tuples(said)) for said in content.get(key, ()))
    content["report_posts"] = tuple(content.get("report_posts", ()))
    recipe = Recipe(**content)
    return recipe if _digest(replace(recipe, digest="")) == recipe.digest else None


def _tuples(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}


def _digest(recipe: Recipe) -> str:
    """Equal for recipes that mean the same, whatever they are called."""
    content = asdict(replace(recipe, name=""))
    meant = {key: value for key, value in content.items() if value or key not in _LATER}
    text = json.dumps([GENERATOR, vocabulary.fingerprint(), meant], default=str)
    return sha256(text.encode()).hexdigest()


def _check(path: Path, content: Mapping[object, Any], values: dict[str, Any]) -> list[tuple[Place, str]]:
    """What is wrong with the fields by themselves; those that are right become `values`."""
    broken: list[tuple[Place, str]] = []
    for key, value in content.items():
        if key not in FIELDS:
            broken.append(((str(key),), f"unknown key; {hint(key, FIELDS)}"))
            continue
        try:
            values[str(key)] = FIELDS[str(key)](captured.with_files(path, value) if key == "objects" else value)
        except FieldError as error:
            broken += [((str(key), *place), message) for place, message in error.problems]
    return broken


def _check_together(values: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    if values.get("posts") and not values.get("creators"):
        yield ("posts",), f"is {values['posts']} with 0 creators; posts need somebody who writes them"
    most = max(values.get("report_posts", ()), default=0)
    if most > values.get("posts", 0):
        yield ("report_posts",), f"has {most} with {values.get('posts', 0)} posts; ask for more posts"
    handles = [creator.handle for creator in values.get("named_creators", ())]
    for nth, campaign in enumerate(values.get("named_campaigns", ())):
        for place, handle in enumerate(campaign.creators):
            if handle not in handles:
                where = ("named_campaigns", nth, "creators", place)
                yield where, f"is {handle!r}, whom named_creators does not have; {hint(handle, handles)}"
