"""Recipes: what a population shall be like, read from YAML and checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Self

import yaml

from emulator.resources import fixtures
from emulator.words import hint, seen
from emulator.world.population import captured, vocabulary, yamlfile
from emulator.world.population.asked import Said
from emulator.world.population.checks import FieldError
from emulator.world.population.fields import FIELDS, Shop
from emulator.world.population.platforms import MAIN, PlatformName
from emulator.world.population.together import together
from emulator.world.population.yamlfile import Lines, Place

GENERATOR = 4  # raise it when the same recipe and seed give another population, so that no stored one is taken for it

INLINE = "inline"  # what a recipe is called that is no file

_LATER = ("named_creators", "named_campaigns", "objects")  # fields that a recipe of an earlier version does not have


class RecipeError(ValueError):
    """One line: what was seen, where, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a recipe. `line` counts from 1; None if there are no lines to speak of.

    Without a path it is a recipe that came with a request, as its key `recipe`.
    """

    path: Path | None
    line: int | None
    place: Place
    message: str

    @classmethod
    def at(cls, path: Path | None, place: Place, message: str) -> Self:
        """In the recipe, or in the file beside it that stands there."""
        where, line = (None, None) if path is None else captured.located(path, place)
        return cls(where, line, place, message)

    def __str__(self) -> str:
        place = ".".join(str(step)[:100] for step in (() if self.path else ("recipe",)) + self.place)
        where = f"{self.path}:{self.line}" if self.line else str(self.path or "")
        return ": ".join(filter(None, (where, place, self.message)))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many of everything. `epoch` None means the start of today; `campaigns` and `market_reports` are counts.

    `report_posts` are the sizes of further market reports, which watch everybody: each is over at the epoch and has so
    many of the posts, the earliest ones, less those on platforms that campaigns do not have.

    `platforms` are the weights by which creators choose where to post, `countries` (ISO 3166 alpha-2) those by which
    they live there. `later_posts` says whether creators go on publishing after the epoch; `clock_rate` is world seconds
    per real second. `named_creators` and `named_campaigns` are as `named_fields` gives them; `objects` are by vendor
    and kind, as the vendors show them.
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
    named_creators: tuple[Said, ...] = ()
    named_campaigns: tuple[Said, ...] = ()
    objects: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]] = field(default_factory=dict)
    digest: str = ""

    @property
    def all_posts(self) -> int:
        """Those of the named creators included."""
        return self.posts + sum(int(creator.get("posts", 0)) for creator in self.named_creators)


def recipe_names() -> list[str]:
    return sorted(path.stem for path in (fixtures() / "worlds").glob("*.yaml"))


def load_recipe(given: str | Mapping[str, Any]) -> Recipe:
    """A bare name is one of `recipe_names()`; whatever has a suffix or a folder is a file. Raises RecipeError.

    A mapping is a recipe itself.
    """
    recipe, problems = read_recipe(recipe_path(given)) if isinstance(given, str) else recipe_of(given)
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
    lines = Lines(path)
    broken = [(place, "is there twice; one of them has to go") for place in lines.repeated()]
    recipe, found = _checked(path.stem, content, path)
    if recipe is not None and not broken:
        return recipe, []
    problems = [Problem(path, lines.of(place) if place else None, place, message) for place, message in broken + found]
    return None, sorted(problems, key=lambda problem: problem.line or 0)


def recipe_content(path: Path) -> Any:
    """What a file holds that has been read, with the objects of the files beside it: a recipe that needs no files."""
    content = yamlfile.read(path)
    return {key: captured.taken(path, value) if key == "objects" else value for key, value in content.items()}


def recipe_of(content: object, name: str = INLINE) -> tuple[Recipe | None, list[Problem]]:
    """The recipe that has come as JSON, or all that is wrong with it."""
    recipe, broken = _checked(name, content, None)
    return recipe, [Problem.at(None, place, message) for place, message in broken]


def packed(recipe: Recipe) -> bytes:
    """JSON, for `unpacked`."""
    return json.dumps(asdict(recipe), default=str).encode()


def unpacked(packed: bytes) -> Recipe | None:
    """The recipe; None if it now means another population, as the generator or the vocabulary has changed.

    It is checked as it was when it was read: it may have come from elsewhere.
    """
    content = json.loads(packed) or {}
    said = {key: value for key, value in content.items() if key in FIELDS and value is not None}
    recipe, _ = recipe_of(said, str(content.get("name")))
    return recipe if recipe is not None and recipe.digest == content.get("digest") else None


def _digest(recipe: Recipe) -> str:
    """Equal for recipes that mean the same, whatever they are called."""
    content = asdict(replace(recipe, name=""))
    meant = {key: value for key, value in content.items() if value or key not in _LATER}
    text = json.dumps([GENERATOR, vocabulary.fingerprint(), meant], default=str)
    return sha256(text.encode()).hexdigest()


def _checked(name: str, content: object, path: Path | None) -> tuple[Recipe | None, list[tuple[Place, str]]]:
    """Objects may stand in files beside the one at the path."""
    if not isinstance(content, dict):
        return None, [((), f"holds {seen(content)}; a recipe is a mapping with the keys {', '.join(FIELDS)}")]
    values = dict[str, Any]()
    broken = _check(content, values, path) or list(together(values))
    if broken:
        return None, broken
    recipe = Recipe(name, **values)
    return replace(recipe, digest=_digest(recipe)), []


def _check(content: Mapping[object, Any], values: dict[str, Any], path: Path | None) -> list[tuple[Place, str]]:
    """What is wrong with the fields by themselves; those that are right become `values`."""
    broken: list[tuple[Place, str]] = []
    for key, value in content.items():
        if key not in FIELDS:
            broken.append(((str(key),), f"unknown key; {hint(key, FIELDS)}"))
            continue
        try:
            values[str(key)] = FIELDS[str(key)](captured.taken(path, value) if key == "objects" else value)
        except FieldError as error:
            broken += [((str(key), *place), message) for place, message in error.problems]
    return broken
